//! [`Journal::encounters`]: what a report shows of the calls that a pattern
//! met, or of those that came near.

use super::entry::Exchange;
use super::journal::{Journal, Since};
use super::pattern::{Asked, Pattern};

/// How many exchanges are shown.
const SHOWN_MAX: usize = 5;

impl Journal {
    /// How many calls a pattern matched after so many exchanges, and which; or
    /// which came near, and what they should have said and did not. A line for the
    /// whole, and one for each, indented by two.
    pub(crate) fn encounters(&self, pattern: &Pattern, since: Since, matched: u64) -> Vec<String> {
        let since = self.last_before(since);
        let all = || self.iter().filter(|exchange| exchange.number > since);
        let (what, shown): (String, Vec<&Exchange>) = if matched > 0 {
            let met = all().filter(|it| pattern.fits(it));
            (format!("{} matched:", calls(matched)), met.collect())
        } else {
            let nearness = |it: &Exchange| pattern.nearness(&Asked::of(it));
            let nearest = all().map(nearness).max().filter(|most| *most > 0);
            let near: Vec<&Exchange> = all().filter(|it| Some(nearness(it)) == nearest).collect();
            let what = match near.len() {
                0 => "no call matched, and none came near",
                _ => "no call matched; the nearest:",
            };
            (what.to_owned(), near)
        };
        let mut lines = vec![what];
        for exchange in &shown[shown.len().saturating_sub(SHOWN_MAX)..] {
            lines.push(format!("  {exchange}"));
            pattern.differ_asks(exchange.call(), &mut |line| lines.push(format!("    {line}")));
        }
        lines
    }
}

/// Exchanges in a report, and what they are: a line for that, and one for each.
pub(crate) fn listed(what: &str, exchanges: &[&Exchange]) -> Vec<String> {
    let mut lines = vec![what.to_owned()];
    lines.extend(exchanges.iter().map(|exchange| format!("  {exchange}")));
    lines
}

/// How many calls, in words.
pub(crate) fn calls(count: u64) -> String {
    if count == 1 { "1 call".to_owned() } else { format!("{count} calls") }
}
