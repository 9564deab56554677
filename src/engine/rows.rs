//! [`Rows`]: the rows of a table, by id and by place.

use std::slice::Iter;
use std::sync::{Arc, OnceLock};

use super::entries::{Entries, Walk};
use super::key::Key;
use super::map::WAITING_MAX;
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

/// Rows in trees, to which a draft only notes what is written, as a [`Map`](super::map::Map) does.
pub(super) struct Trees<T> {
    settled: Orders<T>,
    /// What is written and not yet in the trees.
    waiting: Vec<Write<T>>,
    /// The trees with all that, made when somebody wants to walk through them.
    whole: OnceLock<Orders<T>>,
    len: usize,
}

/// The same rows in two orders.
struct Orders<T> {
    by_id: Entries<Arc<Row<T>>>,
    by_place: Entries<Arc<Row<T>>>,
}

/// A row that comes, instead of any with its id, or goes.
struct Write<T> {
    row: Arc<Row<T>>,
    comes: bool,
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Rows<T> {
        match self {
            Rows::Few(rows) => Rows::Few(Arc::clone(rows)),
            Rows::Many(trees) => Rows::Many(trees.clone()),
        }
    }
}

impl<T> Clone for Trees<T> {
    fn clone(&self) -> Trees<T> {
        let (settled, waiting) = (self.settled.clone(), self.waiting.clone());
        Trees { settled, waiting, whole: OnceLock::new(), len: self.len }
    }
}

impl<T> Clone for Orders<T> {
    fn clone(&self) -> Orders<T> {
        Orders { by_id: self.by_id.clone(), by_place: self.by_place.clone() }
    }
}

impl<T> Clone for Write<T> {
    fn clone(&self) -> Write<T> {
        Write { row: Arc::clone(&self.row), comes: self.comes }
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
            Rows::Many(trees) => trees.find(id),
        }
    }

    /// The row at that place.
    pub(super) fn at(&self, place: &Place) -> Option<&Arc<Row<T>>> {
        match self {
            Rows::Few(rows) => rows.iter().find(|row| row.place == *place),
            Rows::Many(trees) => trees.whole().at(place),
        }
    }

    /// Puts a row in its place, instead of any with its id, which is returned.
    pub(super) fn put(&mut self, row: Arc<Row<T>>) -> Option<Arc<Row<T>>> {
        let rows = match self {
            Rows::Few(rows) => rows,
            Rows::Many(trees) => return trees.put(row),
        };
        let (mut all, mut at, mut old) = (Vec::with_capacity(rows.len() + 1), 0, None);
        for it in rows.iter() {
            if it.record.id() == row.record.id() {
                old = Some(Arc::clone(it));
                continue;
            }
            at += usize::from(it.place < row.place);
            all.push(Arc::clone(it));
        }
        all.insert(at, row);
        *self = Rows::of(all);
        old
    }

    /// Rows that stand in the order of their places.
    fn of(rows: Vec<Arc<Row<T>>>) -> Rows<T> {
        if rows.len() <= FEW_MAX {
            return Rows::Few(rows.into());
        }
        let len = rows.len();
        let mut settled = Orders { by_id: Entries::default(), by_place: Entries::default() };
        for row in rows {
            settled.put(row);
        }
        let (waiting, whole) = (Vec::new(), OnceLock::new());
        Rows::Many(Box::new(Trees { settled, waiting, whole, len }))
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, row: &Arc<Row<T>>) {
        match self {
            Rows::Few(rows) => {
                let mut others = Vec::with_capacity(rows.len());
                for it in rows.iter() {
                    if !Arc::ptr_eq(it, row) {
                        others.push(Arc::clone(it));
                    }
                }
                *rows = others.into();
            }
            Rows::Many(trees) => {
                trees.note(Arc::clone(row), false);
                trees.len -= 1;
            }
        }
    }

    /// All, the oldest first.
    pub(super) fn iter(&self) -> InOrder<'_, T> {
        match self {
            Rows::Few(rows) => InOrder::Few(rows.iter()),
            Rows::Many(trees) => InOrder::Many(trees.whole().by_place.iter()),
        }
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
            (Rows::Many(trees), Rows::Many(others)) => {
                let are_settled = trees.waiting.is_empty() && others.waiting.is_empty();
                are_settled && trees.settled.by_place.are(&others.settled.by_place)
            }
            _ => false,
        }
    }

    /// Carries out what was written.
    pub(super) fn settle(&mut self) {
        if let Rows::Many(trees) = self {
            trees.settle();
        }
    }
}

