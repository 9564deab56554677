//! Fixture documents: what was there before the test.
//!
//! They pass the same validation as requests, and may also set what no request
//! can: times, counts, amounts, tags, and the whole history of a timeline.

use super::attachments::ATTACHMENTS;
use super::custom_events;
use super::custom_fields::enforce;
use super::instruments::{self, INSTRUMENTS};
use super::model::custom_field::{CUSTOMERS, CustomField, NAME, resource};
use super::model::customer_input::CustomerInput;
use super::model::id::{ID_FORM, is_id};
use super::model::message_kind::MessageKind;
use super::model::{
    Cell, Customer, LeadSource, LeadSourceData, LeadSourceVisit, Message, MessageTable, Money,
    TriggeredBy,
};
use super::state::Writing;
use super::tags;
use super::webhooks;
use super::websites::WEBSITES;
use crate::engine::clock::Timestamp;
use crate::engine::failure::Failure;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;

/// The members of a customer document. Anything else is a slip of the pen,
/// which would otherwise be a test that passes for the wrong reason.
#[rustfmt::skip]
const MEMBERS: [&str; 31] = [
    "id", "organizationId", "websiteId", "paymentToken", "defaultPaymentInstrument",
    "defaultPaymentInstrumentId", "preferredPayoutInstrumentId", "createdTime", "updatedTime",
    "customFields", "primaryAddress", "averageValue", "paymentCount", "lastPaymentTime",
    "lifetimeRevenue", "invoiceCount", "tags", "revision", "isEddRequired", "hasFulfilledKyc",
    "locale", "taxNumbers", "personId", "notificationEmails", "leadSource", "timeline", "creditBalances",
    // Mirrors that come with a document copied from an answer; what they mirror counts.
    "email", "firstName", "lastName", "company",
];

/// The largest count: beyond it, a JSON number is not exact.
const COUNT_MAX: i64 = 1 << 53;

/// The same for other kinds of documents.
#[rustfmt::skip]
const WEBSITE_MEMBERS: [&str; 7] =
    ["id", "organizationId", "name", "url", "servicePhone", "serviceEmail", "customFields"];
#[rustfmt::skip]
const ATTACHMENT_MEMBERS: [&str; 7] =
    ["id", "organizationId", "fileId", "relatedType", "relatedId", "name", "description"];
const TAG_MEMBERS: [&str; 6] =
    ["id", "organizationId", "name", "type", "createdTime", "updatedTime"];
#[rustfmt::skip]
const WEBHOOK_MEMBERS: [&str; 12] = [
    "id", "organizationId", "eventsFilter", "status", "method", "url", "headers",
    "credentialHash", "body", "filter", "createdTime", "updatedTime",
];
const INSTRUMENT_MEMBERS: [&str; 4] = ["id", "organizationId", "method", "customerId"];

#[rustfmt::skip]
const CONTACT_MEMBERS: [&str; 14] = [
    "firstName", "lastName", "organization", "address", "address2", "city", "region", "country",
    "postalCode", "phoneNumbers", "emails", "dob", "jobTitle", "hash",
];

/// The same for what a timeline message and a lead source may say.
const MESSAGE_MEMBERS: [&str; 6] =
    ["id", "type", "message", "triggeredBy", "occurredTime", "details"];

/// And of the definition of a custom field.
const CUSTOM_FIELD_MEMBERS: [&str; 7] =
    ["resource", "organizationId", "name", "type", "description", "isEnabled", "additionalSchema"];

