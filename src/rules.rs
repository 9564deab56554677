//! [`Rule`]: which calls go wrong, and how.

use std::panic::Location;

use crate::engine::journal::Journal;
use crate::engine::met::calls;
use crate::engine::narrowed::Narrowed;
use crate::engine::pattern::Pattern;
use crate::engine::rulebook::{Effect, Order, RULES_MAX, Standing};
use crate::engine::vendor::Vendor;
use crate::mock::Mock;

/// A rule in the making: which calls are meant. It counts from the moment at
/// which a verb says what goes wrong with them ([`status`](Rule::status),
/// [`lose_response`](Rule::lose_response), …).
///
/// ```
/// use mock_rebilly::{MockRebilly, Op};
///
/// let rebilly = MockRebilly::start_blocking();
/// rebilly.on(Op::PutCustomer).id("ada").nth(2).status(503);
/// rebilly.on(Op::DeleteCustomer).nth(1).lose_response();
/// ```
///
/// # Which calls
///
/// - What a call asks for is known when a rule is asked, and its answer is not:
///   [`id`](Rule::id), [`realm`](Rule::realm), [`query`](Rule::query),
///   [`header`](Rule::header) and [`body`](Rule::body) say which are meant.
/// - A rule counts every call that it matches since it was made, in the order
///   in which they arrive, whatever becomes of them.
/// - Without a word it fires for all of them. [`nth(k)`](Rule::nth) is the
///   k-th of them alone, [`times(n)`](Rule::times) the first `n` that no earlier rule
///   took, and both are the `n` from the k-th on.
/// - Rules are asked in the order in which they were made. The first that
///   fires has the call. A rule that waited for that very call by
///   [`nth`](Rule::nth) has lost it.
///
/// # When
///
/// What strikes before the commit (a status, a reset) strikes before anything
/// is done: no handler runs, credentials are not looked at, and nothing counts
/// against the rate limit. What strikes after it changes nothing but what
/// reaches the client: state, ids, and the next call are as if it had arrived.
/// The [journal](Mock::journal) says both: what was answered, and
/// [what was delivered](crate::Exchange::delivered).
///
/// Calls that find no operation are met by [`Mock::on_any`], and still
/// fail the test at its end where they would without a rule.
pub type Rule<'m, V> = Narrowed<Ruling<'m, V>>;

/// Whose calls, which of them, and whether there must be one.
#[derive(Debug)]
pub struct Ruling<'m, V: Vendor> {
    mock: &'m Mock<V>,
    nth: Option<u64>,
    times: Option<u64>,
    must_fire: bool,
}

impl<V: Vendor> Mock<V> {
    /// Begins a rule: some calls of this operation go wrong.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.on(Op::GetCustomer).times(2).status(503);
    /// let get = || {
    ///     let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    ///     rebilly.handle(request.body("").unwrap()).status().as_u16()
    /// };
    /// assert_eq!([get(), get(), get()], [503, 503, 200]);
    /// ```
    pub fn on(&self, operation: V::Op) -> Rule<'_, V> {
        self.rule(Pattern::of(operation))
    }

    /// Begins a rule: some calls go wrong, whatever they ask for.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on_any().nth(2).status(503);
    /// let get = |path: &str| {
    ///     let request = Request::get(path).header("REB-APIKEY", "sk_sandbox_x");
    ///     rebilly.handle(request.body("").unwrap()).status().as_u16()
    /// };
    /// assert_eq!([get("/customers"), get("/tags"), get("/tags")], [200, 503, 200]);
    /// ```
    pub fn on_any(&self) -> Rule<'_, V> {
        self.rule(Pattern::any())
    }

    fn rule(&self, pattern: Pattern) -> Rule<'_, V> {
        Narrowed::new(Ruling { mock: self, nth: None, times: None, must_fire: false }, pattern)
    }

    /// Takes all rules away, also those that must fire and did not. What went
    /// wrong stays in the journal.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).status(503);
    /// let get = || {
    ///     let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    ///     rebilly.handle(request.body("").unwrap()).status().as_u16()
    /// };
    /// assert_eq!(get(), 503);
    /// rebilly.clear_rules(); // it is over
    /// assert_eq!(get(), 200);
    /// ```
    pub fn clear_rules(&self) {
        self.shared.simulation().rules_mut().clear();
    }

    /// The rules that must fire and did not, in words.
    pub(crate) fn unfired(&self) -> Vec<Vec<String>> {
        let simulation = self.shared.simulation();
        let unfired = simulation.rules().iter().filter(|it| it.order.must_fire && it.fired == 0);
        unfired.map(|rule| missed(rule, simulation.journal())).collect()
    }

    /// The chaos that calls met, and how to meet the same again: a line each, and what it did.
    pub(crate) fn chaos_met(&self) -> Vec<String> {
        let simulation = self.shared.simulation();
        let mut lines = Vec::new();
        for rule in simulation.rules().iter().filter(|it| it.fired > 0) {
            if let Effect::Chaos(chaos) = &rule.order.effect {
                let (fired, matched, token) = (rule.fired, calls(rule.matched), chaos.token());
                lines.push(format!(
                    "{fired} of {matched} went wrong; to meet the same again: `.chaos(Chaos::replay({token:?}))`"
                ));
            }
        }
        if !lines.is_empty() {
            let failed = simulation.journal().iter().filter(|it| it.fault().is_some());
            lines.extend(failed.map(|exchange| format!("  {exchange}")));
        }
        lines
    }
}

