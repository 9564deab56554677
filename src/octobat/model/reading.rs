//! [`text`]: how members are read that all things have.

use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;
use crate::engine::value::Value;
use crate::octobat::assumed::WRONG_TYPES;

/// Any text: the documents know no longest one.
pub(super) const ANY: TextRule = TextRule::max(usize::MAX);

/// A text. Assumed: what is none is refused (`wrong-types`).
pub(super) fn text(input: &Input<'_>, name: &str) -> Given<String> {
    let given = input.text(name, ANY);
    if given == Given::Absent && matches!(input.raw(name), Some(Value::List(_) | Value::Object(_)))
    {
        input.assume(&WRONG_TYPES);
    }
    given
}

/// Notes that a text stands where a list or an object belongs.
pub(super) fn note_text(input: &Input<'_>, name: &str) {
    if matches!(input.raw(name), Some(Value::Text(_))) {
        input.assume(&WRONG_TYPES);
    }
}
