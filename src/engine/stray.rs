//! [`Strays`]: the requests that found nothing to serve them.

use hyper::Method;

use super::entry::{Exchange, Unmatched};

/// How many of them are remembered, to fail a test with. The journal may have
/// forgotten them when it ends.
pub const STRAYS_MAX: usize = 100;

/// A request for what the vendor has not, or for what is not simulated.
#[derive(Clone, Debug)]
pub struct Stray {
    /// Its line in the journal.
    pub line: String,
    /// Why it found nothing.
    pub why: Unmatched,
    /// Its method.
    pub method: Method,
    /// The segments of its path within the API.
    pub segments: Vec<String>,
}

/// The first [`STRAYS_MAX`] of them, and how many there were.
#[derive(Debug, Default)]
pub struct Strays {
    first: Vec<Stray>,
    counted: usize,
}

impl Strays {
    /// The first ones, a few of which are enough to see what is wrong.
    #[must_use]
    pub fn first(&self) -> &[Stray] {
        &self.first
    }

    /// How many there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.counted
    }

    /// Notes an exchange, if its request is one. Another method of a known path is
    /// none: that is a refusal like others.
    pub(super) fn note(&mut self, exchange: &Exchange, segments: impl FnOnce() -> Vec<String>) {
        let Some(why @ (Unmatched::UnknownPath | Unmatched::NotSimulated)) = exchange.unmatched
        else {
            return;
        };
        self.counted += 1;
        if self.first.len() < STRAYS_MAX {
            let (line, method) = (exchange.to_string(), exchange.call().method.clone());
            self.first.push(Stray { line, why, method, segments: segments() });
        }
    }
}
