//! [`Ranks`]: how the rows of a block stand by one field, as `sort` looks at it.

use std::sync::Arc;

use super::field::{Datum, Source};
use super::groups::Groups;
use super::records::Records;
use crate::engine::blocks::Bits;
use crate::engine::clock::Timestamp;

/// The rows of a block by what they are sorted by.
pub(super) struct Ranks {
    /// Assumed: texts are filtered without regard to case, and so sorted (`sort-texts`).
    pub(super) folded: Groups<Key>,
    /// With regard to case, where some text is not in lower case.
    written: Option<Groups<Key>>,
    /// The rows without a value.
    pub(super) none: Bits,
    /// The rows with more than one.
    pub(super) several: Bits,
    /// The rows that hold what is not of the field's type, and so no value.
    pub(super) unfit: Bits,
    /// The rows with a text whose place differs from language to language.
    pub(super) foreign: Bits,
}

/// What a row is sorted by. Free values of several types stand in this order.
/// Assumed: `null` is the least (`sort-unset-first`).
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(super) enum Key {
    Null,
    Flag(bool),
    Number(f64),
    Time(Timestamp),
    Text(String),
}

impl Ranks {
    /// Assumed: a list is sorted by its first value (`sort-first-value`).
    pub(super) fn of(source: &Source, block: &dyn Records) -> Arc<Ranks> {
        block.findings().learn(source.about(), || {
            let mut written: Vec<(Key, Bits)> = Vec::with_capacity(block.count());
            let (mut none, mut several, mut foreign, mut unfit) = (0, 0, 0, 0);
            for nth in 0..block.count() {
                let (bit, mut first) = (1 << nth, None);
                block.read(nth, source, &mut |datum| {
                    let Some(key) = Key::of(datum) else {
                        unfit |= bit;
                        return;
                    };
                    several |= if first.is_some() { bit } else { 0 };
                    first.get_or_insert(key);
                });
                match &first {
                    None => none |= bit,
                    Some(Key::Text(text)) if !text.is_ascii() => foreign |= bit,
                    Some(_) => {}
                }
                written.push((first.unwrap_or(Key::Null), bit));
            }
            let folded: Vec<_> = written.iter().map(|(key, bit)| (key.folded(), *bit)).collect();
            let written = (written != folded).then(|| Groups::new(written));
            Ranks { folded: Groups::new(folded), written, none, several, foreign, unfit }
        })
    }

    /// The rows by texts as they are written.
    pub(super) fn written(&self) -> &Groups<Key> {
        self.written.as_ref().unwrap_or(&self.folded)
    }

    /// Whether some text is not in lower case.
    pub(super) fn has_capitals(&self) -> bool {
        self.written.is_some()
    }
}

impl Key {
    fn of(datum: Datum<'_>) -> Option<Key> {
        Some(match datum {
            Datum::Flag(flag) => Key::Flag(flag),
            Datum::Number(number) => Key::Number(number),
            Datum::Time(time) => Key::Time(time),
            Datum::Text(text) => Key::Text(text.to_owned()),
            Datum::Realm => Key::Flag(true), // the same for all
            Datum::Unfit => return None,
        })
    }

    fn folded(&self) -> Key {
        match self {
            Key::Text(text) => Key::Text(text.to_lowercase()),
            other => other.clone(),
        }
    }
}
