//! Merging a duplicate into the customer that stays.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::assumed::{COMPANY, MERGE_FILLS, MERGE_REFUSED};
use super::attachments;
use super::events;
use super::instruments;
use super::lead_sources;
use super::model::message_kind::MessageKind;
use super::model::{Cell, Customer, LeadSource, Message, MessageTable, Money, Payments};
use super::state::Writing;
use super::timeline::{Entry, record};
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::id::Id;
use crate::engine::table::{Row, Table};
use crate::engine::text::Text;

/// `DeleteCustomer`: the customer of the path is the duplicate and disappears;
/// `targetCustomerId` stays and receives its data. (The definition's text on
/// the parameter claims the opposite; its summary, the webhook and the PHP SDK agree on this.)
pub(super) fn merge(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = Id::from(cx.path("id"));
    let target = call.query.get("targetCustomerId").unwrap_or_default();
    if target.is_empty() {
        call.assume(&MERGE_REFUSED);
        return Err(Failure::field("targetCustomerId", "is required"));
    }
    let duplicate = Arc::clone(cx.state.customer(call, &id)?);
    if id == target {
        call.assume(&MERGE_REFUSED);
        return Err(Failure::field(
            "targetCustomerId",
            "must be another customer than the duplicate",
        ));
    }
    let kept = Arc::clone(cx.state.customer(call, target)?);
    let target = kept.id.clone();
    call.assume(&MERGE_FILLS);
    if kept.company.is_some() || duplicate.company.is_some() {
        call.assume(&COMPANY);
    }
    let mut customer = merged(&duplicate.record, &kept.record);
    customer.revision += 1;
    customer.updated_time = cx.now;
    cx.state.customers.remove(&id);
    cx.state.merged_away.insert(id.clone().into(), ());
    cx.state.customers.put(Row::new(kept.place.clone(), customer));
    if kept.record.lead_source.is_none()
        && let Some(lead_source) = &duplicate.record.lead_source
    {
        let moved = LeadSource { customer_id: target.clone(), ..lead_source.record.clone() };
        lead_sources::attach(cx, &target, Some(moved))?;
    }
    move_timeline(cx, &id, &target);
    attachments::move_all(cx, &id, &target);
    instruments::move_all(cx, &id, &target);
    let table = MessageTable::TwoColumns(
        "Merged customer".to_owned(),
        vec![("Merged customer".to_owned(), Cell::text(&id))],
    );
    let entry = Entry::new(MessageKind::MERGED, "Customer was merged.");
    record(cx, call, &target, Entry { tables: vec![table], ..entry });
    events::customer_merged(cx, &duplicate, &target);
    Ok(Reply::no_content())
}

/// Assumed: the target keeps its own profile; what it does not have is filled
/// from the duplicate, tags are joined, counts are added (`merge-fills`). A company
/// goes with the address whose domain it is behind (`company-of-a-domain`).
fn merged(duplicate: &Customer, target: &Customer) -> Customer {
    let mut customer = target.clone();
    customer.primary_address =
        customer.primary_address.or_else(|| duplicate.primary_address.clone());
    customer.find_company(&[target, duplicate]);
    customer.website_id = customer.website_id.or_else(|| duplicate.website_id.clone());
    customer.default_payment_instrument = customer
        .default_payment_instrument
        .or_else(|| duplicate.default_payment_instrument.clone());
    let known: BTreeSet<&Text> = target.custom_fields.iter().map(|(name, _)| name).collect();
    let more = duplicate.custom_fields.iter().filter(|(name, _)| !known.contains(name));
    customer.custom_fields.extend(more.cloned());
    for tag in &duplicate.tags {
        customer.add_tag(Arc::clone(tag));
    }
    for (currency, amount) in &duplicate.credit_balances {
        match customer.credit_balances.iter_mut().find(|(known, _)| known == currency) {
            Some((_, sum)) => *sum = cents(*sum + amount),
            None => customer.credit_balances.list().push((currency.clone(), *amount)),
        }
    }
    customer.payments = added(&duplicate.payments, &target.payments).kept();
    customer
}

fn added(duplicate: &Payments, target: &Payments) -> Payments {
    let total = sum(&target.lifetime_revenue, &duplicate.lifetime_revenue);
    let payment_count = target.payment_count + duplicate.payment_count;
    let average_value = match u32::try_from(payment_count) {
        Ok(payments @ 1..) => Money {
            currency: total.currency.clone(),
            amount: cents(total.amount / f64::from(payments)),
            amount_usd: cents(total.amount_usd / f64::from(payments)),
        },
        _ => target.average_value.clone(),
    };
    Payments {
        average_value,
        payment_count,
        last_payment_time: target.last_payment_time.max(duplicate.last_payment_time),
        lifetime_revenue: total,
        invoice_count: target.invoice_count + duplicate.invoice_count,
    }
}

/// Assumed: amounts of two currencies can only be added in US dollars (`merge-fills`).
fn sum(one: &Money, two: &Money) -> Money {
    let amount_usd = cents(one.amount_usd + two.amount_usd);
    let currency = match (one.amount == 0.0, two.amount == 0.0) {
        (true, false) => &two.currency,
        (false, false) if one.currency != two.currency => {
            return Money { currency: "USD".into(), amount: amount_usd, amount_usd };
        }
        _ => &one.currency,
    };
    Money { currency: currency.clone(), amount: cents(one.amount + two.amount), amount_usd }
}

/// Rounds to what money can be.
fn cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}

/// Messages keep their ids and their places; only the customer is another.
fn move_timeline(cx: &mut Writing<'_>, from: &Id, to: &Id) {
    let mut timeline = cx.state.timelines.of(to);
    for row in cx.state.timelines.of(from).newest_first() {
        let message = Message { customer_id: to.clone(), ..row.record.clone() };
        timeline.put(Row::new(row.place.clone(), message));
    }
    cx.state.timelines.set(from, Table::default());
    cx.state.timelines.set(to, timeline);
}
