//! What things are found by: ids, and the names of tags and of custom fields.

use proptest::char::range;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::flaw::{Flaws, Invalid, member, missing};
use super::members::{object, required};
use super::text::{self, among, no_text, text_of};

const ID_MAX: usize = 50;
const TAG_MAX: usize = 255;
const FIELD_MAX: usize = 60;

/// ASCII letters, digits, and the signs.
fn letters(signs: &str) -> BoxedStrategy<char> {
    let signs = select(signs.chars().collect::<Vec<char>>());
    prop_oneof![6 => range('a', 'z'), 1 => range('A', 'Z'), 1 => range('0', '9'), 1 => signs]
        .boxed()
}

/// Names as they are, but for `.` and `..`: those are valid, but many clients take them out of an address.
fn addressable(names: BoxedStrategy<String>) -> BoxedStrategy<String> {
    names
        .prop_map(
            |name| if name.chars().all(|it| it == '.') { "a".repeat(name.len()) } else { name },
        )
        .boxed()
}

pub(super) fn id() -> BoxedStrategy<String> {
    addressable(text_of(letters("@~-._"), 1, ID_MAX))
}

pub(super) fn tag() -> BoxedStrategy<String> {
    addressable(text_of(letters("@~-._+ "), 1, TAG_MAX))
}

pub(super) fn custom_field() -> BoxedStrategy<String> {
    text_of(letters("_-"), 1, FIELD_MAX)
}

pub(super) fn invalid_id() -> BoxedStrategy<Invalid<String>> {
    unfit(" !/%,+é", ID_MAX, "id")
}

pub(super) fn invalid_tag() -> BoxedStrategy<Invalid<String>> {
    unfit("!/%,#é", TAG_MAX, "name")
}

pub(super) fn invalid_custom_field() -> BoxedStrategy<Invalid<String>> {
    unfit(" .@/%é", FIELD_MAX, "name")
}

/// Names with one letter that they must not have, or with one too many.
fn unfit(strange: &str, most: usize, field: &'static str) -> BoxedStrategy<Invalid<String>> {
    let strange = select(strange.chars().collect::<Vec<char>>());
    let strange = (text_of(range('a', 'z').boxed(), 1, 8), strange);
    let strange = strange.prop_map(|(name, letter)| format!("{name}{letter}"));
    let long = range('a', 'z').prop_map(move |letter| letter.to_string().repeat(most + 1));
    prop_oneof![4 => strange, 1 => long].prop_map(|name| Invalid::new(name, field)).boxed()
}

/// New tags.
pub(super) fn tag_body() -> BoxedStrategy<Value> {
    object(vec![
        required("name", text::json(tag())),
        required("type", among(&["customer", "kyc-document", "aml-check"])),
    ])
}

pub(super) fn tag_flaws() -> Flaws {
    let name = prop_oneof![
        4 => invalid_tag().prop_map(|name| json!(name.input)),
        1 => Just(json!("")),
        1 => no_text(),
    ];
    let kinds = among(&["customers", "Customer", ""]);
    let kind = prop_oneof![3 => kinds, 1 => Just(Value::Null), 1 => no_text()];
    vec![missing("name"), member("name", name.boxed()), member("type", kind.boxed())]
}
