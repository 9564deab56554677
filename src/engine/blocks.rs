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
    findings: Mutex<Vec<Finding>>,
}

struct Finding {
    about: String,
    found: Arc<dyn Any + Send + Sync>,
}

impl<T> Blocks<T> {
    pub(super) fn new<'r>(rows: impl Iterator<Item = &'r Arc<Row<T>>>) -> Blocks<T>
    where
        T: 'r,
    {
        let mut blocks = Vec::new();
        cut(&rows.cloned().collect::<Vec<_>>(), &mut blocks);
        Blocks(blocks)
    }

    /// The blocks after rows came, changed or went at some places; `at` is what stands at
    /// one of them now.
    pub(super) fn with<'r>(
        &self,
        changed: &Map<Place, ()>,
        at: impl Fn(&Place) -> Option<&'r Arc<Row<T>>>,
    ) -> Blocks<T>
    where
        T: 'r,
    {
        let mut changed = changed.iter().rev().map(|(place, ())| place).peekable();
        let mut blocks = Vec::with_capacity(self.0.len() + 1);
        for (nth, block) in self.0.iter().enumerate() {
            let next = self.0.get(nth + 1).map(|next| &next.rows[0].place);
            let mut here = Vec::new();
            while let Some(place) = changed.next_if(|&place| next.is_none_or(|it| place > it)) {
                here.push(place);
            }
            if here.is_empty() {
                blocks.push(Arc::clone(block));
            } else {
                cut(&block.rows_with(&here, &at), &mut blocks);
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
    blocks.extend(
        rows.rchunks(size)
            .rev()
            .map(|rows| Arc::new(Block { rows: rows.to_vec(), findings: Mutex::default() })),
    );
}

impl<T> Block<T> {
    /// A block of one row.
    #[must_use]
    pub fn only(row: Arc<Row<T>>) -> Block<T> {
        Block { rows: vec![row], findings: Mutex::default() }
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

    /// What there is to know about something: found out at the first question.
    /// The answer must depend on nothing but the rows and what it is about.
    pub fn learn<F>(&self, about: &str, find: impl FnOnce(&[Arc<Row<T>>]) -> F) -> Arc<F>
    where
        F: Send + Sync + 'static,
    {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        let same = findings.iter().filter(|finding| finding.about == about);
        let known = same.map(|finding| Arc::clone(&finding.found).downcast());
        if let Some(known) = known.flatten().next() {
            return known;
        }
        let found = Arc::new(find(&self.rows));
        if findings.len() == FINDINGS_MAX {
            findings.remove(0);
        }
        findings.push(Finding { about: about.to_owned(), found: Arc::clone(&found) as _ });
        found
    }

    /// The rows after changes at some places, the newest first.
    fn rows_with<'r>(
        &self,
        changed: &[&Place],
        at: impl Fn(&Place) -> Option<&'r Arc<Row<T>>>,
    ) -> Vec<Arc<Row<T>>>
    where
        T: 'r,
    {
        let mut rows = Vec::with_capacity(self.rows.len() + changed.len());
        let mut changed = changed.iter().copied().peekable();
        for row in &self.rows {
            while let Some(place) = changed.next_if(|&place| *place > row.place) {
                rows.extend(at(place).cloned());
            }
            match changed.next_if(|&place| *place == row.place) {
                Some(place) => rows.extend(at(place).cloned()),
                None => rows.push(Arc::clone(row)),
            }
        }
        for place in changed {
            rows.extend(at(place).cloned());
        }
        rows
    }
}
