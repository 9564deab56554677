//! What clients may write on timelines: comments and custom events.

use proptest::collection::btree_map;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::flaw::{Flaws, member, missing};
use super::members::{object, optional, required};
use super::text::{self, among, no_object, no_text, text_of};

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

/// Custom events of that type.
pub(super) fn event(event_type: &str) -> BoxedStrategy<Value> {
    let value = prop_oneof![Just(json!("a")), Just(json!(1.5)), Just(json!(true))];
    let data = btree_map("[a-z]{1,8}", value, 0..4);
    object(vec![
        required("type", text::only("custom-event")),
        required("customEventType", text::only(event_type)),
        optional("message", text::json(text_of(text::letters(), 1, TEXT_MAX))),
        optional("customData", data.prop_map(|data| json!(data)).boxed()),
    ])
}

pub(super) fn event_flaws() -> Flaws {
    let unknown = text::only("a type that nobody has registered");
    let empty = prop_oneof![Just(json!("")), Just(Value::Null)];
    let types = prop_oneof![1 => unknown, 1 => empty, 1 => no_text()];
    vec![
        missing("customEventType"),
        member("customEventType", types.boxed()),
        member("message", no_text()),
        member("customData", no_object()),
    ]
}
