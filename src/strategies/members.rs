//! Objects, member by member.

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::strategy::BoxedStrategy;
use serde_json::{Map, Value};

/// A member: its name and what may be said of it, if anything is.
pub(super) type Member = (&'static str, BoxedStrategy<Option<Value>>);

/// A member that must be there.
pub(super) fn required(name: &'static str, value: BoxedStrategy<Value>) -> Member {
    (name, value.prop_map(Some).boxed())
}

/// A member that may be absent.
pub(super) fn optional(name: &'static str, value: BoxedStrategy<Value>) -> Member {
    (name, prop_oneof![1 => Just(None), 1 => value.prop_map(Some)].boxed())
}

/// A member that may be absent or `null`.
pub(super) fn nullable(name: &'static str, value: BoxedStrategy<Value>) -> Member {
    let null = Just(Some(Value::Null));
    (name, prop_oneof![3 => Just(None), 1 => null, 3 => value.prop_map(Some)].boxed())
}

/// Objects with these members.
pub(super) fn object(members: Vec<Member>) -> BoxedStrategy<Value> {
    let (names, values): (Vec<_>, Vec<_>) = members.into_iter().unzip();
    values
        .prop_map(move |values| {
            let said = names.iter().zip(values);
            let said = said.filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
            Value::Object(said.collect::<Map<_, _>>())
        })
        .boxed()
}
