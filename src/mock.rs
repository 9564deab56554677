//! [`Mock`] and [`Builder`]: what a test author holds.

use std::fmt;
use std::future::{Future, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::{Request, Response};

use crate::engine::clock::{Clock, Timestamp};
use crate::engine::double::{Double, Shared};
use crate::engine::fixtures::{Fixture, FixtureError};
use crate::engine::ids::Naming;
use crate::engine::journal::Journal;
use crate::engine::server::Server;
use crate::engine::vendor::Vendor;
use crate::engine::world::{Settings, World};

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
/// (see [`Builder::allow_unmatched`]), or when a bug of the double came to light.
#[must_use = "a double answers until it is dropped"]
pub struct Mock<V: Vendor> {
    pub(crate) shared: Arc<Shared<V>>,
    server: Option<Server>,
    url: String,
    allow_unmatched: bool,
}

impl<V: Vendor + Default> Mock<V> {
    /// Starts a double with the standard fixtures on a fresh loopback port.
    ///
    /// It accepts connections when the future is ready, which it is at once.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start().await;
    /// assert!(rebilly.url().starts_with("http://127.0.0.1:"));
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn start() -> impl Future<Output = Mock<V>> {
        Mock::builder().start()
    }

    /// The same for tests that are not async. They need no runtime.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// assert_eq!(rebilly.now().to_string(), "2024-01-01T00:00:00Z");
    /// ```
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn start_blocking() -> Mock<V> {
        Mock::builder().start_blocking()
    }

    /// The same without the panic.
    ///
    /// # Errors
    ///
    /// When no port can be listened on.
    pub fn try_start() -> Result<Mock<V>, StartError> {
        Mock::builder().try_start()
    }

    /// A double that is set up before it starts.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::builder()
    ///     .now("2026-03-01T00:00:00Z")
    ///     .seed(7)
    ///     .fixture("acme.json", r#"{ "customers": [{ "id": "ada" }] }"#)
    ///     .start_blocking();
    /// assert!(rebilly.customer("ada").is_some());
    /// ```
    #[must_use]
    pub fn builder() -> Builder<V> {
        Builder::new()
    }
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

    /// What its clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// Moves its clock on, and says what it shows then. Nothing else moves time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.advance(Duration::from_secs(86_400));
    /// assert_eq!(rebilly.now().to_string(), "2024-01-02T00:00:00Z");
    /// ```
    pub fn advance(&self, step: Duration) -> Timestamp {
        self.clock().advance(step)
    }

    /// Its clock, which other doubles may share.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.shared.world().clock().clone()
    }

    /// What was asked and answered so far: a copy, to read at leisure.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// // … the code under test does its work …
    /// assert_eq!(rebilly.journal().of("PutCustomer").count(), 0, "{}", rebilly.journal());
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
        let fits = body.len() <= crate::engine::double::BODY_MAX;
        self.shared.answer(head, fits.then_some(body), &self.url)
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

    /// What a test should hear of when it ends.
    fn complaints(&self) -> Vec<String> {
        let world = self.shared.world();
        let bugs = world.bugs().iter().map(|bug| format!("a bug of mock-rebilly: {bug}"));
        let asked = world.not_simulated().iter().filter(|_| !self.allow_unmatched);
        bugs.chain(asked.cloned()).collect()
    }
}

