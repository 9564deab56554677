//! [`Setting`]: where JSON text is shown, and [`Mark`]: where in it that matters.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    /// For [`Mark::Base`].
    pub base: &'a str,
    /// For [`Mark::Realm`].
    pub realm: &'a str,
}

/// The same, to be kept. What is shown in one place shares one, so that a list does not
/// compare it row by row.
#[derive(Debug, Default)]
pub struct Filling {
    base: Piece,
    realm: Piece,
}

/// What stands at the marks of one kind.
#[derive(Debug, Default)]
struct Piece {
    text: Box<str>,
    /// The same as it stands in JSON text.
    json: Box<[u8]>,
}

impl<'a> Setting<'a> {
    /// The same, to be kept.
    #[must_use]
    pub fn filling(self) -> Arc<Filling> {
        let piece = |text: &str| Piece { text: text.into(), json: escaped(text).into() };
        Arc::new(Filling { base: piece(self.base), realm: piece(self.realm) })
    }

    /// What stands at a mark, as JSON has it.
    pub(super) fn at(self, mark: Mark) -> Cow<'a, [u8]> {
        escaped(match mark {
            Mark::Base => self.base,
            Mark::Realm => self.realm,
        })
    }
}

impl Filling {
    /// That of what is shown nowhere yet.
    pub(super) fn none() -> &'static Arc<Filling> {
        static NONE: LazyLock<Arc<Filling>> = LazyLock::new(Arc::default);
        &NONE
    }

    /// The same, lent.
    #[must_use]
    pub fn setting(&self) -> Setting<'_> {
        Setting { base: &self.base.text, realm: &self.realm.text }
    }

    pub(super) fn at(&self, mark: Mark) -> &[u8] {
        match mark {
            Mark::Base => &self.base.json,
            Mark::Realm => &self.realm.json,
        }
    }

    /// How long each of them is.
    pub(super) fn gaps(&self) -> Gaps {
        Gaps { base: self.base.json.len(), realm: self.realm.json.len() }
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