impl<'m, V: Vendor> Narrowed<Ruling<'m, V>> {
    /// Only the k-th of the calls that match from now on; the first is 1. With
    /// [`times`](Rule::times), as many from there on.
    ///
    /// # Panics
    ///
    /// When it is 0.
    #[track_caller]
    pub fn nth(mut self, k: u64) -> Rule<'m, V> {
        assert!(k > 0, "there is no call 0: the first one is `nth(1)`");
        self.subject.nth = Some(k);
        self
    }

    /// So many calls, and then never again.
    ///
    /// # Panics
    ///
    /// When it is 0.
    #[track_caller]
    pub fn times(mut self, n: u64) -> Rule<'m, V> {
        assert!(n > 0, "a rule that fires 0 times does nothing");
        self.subject.times = Some(n);
        self
    }

    /// Fails the test when the double is dropped and this never happened. The
    /// report says how often it could have, and which calls came near.
    ///
    /// ```should_panic
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.on(Op::PutCustomer).must_fire().lose_response();
    /// // … the code under test never puts a customer …
    /// ```
    pub fn must_fire(mut self) -> Rule<'m, V> {
        self.subject.must_fire = true;
        self
    }

    /// Whether the order of arrival matters to it.
    pub(crate) fn counts(&self) -> bool {
        self.subject.nth.is_some() || self.subject.times.is_some()
    }

    /// Ends the rule: it counts from now on.
    ///
    /// # Panics
    ///
    /// When there are more than [`RULES_MAX`].
    #[track_caller]
    pub(crate) fn make(self, effect: Effect) {
        let Narrowed { subject: Ruling { mock, nth, times, must_fire }, pattern } = self;
        let place = Location::caller();
        let mut simulation = mock.shared.simulation();
        let since = simulation.journal().end();
        let order = Order { pattern, nth, times, must_fire, effect, place, since };
        let fits = simulation.rules_mut().add(order);
        drop(simulation);
        assert!(fits, "a double has no more than {RULES_MAX} rules; `clear_rules()` makes room");
    }
}

/// A rule that never fired, and why.
fn missed(rule: &Standing, journal: &Journal) -> Vec<String> {
    let Standing { order, matched, .. } = rule;
    let met = journal.encounters(&order.pattern, order.since, *matched);
    let is_due = matches!(order.effect, Effect::Fault(_)) && *matched >= order.nth.unwrap_or(1);
    let mut lines = vec![format!("{order} ({})", order.place)];
    lines.extend(met.into_iter().map(|line| format!("  {line}")));
    lines.extend(is_due.then(|| "  an earlier rule had the call".to_owned()));
    lines
}