impl<V: Vendor> Drop for Mock<V> {
    fn drop(&mut self) {
        drop(self.server.take());
        let complaints = self.complaints();
        if complaints.is_empty() {
            return;
        }
        let report = format!(
            "the {} double was asked for what it cannot answer:\n  {}\n\
             (`.allow_unmatched()` on the builder lets a test ask for operations that are not simulated)",
            V::NAME,
            complaints.join("\n  ")
        );
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

/// Sets a double up. Made by [`Mock::builder`].
#[derive(Clone, Debug)]
pub struct Builder<V> {
    pub(crate) vendor: V,
    clock: Clock,
    seed: u64,
    naming: Naming,
    order_independent: bool,
    allow_unmatched: bool,
    fixtures: Option<Vec<Source>>,
    host: IpAddr,
    port: u16,
}

/// Where fixtures come from.
#[derive(Clone, Debug)]
enum Source {
    Path(PathBuf),
    Text(Fixture),
}

impl<V: Vendor + Default> Builder<V> {
    fn new() -> Builder<V> {
        Builder {
            vendor: V::default(),
            clock: Clock::default(),
            seed: 0,
            naming: Naming::Derived,
            order_independent: false,
            allow_unmatched: false,
            fixtures: None,
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
        }
    }
}

impl<V: Vendor> Builder<V> {
    /// Adds a fixture file, or every `.json` file of a directory, in place of the standard ones.
    ///
    /// Several calls compose, in their order. A bad file stops the start.
    pub fn fixtures(mut self, path: impl AsRef<Path>) -> Builder<V> {
        let path = path.as_ref().to_owned();
        self.fixtures.get_or_insert_default().push(Source::Path(path));
        self
    }

    /// Adds a fixture by its text, in place of the standard ones. The name is for errors.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let error = MockRebilly::builder()
    ///     .fixture("acme.json", r#"{ "customers": [{ "primaryAddress": { "country": "gb" } }] }"#)
    ///     .try_start()
    ///     .unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "acme.json: /customers/0/primaryAddress/country: must be two upper-case letters",
    /// );
    /// ```
    pub fn fixture(mut self, name: &str, text: &str) -> Builder<V> {
        let fixture = Fixture { name: name.to_owned(), text: text.to_owned() };
        self.fixtures.get_or_insert_default().push(Source::Text(fixture));
        self
    }

    /// Leaves all fixtures out, the standard ones too.
    pub fn empty(mut self) -> Builder<V> {
        self.fixtures = Some(Vec::new());
        self
    }

    /// What ids derive from. The same seed and the same calls give the same ids.
    pub fn seed(mut self, seed: u64) -> Builder<V> {
        self.seed = seed;
        self
    }

    /// Numbers ids (`cus_00000000000000000000000001`) instead of deriving them from what is asked.
    ///
    /// Pleasant to read, but racing calls then race for numbers.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().empty().sequential_ids().without_socket();
    /// let request = Request::post("/customers").header("REB-APIKEY", "sk_sandbox_x");
    /// rebilly.handle(request.body("{}").unwrap());
    /// assert!(rebilly.customer("cus_00000000000000000000000001").is_some());
    /// ```
    pub fn sequential_ids(mut self) -> Builder<V> {
        self.naming = Naming::Sequential;
        self
    }

    /// Breaks ties in lists by id and not by arrival, and counts nothing against
    /// the rate limit: the same *set* of calls then gives the same bytes, in any
    /// order of arrival and on any number of threads.
    pub fn order_independent(mut self) -> Builder<V> {
        self.order_independent = true;
        self
    }

    /// Sets the clock: an RFC 3339 date-time, or anything else that is one.
    ///
    /// # Panics
    ///
    /// When the text is not a date-time.
    #[track_caller]
    pub fn now(mut self, time: &str) -> Builder<V> {
        match time.parse() {
            Ok(time) => self.clock = Clock::at(time),
            Err(error) => panic!("{error}"),
        }
        self
    }

    /// Shares a clock with other doubles.
    pub fn clock(mut self, clock: &Clock) -> Builder<V> {
        self.clock = clock.clone();
        self
    }

    /// Lets a test ask for operations that the vendor has and the double does
    /// not simulate: they are answered with `501` either way, and then do not
    /// fail the test when the double is dropped.
    pub fn allow_unmatched(mut self) -> Builder<V> {
        self.allow_unmatched = true;
        self
    }

    /// Listens on exactly this port. Only for programs: tests that choose ports collide.
    pub fn port(mut self, port: u16) -> Builder<V> {
        self.port = port;
        self
    }

    /// Listens on this address, which only the binary lets people choose.
    #[cfg(feature = "cli")]
    pub fn host(mut self, host: IpAddr) -> Builder<V> {
        self.host = host;
        self
    }

    /// Starts the double; see [`Mock::start`].
    ///
    /// # Panics
    ///
    /// When a fixture is not as it must be, or no port can be listened on.
    #[track_caller]
    pub fn start(self) -> impl Future<Output = Mock<V>> {
        ready(self.start_blocking())
    }

    /// Starts the double; see [`Mock::start_blocking`].
    ///
    /// # Panics
    ///
    /// When a fixture is not as it must be, or no port can be listened on.
    #[track_caller]
    pub fn start_blocking(self) -> Mock<V> {
        match self.try_start() {
            Ok(mock) => mock,
            Err(error) => panic!("the {} double cannot start: {error}", V::NAME),
        }
    }

    /// Starts the double.
    ///
    /// # Errors
    ///
    /// When a fixture is not as it must be (with file, place and reason), or no port can be listened on.
    pub fn try_start(self) -> Result<Mock<V>, StartError> {
        let address = SocketAddr::new(self.host, self.port);
        let mut mock = self.try_without_socket()?;
        let double = Arc::clone(&mock.shared) as Arc<dyn Double>;
        let server = Server::start(double, address.ip(), address.port());
        let server = server.map_err(|cause| StartError::Listen { address, cause })?;
        mock.url = format!("http://{}", server.address());
        mock.server = Some(server);
        Ok(mock)
    }

    /// A double that no network reaches: only [`Mock::handle`] does. Its
    /// [`url`](Mock::url) is `http://localhost`.
    ///
    /// # Panics
    ///
    /// When a fixture is not as it must be.
    #[track_caller]
    pub fn without_socket(self) -> Mock<V> {
        match self.try_without_socket() {
            Ok(mock) => mock,
            Err(error) => panic!("the {} double cannot start: {error}", V::NAME),
        }
    }

    fn try_without_socket(self) -> Result<Mock<V>, StartError> {
        let settings = Settings {
            clock: self.clock,
            seed: self.seed,
            naming: self.naming,
            order_independent: self.order_independent,
            fixtures: read_fixtures::<V>(self.fixtures)?,
        };
        let world = World::new(self.vendor, settings).map_err(StartError::Fixture)?;
        Ok(Mock {
            shared: Arc::new(Shared::new(world)),
            server: None,
            url: "http://localhost".to_owned(),
            allow_unmatched: self.allow_unmatched,
        })
    }
}

fn read_fixtures<V: Vendor>(sources: Option<Vec<Source>>) -> Result<Vec<Fixture>, StartError> {
    let Some(sources) = sources else {
        let (name, text) = V::STANDARD;
        return Ok(vec![Fixture { name: name.to_owned(), text: text.to_owned() }]);
    };
    let mut fixtures = Vec::new();
    for source in sources {
        match source {
            Source::Path(path) => fixtures.extend(Fixture::read(&path).map_err(StartError::Fixture)?),
            Source::Text(fixture) => fixtures.push(fixture),
        }
    }
    Ok(fixtures)
}

/// Why a double could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Fixtures are not as they must be. Nothing of them was loaded.
    Fixture(FixtureError),
    /// An address cannot be listened on.
    Listen {
        /// The address; port 0 is any.
        address: SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Fixture(error) => error.fmt(out),
            StartError::Listen { address, cause } if address.port() == 0 => {
                write!(out, "no port of {} can be listened on: {cause}", address.ip())
            }
            StartError::Listen { address, cause } => write!(out, "{address} cannot be listened on: {cause}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Fixture(error) => Some(error),
            StartError::Listen { cause, .. } => Some(cause),
        }
    }
}
