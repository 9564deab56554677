//! [`Blocks`]: the rows of a table in the order of lists, cut into blocks that
//! remember what queries found out about them.
//!
//! A block never changes. What a write touches is cut anew by the next query, and
//! everything that is known of all other rows stays known: to later states of the
//! table, and to its snapshots and forks.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use super::map::Map;
use super::row::{Place, Row};

/// Some rows of one block; bit 0 stands for its first row.
pub type Bits = u128;

/// The most rows of a block: each has a bit.
pub const ROWS_MAX: usize = Bits::BITS as usize;

/// The most findings that a block remembers; the oldest is forgotten for a new one.
pub const FINDINGS_MAX: usize = 16;

/// The rows of a table, the newest first.
pub struct Blocks<T>(Vec<Arc<Block<T>>>);

/// Rows that stand next to each other.
pub struct Block<T> {
    rows: Vec<Arc<Row<T>>>,
    findings: Findings,
}

/// What was found out about some rows.
#[derive(Default)]
pub struct Findings(Mutex<Vec<Finding>>);

struct Finding {
    about: String,
    found: Arc<dyn Any + Send + Sync>,
}

impl<T> Blocks<T> {
    /// The newest row comes first.
    pub(super) fn new(rows: &[Arc<Row<T>>]) -> Blocks<T> {
        let mut blocks = Vec::new();
        cut(rows, &mut blocks);
        Blocks(blocks)
    }

    /// The blocks after rows came, changed or went at some places; `at` is what stands at
    /// one of them now.
    pub(super) fn with<'r>(
        &self,
        changed: &Map<Place, ()>,
        at: &dyn Fn(&Place) -> Option<&'r Arc<Row<T>>>,
    ) -> Blocks<T> {
        let changed = newest_first(changed);
        let mut rest = &changed[..];
        let mut blocks = Vec::with_capacity(self.0.len() + 1);
        for (nth, block) in self.0.iter().enumerate() {
            let next = self.0.get(nth + 1).map(|next| &next.rows[0].place);
            let here;
            (here, rest) = rest.split_at(next.map_or(rest.len(), |next| newer(rest, next)));
            if here.is_empty() {
                blocks.push(Arc::clone(block));
            } else {
                cut(&block.rows_with(here, at), &mut blocks);
            }
        }
        Blocks(blocks)
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The blocks, the newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Block<T>>> {
        self.0.iter()
    }

    /// The block of that number.
    #[must_use]
    pub fn get(&self, nth: usize) -> Option<&Block<T>> {
        self.0.get(nth).map(AsRef::as_ref)
    }
}

/// Cuts rows into blocks. New rows usually come first, so the first block is left
/// room to grow; elsewhere the pieces are of one size, so that each has some.
fn cut<T>(rows: &[Arc<Row<T>>], blocks: &mut Vec<Arc<Block<T>>>) {
    let pieces = rows.len().div_ceil(ROWS_MAX).max(1);
    let size = if blocks.is_empty() { ROWS_MAX } else { rows.len().div_ceil(pieces).max(1) };
    for rows in rows.rchunks(size).rev() {
        blocks.push(Arc::new(Block { rows: rows.to_vec(), findings: Findings::default() }));
    }
}

fn newest_first(places: &Map<Place, ()>) -> Vec<&Place> {
    places.iter().rev().map(|(place, ())| place).collect()
}

/// How many of these places, the newest first, are newer than that one.
fn newer(places: &[&Place], than: &Place) -> usize {
    places.partition_point(|place| *place > than)
}

impl<T> Block<T> {
    /// A block of one row.
    #[must_use]
    pub fn only(row: Arc<Row<T>>) -> Block<T> {
        Block { rows: vec![row], findings: Findings::default() }
    }

    /// Its rows, the newest first.
    #[must_use]
    pub fn rows(&self) -> &[Arc<Row<T>>] {
        &self.rows
    }

    /// The bits of all its rows.
    #[must_use]
    pub fn all(&self) -> Bits {
        Bits::MAX >> (ROWS_MAX - self.rows.len())
    }

    /// What was found out about its rows.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// What there is to know about something, see [`Findings::learn`].
    pub fn learn<F>(&self, about: &str, find: impl FnOnce(&[Arc<Row<T>>]) -> F) -> Arc<F>
    where
        F: Send + Sync + 'static,
    {
        self.findings.learn(about, || find(&self.rows))
    }

    /// The rows after changes at some places, the newest first.
    fn rows_with<'r>(
        &self,
        mut changed: &[&Place],
        at: &dyn Fn(&Place) -> Option<&'r Arc<Row<T>>>,
    ) -> Vec<Arc<Row<T>>> {
        let mut rows = Vec::with_capacity(self.rows.len() + changed.len());
        for row in &self.rows {
            let before;
            (before, changed) = changed.split_at(newer(changed, &row.place));
            for place in before {
                rows.extend(at(place).cloned());
            }
            match changed {
                [place, later @ ..] if **place == row.place => {
                    rows.extend(at(place).cloned());
                    changed = later;
                }
                _ => rows.push(Arc::clone(row)),
            }
        }
        for place in changed {
            rows.extend(at(place).cloned());
        }
        rows
    }
}

impl Findings {
    /// What there is to know about something: found out at the first question.
    /// The answer must depend on nothing but the rows and what it is about.
    pub fn learn<F>(&self, about: &str, find: impl FnOnce() -> F) -> Arc<F>
    where
        F: Send + Sync + 'static,
    {
        let mut findings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = findings.iter().filter(|finding| finding.about == about);
        let known = same.map(|finding| Arc::clone(&finding.found).downcast());
        if let Some(known) = known.flatten().next() {
            return known;
        }
        let found = Arc::new(find());
        if findings.len() == FINDINGS_MAX {
            findings.remove(0);
        }
        findings.push(Finding { about: about.to_owned(), found: Arc::clone(&found) as _ });
        found
    }
}
