//! Tax numbers.

use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use super::flaw::{Invalid, member, missing, spoilt, whole};
use super::members::{object, optional, required};
use super::text::{self, among, no_flag, no_object, no_text, text_of};

pub(super) fn valid() -> BoxedStrategy<Value> {
    object(vec![
        optional("isDefault", any::<bool>().prop_map(Value::Bool).boxed()),
        required("type", among(&["other", "eu-vat"])),
        required("value", text::json(text_of(text::letters(), 0, 40))),
    ])
}

pub(super) fn invalid() -> BoxedStrategy<Invalid<Value>> {
    let kinds = prop_oneof![among(&["vat", "EU-VAT", ""]), no_text()];
    let flaws = vec![
        member("type", kinds.boxed()),
        missing("type"),
        missing("value"),
        member("value", no_text()),
        member("isDefault", no_flag()),
    ];
    prop_oneof![6 => spoilt(valid(), flaws), 1 => whole(no_object())].boxed()
}
