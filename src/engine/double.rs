//! [`Double`]: a world behind a lock; what a server serves and a test author holds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::answer::Answer;
use super::exchange::Call;
use super::failure::Failure;
use super::vendor::Vendor;
use super::world::World;

/// The most bytes a request's body may have: 4 MiB. A larger one is answered with 413.
pub const BODY_MAX: usize = 4 * 1024 * 1024;

/// Anything that answers whole requests. Object safe, so that hyper's
/// machinery is compiled once for all vendors.
pub trait Double: Send + Sync + 'static {
    /// Answers a request whose body was read to its end, or why it could not be.
    fn answer(&self, head: Parts, body: Result<Bytes, Failure>, own_base: &str) -> Response<Bytes>;
}

/// A world that several threads may call: one at a time, for microseconds.
pub struct Shared<V: Vendor> {
    world: Mutex<World<V>>,
    /// Tells everyone who waits that there is more in the journal.
    recorded: Notify,
}

impl<V: Vendor> Shared<V> {
    /// Puts a world behind a lock.
    #[must_use]
    pub fn new(world: World<V>) -> Shared<V> {
        Shared { world: Mutex::new(world), recorded: Notify::new() }
    }

    /// The world, locked. std's mutex costs what any other does, and no crate.
    pub fn world(&self) -> MutexGuard<'_, World<V>> {
        // A handler's panic is caught before it could poison; anything else is reported as a bug.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is ready when a call is recorded after this was called; whoever looks at
    /// the journal in between misses nothing. Any number may wait.
    pub fn recorded(&self) -> Notified<'_> {
        self.recorded.notified()
    }

    /// Answers a call: decided under the lock, rendered outside of it.
    pub fn call(&self, call: Call) -> Response<Bytes> {
        self.respond(&Arc::new(call), World::call)
    }

    fn respond(
        &self,
        call: &Arc<Call>,
        decide: impl FnOnce(&mut World<V>, &Arc<Call>) -> Answer,
    ) -> Response<Bytes> {
        // Parsing is the longest part of a write; done here, it holds up nobody. The outcome is kept.
        let _ = call.json();
        let answered = catch_unwind(AssertUnwindSafe(|| {
            let answer = decide(&mut self.world(), call);
            answer.response()
        }));
        self.recorded.notify_waiters();
        answered.unwrap_or_else(|_| {
            self.world()
                .report(format!("{} {}: the answer could not be given", call.method, call.path));
            let mut response = Response::new(Bytes::from_static(b"{}"));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

impl<V: Vendor> Double for Shared<V> {
    fn answer(&self, head: Parts, body: Result<Bytes, Failure>, own_base: &str) -> Response<Bytes> {
        let (body, unread) = match body {
            Ok(body) => (body, None),
            Err(failure) => (Bytes::new(), Some(failure)),
        };
        let call = Call::new(head.method, &head.uri, head.headers, body, own_base);
        match unread {
            None => self.call(call),
            Some(failure) => {
                self.respond(&Arc::new(call), |world, call| world.refuse(call, failure))
            }
        }
    }
}
