//! Types of custom events.

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::flaw::{Flaws, member, missing, no_text_of};
use super::members::{object, required};
use super::text::{self, among};

/// The most letters of a name.
const NAME_MAX: usize = 255;

pub(super) fn valid() -> BoxedStrategy<Value> {
    object(vec![required("name", text::json(text::text(NAME_MAX)))])
}

pub(super) fn flaws() -> Flaws {
    let taken = among(&["customer-created", "customer-tagged", "customer-merged"]);
    let name = prop_oneof![1 => Just(json!("")), 1 => Just(Value::Null), 2 => taken];
    let mut flaws = no_text_of("name", NAME_MAX);
    flaws.extend([missing("name"), member("name", name.boxed())]);
    flaws
}
