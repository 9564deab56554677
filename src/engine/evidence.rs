//! [`Source`] and [`Guess`]: how we know what the vendor does.

use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Where the behaviour of an operation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Source {
    /// The vendor's published definition.
    Definition,
    /// A guide of the vendor's.
    Guide,
    /// What an SDK of the vendor's was seen to send and to need.
    Sdk,
    /// Nothing but our best guess.
    Assumed,
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Source::Definition => "published definition",
            Source::Guide => "vendor guide",
            Source::Sdk => "observed SDK",
            Source::Assumed => "assumed",
        })
    }
}

/// Something that no document of the vendor's states, and how the double behaves there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Guess {
    /// A short name: `lists-newest-first`.
    pub name: &'static str,
    /// What the double does, in a sentence.
    pub says: &'static str,
    /// The operations whose answers may lean on it, by the vendor's names; empty for all.
    pub on: &'static [&'static str],
}

/// The guesses that one call leaned on, each once, in the order of first use.
#[derive(Debug, Default)]
pub struct Assumed(Mutex<Vec<&'static Guess>>);

impl Assumed {
    /// Notes a guess.
    pub fn note(&self, guess: &'static Guess) {
        let mut guesses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Mostly it is the very same one, which is told without reading it.
        if !guesses.iter().any(|known| std::ptr::eq(*known, guess) || *known == guess) {
            guesses.push(guess);
        }
    }

    /// Tells what was noted so far.
    pub(super) fn each(&self, tell: impl FnMut(&'static Guess)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().for_each(tell);
    }

    /// What was noted so far.
    #[must_use]
    pub fn guesses(&self) -> Vec<&'static Guess> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
