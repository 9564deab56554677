//! [`Query`]: some exchanges of a journal, and what a test demands of them.

use std::sync::Arc;

use super::count::Count;
use super::entry::Exchange;
use super::journal::Journal;
use super::narrowed::{Answered, Narrowed};
use super::nearest::NearMiss;
use super::pattern::Pattern;
use super::report::Report;

/// Those exchanges of a journal that are meant.
///
/// ```
/// use mock_rebilly::{MockRebilly, Op, http::Request};
///
/// let rebilly = MockRebilly::builder().without_socket();
/// # let put = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
/// # rebilly.handle(put.body(r#"{"primaryAddress":{"country":"GB"}}"#).unwrap());
/// // … the code under test does its work …
/// let journal = rebilly.journal();
/// journal.of(Op::PutCustomer).id("ada").status(201).body("/primaryAddress/country", "GB").assert_once();
/// journal.of(Op::PutCustomer).assert_count(..=2);
/// journal.of(Op::DeleteCustomer).assert_none();
/// assert_eq!(journal.of(Op::PutCustomer).first().unwrap().status().unwrap(), 201);
/// ```
pub type Query<'j> = Narrowed<&'j Journal>;

impl Answered for &Journal {}

impl Journal {
    /// The exchanges of one operation, or those that a [`Pattern`] means.
    ///
    /// # Panics
    ///
    /// When it is another vendor's operation, of which this journal could know nothing.
    #[track_caller]
    pub fn of(&self, what: impl Into<Pattern>) -> Query<'_> {
        let pattern = what.into();
        self.expect_own(&pattern);
        Narrowed::new(self, pattern)
    }

    /// All exchanges, to be narrowed.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// // … the code under test does its work …
    /// rebilly.journal().all().id("cus_ada").assert_none();
    /// ```
    pub fn all(&self) -> Query<'_> {
        Narrowed::new(self, Pattern::any())
    }

    /// Demands that these things were asked in this order. Others may come between.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, Pattern, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// # let put = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(put.body("{}").unwrap());
    /// # let merge = Request::delete("/customers/cus_ada?targetCustomerId=ada");
    /// # rebilly.handle(merge.header("REB-APIKEY", "sk_sandbox_x").body("").unwrap());
    /// // … the code under test does its work …
    /// let journal = rebilly.journal();
    /// journal.assert_in_order([Op::PutCustomer, Op::DeleteCustomer]);
    /// journal.assert_in_order([
    ///     Op::PutCustomer.into(),
    ///     Pattern::of(Op::DeleteCustomer).query("targetCustomerId", "ada"),
    /// ]);
    /// ```
    ///
    /// # Panics
    ///
    /// When they were not, with a report of which step is missing and after
    /// what; when there are no steps, which proves nothing; and when one is another vendor's.
    #[track_caller]
    pub fn assert_in_order<P: Into<Pattern>>(&self, steps: impl IntoIterator<Item = P>) {
        let steps: Vec<Pattern> = steps.into_iter().map(Into::into).collect();
        assert!(!steps.is_empty(), "an order of nothing proves nothing");
        steps.iter().for_each(|step| self.expect_own(step));
        let mut rest = self.kept();
        let mut taken = Vec::new();
        for step in &steps {
            match rest.find(|exchange| step.fits(exchange)) {
                Some(exchange) => taken.push(Arc::clone(exchange)),
                None => panic!("{}", self.missing_step(&steps, &taken)),
            }
        }
    }

    /// Refuses to look for what cannot be there: not to find it would prove nothing.
    #[track_caller]
    fn expect_own(&self, pattern: &Pattern) {
        let scenes = self.scenes();
        let is_own = scenes.is_empty() || scenes.iter().any(|it| pattern.may_mean(it.vendor));
        if !is_own {
            let own: Vec<&str> = scenes.iter().map(|scene| scene.vendor).collect();
            let vendor = pattern.vendor().unwrap_or_default();
            panic!("{} is {vendor}'s, and this journal {}'s", pattern.noun(), own.join("'s and "));
        }
    }

    /// The report of an order in which the step after those that were taken is missing.
    fn missing_step(&self, steps: &[Pattern], taken: &[Arc<Exchange>]) -> String {
        let missing = &steps[taken.len()];
        let after = taken.last().map_or(0, |exchange| exchange.number);
        let place = match taken.last() {
            Some(last) => format!("after #{}", last.number),
            None => "at all".to_owned(),
        };
        let step = format!("expected step {}:", taken.len() + 1);
        let mut report = Report::new(self, &step, missing, &format!("saw none {place}"));
        report.heading("the order that was expected; others may come between");
        for (index, step) in steps.iter().enumerate() {
            let outcome = match taken.get(index) {
                Some(exchange) => format!("#{}", exchange.number),
                None if index == taken.len() => "missing".to_owned(),
                None => "not looked for".to_owned(),
            };
            report.line(&format!("  {}. {}{step}: {outcome}", index + 1, self.whose(step)));
        }
        let earlier = self.kept().rev().find(|it| it.number <= after && missing.fits(it));
        if let Some(earlier) = earlier {
            report.heading(&format!("it came too early: {earlier}"));
        }
        let later = || self.kept().filter(|exchange| exchange.number > after);
        let near = earlier.is_none().then(|| NearMiss::find(missing, self, later())).flatten();
        report.nearest(near.as_ref());
        report.journal(|exchange| taken.iter().any(|it| it.number == exchange.number));
        report.state(&steps.iter().collect::<Vec<_>>(), near.as_ref());
        report.into_text()
    }
}

