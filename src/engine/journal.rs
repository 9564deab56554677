//! [`Journal`]: what was asked and answered, in order.

use std::collections::VecDeque;
use std::fmt;
use std::hint::black_box;
use std::mem;
use std::sync::Arc;

use super::entry::{Exchange, Recorded};
use super::scene::Scene;

/// The most exchanges that are kept. Older ones are dropped, counted, and mentioned.
pub const JOURNAL_MAX: usize = 10_000;

/// The most bytes of request bodies that are kept: 256 MiB. Older exchanges make room.
pub const JOURNAL_BYTES_MAX: usize = 256 * 1024 * 1024;

/// For how many exchanges room is made at a time, and how much they are likely to take.
const ROOM: usize = 16;
const ROOM_BYTES: usize = 96 * 1024;

/// The exchanges of one double, or of all doubles of a [`World`](crate::World), the oldest
/// first. A copy: it does not grow while it is read.
///
/// Its `Display` is one line an exchange.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    dropped: u64,
    /// How often it was emptied.
    emptied: u64,
    /// What a copy knows of each double that it was taken from.
    scenes: Vec<Scene>,
}

/// A point in a journal: after the exchange of a number. Where it was emptied meanwhile,
/// the point is its beginning.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Since {
    emptied: u64,
    number: u64,
}

impl Journal {
    /// The exchanges, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.exchanges.iter().map(AsRef::as_ref)
    }

    /// The newest exchange.
    #[must_use]
    pub fn last(&self) -> Option<&Exchange> {
        self.exchanges.back().map(AsRef::as_ref)
    }

    /// How many exchanges are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether nothing was asked yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// How many older exchanges were dropped, because there were more than [`JOURNAL_MAX`],
    /// or because of [`JOURNAL_BYTES_MAX`].
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// How many exchanges there ever were.
    pub(crate) fn count(&self) -> u64 {
        self.dropped + self.exchanges.len() as u64
    }

    /// The present end of it.
    pub(crate) fn end(&self) -> Since {
        Since { emptied: self.emptied, number: self.last().map_or(0, |newest| newest.number) }
    }

    /// Whether it was emptied after that point.
    pub(crate) fn was_emptied(&self, since: Since) -> bool {
        self.emptied != since.emptied
    }

    /// The number of the last exchange before that point; 0 if there is none.
    pub(crate) fn last_before(&self, since: Since) -> u64 {
        if self.was_emptied(since) { 0 } else { since.number }
    }

    /// Begins anew, and returns what was there.
    pub(super) fn empty(&mut self) -> Journal {
        let begun = Journal { emptied: self.emptied + 1, ..Journal::default() };
        mem::replace(self, begun)
    }

    /// Notes that the answer that was recorded last at that point is lost after all.
    pub(super) fn lose(&mut self, at: Since) {
        let number = self.last_before(at);
        // It may have been dropped meanwhile, or gone with all others.
        if let Ok(index) = self.exchanges.binary_search_by_key(&number, |it| it.number) {
            // Copies of the journal keep what they saw.
            Arc::make_mut(&mut self.exchanges[index]).lose();
        }
    }

    /// The same, to be shared.
    pub(super) fn kept(&self) -> impl DoubleEndedIterator<Item = &Arc<Exchange>> {
        self.exchanges.iter()
    }

    /// Those with a higher number, if they are kept.
    pub(crate) fn after(&self, number: u64) -> Vec<Arc<Exchange>> {
        let known = self.exchanges.partition_point(|it| it.number <= number);
        self.exchanges.iter().skip(known).cloned().collect()
    }

    /// What a copy knows of the simulations that it was taken from.
    pub(super) fn scenes(&self) -> &[Scene] {
        &self.scenes
    }

    /// The same of a vendor's.
    pub(super) fn scene(&self, vendor: &str) -> Option<&Scene> {
        self.scenes.iter().find(|scene| scene.vendor == vendor)
    }

    /// Whether it is of several doubles.
    pub(super) fn is_of_several(&self) -> bool {
        self.scenes.len() > 1
    }

    /// A copy that knows more of the simulation than what was asked in it.
    pub(super) fn copy(&self, scene: Scene) -> Journal {
        Journal { scenes: vec![scene], ..self.clone() }
    }

    /// Journals that were numbered together, as one in the order of their numbers.
    pub(crate) fn together(journals: impl IntoIterator<Item = Journal>) -> Journal {
        let mut all = Journal::default();
        for journal in journals {
            all.exchanges.extend(journal.exchanges);
            all.bytes += journal.bytes;
            all.dropped += journal.dropped;
            all.scenes.extend(journal.scenes);
        }
        all.exchanges.make_contiguous().sort_by_key(|exchange| exchange.number);
        all
    }

    pub(super) fn record(&mut self, exchange: Exchange) -> Recorded {
        self.bytes += exchange.body().len();
        while self.exchanges.len() == JOURNAL_MAX || self.bytes > JOURNAL_BYTES_MAX {
            let Some(oldest) = self.exchanges.pop_front() else { break };
            self.bytes -= oldest.body().len();
            self.dropped += 1;
        }
        let kept = self.exchanges.len();
        if kept < JOURNAL_MAX - 1 && kept.is_multiple_of(ROOM) {
            make_room();
        }
        let exchange = Arc::new(exchange);
        self.exchanges.push_back(Arc::clone(&exchange));
        Recorded(exchange)
    }
}

/// Lets the allocator get from the system at once what the next exchanges will take, and
/// leaves it there. For any thread but the first, glibc's asks for a page at a time, which
/// took a tenth of a server's time while its journal grew.
fn make_room() {
    drop(black_box(Vec::<u8>::with_capacity(ROOM_BYTES)));
}

impl fmt::Display for Journal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dropped > 0 {
            writeln!(out, "({} older exchanges were dropped)", self.dropped)?;
        }
        for exchange in self.iter() {
            writeln!(out, "{exchange}")?;
        }
        Ok(())
    }
}
