//! [`Double`]: a simulation behind a lock; what a server serves and a test author holds.

use std::convert::identity;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::answer::Length;
use super::arrival::Arrival;
use super::delivery::Delivery;
use super::entry::Recorded;
use super::exchange::Call;
use super::failure::Failure;
use super::fault::Fault;
use super::gate::{At, Held, Latch, Waiting};
use super::last_list::LastList;
use super::simulation::Simulation;
use super::vendor::Vendor;

/// The most bytes a request's body may have: 4 MiB. A larger one is answered with 413.
pub const BODY_MAX: usize = 4 * 1024 * 1024;

/// Anything that answers whole requests. Object safe, so that hyper's
/// machinery is compiled once for all vendors.
pub trait Double: Send + Sync + 'static {
    /// Answers a request whose body was read to its end, or why it could not be.
    fn answer(
        &self,
        head: Parts,
        body: Result<Bytes, Failure>,
        own_base: &Arc<str>,
        length: Length,
    ) -> Answering;

    /// Whether the names of headers are written as `Request-Id`.
    fn has_title_case(&self) -> bool {
        false
    }
}

/// An answer, perhaps not yet.
#[derive(Debug)]
pub enum Answering {
    /// It is there.
    Now(Delivery),
    /// A gate holds the call.
    Held(Waiting),
}

impl Answering {
    /// Waits until the test lets the call go on, and for real latency.
    pub async fn delivery(self) -> Delivery {
        match self {
            Answering::Now(delivery) if delivery.is_there() => delivery,
            // Boxed: it is rare, and every call would have to carry it.
            late => Box::pin(late.waited_for()).await,
        }
    }

    async fn waited_for(self) -> Delivery {
        let delivery = match self {
            Answering::Now(delivery) => delivery,
            Answering::Held(waiting) => waiting.delivery().await,
        };
        delivery.after_its_latency().await
    }
}

/// A simulation that several threads may call: one at a time, for microseconds.
pub struct Shared<V: Vendor> {
    simulation: Mutex<Simulation<V>>,
    /// Tells everyone who waits that there is more in the journal.
    recorded: Notify,
    last_list: LastList,
}

impl<V: Vendor> Shared<V> {
    /// Puts a simulation behind a lock.
    #[must_use]
    pub fn new(simulation: Simulation<V>) -> Shared<V> {
        Shared {
            simulation: Mutex::new(simulation),
            recorded: Notify::new(),
            last_list: LastList::default(),
        }
    }

    /// The simulation, locked. std's mutex costs what any other does, and no crate.
    pub fn simulation(&self) -> MutexGuard<'_, Simulation<V>> {
        // A handler's panic is caught before it could poison; anything else is reported as a bug.
        self.simulation.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is ready when a call is recorded after this was called; whoever looks at
    /// the journal in between misses nothing. Any number may wait.
    pub fn recorded(&self) -> Notified<'_> {
        self.recorded.notified()
    }

    /// Lets the call go on that a gate holds; the gate is gone then. What was
    /// to be done is done when this returns.
    pub(crate) fn release(&self, latch: &Arc<Latch>) {
        self.let_go(latch, |simulation, call, at| match at {
            At::Before { refused, fault } => simulation.answer(call, refused, fault),
            At::After { answer, .. } => answer,
        });
    }

    /// Resets the connection of the call that a gate holds; the gate is gone then.
    pub(crate) fn abort(&self, latch: &Arc<Latch>) {
        self.let_go(latch, |simulation, call, at| match at {
            At::Before { refused, .. } => {
                simulation.answer(call, refused, Some(Fault::ResetBeforeCommit))
            }
            At::After { answer, recorded } => {
                simulation.lose(recorded);
                answer.lost()
            }
        });
    }

    fn let_go(
        &self,
        latch: &Arc<Latch>,
        decide: impl FnOnce(&mut Simulation<V>, &Arc<Call>, At) -> Recorded,
    ) {
        let held = self.simulation().lift(latch);
        let Some(Held { call, at, tell }) = held else { return };
        let delivery = self.guarded(&call, identity, || {
            let answer = decide(&mut self.simulation(), &call, at);
            answer.delivery(Length::Said, &self.last_list)
        });
        // Whether the client still listens changes nothing.
        let _ = tell.send(delivery);
        self.recorded.notify_waiters();
    }

    /// Answers a call: decided under the lock, rendered outside of it.
    fn respond(&self, call: Call, unread: Option<Failure>, length: Length) -> Answering {
        // Decoding is the longest part of a write; done here, it holds up nobody. The
        // outcome is kept until the answer is recorded. Where there is nothing to decode,
        // few ask for it.
        if !call.body.is_empty() {
            let _ = call.tape();
        }
        let call = Arc::new(call);
        let answering = self.guarded(&call, Answering::Now, || {
            let arrival = self.simulation().arrive(&call, unread);
            match arrival {
                Arrival::Answered(answer) => {
                    Answering::Now(answer.delivery(length, &self.last_list))
                }
                Arrival::Held(waiting) => Answering::Held(waiting),
            }
        });
        self.recorded.notify_waiters();
        answering
    }

    /// Does what must not panic. If it does, that is a bug, and answered as one.
    fn guarded<T>(
        &self,
        call: &Call,
        answered: impl FnOnce(Delivery) -> T,
        work: impl FnOnce() -> T,
    ) -> T {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            self.simulation()
                .report(format!("{} {}: the answer could not be given", call.method, call.path));
            let mut response = Response::new(Bytes::from_static(b"{}"));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            answered(Delivery::whole(response))
        })
    }
}

impl<V: Vendor> Double for Shared<V> {
    fn answer(
        &self,
        head: Parts,
        body: Result<Bytes, Failure>,
        own_base: &Arc<str>,
        length: Length,
    ) -> Answering {
        let (body, unread) = match body {
            Ok(body) => (body, None),
            Err(failure) => (Bytes::new(), Some(failure)),
        };
        let call = Call::new(head.method, &head.uri, &head.headers, body, own_base, V::decode);
        self.respond(call, unread, length)
    }

    fn has_title_case(&self) -> bool {
        V::TITLE_CASE
    }
}
