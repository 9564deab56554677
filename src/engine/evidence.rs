//! [`Source`] and [`Guess`]: how we know what the vendor does.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

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
pub struct Assumed(Mutex<Guesses>);

/// Mostly there are few, for which nothing is allocated.
#[derive(Debug, Default)]
struct Guesses {
    few: [Option<&'static Guess>; FEW],
    others: Vec<&'static Guess>,
}

/// How many guesses a usual call leans on at most.
const FEW: usize = 6;

impl Guesses {
    fn iter(&self) -> impl Iterator<Item = &'static Guess> {
        self.few.iter().flatten().chain(&self.others).copied()
    }
}

impl Assumed {
    /// Notes a guess.
    pub fn note(&self, guess: &'static Guess) {
        let mut guesses = self.known();
        // By index: this is done a dozen times a write, and a closure costs more in the
        // debug profile.
        let mut place = 0;
        while place < FEW {
            match guesses.few[place] {
                Some(known) if is(known, guess) => return,
                Some(_) => place += 1,
                None => {
                    guesses.few[place] = Some(guess);
                    return;
                }
            }
        }
        if !guesses.others.iter().any(|known| is(known, guess)) {
            guesses.others.push(guess);
        }
    }

    /// Tells what was noted so far.
    pub(super) fn each(&self, mut tell: impl FnMut(&'static Guess)) {
        let guesses = self.known();
        // By index, too: every call is asked, and most lean on one guess or none.
        let mut place = 0;
        while place < FEW
            && let Some(guess) = guesses.few[place]
        {
            tell(guess);
            place += 1;
        }
        for &guess in &guesses.others {
            tell(guess);
        }
    }

    /// What was noted so far.
    #[must_use]
    pub fn guesses(&self) -> Vec<&'static Guess> {
        self.known().iter().collect()
    }

    fn known(&self) -> MutexGuard<'_, Guesses> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether it is that guess. Mostly it is the very same one, which is told without reading it;
/// and another has another name.
fn is(known: &'static Guess, guess: &'static Guess) -> bool {
    std::ptr::eq(known, guess) || (known.name == guess.name && known == guess)
}

/// The guesses that the answers of a simulation leaned on so far.
#[derive(Debug, Default)]
pub(super) struct Leanings {
    /// Each with the first exchange that did.
    first: BTreeMap<&'static Guess, String>,
    /// The same guesses, to be told by their address: most calls lean on what others did.
    known: Vec<&'static Guess>,
}

impl Leanings {
    /// Each with the first exchange that did.
    pub(super) fn first(&self) -> &BTreeMap<&'static Guess, String> {
        &self.first
    }

    /// Notes that an exchange leans on a guess.
    pub(super) fn note(&mut self, guess: &'static Guess, exchange: impl FnOnce() -> String) {
        if !self.known.iter().any(|known| std::ptr::eq(*known, guess)) {
            self.known.push(guess);
            self.first.entry(guess).or_insert_with(exchange);
        }
    }
}
