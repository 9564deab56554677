//! What `filter`, `sort` and `q` see of each kind of record.

use super::assumed::FILTER_LEAD_SOURCE;
use super::model::custom_field::CUSTOMERS;
use super::model::{
    Contact, CustomField, CustomFieldType, Customer, LeadSourceData, Message, Money, Tag,
};
use super::query::{Datum, Field, Kind, Meaning, Queryable, Read};
use crate::engine::clock::Timestamp;
use crate::engine::evidence::Guess;
use crate::engine::json::Json;

#[rustfmt::skip]
impl Queryable for Customer {
    const FIELDS: &'static [Field<Customer>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("email", Kind::Text, |it, see| text(it.email(), see)),
        field("firstName", Kind::Text, |it, see| text(it.first_name(), see)),
        field("lastName", Kind::Text, |it, see| text(it.last_name(), see)),
        field("websiteId", Kind::Text, |it, see| text(it.website_id.as_deref(), see)),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
        field("updatedTime", Kind::Time, |it, see| see(Datum::Time(it.updated_time))),
        field("invoiceCount", Kind::Number, |it, see| count(it.payments.invoice_count, see)),
        field("paymentCount", Kind::Number, |it, see| count(it.payments.payment_count, see)),
        field("lastPaymentTime", Kind::Time, |it, see| it.payments.last_payment_time.into_iter().for_each(|time| see(Datum::Time(time)))),
        field("revision", Kind::Number, |it, see| count(it.revision, see)),
        field("locale", Kind::Text, |it, see| text(it.locale.as_deref(), see)),
        field("personId", Kind::Text, |it, see| text(it.person_id.as_deref(), see)),
        field("organizationId", Kind::Text, |_, see| see(Datum::Realm)),
        field("hasFulfilledKyc", Kind::Flag, |it, see| see(Datum::Flag(it.has_fulfilled_kyc))),
        field("isEddRequired", Kind::Flag, |it, see| see(Datum::Flag(it.is_edd_required))),
        field("preferredPayoutInstrumentId", Kind::Text, |it, see| text(it.preferred_payout_instrument_id.as_deref(), see)),
        field("averageValue.currency", Kind::Text, |it, see| currency(&it.payments.average_value, see)),
        field("averageValue.amount", Kind::Number, |it, see| see(Datum::Number(it.payments.average_value.amount))),
        field("averageValue.amountUsd", Kind::Number, |it, see| see(Datum::Number(it.payments.average_value.amount_usd))),
        field("lifetimeRevenue.currency", Kind::Text, |it, see| currency(&it.payments.lifetime_revenue, see)),
        field("lifetimeRevenue.amount", Kind::Number, |it, see| see(Datum::Number(it.payments.lifetime_revenue.amount))),
        field("lifetimeRevenue.amountUsd", Kind::Number, |it, see| see(Datum::Number(it.payments.lifetime_revenue.amount_usd))),
        field("defaultPaymentInstrument.method", Kind::Text, |it, see| text(it.default_payment_instrument.as_ref().map(|it| it.method), see)),
        field("defaultPaymentInstrument.paymentInstrumentId", Kind::Text, |it, see| text(it.default_payment_instrument.as_ref().map(|it| it.payment_instrument_id.as_str()), see)),
        field("primaryAddress.firstName", Kind::Text, |it, see| text(it.first_name(), see)),
        field("primaryAddress.lastName", Kind::Text, |it, see| text(it.last_name(), see)),
        field("primaryAddress.organization", Kind::Text, |it, see| address(it, |it| it.organization.as_deref(), see)),
        field("primaryAddress.address", Kind::Text, |it, see| address(it, |it| it.address.as_deref(), see)),
        field("primaryAddress.address2", Kind::Text, |it, see| address(it, |it| it.address2.as_deref(), see)),
        field("primaryAddress.city", Kind::Text, |it, see| address(it, |it| it.city.as_deref(), see)),
        field("primaryAddress.region", Kind::Text, |it, see| address(it, |it| it.region.as_deref(), see)),
        field("primaryAddress.country", Kind::Text, |it, see| address(it, |it| it.country.as_deref(), see)),
        field("primaryAddress.postalCode", Kind::Text, |it, see| address(it, |it| it.postal_code.as_deref(), see)),
        field("primaryAddress.phoneNumbers.label", Kind::Text, |it, see| it.primary_address.iter().flat_map(|it| &it.phone_numbers).for_each(|it| see(Datum::Text(&it.label)))),
        field("primaryAddress.phoneNumbers.value", Kind::Text, |it, see| it.primary_address.iter().flat_map(|it| &it.phone_numbers).for_each(|it| see(Datum::Text(&it.value)))),
        field("primaryAddress.emails.label", Kind::Text, |it, see| it.primary_address.iter().flat_map(|it| &it.emails).for_each(|it| see(Datum::Text(&it.label)))),
        field("primaryAddress.emails.value", Kind::Text, |it, see| it.primary_address.iter().flat_map(|it| &it.emails).for_each(|it| see(Datum::Text(&it.value)))),
        field("primaryAddress.dob", Kind::Date, |it, see| it.primary_address.iter().filter_map(|it| it.dob).for_each(|dob| see(Datum::Text(&dob.to_string())))),
        field("primaryAddress.jobTitle", Kind::Text, |it, see| address(it, |it| it.job_title.as_deref(), see)),
        field("primaryAddress.hash", Kind::Text, |it, see| it.primary_address.iter().for_each(|it| see(Datum::Text(&it.hash())))),
        field("tags.id", Kind::Text, |it, see| it.tags.iter().for_each(|tag| see(Datum::Text(&tag.id)))),
        field("tags.name", Kind::Text, |it, see| it.tags.iter().for_each(|tag| see(Datum::Text(&tag.name)))),
        field("taxNumbers.type", Kind::Text, |it, see| it.tax_numbers.iter().flatten().for_each(|it| see(Datum::Text(it.kind.as_str())))),
        field("taxNumbers.value", Kind::Text, |it, see| it.tax_numbers.iter().flatten().for_each(|it| see(Datum::Text(&it.value)))),
        field("notificationEmails", Kind::Text, |it, see| it.notification_emails.iter().for_each(|it| see(Datum::Text(it)))),
        field("leadSource.medium", Kind::Text, |it, see| lead_source(it, |it| &it.medium, see)),
        field("leadSource.source", Kind::Text, |it, see| lead_source(it, |it| &it.source, see)),
        field("leadSource.campaign", Kind::Text, |it, see| lead_source(it, |it| &it.campaign, see)),
        field("leadSource.term", Kind::Text, |it, see| lead_source(it, |it| &it.term, see)),
        field("leadSource.content", Kind::Text, |it, see| lead_source(it, |it| &it.content, see)),
        field("leadSource.affiliate", Kind::Text, |it, see| lead_source(it, |it| &it.affiliate, see)),
        field("leadSource.subAffiliate", Kind::Text, |it, see| lead_source(it, |it| &it.sub_affiliate, see)),
        field("leadSource.salesAgent", Kind::Text, |it, see| lead_source(it, |it| &it.sales_agent, see)),
        field("leadSource.clickId", Kind::Text, |it, see| lead_source(it, |it| &it.click_id, see)),
        field("leadSource.path", Kind::Text, |it, see| lead_source(it, |it| &it.path, see)),
        field("leadSource.referrer", Kind::Text, |it, see| lead_source(it, |it| &it.referrer, see)),
    ];

    const SORTABLE: &'static [&'static str] = &[
        // Published today, but for `id`, which was until 2022.
        "id", "email", "lastName", "websiteId", "createdTime", "updatedTime", "paymentCount",
        "lastPaymentTime", "invoiceCount", "averageValue.amount", "averageValue.currency",
        "lifetimeRevenue.amount", "lifetimeRevenue.currency",
    ];

    const ALIASES: &'static [(&'static str, &'static str)] = &[
        ("averageValue", "averageValue.amount"),
        ("lifetimeRevenue", "lifetimeRevenue.amount"),
        ("tags", "tags.name"),
    ];

    // Assumed: it is no member of a customer, but it can be embedded in one (`filter-lead-source`).
    const GUESSED: &'static [(&'static str, &'static Guess)] = &[("leadSource.", &FILTER_LEAD_SOURCE)];

    const FREE: &'static [(&'static str, &'static str)] = &[("customFields", CUSTOMERS)];

    /// Assumed: what was stored before the field was defined, and is of another type, is no
    /// value (`typed-custom-fields`).
    fn free(&self, _: &str, meaning: &Meaning, see: &mut dyn FnMut(Datum<'_>)) {
        let mut stored = self.custom_fields.iter();
        let Some(defined) = meaning.defined else {
            // A field that holds an object is asked for by part.
            let part = |name: &str| meaning.name.strip_prefix(name);
            let found = stored.find_map(|(name, value)| match part(name)? {
                "" => Some(value),
                part => value.get(part.strip_prefix('.')?),
            });
            return found.into_iter().for_each(|value| free(value, see));
        };
        let Some((_, value)) = stored.find(|(name, _)| *name == *meaning.name) else { return };
        if !defined.holds(value) {
            return see(Datum::Unfit);
        }
        let read = meaning.member.as_ref().map_or(Some(value), |member| value.get(member));
        read.into_iter().for_each(|value| typed(value, defined, see));
    }

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.id);
        self.tags.iter().for_each(|tag| see(&tag.name));
        let Some(it) = &self.primary_address else { return };
        let members = [
            &it.first_name, &it.last_name, &it.organization, &it.address,
            &it.address2, &it.city, &it.region, &it.postal_code,
        ];
        members.into_iter().flatten().for_each(|text| see(text));
        it.emails.iter().chain(&it.phone_numbers).for_each(|entry| see(&entry.value));
    }
}

