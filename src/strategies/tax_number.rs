//! Tax numbers.

use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::flaw::{Invalid, member, missing, spoilt, whole};
use super::members::{object, optional, required};
use super::text::{self, no_flag, no_object, no_text, text_of};

pub(super) fn valid() -> BoxedStrategy<Value> {
    object(vec![
        optional("isDefault", any::<bool>().prop_map(Value::Bool).boxed()),
        required("type", select(vec!["other", "eu-vat"]).prop_map(|kind| json!(kind)).boxed()),
        required("value", text::json(text_of(text::letters(), 0, 40))),
    ])
}

pub(super) fn invalid() -> BoxedStrategy<Invalid<Value>> {
    let kinds = select(vec!["vat", "EU-VAT", ""]).prop_map(|kind| json!(kind));
    let flaws = vec![
        member("type", prop_oneof![kinds, no_text()].boxed()),
        missing("type"),
        missing("value"),
        member("value", no_text()),
        member("isDefault", no_flag()),
    ];
    prop_oneof![6 => spoilt(valid(), flaws), 1 => whole(no_object())].boxed()
}
