//! [`mismatches`]: where two JSON values do not say the same.

use super::json::{Json, Member};
use super::pointer::below;
use super::value::Value;

/// A place where one of two values is not like the other. `None` is nothing at all.
#[derive(Debug, PartialEq)]
pub(crate) struct Mismatch<'j> {
    /// Where, below the values that were compared.
    pub(crate) pointer: String,
    pub(crate) expected: Option<&'j Json>,
    pub(crate) found: Option<&'j Json>,
}

/// Every place where `found` is not as expected, in the order of what was
/// expected. Members may stand in any order, and numbers are numbers: `1` is `1.0`.
pub(crate) fn mismatches<'j>(expected: &'j Json, found: &'j Json) -> Vec<Mismatch<'j>> {
    let mut all = Vec::new();
    collect(String::new(), Some(expected), Some(found), &mut all);
    all
}

/// Whether a value is as expected, in the same sense.
pub(super) fn same(expected: &Json, found: Value<'_>) -> bool {
    match (expected, found) {
        (Json::Object(members), Value::Object(others)) => {
            let same_member =
                |(name, value): &Member| others.get(name).is_some_and(|found| same(value, found));
            members.len() == others.len() && members.iter().all(same_member)
        }
        (Json::List(items), Value::List(others)) => {
            items.len() == others.len()
                && items.iter().zip(others.iter()).all(|(item, found)| same(item, found))
        }
        (Json::Text(text), Value::Text(found)) => *text == *found,
        (_, Value::Object(_) | Value::List(_) | Value::Text(_)) => false,
        (expected, scalar) => same_scalar(expected, &scalar.to_json()),
    }
}

/// The same of values that hold no others.
pub(crate) fn same_scalar(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Whole(one), Json::Whole(other)) => one == other,
        (one, other) => match (one.as_number(), other.as_number()) {
            (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
            _ => one == other,
        },
    }
}

fn collect<'j>(
    pointer: String,
    expected: Option<&'j Json>,
    found: Option<&'j Json>,
    all: &mut Vec<Mismatch<'j>>,
) {
    match (expected, found) {
        (Some(Json::Object(members)), Some(object @ Json::Object(others))) => {
            for (name, value) in members {
                collect(below(&pointer, name), Some(value), object.get(name), all);
            }
            let more = others.iter().filter(|(name, _)| members.iter().all(|(it, _)| it != name));
            for (name, value) in more {
                collect(below(&pointer, name), None, Some(value), all);
            }
        }
        (Some(Json::List(items)), Some(Json::List(others))) => {
            for index in 0..items.len().max(others.len()) {
                let pointer = below(&pointer, &index.to_string());
                collect(pointer, items.get(index), others.get(index), all);
            }
        }
        (Some(expected), Some(found)) if same_scalar(expected, found) => {}
        (expected, found) => all.push(Mismatch { pointer, expected, found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tape::Tape;

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes()).unwrap()
    }

    /// The places where two texts differ, and what stands there.
    fn between(expected: &str, found: &str) -> Vec<String> {
        let (expected, found) = (json(expected), json(found));
        let all = mismatches(&expected, &found);
        assert_eq!(all.is_empty(), same(&expected, Tape::of(&found).value()));
        all.iter().map(|it| format!("{} {:?} {:?}", it.pointer, it.expected, it.found)).collect()
    }

    #[test]
    fn members_in_another_order_and_numbers_in_another_form_say_the_same() {
        let none: [&str; 0] = [];
        assert_eq!(between(r#"{"a":1,"b":[2.5,1e2]}"#, r#"{"b":[2.50,100],"a":1.0}"#), none);
    }

    #[test]
    fn every_place_that_differs_is_told() {
        assert_eq!(
            between(r#"{"a":{"b":1},"c":[1,2],"d":null}"#, r#"{"c":[1,3,4],"a":{"b":"1"},"e":{}}"#),
            [
                r#"/a/b Some(Whole(1)) Some(Text("1"))"#,
                "/c/1 Some(Whole(2)) Some(Whole(3))",
                "/c/2 None Some(Whole(4))",
                "/d Some(Null) None",
                "/e None Some(Object([]))",
            ]
        );
        assert_eq!(between("[]", "{}"), [" Some(List([])) Some(Object([]))"]);
        assert_eq!(between("null", r#""""#), [r#" Some(Null) Some(Text(""))"#]);
        assert_eq!(between("[1]", "1"), [" Some(List([Whole(1)])) Some(Whole(1))"]);
    }
}