#[rustfmt::skip]
impl Queryable for Message {
    const FIELDS: &'static [Field<Message>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("type", Kind::Text, |it, see| see(Datum::Text(it.kind.as_str()))),
        field("customEventType", Kind::Text, |it, see| text(it.custom_event_type.as_deref(), see)),
        field("triggeredBy", Kind::Text, |it, see| see(Datum::Text(it.triggered_by.as_str()))),
        field("message", Kind::Text, |it, see| see(Datum::Text(&it.message))),
        field("occurredTime", Kind::Time, |it, see| see(Datum::Time(it.occurred_time))),
    ];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.message);
        see(self.kind.as_str());
        self.custom_event_type.iter().for_each(|name| see(name));
    }
}

/// What the definition's own sample filters by, and what else there is to it.
#[rustfmt::skip]
impl Queryable for CustomField {
    const UNDOCUMENTED: &'static [&'static str] = &["filter", "sort", "q"];

    const FIELDS: &'static [Field<CustomField>] = &[
        field("name", Kind::Text, |it, see| see(Datum::Text(&it.name))),
        field("type", Kind::Text, |it, see| see(Datum::Text(it.kind.as_str()))),
        field("description", Kind::Text, |it, see| text(it.description.as_deref(), see)),
        field("isEnabled", Kind::Flag, |it, see| see(Datum::Flag(it.is_enabled))),
    ];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.name);
        self.description.iter().for_each(|text| see(text));
    }
}

