//! [`Documents`] and [`Bodies`]: made-up things, made as they are asked for.

use std::fmt;
use std::iter::FusedIterator;
use std::ops::Range;

use serde_json::Value;

use super::dice::Dice;

/// Makes the thing of that number, from the seed and its own chance.
pub(super) type Make = fn(seed: u64, number: usize, &mut Dice) -> Value;

/// Made-up bodies of requests. Each is made when it is asked for.
#[derive(Clone)]
pub struct Bodies {
    seed: u64,
    kind: &'static str,
    make: Make,
    left: Range<usize>,
}

impl Bodies {
    pub(super) fn new(seed: u64, kind: &'static str, count: usize, make: Make) -> Bodies {
        Bodies { seed, kind, make, left: 0..count }
    }
}

impl Iterator for Bodies {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        self.nth(0)
    }

    /// What is passed over is not made.
    fn nth(&mut self, skipped: usize) -> Option<Value> {
        let number = self.left.nth(skipped)?;
        Some((self.make)(self.seed, number, &mut Dice::new(self.seed, self.kind, number)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl ExactSizeIterator for Bodies {}
impl FusedIterator for Bodies {}

impl fmt::Debug for Bodies {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = self.left;
        write!(out, "samples({}): {} {start}..{end}", self.seed, self.kind)
    }
}

/// The same of things that can also be documents of a fixture: see
/// [`Builder::samples`](crate::Builder::samples) and [`Documents::fixture`].
#[derive(Clone)]
pub struct Documents(Bodies);

impl Documents {
    pub(super) fn new(seed: u64, kind: &'static str, count: usize, make: Make) -> Documents {
        Documents(Bodies::new(seed, kind, count, make))
    }

    /// A fixture file's text that has all of them, one a line: `{"customers":[…]}`.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, samples};
    ///
    /// let text = samples(7).customers(3).fixture();
    /// let rebilly = MockRebilly::builder().fixture("made-up.json", &text).without_socket();
    /// assert_eq!(rebilly.organization("acme").customers().len(), 3);
    /// ```
    #[must_use]
    pub fn fixture(self) -> String {
        let kind = self.0.kind;
        let documents: Vec<String> = self.map(|document| document.to_string()).collect();
        format!("{{\"{kind}\":[\n{}\n]}}\n", documents.join(",\n"))
    }
}

impl Iterator for Documents {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        self.0.next()
    }

    fn nth(&mut self, skipped: usize) -> Option<Value> {
        self.0.nth(skipped)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Documents {}
impl FusedIterator for Documents {}

impl fmt::Debug for Documents {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
