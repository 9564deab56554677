//! Fixture documents: what was there before the test.
//!
//! They pass the same validation as requests, and may also set what no request
//! can: times, counts, amounts, tags, what only paid services and tax offices
//! know, and the whole history of a timeline.

mod history;
mod members;

use self::members::{only, only_of_customer};
use super::attachments::ATTACHMENTS;
use super::custom_events;
use super::custom_fields::enforce;
use super::instruments::{self, INSTRUMENTS};
use super::model::custom_field::{CUSTOMERS, CustomField, NAME, resource};
use super::model::customer_input::CustomerInput;
use super::model::id::{ID_FORM, is_id};
use super::model::{Company, Customer, LeadSource, LeadSourceData, LeadSourceVisit, Money};
use super::state::Writing;
use super::tags;
use super::webhooks;
use super::websites::WEBSITES;
use crate::engine::clock::Timestamp;
use crate::engine::failure::Failure;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::EXACT_MAX;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;

/// Plants one document. What stands further up in a file is there for what follows.
pub(super) fn plant(cx: &mut Writing<'_>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
    check_organization(document);
    match kind {
        "customers" => customer(cx, document),
        "websites" => {
            only(document, &members::WEBSITE);
            WEBSITES.plant(cx, document, "web_");
        }
        "attachments" => {
            only(document, &members::ATTACHMENT);
            ATTACHMENTS.plant(cx, document, "att_");
        }
        "paymentInstruments" => {
            only(document, &members::INSTRUMENT);
            INSTRUMENTS.plant(cx, document, "inst_");
        }
        "customEventTypes" => {
            only(document, &members::CUSTOM_EVENT_TYPE);
            custom_events::register(cx, document);
        }
        "customFields" => custom_field(cx, document),
        "tags" => {
            only(document, &members::TAG);
            tags::plant(cx, document);
        }
        "webhooks" => {
            only(document, &members::WEBHOOK);
            document.objects("headers", |it| only(it, &members::WEBHOOK_HEADER));
            webhooks::plant(cx, document);
        }
        other => {
            let known = "attachments, customers, customEventTypes, customFields, paymentInstruments, tags, webhooks, websites";
            return Err(Failure::Conflict(format!(
                "there is no kind `{other}`; the kinds are: {known}"
            )));
        }
    }
    Ok(())
}

fn customer(cx: &mut Writing<'_>, document: &Input<'_>) {
    only_of_customer(document);
    let id = document.text("id", TextRule::max(50).form(is_id, ID_FORM));
    let id = id.value().unwrap_or_else(|| cx.ids.next("cus_"));
    if cx.state.customers.find(&id).is_some() {
        document.refuse("id", format!("there is another customer `{id}`"));
    }
    let created = document.time("createdTime").value().unwrap_or(cx.now);
    let mut customer = Customer::new(&id, created);
    let mut input = CustomerInput::read(document);
    enforce(cx.state, CUSTOMERS, document, None, &mut input.custom_fields);
    input.write_to(&mut customer, &mut cx.ids);
    customer.updated_time = document.time("updatedTime").value().unwrap_or(created);
    let count = |name| document.whole(name, 0..=EXACT_MAX).value().unwrap_or(0);
    customer.revision = count("revision");
    customer.invoice_count = count("invoiceCount");
    customer.payment_count = count("paymentCount");
    customer.last_payment_time = document.time("lastPaymentTime").value();
    customer.company = document.object("company", Company::read).value();
    validity(document, &mut customer);
    customer.has_fulfilled_kyc = document.flag("hasFulfilledKyc").value().unwrap_or(false);
    customer.average_value = money(document, "averageValue");
    customer.lifetime_revenue = money(document, "lifetimeRevenue");
    customer.credit_balances = credit_balances(document);
    instruments::resolve(cx, &mut customer);
    tags::carry(cx, document, &mut customer);
    let lead_source = document.object("leadSource", |it| lead_source(it, &id, created)).value();
    customer.lead_source = lead_source.map(|record| {
        let place = cx.place(created, &id);
        Row::new(place, record).into()
    });
    history::plant(cx, document, &id, created);
    let place = cx.place(created, &id);
    cx.state.customers.put(Row::new(place, customer));
}

/// The organization that a document belongs to, if it names one.
fn check_organization(document: &Input<'_>) {
    let rule = TextRule::max(50).form(is_id, ID_FORM);
    document.text("organizationId", rule);
}

/// A definition, which counts for the customers that are planted after it.
fn custom_field(cx: &mut Writing<'_>, document: &Input<'_>) {
    only(document, &members::CUSTOM_FIELD);
    let has_fields = TextRule::max(60)
        .form(|text| resource(text).is_some(), "the name of a resource that has custom fields");
    let resource = match document.text("resource", has_fields) {
        Given::Value(name) => resource(&name).unwrap_or(CUSTOMERS),
        Given::Absent | Given::Null => CUSTOMERS,
    };
    let name = document.required_text("name", NAME).unwrap_or_default();
    if cx.state.custom_fields.of(resource).find(&name).is_some() {
        document.refuse("name", format!("there is another custom field `{name}` of {resource}"));
    }
    let Some(field) = CustomField::read(document, resource, &name) else { return };
    document.object("additionalSchema", |it| only(it, field.kind.members()));
    let place = cx.place(cx.now, &name);
    cx.state.custom_fields.put(resource, Row::new(place, field));
}

const CURRENCY: TextRule = TextRule::max(3).form(
    |text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
    "three upper-case letters",
);

fn money(document: &Input<'_>, name: &str) -> Money {
    let read = |it: &Input<'_>| {
        let amount = it.number("amount").value().unwrap_or(0.0);
        Money {
            currency: it.text("currency", CURRENCY).value().unwrap_or_else(|| "USD".to_owned()),
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

fn lead_source(input: &Input<'_>, customer_id: &str, created: Timestamp) -> LeadSource {
    let visit = |it: &Input<'_>| {
        let created_time = it.time("createdTime").value().unwrap_or(created);
        let updated_time = it.time("updatedTime").value().unwrap_or(created_time);
        LeadSourceVisit { data: LeadSourceData::read(it), created_time, updated_time }
    };
    let latest = visit(input);
    let original = input.object("original", visit).value().unwrap_or_else(|| latest.clone());
    LeadSource { customer_id: customer_id.to_owned(), latest, original }
}
