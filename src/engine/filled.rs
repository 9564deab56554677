//! [`Filled`]: a row's text as it was shown, with everything in its place.
//!
//! Most rows are shown by one double, whose clients know it by one address. So the text
//! is kept as it was sent, and sending it again copies nothing. To be shown elsewhere, it
//! is filled anew from itself.

use hyper::body::Bytes;

use super::render::{Object, Rendered, Writer, short};
use super::rendered::Marked;
use super::setting::{Filling, Gaps};

/// Text with something at its marks.
pub(super) struct Filled {
    text: Bytes,
    /// Where what is filled in begins, and what it is.
    marks: Box<[Marked]>,
    /// How long what stands at the marks is.
    gaps: Gaps,
}

impl Filled {
    /// An object with these fillings. Each is put where it was left room for: a copy would
    /// leave a gap that is too small for the next row's text.
    pub(super) fn object(filling: &Filling<'_>, write: impl FnOnce(&mut Object<'_>)) -> Filled {
        let mut writer = Writer::new(filling.gaps());
        writer.object(write);
        Filled::new(writer, filling)
    }

    fn new(writer: Writer, filling: &Filling<'_>) -> Filled {
        let (text, marks) = writer.into_filled(filling);
        Filled { text: text.into(), marks: marks.into(), gaps: filling.gaps() }
    }

    /// The text.
    pub(super) fn text(&self) -> &Bytes {
        &self.text
    }

    /// The same with other fillings.
    pub(super) fn again(&self, filling: &Filling<'_>) -> Filled {
        let mut writer = Writer::new(filling.gaps());
        writer.rendered(&self.rendered());
        Filled::new(writer, filling)
    }

    /// The text with its marks.
    pub(super) fn rendered(&self) -> Rendered {
        let mut text = Vec::with_capacity(self.text.len());
        let mut marks = Vec::with_capacity(self.marks.len());
        let mut shown = 0;
        for &(place, mark) in &self.marks {
            text.extend_from_slice(&self.text[shown..place as usize]);
            marks.push((short(text.len()), mark));
            shown = place as usize + self.gaps.at(mark);
        }
        text.extend_from_slice(&self.text[shown..]);
        Rendered { text, marks }
    }

    /// What stands at the first mark of a kind stands at all of them. A list asks every row:
    /// in a loop, since closures cost four times as much in the debug profile.
    pub(super) fn is_for(&self, filling: &Filling<'_>) -> bool {
        let (mut place, mut seen) = (0, [false; 2]);
        while place < self.marks.len() && seen != [true; 2] {
            let (start, mark) = self.marks[place];
            let start = start as usize;
            let is_seen = &mut seen[mark as usize];
            if !*is_seen && self.text[start..start + self.gaps.at(mark)] != *filling.at(mark) {
                return false;
            }
            *is_seen = true;
            place += 1;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::setting::{Mark, Setting};

    fn link(object: &mut Object<'_>) {
        for name in ["one", "two"] {
            object.member(name).quoted(|quoted| {
                quoted.mark(Mark::Base);
                quoted.text("/");
                quoted.mark(Mark::Realm);
                quoted.text("/x");
            });
        }
    }

    #[test]
    fn wherever_it_is_shown_it_is_what_would_be_written_there() {
        let settings = [("http://a", "acme"), ("", ""), ("http://a.b:1", ""), ("", "q\"")];
        let mut filled = Filled::object(&Filling::default(), link);
        for (base, realm) in settings.into_iter().chain(settings.into_iter().rev()) {
            let setting = Setting { base, realm };
            let mut wanted = Vec::new();
            Rendered::object(link).show(setting, &mut wanted);
            let filling = setting.filling();
            filled = filled.again(&filling);
            assert!(filled.is_for(&filling));
            assert_eq!(*filled.text(), wanted);
            let mut again = Vec::new();
            filled.rendered().show(Setting { base: "b", realm: "r" }, &mut again);
            assert_eq!(again, br#"{"one":"b/r/x","two":"b/r/x"}"#);
        }
    }
}
