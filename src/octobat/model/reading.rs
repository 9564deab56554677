//! [`text`]: how members are read that all things have.

use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::rule::TextRule;
use crate::octobat::assumed::WRONG_TYPES;

/// Any text: the documents know no longest one.
pub(super) const ANY: TextRule = TextRule::max(usize::MAX);

/// A text. Assumed: what is none is refused (`wrong-types`).
pub(super) fn text(input: &Input<'_>, name: &str) -> Given<String> {
    if matches!(input.raw(name), Some(Json::List(_) | Json::Object(_))) {
        input.assume(&WRONG_TYPES);
    }
    input.text(name, ANY)
}

/// Notes that a text stands where a list or an object belongs.
pub(super) fn note_text(input: &Input<'_>, name: &str) {
    if matches!(input.raw(name), Some(Json::Text(_))) {
        input.assume(&WRONG_TYPES);
    }
}
