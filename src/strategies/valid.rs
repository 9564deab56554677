//! Inputs that are taken.

use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::{
    address, contact, custom_field as definition, custom_value as value, customer as whole,
    event_type as kind, lead_source as visit, listing, message, name, tagging as many,
    tax_number as number,
};

/// Customers: bodies of `PostCustomer` and `PutCustomer`.
///
/// ```
/// use mock_rebilly::{MockRebilly, http::Request, strategies::valid};
/// use proptest::test_runner::TestRunner;
///
/// let rebilly = MockRebilly::builder().empty().without_socket();
/// TestRunner::deterministic().run(&(valid::id(), valid::customer()), |(id, body)| {
///     let request = Request::put(format!("/customers/{id}")).header("REB-APIKEY", "sk_sandbox_x");
///     let answer = rebilly.handle(request.body(body.to_string()).unwrap());
///     assert!(answer.status().is_success());
///     Ok(())
/// }).unwrap();
/// ```
pub fn customer() -> BoxedStrategy<Value> {
    whole::valid()
}

/// Contacts: what a customer's `primaryAddress` is.
pub fn contact() -> BoxedStrategy<Value> {
    contact::valid()
}

/// Entries of a contact's `emails`.
pub fn email() -> BoxedStrategy<Value> {
    contact::email()
}

/// E-mail addresses.
pub fn email_address() -> BoxedStrategy<String> {
    address::valid()
}

/// Entries of a contact's `phoneNumbers`.
pub fn phone_number() -> BoxedStrategy<Value> {
    contact::phone_number()
}

/// Lead sources: bodies of `PutCustomerLeadSource`, and a customer's `leadSource`.
pub fn lead_source() -> BoxedStrategy<Value> {
    visit::valid()
}

/// Entries of a customer's `taxNumbers`.
pub fn tax_number() -> BoxedStrategy<Value> {
    number::valid()
}

/// Comments: bodies of `PostCustomerTimeline`.
pub fn comment() -> BoxedStrategy<Value> {
    message::valid()
}

/// Custom events of a type that is registered: bodies of `PostCustomerTimeline`.
pub fn custom_event(event_type: &str) -> BoxedStrategy<Value> {
    message::event(event_type)
}

/// Tags: bodies of `PostTag`.
pub fn tag() -> BoxedStrategy<Value> {
    name::tag_body()
}

/// Whom a tag is put on or taken off at once: bodies of `PostTagCustomerCollection`
/// and `DeleteTagCustomerCollection`.
pub fn tagging() -> BoxedStrategy<Value> {
    many::valid()
}

/// Types of custom events: bodies of `PostCustomerTimelineCustomEventType`.
pub fn custom_event_type() -> BoxedStrategy<Value> {
    kind::valid()
}

/// Names of tags. They belong encoded in a path.
pub fn tag_name() -> BoxedStrategy<String> {
    name::tag()
}

/// Definitions of custom fields, of all eight types: bodies of `PutCustomField`.
pub fn custom_field() -> BoxedStrategy<Value> {
    definition::valid()
}

/// Names of custom fields.
pub fn custom_field_name() -> BoxedStrategy<String> {
    name::custom_field()
}

/// Values that fit the definition of a custom field, your own or one of
/// [`custom_field`].
///
/// ```
/// use mock_rebilly::strategies::valid;
/// use proptest::test_runner::TestRunner;
/// use serde_json::json;
///
/// let definition = json!({ "type": "integer", "additionalSchema": { "minimum": 1, "maximum": 9 } });
/// TestRunner::deterministic().run(&valid::custom_value(&definition), |seats| {
///     assert!((1..=9).contains(&seats.as_i64().unwrap()));
///     Ok(())
/// }).unwrap();
/// ```
///
/// # Panics
///
/// When it has a `pattern` that [`custom_field`] does not make: no text is made up to match it.
#[track_caller]
pub fn custom_value(definition: &Value) -> BoxedStrategy<Value> {
    value::valid(definition)
}

/// Ids of things.
pub fn id() -> BoxedStrategy<String> {
    name::id()
}

/// The page of a list: `limit` and `offset`, each of them or not.
pub fn paging() -> BoxedStrategy<Vec<(&'static str, String)>> {
    listing::paging()
}

/// Filters of customers: `firstName:ada,!bob;revision:1..`. They belong encoded in a query.
pub fn filter() -> BoxedStrategy<String> {
    listing::filter()
}

/// Orders of customers: `-createdTime,id`.
pub fn sort() -> BoxedStrategy<String> {
    listing::sort()
}
