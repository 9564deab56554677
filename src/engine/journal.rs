//! [`Journal`]: what was asked and answered, in order.

use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::sync::Arc;

use super::entry::{Entry, Exchange};
use super::scene::Scene;

/// The most exchanges that are kept. Older ones are dropped, counted, and mentioned.
pub const JOURNAL_MAX: usize = 10_000;

/// The most bytes of request bodies that are kept: 256 MiB. Older exchanges make room.
pub const JOURNAL_BYTES_MAX: usize = 256 * 1024 * 1024;

/// The exchanges of one double, the oldest first. A copy: it does not grow while it is read.
///
/// Its `Display` is one line an exchange.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    dropped: u64,
    /// How often it was emptied; numbers begin anew then.
    emptied: u64,
    scene: Option<Scene>,
}

/// A point in a journal: after so many exchanges. Where it was emptied meanwhile,
/// numbers begin anew, and the point is its beginning.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Since {
    emptied: u64,
    count: u64,
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
        Since { emptied: self.emptied, count: self.count() }
    }

    /// Whether it was emptied after that point.
    pub(crate) fn was_emptied(&self, since: Since) -> bool {
        self.emptied != since.emptied
    }

    /// The number of the last exchange before that point; 0 if there is none.
    pub(crate) fn last_before(&self, since: Since) -> u64 {
        if self.was_emptied(since) { 0 } else { since.count }
    }

    /// Begins anew, and returns what was there.
    pub(super) fn empty(&mut self) -> Journal {
        let begun = Journal { emptied: self.emptied + 1, ..Journal::default() };
        mem::replace(self, begun)
    }

    /// Notes that the answer that was recorded last at that point is lost after all.
    pub(super) fn lose(&mut self, at: Since) {
        let number = self.last_before(at);
        let index = number.checked_sub(self.dropped + 1).and_then(|it| usize::try_from(it).ok());
        // It may have been dropped meanwhile, or gone with all others.
        let Some(exchange) = index.and_then(|index| self.exchanges.get_mut(index)) else { return };
        // Copies of the journal keep what they saw.
        Arc::make_mut(exchange).lose();
    }

    /// The same, to be shared.
    pub(super) fn kept(&self) -> impl DoubleEndedIterator<Item = &Arc<Exchange>> {
        self.exchanges.iter()
    }

    /// Those with a higher number, if they are kept.
    pub(crate) fn after(&self, number: u64) -> Vec<Arc<Exchange>> {
        let known = usize::try_from(number.saturating_sub(self.dropped)).unwrap_or(usize::MAX);
        self.exchanges.iter().skip(known).cloned().collect()
    }

    /// What a copy knows of the simulation that it was taken from.
    pub(super) fn scene(&self) -> Option<&Scene> {
        self.scene.as_ref()
    }

    /// A copy that knows more of the simulation than what was asked in it.
    pub(super) fn copy(&self, scene: Scene) -> Journal {
        Journal { scene: Some(scene), ..self.clone() }
    }

    pub(super) fn record(&mut self, entry: Entry) {
        self.bytes += entry.answer.call.body.len();
        while self.exchanges.len() == JOURNAL_MAX || self.bytes > JOURNAL_BYTES_MAX {
            let Some(oldest) = self.exchanges.pop_front() else { break };
            self.bytes -= oldest.body().len();
            self.dropped += 1;
        }
        let number = self.count() + 1;
        self.exchanges.push_back(Arc::new(entry.numbered(number)));
    }
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
