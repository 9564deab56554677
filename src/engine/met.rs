//! [`Journal::meant`]: what a report shows of the calls that a pattern met, or
//! did not.

use super::journal::{Exchange, Journal};
use super::pattern::Pattern;

impl Journal {
    /// The newest exchanges after the first so many that a pattern means; and if there
    /// are none, those that come nearest to it, and false.
    pub(crate) fn meant(
        &self,
        pattern: &Pattern,
        since: u64,
        max: usize,
    ) -> (Vec<&Exchange>, bool) {
        let newest = |mut found: Vec<_>| {
            found.drain(..found.len().saturating_sub(max));
            found
        };
        let all = || self.iter().filter(|exchange| exchange.number > since);
        let meant: Vec<&Exchange> = all().filter(|it| pattern.meets(&it.asked())).collect();
        if !meant.is_empty() {
            return (newest(meant), true);
        }
        let nearness = |it: &Exchange| pattern.nearness(&it.asked());
        let nearest = all().map(nearness).max().filter(|most| *most > 0);
        let near = all().filter(|it| Some(nearness(it)) == nearest);
        (newest(near.collect()), false)
    }
}
