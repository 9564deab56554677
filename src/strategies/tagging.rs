//! Whom a tag is put on, or taken off, at once.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::flaw::{Flaws, Invalid, inner, member, missing};
use super::members::{object, required};
use super::name;
use super::text::{no_list, no_text};

const MEMBER: &str = "customerIds";

/// The most customers at once.
const IDS_MAX: usize = 1_000;

/// So many customers, whether they are there or not.
fn ids(count: usize) -> Value {
    json!((0..count).map(|number| format!("cus_{number}")).collect::<Vec<_>>())
}

pub(super) fn valid() -> BoxedStrategy<Value> {
    let few = vec(name::id(), 1..=5).prop_map(|ids| json!(ids));
    let list = prop_oneof![9 => few, 1 => Just(ids(IDS_MAX))];
    object(vec![required(MEMBER, list.boxed())])
}

pub(super) fn flaws() -> Flaws {
    let counts = prop_oneof![Just(ids(0)), Just(ids(IDS_MAX + 1))];
    let lists = prop_oneof![2 => counts, 1 => Just(Value::Null), 2 => no_list()];
    vec![missing(MEMBER), member(MEMBER, lists.boxed()), inner(MEMBER, no_ids())]
}

/// A few customers, the last of whom is no text. They are few, since one more than the most is a second fault.
fn no_ids() -> BoxedStrategy<Invalid<Value>> {
    let few = vec(name::id().prop_map(Value::String), 0..=3);
    (few, no_text())
        .prop_map(|(mut ids, last)| {
            let field = ids.len().to_string();
            ids.push(last);
            Invalid::new(Value::Array(ids), &field)
        })
        .boxed()
}
