//! [`Hold`]: which call is to be held, and where.

use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::gate::{GATES_MAX, Latch, Side, Wanted};
use crate::engine::narrowed::Narrowed;
use crate::engine::pattern::Pattern;
use crate::engine::vendor::Vendor;
use crate::gates::Gate;
use crate::mock::Mock;

/// A gate in the making: which call is to be held, and then where
/// ([`before_commit`](Hold::before_commit), [`after_commit`](Hold::after_commit)).
/// Nothing is held before that is said.
pub type Hold<'m, V> = Narrowed<Holding<'m, V>>;

/// Whose call, which of them, and for how long.
#[derive(Debug)]
pub struct Holding<'m, V: Vendor> {
    mock: &'m Mock<V>,
    nth: Option<u64>,
    at_most: Duration,
}

/// How long a gate holds a call unless a test says otherwise, in real time. Only a
/// guard against hanging: a minute.
const AT_MOST: Duration = Duration::from_secs(60);

impl<V: Vendor> Mock<V> {
    /// Holds a call of this operation in flight: the next that matches, or the
    /// [`nth`](Hold::nth). A race becomes a straight line.
    ///
    /// Everything else goes on meanwhile, but for what comes after the held
    /// call on the same connection: HTTP answers in order.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # use mock_rebilly::http::Request;
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// # async fn merge(service: impl tower_service::Service<Request<String>, Response = mock_rebilly::http::Response<mock_rebilly::AnswerBody>>) {
    /// #     let mut service = service;
    /// #     let request = Request::delete("/customers/cus_grace?targetCustomerId=cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// #     let answer = service.call(request.body(String::new()).unwrap()).await.map_err(drop).unwrap();
    /// #     assert_eq!(answer.status(), 404);
    /// # }
    /// let rebilly = MockRebilly::start().await;
    /// let gate = rebilly.hold(Op::DeleteCustomer).id("cus_grace").before_commit();
    /// let merging = tokio::spawn(merge(rebilly.service())); // your code: grace is merged into ada
    ///
    /// gate.arrived().await; // the merge is in flight, and nothing is done
    /// // … meanwhile somebody else merges grace into alan …
    /// # let request = Request::delete("/customers/cus_grace?targetCustomerId=cus_alan").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(request.body("").unwrap());
    /// gate.release(); // now it is done, and answered: 404
    /// merging.await.unwrap(); // your code must cope
    /// # }
    /// ```
    pub fn hold(&self, operation: V::Op) -> Hold<'_, V> {
        self.holding(Pattern::of(operation))
    }

    /// Holds a call in flight, whatever it asks for.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start().await;
    /// let gate = rebilly.hold_any().id("cus_ada").before_commit();
    /// # let request = mock_rebilly::http::Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let asked = tower_service::Service::call(&mut rebilly.service(), request.body(String::new()).unwrap());
    /// # let asked = tokio::spawn(asked);
    /// // … the code under test asks for something of ada's …
    /// let call = gate.arrived().await;
    /// assert_eq!((call.method.as_str(), call.path.as_str()), ("GET", "/customers/cus_ada"));
    /// gate.release();
    /// # assert_eq!(asked.await.unwrap().unwrap().status(), 200);
    /// # }
    /// ```
    pub fn hold_any(&self) -> Hold<'_, V> {
        self.holding(Pattern::any())
    }

    fn holding(&self, pattern: Pattern) -> Hold<'_, V> {
        Narrowed::new(Holding { mock: self, nth: None, at_most: AT_MOST }, pattern)
    }

    /// The gates that held a call for too long, in words.
    pub(crate) fn overdue(&self) -> Vec<String> {
        self.shared.simulation().given_up().to_vec()
    }
}

impl<'m, V: Vendor> Narrowed<Holding<'m, V>> {
    /// The k-th of the calls that match from now on; the first is 1. Every gate counts the
    /// calls that it matches, also those that an earlier gate holds: if that one has
    /// the k-th, this one holds none.
    ///
    /// # Panics
    ///
    /// When it is 0.
    #[track_caller]
    pub fn nth(mut self, k: u64) -> Hold<'m, V> {
        assert!(k > 0, "there is no call 0: the first one is `nth(1)`");
        self.subject.nth = Some(k);
        self
    }

    /// Holds a call no longer than this, in real time; a minute, unless it is
    /// said. Its client is let down then as by a reset, and the test fails when the
    /// double is dropped. Only a guard against hanging: who waits for a call that
    /// only he could let go waits for ever.
    pub fn at_most(mut self, time: Duration) -> Hold<'m, V> {
        self.subject.at_most = time;
        self
    }

    /// Puts the gate where nothing of the call is done yet: nothing is
    /// written, counted, or in the journal. Rules have been asked.
    ///
    /// # Panics
    ///
    /// When there are more than [`GATES_MAX`] gates.
    #[track_caller]
    pub fn before_commit(self) -> Gate {
        self.put_up(Side::BeforeCommit, Location::caller())
    }

    /// Puts the gate where all of the call is done: what it writes can be
    /// seen, the journal has it, and the answer is not sent yet.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// # use mock_rebilly::http::Request;
    /// # use mock_rebilly::{Broken, MockRebilly, Op};
    /// # use tower_service::Service;
    /// let rebilly = MockRebilly::start().await;
    /// let gate = rebilly.hold(Op::PutCustomer).after_commit();
    /// # let mut service = rebilly.service();
    /// # let request = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    /// # let put = service.call(request.body("{}".to_owned()).unwrap());
    /// # let putting = tokio::spawn(put);
    /// // … the code under test puts a customer …
    /// gate.arrived().await;
    /// assert!(rebilly.customer("eve").is_some());
    /// gate.abort(); // its answer is lost
    /// # assert_eq!(putting.await.unwrap().unwrap_err(), Broken::Reset);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When there are more than [`GATES_MAX`] gates.
    #[track_caller]
    pub fn after_commit(self) -> Gate {
        self.put_up(Side::AfterCommit, Location::caller())
    }

    #[track_caller]
    fn put_up(self, side: Side, place: &'static Location<'static>) -> Gate {
        let Narrowed { subject: Holding { mock, nth, at_most }, pattern } = self;
        let mut simulation = mock.shared.simulation();
        let since = simulation.journal().end();
        let latch = Latch::new(Wanted { pattern, nth, side, at_most, place, since });
        let latch = Arc::new(latch);
        let fits = simulation.hold(&latch);
        drop(simulation);
        assert!(fits, "a double has no more than {GATES_MAX} gates at a time");
        Gate::new(latch, &mock.shared)
    }
}
