//! [`Builder`]: sets a double up.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(feature = "tls")]
use crate::engine::certificate::Certificate;
use crate::engine::clock::{Clock, Timestamp};
use crate::engine::fixtures::Fixture;
use crate::engine::ids::Naming;
use crate::engine::numbering::Numbering;
use crate::engine::scheme::Scheme;
use crate::engine::vendor::Vendor;

/// Sets a double up. Made by [`Mock::builder`](crate::Mock::builder).
#[must_use = "nothing is started yet"]
#[derive(Clone, Debug)]
pub struct Builder<V> {
    pub(crate) vendor: V,
    pub(crate) clock: Clock,
    /// Who numbers exchanges, if others count with it.
    pub(crate) numbering: Option<Numbering>,
    pub(crate) seed: u64,
    pub(crate) naming: Naming,
    pub(crate) order_independent: bool,
    pub(crate) auto_advance: Duration,
    pub(crate) allow_unmatched: bool,
    pub(crate) deny_assumed: bool,
    pub(crate) fixtures: Option<Vec<Origin>>,
    pub(crate) scheme: Scheme,
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
}

/// Where fixtures come from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    Path(PathBuf),
    Text(Fixture),
}

impl<V: Vendor + Default> Builder<V> {
    pub(crate) fn new() -> Builder<V> {
        Builder {
            vendor: V::default(),
            clock: Clock::default(),
            numbering: None,
            seed: 0,
            naming: Naming::Derived,
            order_independent: false,
            auto_advance: Duration::ZERO,
            allow_unmatched: false,
            deny_assumed: false,
            fixtures: None,
            scheme: Scheme::Http,
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
        self.fixtures.get_or_insert_default().push(Origin::Path(path));
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
        let fixture = Fixture { name: name.to_owned().into(), text: text.to_owned().into() };
        self.fixtures.get_or_insert_default().push(Origin::Text(fixture));
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

    /// Breaks ties in lists by id and not by arrival (after the place of a thing
    /// among those that one call makes), and counts nothing against the rate limit, so that
    /// nothing is refused for it:
    /// the same *set* of calls, of which none depends on what another has written,
    /// then gives the same bytes, in any order of arrival and on any number of
    /// threads. Ids then derive from a body's bytes, not only from what they say.
    pub fn order_independent(mut self) -> Builder<V> {
        self.order_independent = true;
        self
    }

    /// Sets the clock: an RFC 3339 date-time, or a [`Timestamp`].
    ///
    /// # Panics
    ///
    /// When the text is not a date-time.
    #[track_caller]
    pub fn now<T>(mut self, time: T) -> Builder<V>
    where
        T: TryInto<Timestamp>,
        T::Error: fmt::Display,
    {
        self.clock = Clock::default();
        self.clock.set(time);
        self
    }

    /// Moves the clock on by itself: after each write that succeeds, by this much. The
    /// answer to that write still shows the time before. Without it, time stands still
    /// until a test moves it.
    ///
    /// It excludes [`order_independent`](Builder::order_independent): times would
    /// depend on the order of arrival.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::MockRebilly;
    ///
    /// let builder = MockRebilly::builder().auto_advance(Duration::from_secs(1));
    /// let error = builder.order_independent().try_start().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "auto_advance and order_independent exclude each other: times would depend on who comes first",
    /// );
    /// ```
    pub fn auto_advance(mut self, per_write: Duration) -> Builder<V> {
        self.auto_advance = per_write;
        self
    }

    /// Shares a clock with other doubles.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::MockRebilly;
    ///
    /// let one = MockRebilly::start_blocking();
    /// let other = MockRebilly::builder().clock(&one.clock()).start_blocking();
    /// one.advance(Duration::from_secs(60));
    /// assert_eq!(other.now().to_string(), "2024-01-01T00:01:00Z");
    /// ```
    pub fn clock(mut self, clock: &Clock) -> Builder<V> {
        self.clock = clock.clone();
        self
    }

    /// Lets a test ask for what the vendor has not, or for what it has and the double does
    /// not simulate: that is answered with `404` or `501` either way, and then does not
    /// fail the test when the double is dropped.
    pub fn allow_unmatched(mut self) -> Builder<V> {
        self.allow_unmatched = true;
        self
    }

    /// Forbids a test to lean on guesses: if an answer followed a rule that no
    /// document of the vendor's states, dropping the double fails the test and
    /// names the rules. `FIDELITY.md` lists them all.
    ///
    /// ```should_panic
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().deny_assumed().without_socket();
    /// let request = Request::get("/customers").header("REB-APIKEY", "sk_sandbox_x");
    /// rebilly.handle(request.body("").unwrap()); // whose order is a guess
    /// ```
    pub fn deny_assumed(mut self) -> Builder<V> {
        self.deny_assumed = true;
        self
    }

    /// Listens for https: [`url`](crate::Mock::url) and every link begin with it, and nothing
    /// else is spoken on the port. The certificate is for `localhost`, `127.0.0.1` and
    /// `::1`; clients trust it when they are given [`ca_pem`](crate::Mock::ca_pem).
    ///
    /// Connections in memory ([`Mock::pipe`](crate::Mock::pipe)) stay plain.
    ///
    /// ```
    /// use std::io::{Read, Write};
    /// use std::net::TcpStream;
    /// use std::sync::Arc;
    /// use mock_rebilly::MockRebilly;
    /// use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
    /// use tokio_rustls::rustls::pki_types::{CertificateDer, pem::PemObject};
    ///
    /// let rebilly = MockRebilly::builder().tls().start_blocking();
    /// assert!(rebilly.url().starts_with("https://127.0.0.1:"));
    ///
    /// // Your client has a shorter word for this, such as reqwest's `add_root_certificate`.
    /// let mut roots = RootCertStore::empty();
    /// roots.add(CertificateDer::from_pem_slice(rebilly.ca_pem().as_bytes())?)?;
    /// let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    /// let connection = ClientConnection::new(Arc::new(config), "localhost".try_into()?)?;
    /// let mut stream = StreamOwned::new(connection, TcpStream::connect(rebilly.address().unwrap())?);
    /// stream.write_all(b"GET /customers HTTP/1.1\r\nREB-APIKEY: sk_x\r\nConnection: close\r\n\r\n")?;
    /// let mut answer = String::new();
    /// stream.read_to_string(&mut answer)?;
    /// assert!(answer.starts_with("HTTP/1.1 200 OK"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When the system has no random numbers to make a certificate of.
    #[cfg(feature = "tls")]
    pub fn tls(mut self) -> Builder<V> {
        self.scheme = Scheme::Https(Certificate::of_this_process());
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
}
