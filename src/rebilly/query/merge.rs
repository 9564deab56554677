//! [`runs`]: the rows of all blocks in one order, as far as a page needs it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::Range;
use std::sync::Arc;

use super::chosen::Chosen;
use super::groups::{Groups, compare};
use super::ranks::{Key, Ranks};
use crate::engine::blocks::Bits;

/// Some rows of the block of this number, and how they stand.
pub(super) struct Ranked {
    pub(super) nth: usize,
    pub(super) rows: Bits,
    pub(super) ranks: Arc<Ranks>,
}

/// Rows that are alike.
#[derive(PartialEq, Eq)]
pub(super) struct Run {
    /// How many rows stand before them.
    pub(super) start: usize,
    pub(super) are_texts: bool,
    /// In the order of the table.
    pub(super) rows: Chosen,
}

/// The runs that have rows on the page. Each block knows its own order, so that only
/// the next rows of all blocks are compared with each other.
pub(super) fn runs(
    ranked: &[Ranked],
    groups: fn(&Ranks) -> &Groups<Key>,
    descending: bool,
    page: &Range<usize>,
) -> Vec<Run> {
    let heads = ranked.iter().filter_map(|ranked| {
        let left = groups(&ranked.ranks).as_slice();
        Head { key: &Key::Null, rows: 0, nth: ranked.nth, of: ranked.rows, left, descending }.next()
    });
    let mut heads: BinaryHeap<Head<'_>> = heads.collect();
    let (mut runs, mut start) = (Vec::new(), 0);
    while start < page.end
        && let Some(first) = heads.peek().map(|head| head.key)
    {
        let mut rows = Chosen::default();
        while let Some(mut head) = heads.peek_mut()
            && head.key == first
        {
            rows.add(head.nth, head.rows);
            match head.next() {
                Some(next) => *head = next,
                None => {
                    PeekMut::pop(head);
                }
            }
        }
        let end = start + rows.len();
        if end > page.start {
            runs.push(Run { start, are_texts: matches!(first, Key::Text(_)), rows });
        }
        start = end;
    }
    runs
}

/// Whether there are two texts that are not the same.
pub(super) fn has_several_texts(ranked: &[Ranked]) -> bool {
    let mut texts = ranked.iter().flat_map(|it| {
        let groups = it.ranks.written().as_slice().iter().filter(|(_, rows)| it.rows & rows != 0);
        groups.map(|(key, _)| key).filter(|key| matches!(key, Key::Text(_)))
    });
    let first = texts.next();
    texts.any(|text| Some(text) != first)
}

/// The next rows of a block, and what is left of it. The greatest is that whose
/// rows come first.
#[derive(Clone, Copy)]
struct Head<'r> {
    key: &'r Key,
    rows: Bits,
    nth: usize,
    /// The rows of the block that matter.
    of: Bits,
    left: &'r [(Key, Bits)],
    descending: bool,
}

impl Head<'_> {
    fn next(mut self) -> Option<Self> {
        loop {
            let split =
                if self.descending { self.left.split_last() } else { self.left.split_first() };
            let ((key, rows), left) = split?;
            (self.key, self.rows, self.left) = (key, rows & self.of, left);
            if self.rows != 0 {
                return Some(self);
            }
        }
    }
}

impl Ord for Head<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = compare(other.key, self.key);
        let order = if self.descending { order.reverse() } else { order };
        order.then_with(|| other.nth.cmp(&self.nth))
    }
}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head<'_> {}
