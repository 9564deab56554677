//! Fixture documents: what was there before the test.
//!
//! They pass the same validation as requests, and may also set what no request
//! can: times, counts, amounts, tags, what only paid services and tax offices
//! know, and the whole history of a timeline.

#![expect(clippy::unnecessary_wraps, reason = "all kinds are alike to those who call these")]

mod history;
mod members;

pub(super) use self::history::message;
use self::members::{only, only_of_customer, only_of_lead_source};
use super::attachments::ATTACHMENTS;
use super::custom_events;
use super::custom_fields::{alterable, enforce};
use super::customers;
use super::instruments::{self, INSTRUMENTS};
use super::lead_sources;
use super::model::custom_field::{CUSTOMERS, CustomField, NAME, resource, resources};
use super::model::customer_input::CustomerInput;
use super::model::id::{ID_FORM, is_id};
use super::model::payments::CURRENCY;
use super::model::{
    Company, Customer, LeadSource, LeadSourceData, LeadSourceVisit, Money, Payments,
};
use super::seat::{self, Planted};
use super::state::Writing;
use super::tags;
use super::webhooks;
use super::websites::WEBSITES;
use crate::engine::clock::Timestamp;
use crate::engine::failure::Failure;
use crate::engine::id::Id;
use crate::engine::input::Input;
use crate::engine::json::EXACT_MAX;
use crate::engine::kind::Seat;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;

/// Plants one document. What stands further up in a file is there for what follows.
pub(super) fn plant(cx: &mut Writing<'_>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
    check_organization(document);
    let plant = match kind {
        "customers" => customer,
        "websites" => website,
        "attachments" => attachment,
        "paymentInstruments" => instrument,
        "customEventTypes" => event_type,
        "customFields" => custom_field,
        "tags" => tag,
        "webhooks" => webhook,
        other => {
            let known = "attachments, customers, customEventTypes, customFields, paymentInstruments, tags, webhooks, websites";
            return Err(Failure::Conflict(format!(
                "there is no kind `{other}`; the kinds are: {known}"
            )));
        }
    };
    plant(cx, Seat::FREE, document).map(drop)
}

pub(super) fn website(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::WEBSITE);
    Ok(WEBSITES.plant(cx, seat, document))
}

pub(super) fn attachment(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::ATTACHMENT);
    Ok(ATTACHMENTS.plant(cx, seat, document))
}

pub(super) fn instrument(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::INSTRUMENT);
    Ok(INSTRUMENTS.plant(cx, seat, document))
}

pub(super) fn event_type(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::CUSTOM_EVENT_TYPE);
    Ok(custom_events::plant(cx, seat, document))
}

pub(super) fn tag(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::TAG);
    Ok(tags::plant(cx, seat, document))
}

pub(super) fn webhook(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::WEBHOOK);
    document.objects("headers", |it| only(it, &members::WEBHOOK_HEADER));
    Ok(webhooks::plant(cx, seat, document))
}

/// A customer, with its lead source and its timeline. One that is replaced leaves
/// nothing of these behind.
pub(super) fn customer(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only_of_customer(document);
    let id =
        seat::id(seat, document, "id", seat::ID).unwrap_or_else(|| customers::fresh_id(cx).into());
    let id = Id::from(id);
    let before = seat::before(seat, document, "id", cx.state.customers.find(&id));
    let created = document.time("createdTime").value();
    let created = created.unwrap_or_else(|| seat::since(before.as_ref(), cx.now));
    let mut input = CustomerInput::read(document);
    enforce(cx.state, CUSTOMERS, document, None, &mut input.custom_fields);
    let mut customer = input.written_to(&Customer::new(&id, created), || INSTRUMENTS.fresh_id(cx));
    only_fixtures(document, created, &mut customer);
    instruments::resolve(cx, &mut customer);
    tags::carry(cx, document, &mut customer);
    let lead_source = document.object("leadSource", |it| lead_source(it, &id, created)).value();
    customer.lead_source = lead_source.map(|record| {
        let place = cx.place(created, &id);
        Row::new(place, record).into()
    });
    history::plant(cx, document, &id, created);
    let place = seat::place(cx, before.as_ref(), created, &id);
    cx.state.customers.put(Row::new(place, customer));
    Ok(id.into())
}

