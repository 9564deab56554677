//! [`Row`]: a record in its place, which never changes.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

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

    /// A second name, which others of its kind may share, by which a table tells namesakes.
    /// Without one, it is nobody's namesake.
    fn alias(&self) -> Option<&str> {
        None
    }

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
    /// Its JSON text as it was shown first, for as long as there is the row. In a box: many
    /// a row is never shown.
    first: OnceLock<Box<Filled>>,
    /// The same as it was wanted last by those who know its double by another address, or
    /// by none: rows of fixtures are those of many doubles.
    elsewhere: Mutex<Option<Box<Filled>>>,
}

impl<T: Record> Row<T> {
    /// A row that is in no table yet.
    #[must_use]
    pub fn new(place: Place, record: T) -> Row<T> {
        Row { place, record, first: OnceLock::new(), elsewhere: Mutex::new(None) }
    }

    fn write(&self, filling: &Arc<Filling>) -> Filled {
        Filled::object(filling, |object| self.record.write(object))
    }

    /// Its text as it was shown first, which is now if it never was.
    fn first(&self, filling: &Arc<Filling>) -> &Filled {
        self.first.get_or_init(|| {
            let known = self.elsewhere().take();
            Box::new(known.map_or_else(|| self.write(filling), |known| known.again(filling)))
        })
    }

    fn elsewhere(&self) -> MutexGuard<'_, Option<Box<Filled>>> {
        self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its text with these fillings, which is kept. Where they are those with which it was
    /// shown first, no lock is taken, behind which a list's next rows would have to wait for
    /// their way from memory.
    pub(super) fn text(&self, filling: &Arc<Filling>) -> Cow<'_, Bytes> {
        // Not by a closure: a list asks every row.
        let first = match self.first.get() {
            Some(first) => first,
            None => self.first(filling),
        };
        if first.is_for(filling) {
            return Cow::Borrowed(first.text());
        }
        let mut elsewhere = self.elsewhere();
        let known = elsewhere.take().filter(|known| known.is_for(filling));
        let known = known.unwrap_or_else(|| Box::new(first.again(filling)));
        Cow::Owned(elsewhere.insert(known).text().clone())
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
    fn filled(&self, filling: &Arc<Filling>) -> Bytes;
}

impl<T: Record> Shown for Row<T> {
    fn rendered(&self) -> Rendered {
        if let Some(first) = self.first.get() {
            return first.rendered();
        }
        let mut elsewhere = self.elsewhere();
        elsewhere.get_or_insert_with(|| Box::new(self.write(Filling::none()))).rendered()
    }

    fn filled(&self, filling: &Arc<Filling>) -> Bytes {
        self.text(filling).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::setting::{Mark, Setting};

    struct Link(&'static str);

    impl Record for Link {
        const KIND: &'static str = "Link";

        fn id(&self) -> &str {
            self.0
        }

        fn write(&self, object: &mut Object<'_>) {
            object.member("self").quoted(|quoted| {
                quoted.mark(Mark::Base);
                quoted.text("/x");
            });
        }
    }

    #[test]
    fn a_row_is_shown_as_it_is_known_where_it_is_shown() {
        let row = Row::new(Place::new(Timestamp::from_epoch(0), 0, 0, "one"), Link("one"));
        let shown = |base| row.filled(&Setting { base, realm: "" }.filling());
        assert!(row.rendered().text.starts_with(b"{\"self\":\""));
        for base in ["http://a", "http://b:1", "http://b:1", "http://a", "http://c"] {
            let text = format!("{{\"self\":\"{base}/x\"}}");
            assert_eq!(shown(base), text);
            // Shown twice in one place it is the very same bytes.
            assert_eq!(shown(base).as_ptr(), shown(base).as_ptr());
            let mut again = Vec::new();
            row.rendered().show(Setting { base: "b", realm: "" }, &mut again);
            assert_eq!(again, b"{\"self\":\"b/x\"}");
        }
    }
}
