//! [`Rows`]: the rows of a table, by id and by place.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::key::Key;
use super::map::Map;
use super::row::{Place, Record, Row};

/// The most rows that stand in one piece. Most tables never have more: a timeline.
const FEW_MAX: usize = 8;

/// Rows as a persistent value.
pub(super) enum Rows<T> {
    /// In the order of their places; a write makes another piece.
    Few(Arc<[Arc<Row<T>>]>),
    /// More than stand in one piece.
    Many(Box<Trees<T>>),
}

pub(super) struct Trees<T> {
    by_id: Map<Named<T>, ()>,
    by_place: Map<Placed<T>, ()>,
    len: usize,
}

/// A row that is compared by its id.
struct Named<T>(Arc<Row<T>>);

impl<T> Clone for Named<T> {
    fn clone(&self) -> Named<T> {
        Named(Arc::clone(&self.0))
    }
}

impl<T: Record> Borrow<str> for Named<T> {
    fn borrow(&self) -> &str {
        self.0.record.id()
    }
}

impl<T: Record> PartialEq for Named<T> {
    fn eq(&self, other: &Named<T>) -> bool {
        self.0.record.id() == other.0.record.id()
    }
}

impl<T: Record> Eq for Named<T> {}

impl<T: Record> Key for Named<T> {
    fn head(&self) -> u64 {
        self.0.record.id().head()
    }
}

impl<T: Record> PartialOrd for Named<T> {
    fn partial_cmp(&self, other: &Named<T>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Record> Ord for Named<T> {
    fn cmp(&self, other: &Named<T>) -> Ordering {
        self.0.record.id().cmp(other.0.record.id())
    }
}

/// A row that is compared by its place.
struct Placed<T>(Arc<Row<T>>);

impl<T> Clone for Placed<T> {
    fn clone(&self) -> Placed<T> {
        Placed(Arc::clone(&self.0))
    }
}

impl<T> Borrow<Place> for Placed<T> {
    fn borrow(&self) -> &Place {
        &self.0.place
    }
}

impl<T> PartialEq for Placed<T> {
    fn eq(&self, other: &Placed<T>) -> bool {
        self.0.place == other.0.place
    }
}

impl<T> Eq for Placed<T> {}

impl<T> Key for Placed<T> {
    fn head(&self) -> u64 {
        self.0.place.head()
    }
}

impl<T> PartialOrd for Placed<T> {
    fn partial_cmp(&self, other: &Placed<T>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Placed<T> {
    fn cmp(&self, other: &Placed<T>) -> Ordering {
        self.0.place.cmp(&other.0.place)
    }
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Rows<T> {
        match self {
            Rows::Few(rows) => Rows::Few(Arc::clone(rows)),
            Rows::Many(trees) => {
                let Trees { by_id, by_place, len } = &**trees;
                let (by_id, by_place) = (by_id.clone(), by_place.clone());
                Rows::Many(Box::new(Trees { by_id, by_place, len: *len }))
            }
        }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows::Few(Arc::default())
    }
}

impl<T: Record> Rows<T> {
    /// The row of that id.
    pub(super) fn find(&self, id: &str) -> Option<&Arc<Row<T>>> {
        match self {
            Rows::Few(rows) => rows.iter().find(|row| row.record.id() == id),
            Rows::Many(trees) => trees.by_id.entry(id).map(|(Named(row), ())| row),
        }
    }

    /// The row at that place.
    pub(super) fn at(&self, place: &Place) -> Option<&Arc<Row<T>>> {
        match self {
            Rows::Few(rows) => rows.iter().find(|row| row.place == *place),
            Rows::Many(trees) => trees.by_place.entry(place).map(|(Placed(row), ())| row),
        }
    }

    /// Puts a row in its place, instead of any with its id, which is returned.
    pub(super) fn put(&mut self, row: Arc<Row<T>>) -> Option<Arc<Row<T>>> {
        let rows = match self {
            Rows::Few(rows) => rows,
            Rows::Many(trees) => return trees.put(row),
        };
        let mut all = Vec::with_capacity(rows.len() + 1);
        all.extend_from_slice(rows);
        let same = all.iter().position(|it| it.record.id() == row.record.id());
        let old = same.map(|at| all.remove(at));
        let at = all.partition_point(|it| it.place < row.place);
        all.insert(at, row);
        *self = Rows::of(all);
        old
    }

    /// Rows that stand in the order of their places.
    fn of(rows: Vec<Arc<Row<T>>>) -> Rows<T> {
        if rows.len() <= FEW_MAX {
            return Rows::Few(rows.into());
        }
        let mut trees = Trees { by_id: Map::default(), by_place: Map::default(), len: 0 };
        rows.into_iter().for_each(|row| drop(trees.put(row)));
        Rows::Many(Box::new(trees))
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, row: &Arc<Row<T>>) {
        match self {
            Rows::Few(rows) => {
                *rows = rows.iter().filter(|it| !Arc::ptr_eq(it, row)).cloned().collect();
            }
            Rows::Many(trees) => trees.remove(row),
        }
    }

    /// All, the oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Row<T>>> {
        let (few, many) = match self {
            Rows::Few(rows) => (rows.iter(), None),
            Rows::Many(trees) => ([].iter(), Some(trees.by_place.iter())),
        };
        few.chain(many.into_iter().flatten().map(|(Placed(row), ())| row))
    }

    /// All, in the order of their ids.
    pub(super) fn by_id(&self) -> impl Iterator<Item = &Arc<Row<T>>> {
        let (few, many) = match self {
            Rows::Few(rows) => {
                // One by one: a sort is much code, and would be compiled for each kind of rows.
                let mut sorted = Vec::with_capacity(rows.len());
                for row in rows.iter() {
                    let before = |it: &&Arc<Row<T>>| it.record.id() < row.record.id();
                    sorted.insert(sorted.partition_point(before), row);
                }
                (sorted, None)
            }
            Rows::Many(trees) => (Vec::new(), Some(trees.by_id.iter())),
        };
        few.into_iter().chain(many.into_iter().flatten().map(|(Named(row), ())| row))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Rows::Few(rows) => rows.len(),
            Rows::Many(trees) => trees.len,
        }
    }

    /// Whether they are the same rows, untouched.
    pub(super) fn are(&self, others: &Rows<T>) -> bool {
        match (self, others) {
            (Rows::Few(rows), Rows::Few(others)) => Arc::ptr_eq(rows, others),
            (Rows::Many(trees), Rows::Many(others)) => trees.by_place.is(&others.by_place),
            _ => false,
        }
    }

    /// Carries out what was written.
    pub(super) fn settle(&mut self) {
        if let Rows::Many(trees) = self {
            trees.by_id.settle();
            trees.by_place.settle();
        }
    }
}

impl<T: Record> Trees<T> {
    fn put(&mut self, row: Arc<Row<T>>) -> Option<Arc<Row<T>>> {
        let old = self.by_id.entry(row.record.id()).map(|(Named(old), ())| Arc::clone(old));
        match &old {
            Some(old) if old.place != row.place => self.by_place.remove(Placed(Arc::clone(old))),
            Some(_) => {}
            None => self.len += 1,
        }
        self.by_place.insert(Placed(Arc::clone(&row)), ());
        self.by_id.insert(Named(row), ());
        old
    }

    fn remove(&mut self, row: &Arc<Row<T>>) {
        self.by_id.remove(Named(Arc::clone(row)));
        self.by_place.remove(Placed(Arc::clone(row)));
        self.len -= 1;
    }
}
