//! [`Journal::encounters`]: what a report shows of the calls that a pattern
//! met, or of those that came near.

use std::fmt::Write as _;

use super::journal::{Exchange, Journal};
use super::pattern::Pattern;

/// How many exchanges are shown.
const SHOWN_MAX: usize = 5;

impl Journal {
    /// How many calls a pattern matched after so many exchanges, and which; or
    /// which came near. In lines that are indented by two.
    pub(crate) fn encounters(&self, pattern: &Pattern, since: u64, matched: u64) -> String {
        let all = || self.iter().filter(|exchange| exchange.number > since);
        let (what, shown): (String, Vec<&Exchange>) = if matched > 0 {
            let met = all().filter(|it| pattern.meets(&it.asked()));
            (format!("{} matched:", calls(matched)), met.collect())
        } else {
            let nearness = |it: &Exchange| pattern.nearness(&it.asked());
            let nearest = all().map(nearness).max().filter(|most| *most > 0);
            let near: Vec<&Exchange> = all().filter(|it| Some(nearness(it)) == nearest).collect();
            let what = match near.len() {
                0 => "no call matched, and none came near",
                _ => "no call matched; the nearest:",
            };
            (what.to_owned(), near)
        };
        listed(&what, &shown[shown.len().saturating_sub(SHOWN_MAX)..])
    }
}

/// Exchanges in a report, and what they are.
pub(crate) fn listed(what: &str, exchanges: &[&Exchange]) -> String {
    let mut lines = format!("  {what}\n");
    for exchange in exchanges {
        let _ = writeln!(lines, "    {exchange}");
    }
    lines
}

/// How many calls, in words.
pub(crate) fn calls(count: u64) -> String {
    if count == 1 { "1 call".to_owned() } else { format!("{count} calls") }
}
