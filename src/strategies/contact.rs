//! Contacts, and the e-mail addresses and phone numbers in them.

use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Union};
use serde_json::{Value, json};

use super::address;
use super::flaw::{Flaws, Invalid, item, member, missing, no_text_of, spoilt, whole};
use super::members::{nullable, object, optional, required};
use super::text::{
    self, among, day, no_day, no_flag, no_list, no_object, no_text, text, text_of, too_long,
};

/// The members that are plain texts, and how long they may be.
const TEXTS: [(&str, usize); 8] = [
    ("firstName", 45),
    ("lastName", 45),
    ("organization", 255),
    ("address", 60),
    ("address2", 60),
    ("city", 45),
    ("region", 45),
    ("jobTitle", 255),
];

/// The most characters of an e-mail address in a contact, of a phone number, and of a label.
const EMAIL_MAX: usize = 255;
const PHONE_MAX: usize = 50;
const LABEL_MAX: usize = 45;

/// The most entries of a list. More would be as valid, and only slow.
const ENTRIES_MAX: usize = 3;

pub(super) fn valid() -> BoxedStrategy<Value> {
    let texts = TEXTS.map(|(name, most)| nullable(name, text::json(text(most))));
    let country = vec(range('A', 'Z'), 2).prop_map(|letters| json!(String::from_iter(letters)));
    let list = |of| vec(of, 0..=ENTRIES_MAX).prop_map(Value::Array).boxed();
    let mut members = Vec::from(texts);
    members.extend([
        nullable("country", country.boxed()),
        nullable("postalCode", text::json(postal_code())),
        optional("phoneNumbers", list(phone_number())),
        optional("emails", list(email())),
        nullable("dob", text::json(day())),
    ]);
    object(members)
}

pub(super) fn flaws() -> Flaws {
    let beyond = || {
        let text = (text(12), text::beyond());
        text.prop_map(|(text, letter)| json!(format!("{text}{letter}"))).boxed()
    };
    let texts = TEXTS.map(|(name, most)| {
        let mut flaws = no_text_of(name, most);
        flaws.extend([member(name, text::only("")), member(name, beyond())]);
        Union::new(flaws).boxed()
    });
    let mut flaws = Vec::from(texts);
    let countries = among(&["gb", "G", "G1", "ÄÖ", "", "GBR"]);
    let codes = among(&["SW1/A", "", "é", "0123456789A"]);
    flaws.extend([
        member("country", prop_oneof![countries, no_text()].boxed()),
        member("postalCode", prop_oneof![codes, no_text()].boxed()),
        member("dob", no_day()),
        member("emails", no_list()),
        item("emails", invalid_email()),
        member("phoneNumbers", no_list()),
        item("phoneNumbers", invalid_phone_number()),
    ]);
    flaws
}

/// Entries of `emails`.
pub(super) fn email() -> BoxedStrategy<Value> {
    entries(address::valid())
}

/// Entries of `phoneNumbers`.
pub(super) fn phone_number() -> BoxedStrategy<Value> {
    entries(number())
}

pub(super) fn invalid_email() -> BoxedStrategy<Invalid<Value>> {
    let long = Just(address::too_long(EMAIL_MAX));
    no_entries(email(), prop_oneof![4 => address::invalid(), 1 => long].boxed())
}

pub(super) fn invalid_phone_number() -> BoxedStrategy<Invalid<Value>> {
    no_entries(phone_number(), too_long(PHONE_MAX))
}

fn entries(values: BoxedStrategy<String>) -> BoxedStrategy<Value> {
    object(vec![
        required("label", text::json(text_of(text::letters(), 0, LABEL_MAX))),
        optional("primary", any::<bool>().prop_map(Value::Bool).boxed()),
        required("value", text::json(values)),
    ])
}

/// Entries in which one thing is wrong, their value among others: then it is one of those that are unfit.
fn no_entries(
    valid: BoxedStrategy<Value>,
    unfit: BoxedStrategy<String>,
) -> BoxedStrategy<Invalid<Value>> {
    let mut flaws = no_text_of("label", LABEL_MAX);
    flaws.extend([
        missing("label"),
        missing("value"),
        member("value", prop_oneof![3 => text::json(unfit), 1 => no_text()].boxed()),
        member("primary", no_flag()),
    ]);
    prop_oneof![6 => spoilt(valid, flaws), 1 => whole(no_object())].boxed()
}

/// Phone numbers, of a range that is kept free for fiction, and all else that may stand for one.
fn number() -> BoxedStrategy<String> {
    let american = (200..=999_u32, 0..=99_u32);
    let american = american.prop_map(|(area, line)| format!("+1-{area}-555-01{line:02}"));
    prop_oneof![4 => american, 1 => text_of(text::letters(), 0, PHONE_MAX)].boxed()
}

fn postal_code() -> BoxedStrategy<String> {
    let letters =
        prop_oneof![range('0', '9'), range('A', 'Z'), range('a', 'z'), select(vec![' ', '-', '_'])];
    text_of(letters.boxed(), 1, 10)
}
