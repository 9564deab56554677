//! The members that fixture documents may have. Anything else is a slip of the
//! pen, which would otherwise be a test that passes for the wrong reason.

use crate::engine::input::Input;
use crate::rebilly::model::customer_input::CustomerInput;
use crate::rebilly::model::{Company, Contact, Customer, LeadSourceData, TaxNumber};

/// What is a resource of its own, and stands within a customer's document.
const WITHIN_A_CUSTOMER: [&str; 2] = ["timeline", "creditBalances"];

/// Of other kinds of documents.
#[rustfmt::skip]
pub(super) const WEBSITE: [&str; 7] =
    ["id", "organizationId", "name", "url", "servicePhone", "serviceEmail", "customFields"];
#[rustfmt::skip]
pub(super) const ATTACHMENT: [&str; 7] =
    ["id", "organizationId", "fileId", "relatedType", "relatedId", "name", "description"];
#[rustfmt::skip]
pub(super) const CUSTOM_FIELD: [&str; 7] =
    ["resource", "organizationId", "name", "type", "description", "isEnabled", "additionalSchema"];
pub(super) const TAG: [&str; 6] =
    ["id", "organizationId", "name", "type", "createdTime", "updatedTime"];
#[rustfmt::skip]
pub(super) const WEBHOOK: [&str; 12] = [
    "id", "organizationId", "eventsFilter", "status", "method", "url", "headers",
    "credentialHash", "body", "filter", "createdTime", "updatedTime",
];
pub(super) const WEBHOOK_HEADER: [&str; 3] = ["name", "value", "status"];
pub(super) const INSTRUMENT: [&str; 4] = ["id", "organizationId", "method", "customerId"];
pub(super) const CUSTOM_EVENT_TYPE: [&str; 3] = ["id", "name", "organizationId"];

/// Of a timeline message, and of what it has beside its text.
#[rustfmt::skip]
pub(super) const MESSAGE: [&str; 7] =
    ["id", "type", "message", "triggeredBy", "occurredTime", "details", "extraData"];
pub(super) const EXTRA_DATA: [&str; 1] = ["actions"];

const MONEY: [&str; 3] = ["currency", "amount", "amountUsd"];

/// Refuses what is not known.
pub(super) fn only(input: &Input<'_>, known: &[&str]) {
    for name in input.names().filter(|name| !name.starts_with('_') && !known.contains(name)) {
        input.refuse(name, format!("is not known here; known are {}", known.join(", ")));
    }
}

/// The same for a customer and what is inside it. What cannot be read at all is
/// told by those who read it.
pub(super) fn only_of_customer(document: &Input<'_>) {
    // Mirrors may come with a document copied from an answer; what they mirror counts.
    only(
        document,
        &[&Customer::MEMBERS[..], &CustomerInput::WRITE_ONLY, &WITHIN_A_CUSTOMER].concat(),
    );
    document.object("primaryAddress", |it| only(it, &Contact::MEMBERS));
    document.object("company", |it| only(it, &Company::MEMBERS));
    document.object("lifetimeRevenue", |it| only(it, &MONEY));
    document.object("averageValue", |it| only(it, &MONEY));
    document.objects("taxNumbers", |it| only(it, &TaxNumber::MEMBERS));
    document.object("leadSource", only_of_lead_source);
}

/// The same for a lead source.
pub(super) fn only_of_lead_source(document: &Input<'_>) {
    let visit = LeadSourceData::names();
    only(document, &visit);
    document.object("original", |it| only(it, &visit));
}
