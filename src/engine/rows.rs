//! [`Rows`]: the rows of a table, by id, by place and by alias.

use std::slice::Iter;
use std::sync::Arc;

use super::entries::Walk;
use super::key::Key;
use super::orders::{Ordered, Orders, Write};
use super::row::{Place, Record, Row};
use super::selection::Selection;
use super::waiting::Waiting;

/// The most rows that stand in one piece. Most tables never have more: a timeline.
const FEW_MAX: usize = 8;

/// Rows as a persistent value.
pub(super) enum Rows<T> {
    /// In the order of their places; a write makes another piece.
    Few(Arc<[Arc<Row<T>>]>),
    /// More than stand in one piece.
    Many(Box<Trees<T>>),
}

/// Rows in trees, to which a draft only notes what is written.
pub(super) struct Trees<T> {
    settled: Orders<T>,
    /// What is written and not yet in the trees. Who walks, does so by place.
    waiting: Waiting<Write<T>, Ordered<T>>,
    len: usize,
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
        Trees { settled, waiting, len: self.len }
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
            Rows::Many(trees) => trees.at(place),
        }
    }

    /// Whether any row has that alias, beside the one of that id.
    pub(super) fn has_namesake(&self, alias: &str, id: &str) -> bool {
        let is_one = |row: &Arc<Row<T>>| row.record.alias() == Some(alias) && row.record.id() != id;
        match self {
            Rows::Many(trees) if trees.waiting.is_empty() => trees.settled.has_namesake(alias, id),
            _ => self.iter().any(is_one),
        }
    }

    /// Puts a row in its place, instead of any with its id, which is returned.
    pub(super) fn put(&mut self, row: Arc<Row<T>>) -> Option<Arc<Row<T>>> {
        let rows = match self {
            Rows::Few(rows) => rows,
            Rows::Many(trees) => return trees.put(row),
        };
        if rows.is_empty() {
            *rows = Arc::new([row]); // a thing's first message: no list is made first
            return None;
        }
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
        let mut settled = Orders::default();
        for row in rows {
            settled.write(&Write { old: None, new: Some(row) });
        }
        Rows::Many(Box::new(Trees { settled, waiting: Waiting::default(), len }))
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
                trees.note(Write { old: Some(Arc::clone(row)), new: None });
                trees.len -= 1;
            }
        }
    }

    /// All, the oldest first.
    pub(super) fn iter(&self) -> InOrder<'_, T> {
        match self {
            Rows::Few(rows) => InOrder::Few(rows.iter()),
            Rows::Many(trees) => InOrder::Many(trees.whole().iter()),
        }
    }

    /// So many of the newest, after some that are newer.
    pub(super) fn selection(&self, after: usize, count: usize) -> Selection<T> {
        match self {
            Rows::Few(rows) => rows.iter().rev().skip(after).take(count).cloned().collect(),
            Rows::Many(trees) => Selection::stretch(trees.whole(), after, count),
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
                are_settled && trees.settled.places.are(&others.settled.places)
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
        match self.waiting.last(|write| write.is_of(id)) {
            Some(write) => write.new.as_ref(),
            None => self.settled.find(id),
        }
    }

    fn at(&self, place: &Place) -> Option<&Arc<Row<T>>> {
        self.whole().find(place.head(), &|row| row.place.cmp(place))
    }

    fn put(&mut self, row: Arc<Row<T>>) -> Option<Arc<Row<T>>> {
        let old = self.find(row.record.id()).cloned();
        self.len += usize::from(old.is_none());
        self.note(Write { old: old.clone(), new: Some(row) });
        old
    }

    fn note(&mut self, write: Write<T>) {
        if self.waiting.note(write) {
            self.settle();
        }
    }

    fn settle(&mut self) {
        for write in self.waiting.take() {
            self.settled.write(&write);
        }
    }

    /// All rows by place, with all that was written.
    fn whole(&self) -> &Ordered<T> {
        self.waiting.whole(&self.settled.places, |rows, write| write.by_place(rows))
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
