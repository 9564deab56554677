//! [`text`], [`map`] and [`objects`]: how members are read that all things have, and
//! [`clears`]: what stands for none.
//!
//! A request is made into what a form would have said before it is read
//! (`Params`), and a fixture is not: what is empty, or a number, is seen here, too.

use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::Member;
use crate::engine::render::Rendered;
use crate::engine::rule::TextRule;
use crate::engine::value::Value;
use crate::octobat::assumed::WRONG_TYPES;

/// Any text: the documents know no longest one.
pub(super) const ANY: TextRule = TextRule::max(usize::MAX);

/// What is not given where nothing but blanks stands.
const BLANK_IS_NONE: [&str; 2] = ["business_type", "tax_number"];

/// Whether a text clears what it stands for. Documented of an empty one; assumed of blanks
/// (`blank-is-null`).
pub(crate) fn clears(name: &str, text: &str) -> bool {
    text.is_empty() || (BLANK_IS_NONE.contains(&name) && text.trim().is_empty())
}

/// A text. Assumed: a number or a boolean is one (`scalars-as-text`), and what else is
/// none is refused (`wrong-types`).
pub(super) fn text(input: &Input<'_>, name: &str) -> Given<String> {
    match input.raw(name) {
        None => Given::Absent,
        Some(Value::Null) => Given::Null,
        Some(Value::Text(text)) if clears(name, text) => Given::Null,
        Some(Value::Text(text)) => Given::Value(text.to_owned()),
        Some(Value::List(_) | Value::Object(_)) => {
            input.assume(&WRONG_TYPES);
            input.text(name, ANY)
        }
        Some(scalar) => Given::Value(Rendered::json(&scalar.to_json()).plain()),
    }
}

/// Whether a member is a text that clears it.
pub(super) fn is_cleared(input: &Input<'_>, name: &str) -> bool {
    input.raw(name).and_then(Value::as_text).is_some_and(|text| clears(name, text))
}

/// An object of any members. Assumed: an empty list is none (`wrong-types`).
pub(super) fn map(input: &Input<'_>, name: &str) -> Given<Vec<Member>> {
    match input.raw(name) {
        Some(Value::Text(text)) if clears(name, text) => return Given::Null,
        Some(Value::List(items)) if items.is_empty() => {
            return unfit(input, name, "must be an object, but is a list");
        }
        _ => {}
    }
    let given = input.map(name);
    note_refused(input, name, &given);
    given
}

/// A list of objects, each handed to `read`. Assumed: an object is none, whatever its names
/// are, and an empty list is no object (`wrong-types`).
pub(super) fn objects<T>(
    input: &Input<'_>,
    name: &str,
    read: impl FnMut(&Input<'_>) -> T,
) -> Given<Vec<T>> {
    match input.raw(name) {
        Some(Value::Text(text)) if clears(name, text) => return Given::Null,
        Some(Value::Object(_)) => return unfit(input, name, "must be a list, but is an object"),
        Some(Value::List(items)) if items.iter().any(|it| matches!(it, Value::List(_))) => {
            return unfit(input, name, "must have objects only, but has a list");
        }
        _ => {}
    }
    let given = input.objects(name, read);
    note_refused(input, name, &given);
    given
}

fn unfit<T>(input: &Input<'_>, name: &str, reason: &str) -> Given<T> {
    input.assume(&WRONG_TYPES);
    input.refuse(name, reason);
    Given::Absent
}

/// Notes that what was sent is not of the type that belongs there, if that was told.
fn note_refused<T>(input: &Input<'_>, name: &str, given: &Given<T>) {
    if matches!(given, Given::Absent) && input.says(name) {
        input.assume(&WRONG_TYPES);
    }
}