#[rustfmt::skip]
impl Queryable for Tag {
    const FIELDS: &'static [Field<Tag>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("name", Kind::Text, |it, see| see(Datum::Text(&it.name))),
        field("type", Kind::Text, |it, see| see(Datum::Text(it.kind.as_str()))),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
        field("updatedTime", Kind::Time, |it, see| see(Datum::Time(it.updated_time))),
    ];

    const SORTABLE: &'static [&'static str] = &["createdTime", "updatedTime"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.name);
    }
}

pub(super) const fn field<T>(name: &'static str, kind: Kind, read: Read<T>) -> Field<T> {
    Field { name, kind, read }
}

pub(super) fn text(value: Option<&str>, see: &mut dyn FnMut(Datum<'_>)) {
    value.into_iter().for_each(|text| see(Datum::Text(text)));
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 invoices")]
fn count(value: i64, see: &mut dyn FnMut(Datum<'_>)) {
    see(Datum::Number(value as f64));
}

fn currency(money: &Money, see: &mut dyn FnMut(Datum<'_>)) {
    see(Datum::Text(&money.currency));
}

fn address(it: &Customer, member: fn(&Contact) -> Option<&str>, see: &mut dyn FnMut(Datum<'_>)) {
    text(it.primary_address.as_ref().and_then(member), see);
}

fn lead_source(
    it: &Customer,
    member: fn(&LeadSourceData) -> &Option<String>,
    see: &mut dyn FnMut(Datum<'_>),
) {
    let data = it.lead_source.as_ref().map(|row| &row.record.latest.data);
    text(data.and_then(|data| member(data).as_deref()), see);
}

/// A stored value of a type, or a member of it; of a list, each item. A text is a text whatever
/// it looks like, but that of a date-time.
fn typed(value: &Json, defined: CustomFieldType, see: &mut dyn FnMut(Datum<'_>)) {
    match value {
        Json::List(items) => items.iter().for_each(|item| typed(item, defined, see)),
        Json::Text(text) if defined != CustomFieldType::Datetime => see(Datum::Text(text)),
        _ => free(value, see),
    }
}

/// A stored value by what it is; of a list, each item.
fn free(value: &Json, see: &mut dyn FnMut(Datum<'_>)) {
    match value {
        Json::Null | Json::Object(_) => {}
        Json::Bool(flag) => see(Datum::Flag(*flag)),
        Json::Whole(_) | Json::Float(_) => {
            value.as_number().into_iter().for_each(|it| see(Datum::Number(it)));
        }
        // The texts of a `datetime` field have offsets; instants are what is compared.
        Json::Text(text) => match Timestamp::parse(text) {
            Some(time) => see(Datum::Time(time)),
            None => see(Datum::Text(text)),
        },
        Json::List(items) => items.iter().for_each(|item| free(item, see)),
    }
}
