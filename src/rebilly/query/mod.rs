//! [`Filter`], [`Sort`] and [`Search`]: the vendor's `filter`, `sort` and `q` over records.
//!
//! A record type lists its fields once, as [`Queryable`]. Parameters are checked
//! against that list when they are read, so that no record can fail a query;
//! records are never rendered for it.
//!
//! A query never walks from record to record. What one field shows of a block of
//! rows is taken out once, in order, and stays known until a row of that block
//! changes: [`Values`](values::Values) for filters and [`Ranks`](ranks::Ranks) for orders. A filter
//! finds its span in each block, and answers with bits; a sort merges the blocks as
//! far as the page needs it.

mod chosen;
mod field;
mod filter;
mod groups;
mod kind;
mod literal;
mod meaning;
mod merge;
mod ranks;
mod records;
mod search;
mod sort;
mod span;
mod values;

pub(super) use chosen::Chosen;
pub(super) use field::{Datum, Field, Names, Queryable, Read};
pub(super) use filter::Filter;
pub(super) use kind::Kind;
pub(super) use meaning::Meaning;
pub(super) use records::{Records, records, rows_at};
pub(super) use search::Search;
pub(super) use sort::{Sort, Sorted};

#[cfg(test)]
mod tests;
