//! [`Violation`]: which invariant broke, by which commands, and how.

use std::fmt;

/// What holds after every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Invariant {
    /// Every message of the duplicate is on the target's timeline, with the target's own.
    MergeKeepsMessages,
    /// Said twice, an upsert leaves what it left when it was said once.
    UpsertIsIdempotent,
    /// What is refused leaves everything as it was.
    RefusalChangesNothing,
    /// The pages of a list, one after the other, are the list.
    PagesPartition,
    /// Everyone whom a command is not about is as before.
    OthersAreUntouched,
    /// What is there, and what is refused, is what the model says.
    AsForeseen,
    /// The client returns, and what it returns can be understood.
    ClientAnswers,
}

impl fmt::Display for Invariant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Invariant::MergeKeepsMessages => "a merge loses no message",
            Invariant::UpsertIsIdempotent => "an upsert is idempotent but for `revision`",
            Invariant::RefusalChangesNothing => "a refusal changes nothing",
            Invariant::PagesPartition => "pages partition a list",
            Invariant::OthersAreUntouched => "a command changes nothing but what it is about",
            Invariant::AsForeseen => "everything is as the model foresees",
            Invariant::ClientAnswers => "the client gives answers that can be understood",
        })
    }
}

/// What is wrong at the moment.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub(super) invariant: Invariant,
    pub(super) details: Vec<String>,
}

impl Broken {
    pub(super) fn new(invariant: Invariant, detail: impl Into<String>) -> Broken {
        Broken { invariant, details: vec![detail.into()] }
    }
}

/// An invariant that does not hold, and the fewest commands that break it.
/// Shown, it is the report with which [`check`](super::check) panics.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Violation {
    /// Which one.
    pub invariant: Invariant,
    /// What was done, in order, each with what came of it. The last one breaks it.
    pub commands: Vec<String>,
    /// How.
    pub details: Vec<String>,
    /// What was drawn from, and which case of it failed.
    pub(super) seed: u64,
    pub(super) case: u32,
    /// How many commands the case had before it was shrunk.
    pub(super) drawn: usize,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { invariant, seed, case, drawn, .. } = self;
        writeln!(out, "this does not hold: {invariant}\n")?;
        let count = self.commands.len();
        let noun = if count == 1 { "command breaks" } else { "commands break" };
        writeln!(out, "{count} {noun} it, the fewest that were found ({drawn} were drawn):")?;
        for (index, command) in self.commands.iter().enumerate() {
            writeln!(out, "  {}. {command}", index + 1)?;
        }
        writeln!(out, "\nafter the last of them:")?;
        for detail in &self.details {
            writeln!(out, "  {}", detail.replace('\n', "\n  "))?;
        }
        write!(out, "\ndrawn as case {case} of `Check::seeded({seed})`")
    }
}

impl std::error::Error for Violation {}
