//! The members that fixture documents may have. Anything else is a slip of the
//! pen, which would otherwise be a test that passes for the wrong reason.

use crate::engine::input::Input;
use crate::rebilly::model::{Company, LeadSourceData, TaxNumber};

/// Of a customer.
#[rustfmt::skip]
const CUSTOMER: [&str; 31] = [
    "id", "organizationId", "websiteId", "paymentToken", "defaultPaymentInstrument",
    "defaultPaymentInstrumentId", "preferredPayoutInstrumentId", "createdTime", "updatedTime",
    "customFields", "primaryAddress", "company", "averageValue", "paymentCount", "lastPaymentTime",
    "lifetimeRevenue", "invoiceCount", "tags", "revision", "isEddRequired", "hasFulfilledKyc",
    "locale", "taxNumbers", "personId", "notificationEmails", "leadSource", "timeline", "creditBalances",
    // Mirrors that come with a document copied from an answer; what they mirror counts.
    "email", "firstName", "lastName",
];

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

#[rustfmt::skip]
const CONTACT: [&str; 14] = [
    "firstName", "lastName", "organization", "address", "address2", "city", "region", "country",
    "postalCode", "phoneNumbers", "emails", "dob", "jobTitle", "hash",
];
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
    only(document, &CUSTOMER);
    document.object("primaryAddress", |it| only(it, &CONTACT));
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