/// Plants one document. What stands further up in a file is there for what follows.
pub(super) fn plant(cx: &mut Writing<'_>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
    check_organization(document);
    match kind {
        "customers" => customer(cx, document),
        "websites" => {
            only_known(document, &WEBSITE_MEMBERS);
            WEBSITES.plant(cx, document, "web_");
        }
        "attachments" => {
            only_known(document, &ATTACHMENT_MEMBERS);
            ATTACHMENTS.plant(cx, document, "att_");
        }
        "paymentInstruments" => {
            only_known(document, &INSTRUMENT_MEMBERS);
            INSTRUMENTS.plant(cx, document, "inst_");
        }
        "customEventTypes" => {
            only_known(document, &["name", "organizationId"]);
            custom_events::register(cx, document);
        }
        "customFields" => custom_field(cx, document),
        "tags" => {
            only_known(document, &TAG_MEMBERS);
            tags::plant(cx, document);
        }
        "webhooks" => {
            only_known(document, &WEBHOOK_MEMBERS);
            document.objects("headers", |it| only_known(it, &["name", "value", "status"]));
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
    only_known(document, &MEMBERS);
    check_nested(document);
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
    let count = |name| document.whole(name, 0..=COUNT_MAX).value().unwrap_or(0);
    customer.revision = count("revision");
    customer.invoice_count = count("invoiceCount");
    customer.payment_count = count("paymentCount");
    customer.last_payment_time = document.time("lastPaymentTime").value();
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
    for message in timeline(cx, document, &id, created) {
        if cx.state.timelines.of(&id).find(&message.id).is_some() {
            document.refuse("timeline", format!("has two messages with the id `{}`", message.id));
        }
        let place = cx.place(message.occurred_time, &message.id);
        cx.state.timelines.put(&id, Row::new(place, message));
    }
    let place = cx.place(created, &id);
    cx.state.customers.put(Row::new(place, customer));
}

/// What is inside a customer. What cannot be read at all is told by those who read it.
fn check_nested(document: &Input<'_>) {
    let money = ["currency", "amount", "amountUsd"];
    let visit = LeadSourceData::names();
    document.object("primaryAddress", |it| only_known(it, &CONTACT_MEMBERS));
    document.object("lifetimeRevenue", |it| only_known(it, &money));
    document.object("averageValue", |it| only_known(it, &money));
    document.object("leadSource", |it| {
        only_known(it, &visit);
        it.object("original", |it| only_known(it, &visit));
    });
}

/// The organization that a document belongs to, if it names one.
fn check_organization(document: &Input<'_>) {
    let rule = TextRule::max(50).form(is_id, ID_FORM);
    document.text("organizationId", rule);
}

/// A definition, which counts for the customers that are planted after it.
fn custom_field(cx: &mut Writing<'_>, document: &Input<'_>) {
    only_known(document, &CUSTOM_FIELD_MEMBERS);
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
    document.object("additionalSchema", |it| only_known(it, field.kind.members()));
    let place = cx.place(cx.now, &name);
    cx.state.custom_fields.put(resource, Row::new(place, field));
}

fn only_known(input: &Input<'_>, known: &[&str]) {
    for name in input.names().filter(|name| !name.starts_with('_') && !known.contains(name)) {
        input.refuse(name, format!("is not known here; known are {}", known.join(", ")));
    }
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

/// The whole history if the document tells one, else that the customer was created.
fn timeline(
    cx: &mut Writing<'_>,
    document: &Input<'_>,
    customer_id: &str,
    created: Timestamp,
) -> Vec<Message> {
    let told = document.objects("timeline", |it| message(it, customer_id, created));
    let mut messages = match told {
        Given::Value(messages) => messages,
        Given::Absent | Given::Null => {
            vec![blank(customer_id, MessageKind::CREATED, "Customer was created.", created)]
        }
    };
    for message in &mut messages {
        if message.id.is_empty() {
            message.id = cx.ids.next("tmln_");
        }
    }
    messages
}

fn message(input: &Input<'_>, customer_id: &str, created: Timestamp) -> Message {
    only_known(input, &MESSAGE_MEMBERS);
    let known = TextRule::max(255)
        .form(|text| MessageKind::named(text).is_some(), "a published type of message");
    let kind = input.text("type", known).value();
    let kind = kind.as_deref().and_then(MessageKind::named).unwrap_or(MessageKind::COMMENT);
    let text = input.required_text("message", TextRule::max(usize::MAX)).unwrap_or_default();
    let occurred = input.time("occurredTime").value().unwrap_or(created);
    let mut message = blank(customer_id, kind, &text, occurred);
    message.id = input.text("id", TextRule::max(50)).value().unwrap_or_default();
    let cause = input.one_of("triggeredBy", &TriggeredBy::NAMES).value();
    message.triggered_by = cause.unwrap_or(TriggeredBy::Rebilly);
    // Rows of attribute and value, such as `{"Merged customer": "cus_dup"}`.
    if let Some(details) = input.map("details").value() {
        let rows = details.into_iter().map(|(name, value)| (name, Cell::of(&value))).collect();
        message.tables = vec![MessageTable::TwoColumns("Details".to_owned(), rows)];
    }
    message
}

fn blank(customer_id: &str, kind: MessageKind, message: &str, occurred: Timestamp) -> Message {
    Message {
        id: String::new(),
        customer_id: customer_id.to_owned(),
        kind,
        custom_event_type: None,
        triggered_by: TriggeredBy::Rebilly,
        message: message.to_owned(),
        tables: Vec::new(),
        author: None,
        mentions: Vec::new(),
        links: Vec::new(),
        occurred_time: occurred,
    }
}
