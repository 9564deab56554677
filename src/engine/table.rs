//! [`Table`]: the rows of one kind of thing, as a persistent value.
//!
//! Cloning a table costs nothing, so a write works on a clone and a snapshot
//! is a pointer. Rows never change; an update makes a new row in the place of
//! the old one. All order that anyone can see comes from [`Place`].

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::blocks::Blocks;
use super::failure::Failure;
use super::id::Id;
use super::map::Map;
use super::rows::Rows;

pub use super::row::{Place, Record, Row, Shown};
pub use super::selection::{Listed, Selection};

/// The most changes that are made to what queries know of the rows. After more of
/// them the next query begins anew.
const CHANGES_MAX: usize = 4_096;

/// State that notes what is written to it, and carries it out once nobody has its older
/// self any more: what is written is seen either way, but that costs no copies.
pub trait Settle {
    /// Carries out what was written.
    fn settle(&mut self);
}

/// Rows by id, by place and by alias.
pub struct Table<T> {
    rows: Rows<T>,
    /// The same rows as queries see them, made by the first one that looks.
    blocks: OnceLock<Arc<Blocks<T>>>,
    /// In a box: most tables are small, many, and never asked.
    earlier: Option<Box<Earlier<T>>>,
}

/// What queries saw of a table, and at which places a row came, changed or went since.
/// A write only notes the place; the next query has the work.
struct Earlier<T> {
    blocks: Arc<Blocks<T>>,
    changed: Map<Place, ()>,
    /// How many changes that were, several of them maybe at one place.
    count: usize,
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Table<T> {
        Table {
            rows: self.rows.clone(),
            blocks: self.blocks.clone(),
            earlier: self.earlier.clone(),
        }
    }
}

impl<T> Clone for Earlier<T> {
    fn clone(&self) -> Earlier<T> {
        let (blocks, changed) = (Arc::clone(&self.blocks), self.changed.clone());
        Earlier { blocks, changed, count: self.count }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { rows: Rows::default(), blocks: OnceLock::new(), earlier: None }
    }
}

impl<T: Record + fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.rows.iter()).finish()
    }
}

impl<T: Record> Table<T> {
    /// A table of one row.
    #[must_use]
    pub fn only(row: &Arc<Row<T>>) -> Table<T> {
        let mut table = Table::default();
        table.keep(row);
        table
    }

