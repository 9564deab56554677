//! How a double starts.

use std::future::{Future, ready};
use std::net::SocketAddr;
use std::sync::Arc;

use crate::builder::{Builder, Origin};
use crate::engine::double::{Double, Shared};
use crate::engine::fixtures::Fixture;
use crate::engine::pipe::Pipes;
use crate::engine::scheme::Scheme;
use crate::engine::server::Server;
use crate::engine::settings::{Settings, TIME_IS_ORDER};
use crate::engine::simulation::Simulation;
use crate::engine::vendor::Vendor;
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

impl<V: Vendor> Builder<V> {
    /// Starts the double; see [`Mock::start`].
    ///
    /// # Panics
    ///
    /// When a fixture or a setting is not as it must be, settings exclude each other, or no
    /// port can be listened on.
    #[track_caller]
    pub fn start(self) -> impl Future<Output = Mock<V>> {
        ready(self.start_blocking())
    }

    /// Starts the double; see [`Mock::start_blocking`].
    ///
    /// # Panics
    ///
    /// When a fixture or a setting is not as it must be, settings exclude each other, or no
    /// port can be listened on.
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
    /// When a fixture is not as it must be (with file, place and reason), a setting is not or
    /// settings exclude each other, or no port can be listened on.
    pub fn try_start(self) -> Result<Mock<V>, StartError> {
        let address = SocketAddr::new(self.host, self.port);
        self.try_without_socket()?.listening(address)
    }

    /// A double that no network reaches: only [`Mock::handle`], [`Mock::service`]
    /// and [`Mock::pipe`] do. Its [`url`](Mock::url) is `http://localhost`, or
    /// `https://localhost` if it would listen for that.
    ///
    /// # Panics
    ///
    /// When a fixture or a setting is not as it must be, or settings exclude each other.
    #[track_caller]
    pub fn without_socket(self) -> Mock<V> {
        match self.try_without_socket() {
            Ok(mock) => mock,
            Err(error) => panic!("the {} double cannot start: {error}", V::NAME),
        }
    }

    pub(crate) fn try_without_socket(self) -> Result<Mock<V>, StartError> {
        if self.order_independent && !self.auto_advance.is_zero() {
            return Err(StartError::Settings(TIME_IS_ORDER));
        }
        self.vendor.check().map_err(StartError::Settings)?;
        let settings = Settings {
            clock: self.clock,
            numbering: self.numbering.unwrap_or_default(),
            seed: self.seed,
            naming: self.naming,
            order_independent: self.order_independent,
            auto_advance: self.auto_advance,
        };
        let fixtures = read_fixtures::<V>(self.fixtures)?;
        let simulation =
            Simulation::new(self.vendor, settings, &fixtures).map_err(StartError::Fixture)?;
        Ok(Mock::of(simulation, self.scheme, self.allow_unmatched, self.deny_assumed))
    }
}

impl<V: Vendor> Mock<V> {
    /// A double of a simulation, which no network reaches yet.
    pub(crate) fn of(
        simulation: Simulation<V>,
        scheme: Scheme,
        allow_unmatched: bool,
        deny_assumed: bool,
    ) -> Mock<V> {
        Mock {
            shared: Arc::new(Shared::new(simulation)),
            server: None,
            pipes: Arc::new(Pipes::new()),
            scheme,
            url: format!("{scheme}://localhost").into(),
            allow_unmatched,
            deny_assumed,
            is_judged: false,
            sending: tokio::sync::Mutex::default(),
        }
    }

    /// Lets it listen on an address; port 0 is any.
    pub(crate) fn listening(mut self, address: SocketAddr) -> Result<Mock<V>, StartError> {
        let double = Arc::clone(&self.shared) as Arc<dyn Double>;
        let server = Server::start(double, self.scheme, address.ip(), address.port());
        let server = server.map_err(|cause| StartError::listen(address, cause))?;
        self.url = Arc::clone(server.base());
        self.server = Some(server);
        Ok(self)
    }
}

fn read_fixtures<V: Vendor>(sources: Option<Vec<Origin>>) -> Result<Vec<Fixture>, StartError> {
    let own = |(name, text): (&'static str, &'static str)| Fixture {
        name: name.into(),
        text: text.into(),
    };
    let mut fixtures: Vec<Fixture> = V::ALWAYS.map(own).into_iter().collect();
    let Some(sources) = sources else {
        fixtures.push(own(V::STANDARD));
        return Ok(fixtures);
    };
    for source in sources {
        match source {
            Origin::Path(path) => {
                fixtures.extend(Fixture::read(&path).map_err(StartError::Fixture)?);
            }
            Origin::Text(fixture) => fixtures.push(fixture),
        }
    }
    Ok(fixtures)
}
