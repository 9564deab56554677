//! [`Selection`]: rows of a table that are shown as one list.

use std::any::Any;
use std::borrow::Cow;
use std::slice;
use std::sync::Arc;

use hyper::body::Bytes;

use super::entries::Stretch;
use super::orders::Ordered;
use super::row::{Record, Row};
use super::setting::Filling;

/// Rows in the order in which a list shows them. It is cheap to make, and what is written
/// meanwhile does not show in it.
pub struct Selection<T>(Which<T>);

enum Which<T> {
    /// So many rows that stand next to each other, the newest first, after some that are
    /// newer. It is the table's own tree, so that none of them is copied or counted. While
    /// it is kept, so are all rows of that tree, and a write to the table copies the nodes
    /// on its way, as it does beside a snapshot: a journal keeps its lists, and a double the
    /// last one.
    Stretch { of: Ordered<T>, after: usize, count: usize },
    /// Any rows.
    Any(Vec<Arc<Row<T>>>),
}

impl<T> Selection<T> {
    /// Rows of a tree.
    pub(super) fn stretch(of: &Ordered<T>, after: usize, count: usize) -> Selection<T> {
        let count = count.min(of.len().saturating_sub(after));
        Selection(Which::Stretch { of: of.clone(), after, count })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Which::Stretch { count, .. } => *count,
            Which::Any(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether these are the very same rows, one after the other.
    fn has_same(&self, others: &Selection<T>) -> bool {
        if self.len() != others.len() {
            return false;
        }
        // In one tree, places tell it: nobody walks to a page that is far down.
        if let Which::Stretch { of, after, .. } = &self.0
            && let Which::Stretch { of: tree, after: place, .. } = &others.0
            && of.are(tree)
        {
            return after == place || self.is_empty();
        }
        self.iter().zip(others.iter()).all(|(row, other)| Arc::ptr_eq(row, other))
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Row<T>>> {
        match &self.0 {
            Which::Stretch { of, after, count } => Iter::Stretch(of.stretch(*after, *count)),
            Which::Any(rows) => Iter::Any(rows.iter()),
        }
    }
}

impl<T> FromIterator<Arc<Row<T>>> for Selection<T> {
    fn from_iter<I: IntoIterator<Item = Arc<Row<T>>>>(rows: I) -> Selection<T> {
        Selection(Which::Any(rows.into_iter().collect()))
    }
}

enum Iter<'s, T> {
    Stretch(Stretch<'s, Arc<Row<T>>>),
    Any(slice::Iter<'s, Arc<Row<T>>>),
}

impl<'s, T> Iterator for Iter<'s, T> {
    type Item = &'s Arc<Row<T>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Iter::Stretch(rows) => rows.next(),
            Iter::Any(rows) => rows.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Iter::Stretch(rows) => rows.size_hint(),
            Iter::Any(rows) => rows.size_hint(),
        }
    }

    fn fold<A, F: FnMut(A, Self::Item) -> A>(self, all: A, add: F) -> A {
        match self {
            Iter::Stretch(rows) => rows.fold(all, add),
            Iter::Any(rows) => rows.fold(all, add),
        }
    }
}

/// Rows that can stand in an answer as a list.
pub trait Listed: Any + Send + Sync {
    /// The list as JSON text with these fillings.
    fn filled(&self, filling: &Arc<Filling>) -> Bytes;

    /// Whether these are the very same rows, one after the other.
    fn are(&self, others: &dyn Listed) -> bool;
}

impl<T: Record> Listed for Selection<T> {
    fn filled(&self, filling: &Arc<Filling>) -> Bytes {
        // All texts are looked up before any is copied: so the rows come from memory
        // together, and the list is given the room that it takes.
        let mut texts: Vec<Cow<'_, Bytes>> = Vec::with_capacity(self.len());
        self.iter().for_each(|row| texts.push(row.text(filling)));
        let Some((first, others)) = texts.split_first() else { return Bytes::from_static(b"[]") };
        let room: usize = texts.iter().map(|text| text.len() + 1).sum();
        let mut list = Vec::with_capacity(room + 1);
        list.push(b'[');
        list.extend_from_slice(first);
        for text in others {
            list.push(b',');
            list.extend_from_slice(text);
        }
        list.push(b']');
        list.into()
    }

    fn are(&self, others: &dyn Listed) -> bool {
        let others: &dyn Any = others;
        others.downcast_ref().is_some_and(|others| self.has_same(others))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clock::Timestamp;
    use crate::engine::render::Object;
    use crate::engine::row::Place;
    use crate::engine::setting::Setting;
    use crate::engine::table::Table;

    struct Number(String);

    impl Record for Number {
        const KIND: &'static str = "Number";

        fn id(&self) -> &str {
            &self.0
        }

        fn write(&self, object: &mut Object<'_>) {
            object.text("id", &self.0);
        }
    }

    fn row(number: u32) -> Row<Number> {
        let place = Place::new(Timestamp::from_epoch(0), 0, number, "");
        Row::new(place, Number(number.to_string()))
    }

    fn ids(rows: &Selection<Number>) -> Vec<u32> {
        let ids: Vec<_> = rows.iter().map(|row| row.record.0.parse().unwrap()).collect();
        assert_eq!((rows.len(), rows.is_empty()), (ids.len(), ids.is_empty()));
        ids
    }

    #[test]
    fn it_shows_the_rows_of_a_table_as_they_were_when_it_was_made() {
        // Tables of one piece and of a tree.
        for count in [0, 1, 8, 9, 100] {
            let mut table = Table::default();
            (0..count).for_each(|number| drop(table.put(row(number))));
            let newest_first: Vec<_> = (0..count).rev().collect();
            for (after, most) in [(0, 1), (0, 100), (3, 4), (99, 9), (100, 9), (0, usize::MAX)] {
                let rows = table.selection(after, most);
                let wanted = newest_first.iter().copied().skip(after).take(most);
                assert_eq!(ids(&rows), wanted.collect::<Vec<_>>(), "{count}: {after}, {most}");
            }
            let (all, filling) =
                (table.selection(0, 200), Setting { base: "", realm: "" }.filling());
            let before = all.filled(&filling);
            table.put(row(200));
            table.remove("0");
            assert_eq!((ids(&all), all.filled(&filling)), (newest_first, before));
        }
    }

    #[test]
    fn it_is_another_one_when_a_row_is_or_stands_elsewhere() {
        // Tables of one piece and of a tree.
        for count in [8, 100] {
            let mut table = Table::default();
            (0..count).for_each(|number| drop(table.put(row(number))));
            let all = |table: &Table<Number>| table.selection(0, usize::MAX);
            let before = all(&table);
            let any: Selection<Number> = before.iter().cloned().collect();
            assert!(before.are(&all(&table)) && before.are(&any) && any.are(&before));
            let part = |after| table.selection(after, 5);
            assert!(part(2).are(&part(2)) && !part(2).are(&part(1)) && !part(2).are(&before));
            assert!(part(100).are(&part(101)), "both are empty");
            table.put(row(count));
            assert!(
                table.selection(1, usize::MAX).are(&before),
                "all stand one place further down"
            );
            assert!(!table.selection(0, count as usize).are(&before));
            table.remove(&count.to_string());
            assert!(before.are(&all(&table)));
            table.put(row(0));
            assert!(!before.are(&all(&table)), "another row of the same id");
        }
    }

    #[test]
    fn it_is_shown_as_a_list_of_what_its_rows_show() {
        let filling = Setting { base: "http://a", realm: "r" }.filling();
        let shown = |numbers: &[u32]| {
            let rows = numbers.iter().map(|number| Arc::new(row(*number)));
            rows.collect::<Selection<_>>().filled(&filling)
        };
        assert_eq!(shown(&[]), "[]");
        assert_eq!(shown(&[1]), r#"[{"id":"1"}]"#);
        assert_eq!(shown(&[3, 1, 2]), r#"[{"id":"3"},{"id":"1"},{"id":"2"}]"#);
    }
}
