//! [`Chosen`]: some rows of a table, in its order.

use std::ops::Range;

use super::records::{Records, Spot};
use crate::engine::blocks::Bits;

/// Some rows: those of each block in which there are any, by the block's number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::rebilly) struct Chosen(Vec<(usize, Bits)>);

impl Chosen {
    /// Chooses from each block.
    pub(in crate::rebilly) fn from(
        blocks: &[&dyn Records],
        choose: impl Fn(&dyn Records) -> Bits,
    ) -> Chosen {
        let mut chosen = Chosen::default();
        for (nth, block) in blocks.iter().enumerate() {
            chosen.add(nth, choose(*block));
        }
        chosen
    }

    /// Adds rows of a block that is not before those that are chosen.
    pub(super) fn add(&mut self, block: usize, rows: Bits) {
        if rows != 0 {
            self.0.push((block, rows));
        }
    }

    /// How many rows there are.
    pub(in crate::rebilly) fn len(&self) -> usize {
        self.0.iter().map(|(_, rows)| rows.count_ones() as usize).sum()
    }

    /// The blocks in which there are any, and which.
    pub(super) fn by_block(&self) -> &[(usize, Bits)] {
        &self.0
    }

    /// Appends the rows of a page to others.
    pub(in crate::rebilly) fn take(&self, page: Range<usize>, taken: &mut Vec<Spot>) {
        let (mut skip, end) = (page.start, taken.len() + page.len());
        for (block, rows) in &self.0 {
            let count = rows.count_ones() as usize;
            if skip >= count {
                skip -= count;
                continue;
            }
            if taken.len() == end {
                return;
            }
            let wanted = each(*rows).skip(skip).take(end - taken.len());
            taken.extend(wanted.map(|nth| (*block, nth)));
            skip = 0;
        }
    }
}

/// The numbers of the rows that have a bit.
pub(super) fn each(mut rows: Bits) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (rows != 0).then(|| rows.trailing_zeros() as usize);
        rows &= rows.wrapping_sub(1);
        first
    })
}
