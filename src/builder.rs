//! [`Builder`]: sets a double up, and starts it.

use std::future::{Future, ready};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::clock::Clock;
use crate::engine::double::{Double, Shared};
use crate::engine::fixtures::Fixture;
use crate::engine::ids::Naming;
use crate::engine::server::Server;
use crate::engine::vendor::Vendor;
use crate::engine::world::{Settings, World};
use crate::mock::Mock;
use crate::start_error::StartError;

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
    pub fn builder() -> Builder<V> {
        Builder::new()
    }
}

/// Sets a double up. Made by [`Mock::builder`].
#[must_use = "nothing is started yet"]
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
    /// the rate limit (so nothing is refused for it): the same *set* of calls then gives the same bytes, in any
    /// order of arrival and on any number of threads. Ids then derive from a
    /// body's bytes, not only from what they say.
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
            sending: tokio::sync::Mutex::default(),
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
            Source::Path(path) => {
                fixtures.extend(Fixture::read(&path).map_err(StartError::Fixture)?);
            }
            Source::Text(fixture) => fixtures.push(fixture),
        }
    }
    Ok(fixtures)
}
