//! [`Gate`]: holds a call in flight, until the test lets it go.

use std::fmt::{self, Write as _};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::engine::blocking::block_on;
use crate::engine::double::Shared;
use crate::engine::entry::Exchange;
use crate::engine::exchange::Call;
use crate::engine::gate::{Latch, Seen, Wanted};
use crate::engine::hosts::within;
use crate::engine::journal::Journal;
use crate::engine::met::{calls, listed};
use crate::engine::vendor::Vendor;

/// How many exchanges of all a report shows.
const LAST_MAX: usize = 10;

/// Holds one call. When it is dropped, the call goes on.
#[must_use = "a gate that is dropped lets the call go on"]
pub struct Gate {
    latch: Arc<Latch>,
    guard: Weak<dyn Guard>,
}

/// A double, to its gates.
trait Guard: Send + Sync {
    fn release(&self, latch: &Arc<Latch>);
    fn abort(&self, latch: &Arc<Latch>);
    fn journal(&self) -> Journal;
}

impl<V: Vendor> Guard for Shared<V> {
    fn release(&self, latch: &Arc<Latch>) {
        Shared::release(self, latch);
    }

    fn abort(&self, latch: &Arc<Latch>) {
        Shared::abort(self, latch);
    }

    fn journal(&self) -> Journal {
        self.simulation().journal().clone()
    }
}

impl Gate {
    /// How long [`arrived`](Gate::arrived) waits, in real time. Only a guard against hanging: ten seconds.
    pub const PATIENCE: Duration = Duration::from_secs(10);

    pub(crate) fn new<V: Vendor>(latch: Arc<Latch>, shared: &Arc<Shared<V>>) -> Gate {
        let guard = Arc::clone(shared) as Arc<dyn Guard>;
        Gate { latch, guard: Arc::downgrade(&guard) }
    }

