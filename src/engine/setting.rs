//! [`Setting`]: where JSON text is shown, and [`Mark`]: where in it that matters.

use std::borrow::Cow;

use super::verbatim::escaped;

/// A piece of text that is only known when an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The address by which the client reached the server: `http://127.0.0.1:4000`.
    Base,
    /// The realm's name.
    Realm,
}

/// What stands at the marks.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// For [`Mark::Base`].
    pub base: &'a str,
    /// For [`Mark::Realm`].
    pub realm: &'a str,
}

/// The same as it stands in JSON text: what is the same for all rows of a list is escaped once.
#[derive(Default)]
pub struct Filling<'a> {
    base: Cow<'a, [u8]>,
    realm: Cow<'a, [u8]>,
}

impl<'a> Setting<'a> {
    /// The same as it stands in JSON text.
    #[must_use]
    pub fn filling(self) -> Filling<'a> {
        Filling { base: escaped(self.base), realm: escaped(self.realm) }
    }
}

impl Filling<'_> {
    pub(super) fn at(&self, mark: Mark) -> &[u8] {
        match mark {
            Mark::Base => &self.base,
            Mark::Realm => &self.realm,
        }
    }

    /// How long each of them is.
    pub(super) fn gaps(&self) -> Gaps {
        Gaps { base: self.base.len(), realm: self.realm.len() }
    }
}

/// How much room there is at the marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gaps {
    base: usize,
    realm: usize,
}

impl Gaps {
    /// Nothing stands there yet.
    pub(super) const NONE: Gaps = Gaps { base: 0, realm: 0 };

    pub(super) fn at(self, mark: Mark) -> usize {
        match mark {
            Mark::Base => self.base,
            Mark::Realm => self.realm,
        }
    }
}
