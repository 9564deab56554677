//! [`text`]: how members are read that all things have.
//!
//! A request is made into what a form would have said before it is read
//! (`Params`), and a fixture is not: what is empty, or a number, is seen here, too.

use crate::engine::given::Given;
use crate::engine::input::Input;
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

/// Notes that what was sent is not of the type that belongs there, if that was told.
pub(super) fn note_refused<T>(input: &Input<'_>, name: &str, given: &Given<T>) {
    if matches!(given, Given::Absent) && input.says(name) {
        input.assume(&WRONG_TYPES);
    }
}
