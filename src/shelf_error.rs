//! [`ShelfError`]: why something cannot be put on a shelf, or not be taken from it.

use std::fmt;

use crate::engine::failure::Failure;

/// Why something cannot be put on a [`Shelf`](crate::Shelf), or not be taken from it.
/// Nothing is changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShelfError {
    /// What was tried, as the beginning of a sentence.
    pub attempt: String,
    /// All that was found.
    pub problems: Vec<ShelfProblem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShelfProblem {
    /// Where in the document, as a JSON pointer: `/primaryAddress/country`. Empty if it
    /// is about the whole.
    pub pointer: String,
    /// What was found and what was expected.
    pub reason: String,
}

impl ShelfError {
    pub(crate) fn new(attempt: String, failure: &Failure) -> ShelfError {
        let problem = |(pointer, reason)| ShelfProblem { pointer, reason };
        ShelfError { attempt, problems: failure.problems().into_iter().map(problem).collect() }
    }
}

impl fmt::Display for ShelfProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => out.write_str(&self.reason),
            pointer => write!(out, "{pointer}: {}", self.reason),
        }
    }
}

/// A sentence; where more than one thing is wrong, a line for each.
impl fmt::Display for ShelfError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attempt = &self.attempt;
        if let [only] = self.problems.as_slice() {
            return write!(out, "{attempt}: {only}");
        }
        write!(out, "{attempt}:")?;
        self.problems.iter().try_for_each(|problem| write!(out, "\n  {problem}"))
    }
}

impl std::error::Error for ShelfError {}
