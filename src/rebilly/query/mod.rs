//! [`Filter`], [`Sort`] and [`Search`]: the vendor's `filter`, `sort` and `q` over records.
//!
//! A record type lists its fields once, as [`Queryable`]. Parameters are checked
//! against that list when they are read, so that no record can fail a query;
//! records are then looked at in place and never rendered.

mod field;
mod filter;
mod folded;
mod literal;
mod search;
mod sort;

pub(super) use field::{Datum, Field, Kind, Queryable, Read};
pub(super) use filter::Filter;
pub(super) use search::Search;
pub(super) use sort::Sort;

#[cfg(test)]
mod tests;
