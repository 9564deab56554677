//! [`Mock`]: what a test author holds.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use hyper::body::Bytes;
use hyper::{Request, Response};

use crate::engine::double::{BODY_MAX, Double, Shared};
use crate::engine::failure::Failure;
use crate::engine::journal::Journal;
use crate::engine::server::Server;
use crate::engine::vendor::Vendor;

/// A running test double. It answers until it is dropped.
///
/// Every control call is synchronous and may be made from anywhere, also from
/// inside an async test. Dropping it closes the port and all connections
/// before `drop` returns.
///
/// # Panics
///
/// Dropping it fails the test, unless that is failing already, when the double
/// was asked for an operation that the vendor has and it does not simulate
/// (see [`Builder::allow_unmatched`](crate::Builder::allow_unmatched)), or when a bug of the double came to light.
#[must_use = "a double answers until it is dropped"]
pub struct Mock<V: Vendor> {
    pub(crate) shared: Arc<Shared<V>>,
    pub(crate) server: Option<Server>,
    pub(crate) url: String,
    pub(crate) allow_unmatched: bool,
    pub(crate) deny_assumed: bool,
    /// Held by whoever sends what is due: one at a time. It binds to no runtime.
    pub(crate) sending: tokio::sync::Mutex<()>,
}

impl<V: Vendor> Mock<V> {
    /// Where it listens: `http://127.0.0.1:` and a port that no double of this process had before.
    ///
    /// It is borrowed, so that an address cannot outlive its double.
    ///
    /// ```compile_fail,E0716
    /// # use mock_rebilly::MockRebilly;
    /// let url = MockRebilly::start_blocking().url();
    /// println!("{url}"); // nobody listens there any more
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address, for clients that want a host and a port. `None` without a socket.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(Server::address)
    }

    /// What was asked and answered so far: a copy, to read at leisure.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// // … the code under test does its work …
    /// assert_eq!(rebilly.journal().of(Op::PutCustomer).count(), 0, "{}", rebilly.journal());
    /// ```
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.shared.world().journal().clone()
    }

    /// Answers a request without a socket: the same journal, the same state.
    ///
    /// The path of the request counts; its host, if it names one, is what links begin with.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// let answer = rebilly.handle(request.body("").unwrap());
    /// assert_eq!(answer.status(), 200);
    /// ```
    pub fn handle<B: Into<Bytes>>(&self, request: Request<B>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let body: Bytes = body.into();
        let fits = body.len() <= BODY_MAX;
        let body = if fits { Ok(body) } else { Err(Failure::TooLarge { max: BODY_MAX }) };
        self.shared.answer(head, body, &self.url)
    }

    /// Waits until something is asked and answered; not at all if something was
    /// since this was last waited for. The binary delivers then.
    #[cfg(feature = "cli")]
    pub async fn answered(&self) {
        self.shared.answered().await;
    }

    /// Gives up on ever dropping it: for a double that a whole process shares.
    ///
    /// ```
    /// use std::sync::OnceLock;
    /// use mock_rebilly::MockRebilly;
    ///
    /// static SHARED: OnceLock<&'static MockRebilly> = OnceLock::new();
    /// let rebilly = SHARED.get_or_init(|| MockRebilly::start_blocking().leak());
    /// assert!(rebilly.journal().is_empty());
    /// ```
    pub fn leak(self) -> &'static Mock<V> {
        Box::leak(Box::new(self))
    }

    /// What a test should hear of when it ends; nothing if all is well.
    fn report(&self) -> String {
        let world = self.shared.world();
        let mut lines: Vec<String> =
            world.bugs().iter().map(|bug| format!("a bug of mock-rebilly: {bug}")).collect();
        let mut hint = "";
        if !self.allow_unmatched && !world.not_simulated().is_empty() {
            lines.extend_from_slice(world.not_simulated());
            hint = "\n(`.allow_unmatched()` on the builder lets a test ask for operations that are not simulated)";
        }
        for (rule, first) in world.assumed().iter().filter(|_| self.deny_assumed) {
            lines.push(format!("assumed: {} ({}; first by {first})", rule.says, rule.name));
        }
        if lines.is_empty() {
            return String::new();
        }
        let lines = lines.join("\n  ");
        format!("the {} double was asked for what it cannot answer:\n  {lines}{hint}", V::NAME)
    }
}

impl<V: Vendor> Drop for Mock<V> {
    fn drop(&mut self) {
        drop(self.server.take());
        let report = self.report();
        if report.is_empty() {
            return;
        }
        if std::thread::panicking() {
            eprintln!("{report}");
        } else {
            panic!("{report}");
        }
    }
}

impl<V: Vendor> fmt::Debug for Mock<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} double at {}", V::NAME, self.url)
    }
}
