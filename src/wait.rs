//! [`Wait`]: how a test waits for what the code under test does by itself.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::blocking::block_on;
use crate::engine::double::Shared;
use crate::engine::entry::Exchange;
use crate::engine::hosts;
use crate::engine::narrowed::{Answered, Narrowed};
use crate::engine::pattern::Pattern;
use crate::engine::vendor::Vendor;
use crate::mock::Mock;

/// Waiting for an exchange. Made by [`Mock::wait_for`], begun by
/// [`within`](Narrowed::within) or [`within_blocking`](Narrowed::within_blocking).
pub type Wait<'m, V> = Narrowed<Waiting<'m, V>>;

/// For whom, and for how many.
pub struct Waiting<'m, V: Vendor> {
    mock: &'m Mock<V>,
    times: usize,
}

impl<V: Vendor> Answered for Waiting<'_, V> {}

impl<V: Vendor> Mock<V> {
    /// Waits for something to be asked and answered: also if it was already.
    ///
    /// It wakes at the exchange, not at the next look. It needs no runtime of
    /// its own, holds nobody up, and may be dropped at any time.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), mock_rebilly::NotSeen> {
    /// use std::time::Duration;
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::start().await;
    /// # let merge = Request::delete("/customers/cus_bob?targetCustomerId=cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(merge.body("").unwrap());
    /// // … the code under test merges customers when it pleases …
    /// let merge = rebilly.wait_for(Op::DeleteCustomer).id("cus_bob").within(Duration::from_secs(2)).await?;
    /// assert_eq!(merge.parameter("targetCustomerId"), Some("cus_ada"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When it is another vendor's operation, which nobody can ask of this double.
    #[track_caller]
    pub fn wait_for(&self, what: impl Into<Pattern>) -> Wait<'_, V> {
        let pattern = what.into();
        let vendor = pattern.vendor().unwrap_or(V::NAME);
        assert!(vendor == V::NAME, "{pattern} is {vendor}'s, and this double {}'s", V::NAME);
        Narrowed::new(Waiting { mock: self, times: 1 }, pattern)
    }
}

impl<'m, V: Vendor> Narrowed<Waiting<'m, V>> {
    /// Until there were so many of them. It is the last one that is returned.
    ///
    /// # Panics
    ///
    /// When there is nothing to wait for.
    #[track_caller]
    pub fn times(mut self, times: usize) -> Wait<'m, V> {
        assert!(times > 0, "there is nothing to wait for: count at least one");
        self.subject.times = times;
        self
    }

    /// Waits for at most this span of real time, which the double's clock does
    /// not measure, and neither does a runtime that has paused its own.
    ///
    /// # Errors
    ///
    /// [`NotSeen`] when there were not so many of them by then. Its text is
    /// the report of [`assert_once`](Narrowed::assert_once).
    pub fn within(
        self,
        patience: Duration,
    ) -> impl Future<Output = Result<Arc<Exchange>, NotSeen>> + Send + use<'m, V> {
        let Narrowed { subject: Waiting { mock, times }, pattern } = self;
        async move {
            let in_time = hosts::within(patience, seen(&mock.shared, &pattern, times)).await;
            match in_time {
                Some(exchange) => Ok(exchange),
                None => mock.seen_by_now(pattern, times, patience),
            }
        }
    }

    /// The same for tests that are not async: it needs no runtime. The code under
    /// test must not need this thread: it does on a current-thread runtime of the test.
    ///
    /// ```
    /// use std::{thread, time::Duration};
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// thread::scope(|scope| {
    ///     scope.spawn(|| {
    ///         let put = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    ///         rebilly.handle(put.body("{}").unwrap())
    ///     });
    ///     let put = rebilly.wait_for(Op::PutCustomer).within_blocking(Duration::from_secs(2));
    ///     assert_eq!(put.unwrap().status().unwrap(), 201);
    /// });
    /// ```
    ///
    /// # Errors
    ///
    /// As [`within`](Narrowed::within).
    pub fn within_blocking(self, patience: Duration) -> Result<Arc<Exchange>, NotSeen> {
        block_on(self.within(patience))
    }
}

/// The exchange that makes it as many as were waited for.
///
/// What a closure of a test's says is asked here, where no lock is held: it may look at the double.
async fn seen<V: Vendor>(shared: &Shared<V>, pattern: &Pattern, times: usize) -> Arc<Exchange> {
    let (mut left, mut known) = (times, 0);
    let mut since = shared.simulation().journal().end();
    loop {
        // From here on nothing is missed: what is recorded before is found
        // below, and what is recorded after wakes us.
        let news = shared.recorded();
        let new = {
            let simulation = shared.simulation();
            let journal = simulation.journal();
            // What was there before a reset is gone, and counts no more.
            if journal.was_emptied(since) {
                (left, known, since) = (times, 0, journal.end());
            }
            journal.after(known)
        };
        for exchange in new {
            known = exchange.number;
            left -= usize::from(pattern.fits(&exchange));
            if left == 0 {
                return exchange;
            }
        }
        news.await;
    }
}

impl<V: Vendor> Mock<V> {
    /// The same when there is no time left.
    fn seen_by_now(
        &self,
        pattern: Pattern,
        times: usize,
        patience: Duration,
    ) -> Result<Arc<Exchange>, NotSeen> {
        let journal = self.journal();
        let query = Narrowed::new(&journal, pattern);
        if let Some(last) = query.shared().nth(times - 1) {
            return Ok(Arc::clone(last));
        }
        Err(NotSeen { report: query.report(&format!("waited {patience:?} for {times}"), false) })
    }
}

/// Why a wait ended without what was waited for: a report, as a failed assertion gives it.
#[derive(Clone, PartialEq, Eq)]
pub struct NotSeen {
    report: String,
}

impl fmt::Display for NotSeen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.report)
    }
}

/// The same, so that a test that unwraps it or returns it shows lines and not escapes.
impl fmt::Debug for NotSeen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.report)
    }
}

impl std::error::Error for NotSeen {}
