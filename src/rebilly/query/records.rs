//! [`Records`]: a block of rows of whatever type, as queries see it.
//!
//! Below it no part of a query knows what type its records have, and none is compiled anew
//! for each.

use std::sync::Arc;

use super::field::{Datum, Queryable, Source};
use crate::engine::blocks::{Bits, Block, Blocks, Findings};
use crate::engine::table::Selection;

/// Rows that stand next to each other, and what is known of them.
pub(in crate::rebilly) trait Records {
    /// How many there are.
    fn count(&self) -> usize;

    /// The bits of all.
    fn all(&self) -> Bits;

    /// What queries found out about them.
    fn findings(&self) -> &Findings;

    /// Lends the values of one.
    fn read(&self, nth: usize, source: &Source, see: &mut dyn FnMut(Datum<'_>));

    /// Lends the texts of one that `q` looks into.
    fn texts(&self, nth: usize, see: &mut dyn FnMut(&str));
}

impl<T: Queryable> Records for Block<T> {
    fn count(&self) -> usize {
        self.rows().len()
    }

    fn all(&self) -> Bits {
        Block::all(self)
    }

    fn findings(&self) -> &Findings {
        Block::findings(self)
    }

    fn read(&self, nth: usize, source: &Source, see: &mut dyn FnMut(Datum<'_>)) {
        let record = &self.rows()[nth].record;
        match source {
            Source::Known { nth, .. } => (T::FIELDS[*nth].read)(record, see),
            Source::Free { prefix, meaning, .. } => record.free(prefix, meaning, see),
        }
    }

    fn texts(&self, nth: usize, see: &mut dyn FnMut(&str)) {
        self.rows()[nth].record.texts(see);
    }
}

/// Where a row is: the number of its block, and its own in there.
pub(in crate::rebilly) type Spot = (usize, usize);

/// All blocks of a table.
pub(in crate::rebilly) fn records<T: Queryable>(blocks: &Blocks<T>) -> Vec<&dyn Records> {
    let mut records: Vec<&dyn Records> = Vec::new();
    for block in blocks.iter() {
        records.push(&**block);
    }
    records
}

/// The rows at these spots.
pub(in crate::rebilly) fn rows_at<T>(spots: &[Spot], blocks: &Blocks<T>) -> Selection<T> {
    let row = |&(block, nth): &Spot| Some(Arc::clone(&blocks.get(block)?.rows()[nth]));
    spots.iter().filter_map(row).collect()
}