    /// Waits until the call has arrived and is held, and returns it. When none
    /// comes for [`PATIENCE`](Gate::PATIENCE), the test fails with the journal.
    ///
    /// # Panics
    ///
    /// When no call comes, or the double is dropped before one does.
    #[track_caller]
    pub fn arrived(&self) -> impl Future<Output = Arc<Call>> + Send + '_ {
        Arrived(Box::pin(self.arrived_within(Gate::PATIENCE)))
    }

    /// The same for tests that are not async. Whoever sends the call must not
    /// need this thread for it.
    ///
    /// ```
    /// use std::thread;
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// let gate = rebilly.hold(Op::PutCustomer).before_commit();
    /// thread::scope(|scope| {
    ///     let putting = scope.spawn(|| {
    ///         let put = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    ///         rebilly.handle(put.body("{}").unwrap())
    ///     });
    ///     assert_eq!(gate.arrived_blocking().path, "/customers/eve");
    ///     assert!(rebilly.customer("eve").is_none());
    ///     gate.release();
    ///     assert_eq!(putting.join().unwrap().status(), 201);
    /// });
    /// ```
    ///
    /// # Panics
    ///
    /// When no call comes, or the double is dropped before one does.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "mostly it is called for the waiting")]
    pub fn arrived_blocking(&self) -> Arc<Call> {
        match block_on(self.arrived_within(Gate::PATIENCE)) {
            Ok(call) => call,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic, and with patience of your own, in real time.
    ///
    /// # Errors
    ///
    /// When no call comes that soon, or the double is dropped before one does.
    pub async fn arrived_within(&self, patience: Duration) -> Result<Arc<Call>, NotArrived> {
        let mut seen = self.latch.seen();
        let waiting = seen.wait_for(|seen| !matches!(seen, Seen::Nothing));
        let seen = within(patience, waiting).await.and_then(Result::ok).map(|seen| seen.clone());
        match seen {
            Some(Seen::Arrived(call)) => Ok(call),
            Some(Seen::Over) => Err(self.not_arrived("before the double was dropped")),
            Some(Seen::Nothing) | None => Err(self.not_arrived(&format!("within {patience:?}"))),
        }
    }

    /// The same for tests that are not async.
    ///
    /// # Errors
    ///
    /// When no call comes that soon, or the double is dropped before one does.
    pub fn arrived_within_blocking(&self, patience: Duration) -> Result<Arc<Call>, NotArrived> {
        block_on(self.arrived_within(patience))
    }

    /// The call, if it has arrived.
    #[must_use]
    pub fn call(&self) -> Option<Arc<Call>> {
        match &*self.latch.seen().borrow() {
            Seen::Arrived(call) => Some(Arc::clone(call)),
            Seen::Nothing | Seen::Over => None,
        }
    }

    /// Lets the call go on. A call that was held before its commit has been
    /// carried out when this returns; whether its client is still there does
    /// not matter. If none has arrived, none will be held.
    pub fn release(self) {
        // As when it is dropped.
    }

    /// Resets the connection of the call: before the commit nothing of it is
    /// ever done, after it everything was. If none has arrived, none will be held.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::start().await;
    /// let gate = rebilly.hold(Op::PutCustomer).before_commit();
    /// # let request = mock_rebilly::http::Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    /// # let put = tower_service::Service::call(&mut rebilly.service(), request.body("{}".to_owned()).unwrap());
    /// # let putting = tokio::spawn(put);
    /// // … the code under test puts a customer …
    /// gate.arrived().await;
    /// gate.abort(); // it sees its connection reset
    /// assert!(rebilly.customer("eve").is_none());
    /// # assert_eq!(putting.await.unwrap().unwrap_err(), mock_rebilly::Broken::Reset);
    /// # }
    /// ```
    pub fn abort(self) {
        if let Some(guard) = self.guard.upgrade() {
            guard.abort(&self.latch);
        }
    }

    fn not_arrived(&self, when: &str) -> NotArrived {
        let Wanted { pattern, place, since, .. } = &self.latch.wanted;
        let mut report = format!("no call arrived {when} at the gate {}\n", self.latch);
        let _ = writeln!(report, "  the gate stands at {place}");
        let Some(guard) = self.guard.upgrade() else { return NotArrived { report } };
        let journal = guard.journal();
        let mut lines = journal.encounters(pattern, *since, self.latch.matched());
        let mut last: Vec<&Exchange> = journal.iter().rev().take(LAST_MAX).collect();
        last.reverse();
        let said = match (last.len(), journal.count()) {
            (0, _) => "nothing was asked at all".to_owned(),
            (shown, all) if all == shown as u64 => "all that was asked:".to_owned(),
            (shown, all) => format!("the last {shown} of {} that were asked:", calls(all)),
        };
        lines.extend(listed(&said, &last));
        lines.iter().for_each(|line| {
            let _ = writeln!(report, "  {line}");
        });
        NotArrived { report }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        if let Some(guard) = self.guard.upgrade() {
            guard.release(&self.latch);
        }
    }
}

/// One line: `a gate before the commit of PutCustomer of ada`.
impl fmt::Debug for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a gate {}", self.latch)
    }
}

/// Waits for a call, and panics where it is awaited.
struct Arrived<F>(Pin<Box<F>>);

impl<F: Future<Output = Result<Arc<Call>, NotArrived>>> Future for Arrived<F> {
    type Output = Arc<Call>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Arc<Call>> {
        match ready!(self.0.as_mut().poll(cx)) {
            Ok(call) => Poll::Ready(call),
            Err(error) => panic!("{error}"),
        }
    }
}

/// No call came to a gate. It says which gate, what came near, and what was asked.
#[derive(Clone, PartialEq, Eq)]
pub struct NotArrived {
    report: String,
}

impl fmt::Display for NotArrived {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.report.trim_end())
    }
}

/// The same: what `unwrap` prints is read by people.
impl fmt::Debug for NotArrived {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl std::error::Error for NotArrived {}
