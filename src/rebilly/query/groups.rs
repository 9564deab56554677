//! [`Groups`]: the rows of a block by the values of a field, in order.

use std::cmp::Ordering;

use super::span::Span;
use crate::engine::blocks::Bits;

/// Each value once, with the rows that have it; the least value first.
#[derive(Debug, PartialEq)]
pub(super) struct Groups<V>(Vec<(V, Bits)>);

impl<V: PartialOrd> Groups<V> {
    pub(super) fn new(mut pairs: Vec<(V, Bits)>) -> Groups<V> {
        pairs.sort_by(|(one, _), (other, _)| compare(one, other));
        pairs.dedup_by(|(value, rows), (before, rows_before)| {
            let is_same = value == before;
            if is_same {
                *rows_before |= *rows;
            }
            is_same
        });
        Groups(pairs)
    }

    /// The rows that have a value in the span.
    pub(super) fn within(&self, span: &Span<V>) -> Bits {
        let from = self.0.partition_point(|(value, _)| !span.begins_by(value));
        let to = self.0.partition_point(|(value, _)| span.ends_after(value));
        // Nothing is in a span that ends before it begins.
        let within = self.0.get(from..to).unwrap_or_default();
        within.iter().fold(0, |rows, (_, more)| rows | more)
    }

    pub(super) fn as_slice(&self) -> &[(V, Bits)] {
        &self.0
    }
}

/// No number is NaN: JSON has none.
pub(super) fn compare<V: PartialOrd>(one: &V, other: &V) -> Ordering {
    one.partial_cmp(other).unwrap_or(Ordering::Equal)
}