impl<'j> Narrowed<&'j Journal> {
    /// The exchanges, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &'j Exchange> {
        self.shared().map(AsRef::as_ref)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared().count()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shared().next().is_none()
    }

    /// The oldest.
    #[must_use]
    pub fn first(&self) -> Option<Arc<Exchange>> {
        self.shared().next().cloned()
    }

    /// The newest.
    #[must_use]
    pub fn last(&self) -> Option<Arc<Exchange>> {
        self.shared().next_back().cloned()
    }

    /// The only one.
    ///
    /// # Panics
    ///
    /// When there is none, or more than one, with the report of [`assert_once`](Narrowed::assert_once).
    #[must_use]
    #[track_caller]
    pub fn one(&self) -> Arc<Exchange> {
        self.assert_once();
        self.first().expect("it was just counted")
    }

    /// Demands that there is exactly one.
    ///
    /// ```should_panic
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// // … the code under test forgets to do its work …
    /// rebilly.journal().of(Op::PutCustomer).id("ada").assert_once();
    /// ```
    ///
    /// # Panics
    ///
    /// When there is none, or more than one: with a report that shows the
    /// nearest miss and its differences field by field, the journal, and what the double held.
    #[track_caller]
    pub fn assert_once(&self) {
        self.assert_count(1);
    }

    /// Demands that there are so many: a number, or a range.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// // … the code under test does its work …
    /// rebilly.journal().of(Op::PutCustomer).assert_count(..=2);
    /// rebilly.journal().of(Op::GetCustomer).assert_count(0);
    /// ```
    ///
    /// # Panics
    ///
    /// When there are more or fewer, with the same report; when no number is in the range; and
    /// when the journal has dropped exchanges, so that there may have been more.
    #[track_caller]
    pub fn assert_count(&self, expected: impl Into<Count>) {
        let expected = expected.into();
        assert!(!expected.is_impossible(), "no number is in an empty range");
        let seen = self.count();
        // What was dropped could make it too many, and nobody can tell any more.
        let is_known = self.subject.dropped() == 0 || !expected.is_bounded();
        if expected.holds(seen) {
            assert!(
                is_known,
                "{}",
                self.report(&format!("cannot tell whether there was {expected}"), false)
            );
            return;
        }
        panic!("{}", self.report(&format!("expected {expected}"), expected.is_exceeded_by(seen)));
    }

    /// Demands that there is none.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// // … the code under test does its work …
    /// rebilly.journal().of(Op::DeleteCustomer).id("cus_ada").assert_none();
    /// ```
    ///
    /// # Panics
    ///
    /// When there are any, with a report that shows what they sent.
    #[track_caller]
    pub fn assert_none(&self) {
        self.assert_count(0);
    }

    /// Everything that explains why there are too many, or too few, after what was done.
    pub(crate) fn report(&self, done: &str, are_too_many: bool) -> String {
        let seen = match self.count() {
            0 => "saw none".to_owned(),
            seen => format!("saw {seen}"),
        };
        let mut report = Report::new(self.subject, done, &self.pattern, &seen);
        let mut near = None;
        if are_too_many {
            report.sent(&self.shared().cloned().collect::<Vec<_>>());
        } else {
            let others = self.subject.kept().filter(|exchange| !self.pattern.fits(exchange));
            near = NearMiss::find(&self.pattern, self.subject, others);
            report.nearest(near.as_ref());
        }
        report.journal(|exchange| self.pattern.fits(exchange));
        report.state(&[&self.pattern], near.as_ref());
        report.into_text()
    }

    pub(crate) fn shared(&self) -> impl DoubleEndedIterator<Item = &'j Arc<Exchange>> {
        self.subject.kept().filter(|exchange| self.pattern.fits(exchange))
    }
}