impl<T: Record> Trees<T> {
    fn find(&self, id: &str) -> Option<&Arc<Row<T>>> {
        match self.waiting.iter().rev().find(|it| it.row.record.id() == id) {
            Some(write) => write.comes.then_some(&write.row),
            None => self.settled.find(id),
        }
    }

    fn put(&mut self, row: Arc<Row<T>>) -> Option<Arc<Row<T>>> {
        let old = self.find(row.record.id()).cloned();
        self.len += usize::from(old.is_none());
        self.note(row, true);
        old
    }

    fn note(&mut self, row: Arc<Row<T>>, comes: bool) {
        self.whole.take();
        self.waiting.reserve_exact(usize::from(self.waiting.is_empty())); // as a rule it is one
        self.waiting.push(Write { row, comes });
        if self.waiting.len() == WAITING_MAX {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.whole.take();
        for write in std::mem::take(&mut self.waiting) {
            self.settled.write(write);
        }
    }

    fn whole(&self) -> &Orders<T> {
        if self.waiting.is_empty() {
            return &self.settled;
        }
        self.whole.get_or_init(|| {
            let mut whole = self.settled.clone();
            self.waiting.iter().for_each(|write| whole.write(write.clone()));
            whole
        })
    }
}

impl<T: Record> Orders<T> {
    fn find(&self, id: &str) -> Option<&Arc<Row<T>>> {
        self.by_id.find(id.head(), &|row| row.record.id().cmp(id))
    }

    fn at(&self, place: &Place) -> Option<&Arc<Row<T>>> {
        self.by_place.find(place.head(), &|row| row.place.cmp(place))
    }

    fn write(&mut self, Write { row, comes }: Write<T>) {
        if comes { self.put(row) } else { self.remove(&row) }
    }

    fn put(&mut self, row: Arc<Row<T>>) {
        let (head, new) = (row.record.id().head(), Arc::clone(&row));
        let old = self.by_id.insert(head, new, |one, other| one.record.id().cmp(other.record.id()));
        if let Some(old) = old
            && old.place != row.place
        {
            self.leave(&old.place);
        }
        self.by_place.insert(row.place.head(), row, |one, other| one.place.cmp(&other.place));
    }

    fn remove(&mut self, row: &Row<T>) {
        let id = row.record.id();
        self.by_id.remove(id.head(), &|row| row.record.id().cmp(id));
        self.leave(&row.place);
    }

    fn leave(&mut self, place: &Place) {
        self.by_place.remove(place.head(), &|row| row.place.cmp(place));
    }
}

/// Rows in the order of their places.
pub(super) enum InOrder<'r, T> {
    Few(Iter<'r, Arc<Row<T>>>),
    Many(Walk<'r, Arc<Row<T>>>),
}

impl<'r, T> Iterator for InOrder<'r, T> {
    type Item = &'r Arc<Row<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            InOrder::Few(rows) => rows.next(),
            InOrder::Many(rows) => rows.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            InOrder::Few(rows) => rows.size_hint(),
            InOrder::Many(rows) => rows.size_hint(),
        }
    }
}

impl<T> DoubleEndedIterator for InOrder<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        match self {
            InOrder::Few(rows) => rows.next_back(),
            InOrder::Many(rows) => rows.next_back(),
        }
    }
}
