//! [`text`]: how members are read that all things have.

use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;
use crate::octobat::assumed::WRONG_TYPES;

/// Any text: the documents know no longest one.
pub(super) const ANY: TextRule = TextRule::max(usize::MAX);

/// A text. Assumed: what is none is refused (`wrong-types`).
pub(super) fn text(input: &Input<'_>, name: &str) -> Given<String> {
    let given = input.text(name, ANY);
    note_refused(input, name, &given);
    given
}

/// Notes that what was sent is not of the type that belongs there, if that was told.
pub(super) fn note_refused<T>(input: &Input<'_>, name: &str, given: &Given<T>) {
    if matches!(given, Given::Absent) && input.says(name) {
        input.assume(&WRONG_TYPES);
    }
}