    /// The row of that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Arc<Row<T>>> {
        self.rows.find(id)
    }

    /// The row of that id.
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`] when there is none.
    pub fn get(&self, id: &str) -> Result<&Arc<Row<T>>, Failure> {
        self.find(id).ok_or_else(|| Failure::Missing { kind: T::KIND, id: id.to_owned() })
    }

    /// Whether any row has that alias, beside the one of that id. All rows are asked where
    /// something was written to the table in the same call.
    #[must_use]
    pub fn has_namesake(&self, alias: &str, id: &str) -> bool {
        self.rows.has_namesake(alias, id)
    }

    /// Puts a row in its place, instead of any row with its id.
    pub fn put(&mut self, row: Row<T>) -> Arc<Row<T>> {
        let row = Arc::new(row);
        self.keep(&row);
        row
    }

    fn keep(&mut self, row: &Arc<Row<T>>) {
        self.note_change(&row.place);
        if let Some(old) = self.rows.put(Arc::clone(row))
            && old.place != row.place
        {
            self.note_change(&old.place);
        }
    }

    /// Takes a row out.
    pub fn remove(&mut self, id: &str) -> Option<Arc<Row<T>>> {
        let row = self.rows.find(id).cloned()?;
        self.rows.remove(&row);
        self.note_change(&row.place);
        Some(row)
    }

    fn note_change(&mut self, place: &Place) {
        if let Some(blocks) = self.blocks.take()
            && !blocks.is_empty()
        {
            self.earlier = Some(Box::new(Earlier { blocks, changed: Map::default(), count: 0 }));
        }
        let Some(earlier) = &mut self.earlier else { return };
        if earlier.count == CHANGES_MAX {
            self.earlier = None;
            return;
        }
        earlier.changed.insert(place.clone(), ());
        earlier.count += 1;
    }

    /// All rows, the newest first, in blocks that remember what queries find out.
    #[must_use]
    pub fn blocks(&self) -> &Blocks<T> {
        self.blocks.get_or_init(|| {
            Arc::new(match self.earlier.as_deref() {
                None => Blocks::new(&self.newest_first().cloned().collect::<Vec<_>>()),
                Some(Earlier { blocks, changed, .. }) => {
                    blocks.with(changed, &|place| self.rows.at(place))
                }
            })
        })
    }

    /// All rows, the newest first.
    #[must_use]
    pub fn newest_first(&self) -> impl DoubleEndedIterator<Item = &Arc<Row<T>>> {
        self.rows.iter().rev()
    }

    /// At most so many rows, the newest first, after some that are newer.
    #[must_use]
    pub fn selection(&self, after: usize, most: usize) -> Selection<T> {
        self.rows.selection(after, most)
    }

    /// All rows with their places, the oldest first.
    pub(super) fn places(&self) -> impl Iterator<Item = (&Place, &Arc<Row<T>>)> {
        self.rows.iter().map(|row| (&row.place, row))
    }

    /// Whether it is the same table, untouched. It holds the same then; the reverse
    /// need not be true.
    pub(super) fn is(&self, other: &Table<T>) -> bool {
        self.rows.are(&other.rows)
    }

    /// All rows in the order of their ids.
    #[must_use]
    pub fn by_id(&self) -> Vec<&Arc<Row<T>>> {
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_unstable_by(|one, other| one.record.id().cmp(other.record.id()));
        rows
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }
}

impl<T: Record> Settle for Table<T> {
    fn settle(&mut self) {
        self.rows.settle();
        if let Some(earlier) = &mut self.earlier {
            earlier.changed.settle();
        }
    }
}

/// One table for each owner: the timelines of all customers.
pub struct Tables<T>(Map<Id, Table<T>>);

impl<T> Clone for Tables<T> {
    fn clone(&self) -> Tables<T> {
        Tables(self.0.clone())
    }
}

impl<T> Default for Tables<T> {
    fn default() -> Tables<T> {
        Tables(Map::default())
    }
}

impl<T: Record + fmt::Debug> fmt::Debug for Tables<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.0.iter()).finish()
    }
}

impl<T: Record> Tables<T> {
    /// The table of that owner; an empty one if nothing was ever put there.
    #[must_use]
    pub fn of(&self, owner: &str) -> Table<T> {
        self.0.get(owner).cloned().unwrap_or_default()
    }

    /// The owners that have any rows, by name, and their tables.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Table<T>)> {
        self.0.iter().map(|(owner, table)| (owner.as_ref(), table))
    }

    /// Makes `table` the owner's; an empty one is not kept.
    pub fn set(&mut self, owner: impl Into<Id>, table: Table<T>) {
        let owner = owner.into();
        if table.is_empty() {
            self.0.remove(owner);
        } else {
            self.0.insert(owner, table);
        }
    }

    /// Puts a row into the owner's table.
    pub fn put(&mut self, owner: impl Into<Id>, row: Row<T>) -> Arc<Row<T>> {
        let owner = owner.into();
        let mut table = self.of(&owner);
        let row = table.put(row);
        self.set(owner, table);
        row
    }
}

impl<T: Record> Settle for Tables<T> {
    fn settle(&mut self) {
        self.0.settle_each(Table::settle);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::ProptestConfig;
    use proptest::proptest;
    use proptest::sample::select;

    use super::*;
    use crate::engine::blocks::ROWS_MAX;
    use crate::engine::clock::Timestamp;
    use crate::engine::render::Object;

    struct Thing(String, Option<String>);

    impl Record for Thing {
        const KIND: &'static str = "Thing";

        fn id(&self) -> &str {
            &self.0
        }

        fn alias(&self) -> Option<&str> {
            self.1.as_deref()
        }

        fn write(&self, object: &mut Object<'_>) {
            object.text("id", &self.0);
        }
    }

    /// How all are called of that second; of some seconds, none has a name. Some begin alike.
    fn alias(second: i64) -> Option<String> {
        const ALIASES: [&str; 6] = ["", "a", "of the same", "of the same start", "b", "ünlike"];
        ALIASES.get(usize::try_from(second % 8).unwrap()).map(|alias| (*alias).to_owned())
    }

    fn row(id: &str, second: i64, turn: u64) -> Row<Thing> {
        let thing = Thing(id.to_owned(), alias(second));
        Row::new(Place::new(Timestamp::from_epoch(second), turn, 0, id), thing)
    }

    fn ids(table: &Table<Thing>) -> Vec<&str> {
        table.newest_first().map(|row| row.record.0.as_str()).collect()
    }

    #[test]
    fn rows_are_walked_by_time_then_by_turn_then_by_id() {
        let mut table = Table::default();
        for row in [row("b", 1, 2), row("a", 1, 2), row("late", 9, 1), row("first", 1, 1)] {
            table.put(row);
        }
        assert_eq!(ids(&table), ["late", "b", "a", "first"]);
    }

    #[test]
    fn a_clone_does_not_see_later_writes() {
        let mut table = Table::default();
        table.put(row("a", 1, 1));
        let before = table.clone();
        table.put(row("b", 1, 2));
        table.remove("a");
        assert_eq!((ids(&before), ids(&table)), (vec!["a"], vec!["b"]));
    }

    #[test]
    fn owners_do_not_see_each_others_rows() {
        let mut tables = Tables::default();
        tables.put("ada", row("a", 1, 1));
        tables.put("bob", row("a", 2, 1));
        assert_eq!(tables.of("ada").len(), 1);
        tables.set("ada", Table::default());
        assert_eq!((tables.of("ada").len(), tables.of("bob").len()), (0, 1));
    }

    #[test]
    fn a_row_that_moves_leaves_nothing_behind() {
        let mut table = Table::default();
        table.put(row("a", 1, 1));
        table.put(row("a", 5, 1));
        assert_eq!((ids(&table), table.len()), (vec!["a"], 1));
    }

    /// The ids of rows, and by what each of them is ordered before its id.
    type Model = BTreeMap<String, (i64, u64)>;

    fn write(table: &mut Table<Thing>, model: &mut Model, id: &str, place: Option<(i64, u64)>) {
        let old = match place {
            Some((second, turn)) => {
                let row = table.put(row(id, second, turn));
                assert!(table.find(id).is_some_and(|found| Arc::ptr_eq(found, &row)));
                model.insert(id.to_owned(), (second, turn));
                return;
            }
            None => table.remove(id).map(|row| (row.place.time.epoch(), row.place.turn)),
        };
        assert_eq!((old, table.find(id).is_none()), (model.remove(id), true));
    }

    #[track_caller]
    fn assert_holds(table: &Table<Thing>, model: &Model) {
        assert_eq!((table.len(), table.is_empty()), (model.len(), model.is_empty()));
        let by_id = table.by_id();
        assert!(by_id.iter().map(|row| &row.record.0).eq(model.keys()));
        for (row, (second, turn)) in by_id.into_iter().zip(model.values()) {
            assert_eq!((row.place.time.epoch(), row.place.turn), (*second, *turn));
            assert!(table.get(&row.record.0).is_ok_and(|found| Arc::ptr_eq(found, row)));
            assert!(table.rows.at(&row.place).is_some_and(|found| Arc::ptr_eq(found, row)));
        }
        assert!(["", "1 and more", "z"].iter().all(|id| table.find(id).is_none()));
        for second in 0..8 {
            let Some(alias) = alias(second) else { continue };
            let called: Vec<_> =
                model.iter().filter(|(_, place)| place.0 % 8 == second).map(|(id, _)| id).collect();
            for id in ["", "17", "z"].into_iter().chain(called.iter().take(8).map(|id| id.as_str()))
            {
                let expected = called.iter().any(|called| *called != id);
                assert_eq!(table.has_namesake(&alias, id), expected, "{alias} beside {id}");
            }
        }
        assert!(["c", "of the", "of the same s"].iter().all(|it| !table.has_namesake(it, "")));
        let mut oldest_first: Vec<_> = model.iter().map(|(id, place)| (place, id)).collect();
        oldest_first.sort_unstable();
        let expected = || oldest_first.iter().map(|(_, id)| *id);
        assert!(table.newest_first().map(|row| &row.record.0).eq(expected().rev()));
        assert!(table.newest_first().rev().map(|row| &row.record.0).eq(expected()));
        assert!(table.places().map(|(_, row)| &row.record.0).eq(expected()));
        assert_eq!(table.newest_first().size_hint(), (model.len(), Some(model.len())));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_table_holds_what_was_put_there_and_its_clones_hold_what_they_held(
            size in select(vec![0, 6, 30, 1_200_u16]),
            calls in vec((vec((0..1_300_u16, option::of((0..40_i64, 0..3_u64))), 0..40), 0..5_u8), 0..12),
        ) {
            let (mut table, mut model) = (Table::default(), Model::new());
            for id in 0..size {
                write(&mut table, &mut model, &id.to_string(), Some((i64::from(id % 50), 0)));
            }
            let mut before = Vec::new();
            for (writes, what) in calls {
                let (mut draft, mut drafted) = (table.clone(), model.clone());
                for (id, place) in writes {
                    // Few rows are written to again and again, many rarely.
                    let id = id % (size + 20);
                    write(&mut draft, &mut drafted, &id.to_string(), place);
                    if id % 8 == 0 && what == 0 {
                        assert_holds(&draft, &drafted);
                    }
                }
                if what % 2 == 0 {
                    assert_holds(&draft, &drafted);
                }
                before.push((table.clone(), model.clone()));
                if what < 4 {
                    assert!(!draft.is(&table) || drafted == model);
                    (table, model) = (draft, drafted);
                }
                if what < 3 {
                    table.settle();
                    assert!(table.is(&table.clone()));
                }
            }
            before.push((table, model));
            before.iter().for_each(|(table, model)| assert_holds(table, model));
        }
    }

    /// A table of so many rows, at which a query has looked.
    fn seen(size: i64) -> Table<Thing> {
        let mut table = Table::default();
        (0..size).for_each(|second| drop(table.put(row(&second.to_string(), second, 0))));
        let _ = table.blocks();
        table
    }

    #[track_caller]
    fn assert_blocks_agree(table: &Table<Thing>) {
        let blocks: Vec<_> = table.blocks().iter().map(|block| block.rows()).collect();
        assert!(blocks.iter().all(|rows| (1..=ROWS_MAX).contains(&rows.len())));
        let listed: Vec<_> = table.newest_first().map(Arc::as_ptr).collect();
        assert_eq!(blocks.concat().iter().map(Arc::as_ptr).collect::<Vec<_>>(), listed);
    }

    proptest! {
        #[test]
        fn queries_see_what_lists_show_whatever_was_written_between_them(
            steps in vec((0..700_u16, 0..40_i64, 0..20_u8), 0..1500),
        ) {
            let mut table = Table::default();
            for (id, second, what) in steps {
                match what {
                    0 => assert_blocks_agree(&table),
                    1..4 => drop(table.remove(&id.to_string())),
                    _ => drop(table.put(row(&id.to_string(), second, 0))),
                }
            }
            assert_blocks_agree(&table);
        }
    }

    #[test]
    fn more_changes_than_are_noted_are_seen_all_the_same() {
        let mut table = seen(1_000);
        for turn in 0..=CHANGES_MAX as u64 {
            table.put(row("1", 1, turn));
        }
        assert!(table.earlier.is_none());
        assert_blocks_agree(&table);
    }

    #[test]
    fn a_write_leaves_what_is_known_of_other_blocks() {
        let mut table = seen(1_000);
        let learn = |table: &Table<Thing>| {
            let mut asked = 0;
            for block in table.blocks().iter() {
                assert_eq!(
                    *block.learn("count", |rows| {
                        asked += 1;
                        rows.len()
                    }),
                    block.rows().len()
                );
            }
            asked
        };
        assert_eq!((learn(&table), learn(&table), learn(&table.clone())), (8, 0, 0));
        table.put(row("new", 1_000, 0));
        table.put(row("5", 5, 0));
        table.remove("6");
        assert_eq!((learn(&table), learn(&table)), (2, 0));
    }

    #[test]
    fn a_block_knows_several_things_by_name_and_by_kind() {
        let table = seen(2);
        let block = table.blocks().get(0).unwrap();
        assert_eq!(*block.learn("it", <[_]>::len), 2);
        assert_eq!(*block.learn("it", |_| "a text"), "a text");
        assert_eq!(*block.learn("other", |_| 3_usize), 3);
        assert_eq!(*block.learn("it", |_| 4_usize), 2);
    }
}
