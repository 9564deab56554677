//! Comments on timelines.

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::flaw::{Flaws, member, missing};
use super::members::{object, optional, required};
use super::text::{self, among, no_text, text_of};

/// The most characters of a comment that is made here. There is no limit.
const TEXT_MAX: usize = 2_000;

pub(super) fn valid() -> BoxedStrategy<Value> {
    let letters = prop_oneof![9 => text::letters(), 1 => text::beyond(), 1 => Just('\n')];
    let text = text_of(letters.boxed(), 1, TEXT_MAX);
    let mention = "@ada@example.com: see #customers-ada and #invoices-in_1".to_owned();
    let text = prop_oneof![5 => text, 1 => Just(mention)];
    object(vec![
        required("message", text::json(text.boxed())),
        optional("type", text::only("customer-comment-created")),
    ])
}

pub(super) fn flaws() -> Flaws {
    let empty = prop_oneof![2 => Just(json!("")), 1 => Just(Value::Null), 1 => no_text()];
    let kinds = among(&["customer-created", "comment", ""]);
    vec![missing("message"), member("message", empty.boxed()), member("type", kinds)]
}
