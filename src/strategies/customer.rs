//! Customers.

use proptest::char::range;
use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Union};
use serde_json::{Value, json};

use super::flaw::{Flaws, inside, item, member, no_text_of, whole};
use super::members::{nullable, object, optional};
use super::text::{self, among, no_list, no_object, no_text, text, text_of};
use super::{address, contact, lead_source, name, tax_number};

/// The members that are ids of other things, and how long these may be.
const IDS: [&str; 4] =
    ["defaultPaymentInstrumentId", "personId", "preferredPayoutInstrumentId", "websiteId"];
const ID_MAX: usize = 50;

/// The most items of a list. More would be as valid, and only slow.
const ITEMS_MAX: usize = 3;

pub(super) fn valid() -> BoxedStrategy<Value> {
    let list = |of: BoxedStrategy<Value>| vec(of, 0..=ITEMS_MAX).prop_map(Value::Array).boxed();
    let mut members = Vec::from(IDS.map(|name| nullable(name, text::json(name::id()))));
    members.extend([
        optional("customFields", free_fields()),
        nullable("primaryAddress", contact::valid()),
        nullable("locale", text::json(locale())),
        nullable("taxNumbers", list(tax_number::valid())),
        optional("leadSource", lead_source::valid()),
        optional("notificationEmails", list(text::json(address::valid()))),
    ]);
    object(members)
}

pub(super) fn flaws() -> Flaws {
    let mut flaws: Flaws = IDS.into_iter().flat_map(|name| no_text_of(name, ID_MAX)).collect();
    let locales = among(&["e", "en_GB", "1n", "en-", "en-123456789", "englishish", ""]);
    let locales = prop_oneof![locales, no_text()];
    let no_address = prop_oneof![4 => text::json(address::invalid()), 1 => no_text()];
    flaws.extend([
        member("customFields", no_object()),
        member("primaryAddress", no_object()),
        member("locale", locales.boxed()),
        member("taxNumbers", no_list()),
        item("taxNumbers", tax_number::invalid()),
        member("leadSource", no_object()),
        member("notificationEmails", no_list()),
        item("notificationEmails", whole(no_address.boxed())),
        member("paymentToken", no_text()),
    ]);
    // As often in the customer itself as in what is inside of it.
    vec![
        Union::new(flaws).boxed(),
        inside("primaryAddress", contact::flaws()),
        inside("leadSource", lead_source::flaws()),
    ]
}

/// Fields that nobody has defined may have any value.
fn free_fields() -> BoxedStrategy<Value> {
    let value = prop_oneof![
        text::json(text_of(text::letters(), 0, 20)),
        any::<i32>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(|flag| json!(flag)),
        Just(Value::Null),
        vec(text(8), 0..3).prop_map(|texts| json!(texts)),
        text(8).prop_map(|text| json!({ "currency": text })),
    ];
    let name = vec(range('a', 'z'), 1..9).prop_map(String::from_iter);
    btree_map(name, value, 0..4).prop_map(|fields| fields.into_iter().collect()).boxed()
}

/// Language tags as RFC 5646 shapes them.
fn locale() -> BoxedStrategy<String> {
    let known = select(vec!["en", "en-GB", "de-CH-1996", "zh-Hant-TW", "sr-Latn", "haw"]);
    let shaped = (vec(range('a', 'z'), 2..=8), vec(vec(range('A', 'Z'), 1..=8), 0..3));
    let shaped = shaped.prop_map(|(language, subtags)| {
        let parts = std::iter::once(language).chain(subtags).map(String::from_iter);
        parts.collect::<Vec<String>>().join("-")
    });
    prop_oneof![known.prop_map(str::to_owned), shaped].boxed()
}
