//! [`Row`]: a record in its place, which never changes.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;

use super::clock::Timestamp;
use super::filled::Filled;
use super::id::Id;
use super::key::Key;
use super::render::{Object, Rendered};
use super::setting::Filling;

/// What a table holds.
pub trait Record: Send + Sync + 'static {
    /// The vendor's word for one: `Customer`.
    const KIND: &'static str;

    /// What it is found by.
    fn id(&self) -> &str;

    /// How it is shown: the members of one JSON object.
    fn write(&self, object: &mut Object<'_>);
}

/// Where a row stands among the others: by time, then by the call that made
/// it, then by what that call made before, then by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When the thing came to be, as the vendor would say.
    pub time: Timestamp,
    /// Which write of the realm made it. The same for all writes of a simulation
    /// whose lists do not depend on the order of arrival.
    pub turn: u64,
    /// Which of the things that one call makes.
    pub nth: u32,
    id: Id,
}

impl Place {
    /// The place of a new row.
    #[must_use]
    pub fn new(time: Timestamp, turn: u64, nth: u32, id: impl Into<Id>) -> Place {
        Place { time, turn, nth, id: id.into() }
    }
}

impl Key for Place {
    /// The second. What happened in the same one is told apart by the rest.
    fn head(&self) -> u64 {
        self.time.epoch().cast_unsigned() ^ (1 << 63)
    }
}

/// A record and its place. It never changes, so what it was rendered to stays true.
pub struct Row<T> {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub record: T,
    /// Its JSON text, as soon as somebody wanted it. In a box: many a row is never shown.
    shown: Mutex<Option<Box<Filled>>>,
}

impl<T: Record> Row<T> {
    /// A row that is in no table yet.
    #[must_use]
    pub fn new(place: Place, record: T) -> Row<T> {
        Row { place, record, shown: Mutex::new(None) }
    }

    /// Its text, if somebody wanted it before.
    fn shown(&self) -> MutexGuard<'_, Option<Box<Filled>>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its text with these fillings, which is kept.
    fn text<'s>(&self, shown: &'s mut Option<Box<Filled>>, filling: &Filling<'_>) -> &'s Bytes {
        let write = || Box::new(Filled::object(filling, |object| self.record.write(object)));
        shown.get_or_insert_with(write).text(filling)
    }
}

impl<T> std::ops::Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.record
    }
}

impl<T: fmt::Debug> fmt::Debug for Row<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.record.fmt(out)
    }
}

/// Something that can stand in an answer. Its text is written when it is wanted first, and kept.
pub trait Shown: Send + Sync {
    /// Its JSON text, with marks where it depends on where it is shown.
    fn rendered(&self) -> Rendered;

    /// Its JSON text with these fillings.
    fn filled(&self, filling: &Filling<'_>) -> Bytes;

    /// The same, added to a list.
    fn append(&self, filling: &Filling<'_>, list: &mut Vec<u8>);
}

impl<T: Record> Shown for Row<T> {
    fn rendered(&self) -> Rendered {
        let mut shown = self.shown();
        let write =
            || Box::new(Filled::object(&Filling::default(), |object| self.record.write(object)));
        shown.get_or_insert_with(write).rendered()
    }

    fn filled(&self, filling: &Filling<'_>) -> Bytes {
        self.text(&mut self.shown(), filling).clone()
    }

    fn append(&self, filling: &Filling<'_>, list: &mut Vec<u8>) {
        list.extend_from_slice(self.text(&mut self.shown(), filling));
    }
}
