//! [`Filled`]: a row's text as it was shown last, with everything in its place.
//!
//! Most rows are shown by one double, whose clients know it by one address. So the text
//! is kept as it was sent, and sending it again copies nothing. It is kept once: shown
//! elsewhere, it is filled anew from itself.

use hyper::body::Bytes;

use super::render::Rendered;
use super::setting::{Filling, Mark};

/// Text with something at its marks.
pub(super) struct Filled {
    text: Bytes,
    /// Where what is filled in begins, and what it is.
    marks: Box<[(u32, Mark)]>,
    /// How long what stands at each [`Mark::Base`] is, and at each [`Mark::Realm`].
    base: u32,
    realm: u32,
}

impl Filled {
    /// A text with nothing at its marks yet.
    pub(super) fn new(rendered: Rendered) -> Filled {
        let (mut text, marks) = rendered.into_parts();
        text.shrink_to_fit(); // there are thousands of its like
        let marks = marks.into_iter().map(|(place, mark)| (short(place), mark)).collect();
        Filled { text: text.into(), marks, base: 0, realm: 0 }
    }

    /// A text with these fillings, which are put where they belong within the text's own
    /// room, as far as there is enough: a copy would leave a gap that is too small for the
    /// next row's text.
    pub(super) fn with(rendered: Rendered, filling: &Filling<'_>) -> Filled {
        let (mut text, mut marks) = rendered.into_parts();
        let mut rest = text.len();
        let more: usize = marks.iter().map(|(_, mark)| filling.at(*mark).len()).sum();
        text.reserve_exact(more);
        text.resize(rest + more, 0);
        // Now it is as long as it will be. From the end on, all takes its place.
        let mut end = text.len();
        for (place, mark) in marks.iter_mut().rev() {
            end -= rest - *place;
            text.copy_within(*place..rest, end);
            rest = *place;
            let filled = filling.at(*mark);
            end -= filled.len();
            text[end..end + filled.len()].copy_from_slice(filled);
            *place = end;
        }
        let [base, realm] = [Mark::Base, Mark::Realm].map(|mark| short(filling.at(mark).len()));
        Filled { base, realm, ..Filled::new(Rendered::from_parts(text, marks)) }
    }

    /// The text for these fillings.
    pub(super) fn text(&mut self, filling: &Filling<'_>) -> Bytes {
        if !self.is_for(filling) {
            *self = Filled::with(self.rendered(), filling);
        }
        self.text.clone()
    }

    /// The text with its marks.
    pub(super) fn rendered(&self) -> Rendered {
        let mut text = Vec::with_capacity(self.text.len());
        let mut marks = Vec::with_capacity(self.marks.len());
        let mut shown = 0;
        for &(place, mark) in &self.marks {
            text.extend_from_slice(&self.text[shown..place as usize]);
            marks.push((text.len(), mark));
            shown = place as usize + self.length(mark);
        }
        text.extend_from_slice(&self.text[shown..]);
        Rendered::from_parts(text, marks)
    }

    /// What stands at the first mark of a kind stands at all of them.
    fn is_for(&self, filling: &Filling<'_>) -> bool {
        [Mark::Base, Mark::Realm].into_iter().all(|mark| {
            let mut marks = self.marks.iter();
            let Some(&(place, _)) = marks.find(|(_, it)| *it == mark) else { return true };
            self.text[place as usize..][..self.length(mark)] == *filling.at(mark)
        })
    }

    fn length(&self, mark: Mark) -> usize {
        match mark {
            Mark::Base => self.base as usize,
            Mark::Realm => self.realm as usize,
        }
    }
}

/// A place in a text. Half its room would do.
fn short(place: usize) -> u32 {
    u32::try_from(place).expect("the text of a row is far below 4 GiB: a request is")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::setting::Setting;

    fn link() -> Rendered {
        Rendered::object(|object| {
            for name in ["one", "two"] {
                object.member(name).quoted(|quoted| {
                    quoted.mark(Mark::Base);
                    quoted.text("/");
                    quoted.mark(Mark::Realm);
                    quoted.text("/x");
                });
            }
        })
    }

    #[test]
    fn wherever_it_is_shown_it_is_what_would_be_written_there() {
        let settings = [("http://a", "acme"), ("", ""), ("http://a.b:1", ""), ("", "q\"")];
        let mut kept = Filled::new(link());
        for (base, realm) in settings.into_iter().chain(settings.into_iter().rev()) {
            let setting = Setting { base, realm };
            let mut wanted = Vec::new();
            link().show(setting, &mut wanted);
            for _ in 0..2 {
                assert_eq!(kept.text(&setting.filling()), wanted);
            }
            let mut again = Vec::new();
            kept.rendered().show(Setting { base: "b", realm: "r" }, &mut again);
            assert_eq!(again, br#"{"one":"b/r/x","two":"b/r/x"}"#);
        }
    }

    #[test]
    fn shown_twice_in_one_place_it_is_the_same_bytes() {
        let mut kept = Filled::new(link());
        let filling = Setting { base: "http://a", realm: "acme" }.filling();
        assert_eq!(kept.text(&filling).as_ptr(), kept.text(&filling).as_ptr());
    }
}