/// What of a customer no request can say.
fn only_fixtures(document: &Input<'_>, created: Timestamp, customer: &mut Customer) {
    customer.updated_time = document.time("updatedTime").value().unwrap_or(created);
    let count = |name| document.whole(name, 0..=EXACT_MAX).value().unwrap_or(0);
    customer.revision = count("revision");
    let (invoice_count, payment_count) = (count("invoiceCount"), count("paymentCount"));
    let last_payment_time = document.time("lastPaymentTime").value();
    customer.company = document.object("company", Company::read).value().map(Box::new);
    validity(document, customer);
    customer.has_fulfilled_kyc = document.flag("hasFulfilledKyc").value().unwrap_or(false);
    let payments = Payments {
        average_value: money(document, "averageValue"),
        payment_count,
        last_payment_time,
        lifetime_revenue: money(document, "lifetimeRevenue"),
        invoice_count,
    };
    customer.payments = payments.kept();
    customer.credit_balances = credit_balances(document).into();
}

/// The organization that a document belongs to, if it names one.
fn check_organization(document: &Input<'_>) {
    let rule = TextRule::max(50).form(is_id, ID_FORM);
    document.text("organizationId", rule);
}

/// A definition, which counts for the customers that are planted after it. One that
/// is replaced is altered as far as a request could alter it.
pub(super) fn custom_field(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &members::CUSTOM_FIELD);
    let resource = resource_of(seat, document);
    let name = seat::id(seat, document, "name", NAME).unwrap_or_default();
    if seat.id.is_none() && !document.says("name") {
        document.refuse("name", "is required");
    }
    let before = cx.state.custom_fields.of(resource).find(&name).cloned();
    if seat.id.is_none() && before.is_some() {
        document.refuse("name", format!("there is another custom field `{name}` of {resource}"));
    }
    let Some(field) = CustomField::read(document, resource, &name) else { return Ok(name) };
    document.object("additionalSchema", |it| only(it, field.kind.members()));
    if let Some(before) = &before {
        alterable(cx.state, before, &field, |_| {})?;
    }
    let place = seat::place(cx, before.as_ref(), seat::since(before.as_ref(), cx.now), &name);
    cx.state.custom_fields.put(resource, Row::new(place, field));
    Ok(name)
}

/// Which resource has the field: that of the seat, or the one that the document names.
fn resource_of(seat: Seat<'_>, document: &Input<'_>) -> &'static str {
    let has_fields = TextRule::max(60)
        .form(|text| resource(text).is_some(), "the name of a resource that has custom fields");
    let named = document.text("resource", has_fields).value();
    if seat.owner.is_empty() {
        return named.and_then(|name| resource(&name)).unwrap_or(CUSTOMERS);
    }
    if let Some(named) = named.filter(|named| named != seat.owner) {
        document.refuse("resource", format!("must be `{}`, but is `{named}`", seat.owner));
    } else if resource(seat.owner).is_none() {
        document.refuse("resource", format!("must be {}, but is `{}`", resources(), seat.owner));
    }
    resource(seat.owner).unwrap_or(CUSTOMERS)
}

fn money(document: &Input<'_>, name: &str) -> Money {
    let read = |it: &Input<'_>| {
        let amount = it.number("amount").value().unwrap_or(0.0);
        Money {
            currency: it.kept_text("currency", CURRENCY).value().unwrap_or_else(|| "USD".into()),
            amount,
            amount_usd: it.number("amountUsd").value().unwrap_or(amount),
        }
    };
    document.object(name, read).value().unwrap_or_else(Money::zero)
}

/// What the tax office said of each number.
fn validity(document: &Input<'_>, customer: &mut Customer) {
    let told = document.objects("taxNumbers", |it| it.flag("isValid").value());
    let numbers = customer.tax_numbers.iter_mut().flatten();
    for (number, is_valid) in numbers.zip(told.value().unwrap_or_default()) {
        number.is_valid = is_valid;
    }
}

fn credit_balances(document: &Input<'_>) -> Vec<(String, f64)> {
    let read = |it: &Input<'_>| {
        let currency = it.required_text("currency", CURRENCY).unwrap_or_default();
        (currency, it.number("unallocatedAmount").value().unwrap_or(0.0))
    };
    document.objects("creditBalances", read).value().unwrap_or_default()
}

/// Where a customer came from, in place of what was known of it.
pub(super) fn source_of(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only_of_lead_source(document);
    let record = lead_source(document, &seat.owner.into(), cx.now);
    lead_sources::attach(cx, seat.owner, Some(record))?;
    Ok(seat.owner.to_owned())
}

fn lead_source(input: &Input<'_>, customer_id: &Id, created: Timestamp) -> LeadSource {
    let visit = |it: &Input<'_>| {
        let created_time = it.time("createdTime").value().unwrap_or(created);
        let updated_time = it.time("updatedTime").value().unwrap_or(created_time);
        LeadSourceVisit { data: LeadSourceData::read(it), created_time, updated_time }
    };
    let latest = visit(input);
    let original = input.object("original", visit).value().unwrap_or_else(|| latest.clone());
    LeadSource { customer_id: customer_id.clone(), latest, original }
}
