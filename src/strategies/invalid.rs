//! Inputs that are refused, each for one field, which it names.

use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::flaw::{Invalid, spoilt};
use super::{
    address, contact, custom_field as definition, custom_value as value, customer as whole,
    event_type as kind, lead_source as visit, listing, message, name, tagging as many,
    tax_number as number,
};

/// Customers in which one thing is wrong, anywhere in them.
pub fn customer() -> BoxedStrategy<Invalid<Value>> {
    spoilt(whole::valid(), whole::flaws())
}

/// Contacts. In a customer, the field is below `primaryAddress`:
///
/// ```
/// use mock_rebilly::strategies::invalid;
/// use proptest::strategy::Strategy;
/// use proptest::test_runner::TestRunner;
///
/// let customers = invalid::contact().prop_map(|contact| contact.within("primaryAddress"));
/// TestRunner::deterministic().run(&customers, |customer| {
///     assert!(customer.field.starts_with("primaryAddress."));
///     Ok(())
/// }).unwrap();
/// ```
pub fn contact() -> BoxedStrategy<Invalid<Value>> {
    spoilt(contact::valid(), contact::flaws())
}

/// Entries of a contact's `emails`. The field is empty when it is no entry at all.
pub fn email() -> BoxedStrategy<Invalid<Value>> {
    contact::invalid_email()
}

/// What is nearly an e-mail address.
pub fn email_address() -> BoxedStrategy<String> {
    address::invalid()
}

/// Entries of a contact's `phoneNumbers`. The field is empty when it is no entry at all.
pub fn phone_number() -> BoxedStrategy<Invalid<Value>> {
    contact::invalid_phone_number()
}

/// Lead sources.
pub fn lead_source() -> BoxedStrategy<Invalid<Value>> {
    spoilt(visit::valid(), visit::flaws())
}

/// Entries of a customer's `taxNumbers`. The field is empty when it is no entry at all.
pub fn tax_number() -> BoxedStrategy<Invalid<Value>> {
    number::invalid()
}

/// Comments.
pub fn comment() -> BoxedStrategy<Invalid<Value>> {
    spoilt(message::valid(), message::flaws())
}

/// Custom events of a type that is registered.
pub fn custom_event(event_type: &str) -> BoxedStrategy<Invalid<Value>> {
    spoilt(message::event(event_type), message::event_flaws())
}

/// Tags.
pub fn tag() -> BoxedStrategy<Invalid<Value>> {
    spoilt(name::tag_body(), name::tag_flaws())
}

/// Whom a tag is put on or taken off at once.
pub fn tagging() -> BoxedStrategy<Invalid<Value>> {
    spoilt(many::valid(), many::flaws())
}

/// Types of custom events.
pub fn custom_event_type() -> BoxedStrategy<Invalid<Value>> {
    spoilt(kind::valid(), kind::flaws())
}

/// Names of tags.
pub fn tag_name() -> BoxedStrategy<Invalid<String>> {
    name::invalid_tag()
}

/// Definitions of custom fields.
pub fn custom_field() -> BoxedStrategy<Invalid<Value>> {
    definition::invalid()
}

/// Names of custom fields. They belong encoded in the path of a `PUT`.
pub fn custom_field_name() -> BoxedStrategy<Invalid<String>> {
    name::invalid_custom_field()
}

/// Values that do not fit the definition of a custom field. The field is empty
/// when it is the whole value that does not; see [`Invalid::within`]. `null` is
/// among them only if the definition requires a value.
///
/// # Panics
///
/// When it has a `pattern` that [`valid::custom_field`](super::valid::custom_field) does not make.
#[track_caller]
pub fn custom_value(definition: &Value) -> BoxedStrategy<Invalid<Value>> {
    value::invalid(definition)
}

/// Ids that nothing can have. They belong encoded in the path of a `PUT`.
pub fn id() -> BoxedStrategy<Invalid<String>> {
    name::invalid_id()
}

/// Pages that cannot be.
pub fn paging() -> BoxedStrategy<Invalid<Vec<(&'static str, String)>>> {
    listing::no_paging()
}

/// Filters of customers that cannot be understood.
pub fn filter() -> BoxedStrategy<Invalid<String>> {
    listing::no_filter()
}

/// Orders of customers that cannot be understood.
pub fn sort() -> BoxedStrategy<Invalid<String>> {
    listing::no_sort()
}
