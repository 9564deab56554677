//! `Rulebook`: which calls go wrong, and how.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;

use super::chaos::Chaos;
use super::fault::Fault;
use super::journal::Since;
use super::pattern::{Asked, Pattern};

/// The most rules that a double has at a time.
pub const RULES_MAX: usize = 1_000;

/// The most different calls that one chaos tells apart. Those that come when
/// it knows so many are left alone.
pub const CHAOS_CALLS_MAX: usize = 100_000;

/// What a test wants to go wrong.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) pattern: Pattern,
    pub(crate) nth: Option<u64>,
    pub(crate) times: Option<u64>,
    pub(crate) must_fire: bool,
    pub(crate) effect: Effect,
    /// Where the test says so.
    pub(crate) place: &'static Location<'static>,
    /// What was asked before it.
    pub(crate) since: Since,
}

/// What a rule does.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// Always the same.
    Fault(Fault),
    /// Now and then something.
    Chaos(Chaos),
}

/// An order, and what came of it so far.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) order: Order,
    /// How many calls its pattern matched.
    pub(crate) matched: u64,
    /// How many of them it made fail.
    pub(crate) fired: u64,
    /// How often chaos met each call, by its digest.
    met: BTreeMap<u128, u64>,
}

/// The rules of one double, in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Rulebook {
    rules: Vec<Standing>,
}

impl Rulebook {
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Adds a rule; false when there are too many.
    pub(crate) fn add(&mut self, order: Order) -> bool {
        let fits = self.rules.len() < RULES_MAX;
        if fits {
            self.rules.push(Standing { order, matched: 0, fired: 0, met: BTreeMap::new() });
        }
        fits
    }

    /// Takes all rules away.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules, and what came of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Standing> {
        self.rules.iter()
    }

    /// What goes wrong with a call, if anything does. `identity` is all that
    /// it says as one number, by a seed.
    pub(super) fn decide(
        &mut self,
        asked: &Asked<'_>,
        identity: impl Fn(u64) -> u128,
    ) -> Option<Fault> {
        let mut first = None;
        for rule in self.rules.iter_mut().filter(|rule| rule.order.pattern.meets(asked)) {
            // Whoever comes first takes the call; everyone counts it.
            let fault = rule.meet(&identity);
            if first.is_none() && fault.is_some() {
                rule.fired += 1;
                first = fault;
            }
        }
        first
    }
}

impl Standing {
    /// Counts a call that it matches, and says what it would do with it.
    fn meet(&mut self, identity: &impl Fn(u64) -> u128) -> Option<Fault> {
        self.matched += 1;
        match &self.order.effect {
            Effect::Fault(fault) => self.is_due().then(|| fault.clone()),
            Effect::Chaos(chaos) => {
                let call = identity(chaos.seed());
                if self.met.len() == CHAOS_CALLS_MAX && !self.met.contains_key(&call) {
                    return None;
                }
                let met = self.met.entry(call).or_default();
                *met += 1;
                chaos.strikes(call, *met - 1).cloned()
            }
        }
    }

    fn is_due(&self) -> bool {
        match (self.order.nth, self.order.times) {
            (Some(nth), times) => {
                (nth..nth.saturating_add(times.unwrap_or(1))).contains(&self.matched)
            }
            (None, Some(times)) => self.fired < times,
            (None, None) => true,
        }
    }
}

/// As a test would say it: `PutCustomer of ada, call 2: response lost`.
impl fmt::Display for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.pattern)?;
        match (self.nth, self.times) {
            (Some(nth), None | Some(1)) => write!(out, ", call {nth}")?,
            (Some(nth), Some(times)) => {
                write!(out, ", calls {nth} to {}", nth.saturating_add(times - 1))?;
            }
            (None, Some(1)) => out.write_str(", once")?,
            (None, Some(times)) => write!(out, ", {times} times")?,
            (None, None) => {}
        }
        match &self.effect {
            Effect::Fault(fault) => write!(out, ": {fault}"),
            Effect::Chaos(_) => out.write_str(": chaos"),
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::{HeaderMap, Method};

    use super::*;
    use crate::engine::exchange::{Call, Variables};

    fn order(nth: Option<u64>, times: Option<u64>, fault: Fault) -> Order {
        let (pattern, place) = (Pattern::any(), Location::caller());
        Order {
            pattern,
            nth,
            times,
            must_fire: false,
            effect: Effect::Fault(fault),
            place,
            since: Since::default(),
        }
    }

    /// What becomes of so many calls, by the status that is injected.
    fn calls(count: usize, orders: impl IntoIterator<Item = Order>) -> Vec<u16> {
        let mut rules = Rulebook::default();
        assert!(orders.into_iter().all(|order| rules.add(order)));
        let uri = "/".parse().unwrap();
        let call =
            Call::new(Method::GET, &uri, &HeaderMap::new(), "".into(), &"".into(), Call::parsed);
        let asked = Asked { operation: None, ids: &Variables::default(), realm: "", call: &call };
        let mut decide = || match rules.decide(&asked, u128::from) {
            Some(Fault::Status(status)) => status,
            _ => 0,
        };
        (0..count).map(|_| decide()).collect()
    }

    #[test]
    fn nth_is_that_call_and_times_as_many_from_there_on() {
        let (nth, fault) = (Some(2), Fault::Status(503));
        assert_eq!(calls(5, [order(nth, None, fault.clone())]), [0, 503, 0, 0, 0]);
        assert_eq!(calls(5, [order(nth, Some(3), fault.clone())]), [0, 503, 503, 503, 0]);
        assert_eq!(calls(3, [order(None, Some(2), fault.clone())]), [503, 503, 0]);
        assert_eq!(calls(3, [order(None, None, fault)]), [503, 503, 503]);
    }

    #[test]
    fn the_first_rule_that_fires_takes_the_call_and_every_rule_counts_it() {
        let second = || order(Some(2), None, Fault::Status(500));
        let third = order(Some(3), None, Fault::Status(502));
        let twice = || order(None, Some(2), Fault::Status(503));
        // Whoever waits for so many calls gets those that nobody took …
        assert_eq!(calls(5, [second(), twice()]), [503, 500, 503, 0, 0]);
        // … and whoever waits for a certain one, that one or none.
        assert_eq!(calls(5, [twice(), second(), third]), [503, 503, 502, 0, 0]);
    }

    #[test]
    fn there_are_only_so_many_rules() {
        let mut rules = Rulebook::default();
        for _ in 0..RULES_MAX {
            assert!(rules.add(order(None, None, Fault::LoseResponse)));
        }
        assert!(!rules.add(order(None, None, Fault::LoseResponse)));
    }
}
