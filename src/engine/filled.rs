//! [`Filled`]: a row's text as it was shown, with everything in its place.
//!
//! Most rows are shown by one double, whose clients know it by one address. So the text
//! is kept as it was sent, and sending it again copies nothing. To be shown elsewhere, it
//! is filled anew from itself.

use std::sync::Arc;

use hyper::body::Bytes;

use super::render::{Object, Rendered, Writer, short};
use super::rendered::Marked;
use super::setting::{Filling, Mark};

/// Text with something at its marks.
pub(super) struct Filled {
    text: Bytes,
    /// Where what is filled in begins, and what it is.
    marks: Box<[Marked]>,
    /// What stands at the marks.
    filling: Arc<Filling>,
}

impl Filled {
    /// An object with these fillings. Each is put where it was left room for: a copy would
    /// leave a gap that is too small for the next row's text.
    pub(super) fn object(filling: &Arc<Filling>, write: impl FnOnce(&mut Object<'_>)) -> Filled {
        let mut writer = Writer::new(filling.gaps());
        writer.object(write);
        Filled::new(writer, filling)
    }

    fn new(writer: Writer, filling: &Arc<Filling>) -> Filled {
        let Rendered { text, marks } = writer.into_filled(filling);
        Filled { text: text.into(), marks: marks.into(), filling: Arc::clone(filling) }
    }

    /// The text.
    pub(super) fn text(&self) -> &Bytes {
        &self.text
    }

    /// The same with other fillings.
    pub(super) fn again(&self, filling: &Arc<Filling>) -> Filled {
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
            shown = place as usize + self.filling.at(mark).len();
        }
        text.extend_from_slice(&self.text[shown..]);
        Rendered { text, marks }
    }

    /// Whether it is what would be written with these fillings. A list asks every row; mostly
    /// they are the very same, and nothing is compared.
    pub(super) fn is_for(&self, filling: &Arc<Filling>) -> bool {
        Arc::ptr_eq(&self.filling, filling) || self.reads_alike(filling)
    }

    /// What stands at no mark makes no difference.
    fn reads_alike(&self, filling: &Filling) -> bool {
        [Mark::Base, Mark::Realm].into_iter().all(|kind| {
            self.filling.at(kind) == filling.at(kind)
                || self.marks.iter().all(|(_, mark)| *mark != kind)
        })
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
        let mut filled = Filled::object(Filling::none(), link);
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

    #[test]
    fn what_stands_at_no_mark_changes_nothing() {
        let bases = |object: &mut Object<'_>| {
            object.member("link").quoted(|quoted| quoted.mark(Mark::Base));
        };
        let realms = |object: &mut Object<'_>| {
            object.member("realm").quoted(|quoted| quoted.mark(Mark::Realm));
        };
        let in_one = Setting { base: "http://a", realm: "acme" }.filling();
        let in_other = Setting { base: "http://a", realm: "emca" }.filling();
        let elsewhere = Setting { base: "http://b", realm: "acme" }.filling();
        for (write, same, other, shown) in [
            (&bases as &dyn Fn(&mut Object<'_>), &in_other, &elsewhere, r#"{"link":"http://b"}"#),
            (&realms, &elsewhere, &in_other, r#"{"realm":"emca"}"#),
        ] {
            let filled = Filled::object(&in_one, write);
            assert!(filled.is_for(&in_one) && filled.is_for(same) && !filled.is_for(other));
            assert_eq!(*filled.again(other).text(), shown);
        }
        let unmarked = Filled::object(&in_one, |object| object.text("id", "x"));
        assert!(unmarked.is_for(&in_one) && unmarked.is_for(&elsewhere));
    }
}
