//! [`Numbering`]: who counts exchanges.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers for exchanges, from 1 on: for those of one journal, or for those of
/// several that are read as one. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    last: Arc<AtomicU64>,
    is_shared: bool,
}

impl Numbering {
    /// One for several journals.
    #[must_use]
    pub fn shared() -> Numbering {
        Numbering { is_shared: true, ..Numbering::default() }
    }

    /// Whether it numbers several journals, so that its numbers alone do not say whose they are.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// The next number.
    pub(super) fn next(&self) -> u64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Begins with 1 again. Where several journals are counted, all of them must be empty.
    pub(crate) fn begin_anew(&self) {
        self.last.store(0, Ordering::Relaxed);
    }
}
