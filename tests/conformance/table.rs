//! [`Table`]: what of the definition was reached, and what differs from it and why.

use std::collections::BTreeMap;
use std::fmt;

use crate::deviations::NEVER_EMITTED;

/// What the proof comes to.
pub(crate) struct Table {
    /// Simulated, and documented.
    pub(crate) operations: (usize, usize),
    /// Each operation with its documented statuses.
    pub(crate) statuses: Vec<(String, Vec<(u16, Reach)>)>,
    /// Each published schema with its documented members.
    pub(crate) members: BTreeMap<String, Vec<(String, Reach)>>,
    /// The same with what values may be in place of others, such as `null`.
    pub(crate) alternatives: BTreeMap<String, Vec<(String, Reach)>>,
    /// Each published type of event.
    pub(crate) events: Vec<(String, Reach)>,
    /// Operations and schemas of which nothing is simulated yet.
    pub(crate) not_simulated: Vec<String>,
    /// Where the double differs, and why.
    pub(crate) deviations: Vec<String>,
    /// How many more deviations are known of operations that are not simulated yet.
    pub(crate) waiting: usize,
    /// What was asked to find that out.
    pub(crate) asked: String,
}

/// How far the proof came with something documented.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Reached,
    /// Never met, for a known reason.
    Explained,
    Missing,
}

impl Table {
    /// What was never met and should have been.
    pub(crate) fn missing(&self) -> Vec<String> {
        let statuses = self.statuses.iter().flat_map(|(operation, all)| {
            all.iter()
                .filter(|(_, it)| *it == Reach::Missing)
                .map(move |(status, _)| format!("{operation} {status} is never answered"))
        });
        let fields = self.members.iter().chain(&self.alternatives).flat_map(|(schema, all)| {
            all.iter()
                .filter(|(_, it)| *it == Reach::Missing)
                .map(move |(name, _)| format!("{schema}.{name} is never shown"))
        });
        let events = self.events.iter().filter(|(_, it)| *it == Reach::Missing);
        let events = events.map(|(name, _)| format!("{name} {NEVER_EMITTED}"));
        statuses.chain(fields).chain(events).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (simulated, documented) = self.operations;
        writeln!(out, "Conformance with the published definition\n")?;
        writeln!(out, "{}\n", self.asked)?;
        writeln!(
            out,
            "{:<46}{:>9}{:>11}{:>13}{:>9}",
            "", "documented", "reached", "explained", "missing"
        )?;
        writeln!(
            out,
            "{:<46}{documented:>9}{simulated:>11}{:>13}{:>9}",
            "operations",
            "-",
            documented - simulated
        )?;
        let all = self.statuses.iter().flat_map(|(_, all)| all.iter().map(|(_, it)| *it));
        line(out, "statuses of these", all)?;
        for (operation, all) in &self.statuses {
            line(out, &format!("  {operation}"), all.iter().map(|(_, it)| *it))?;
        }
        let fields =
            [("members of answers", &self.members), ("alternatives of these", &self.alternatives)];
        for (what, fields) in fields {
            line(out, what, fields.values().flatten().map(|(_, it)| *it))?;
            for (schema, all) in fields.iter().filter(|(_, all)| !all.is_empty()) {
                line(out, &format!("  {schema}"), all.iter().map(|(_, it)| *it))?;
            }
        }
        line(out, "types of events", self.events.iter().map(|(_, it)| *it))?;
        section(out, "Not simulated yet", &self.not_simulated)?;
        section(out, "Missing", &self.missing())?;
        section(out, "Deviations", &self.deviations)?;
        writeln!(out, "  and {} that wait for their operation", self.waiting)
    }
}

fn line(out: &mut fmt::Formatter<'_>, name: &str, all: impl Iterator<Item = Reach>) -> fmt::Result {
    let all: Vec<Reach> = all.collect();
    let count = |kind| all.iter().filter(|it| **it == kind).count();
    let (reached, explained, missing) =
        (count(Reach::Reached), count(Reach::Explained), count(Reach::Missing));
    writeln!(out, "{name:<46}{:>9}{reached:>11}{explained:>13}{missing:>9}", all.len())
}

fn section(out: &mut fmt::Formatter<'_>, title: &str, lines: &[String]) -> fmt::Result {
    writeln!(out, "\n{title}: {}", lines.len())?;
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}
