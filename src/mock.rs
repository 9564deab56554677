//! [`Mock`]: what a test author holds.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use crate::engine::double::Shared;
use crate::engine::journal::Journal;
use crate::engine::pipe::Pipes;
use crate::engine::scheme::Scheme;
use crate::engine::server::Server;
use crate::engine::simulation::Simulation;
use crate::engine::vendor::Vendor;

/// A running test double. It answers until it is dropped.
///
/// Every control call is synchronous and may be made from anywhere, also from
/// inside an async test. Dropping it closes the port and all connections
/// before `drop` returns.
///
/// # Panics
///
/// Dropping it fails the test, unless that is failing already, when something
/// was asked for at an unknown path, or an operation that the vendor has and the double does not simulate
/// (see [`Builder::allow_unmatched`](crate::Builder::allow_unmatched)), when a rule
/// that [must fire](crate::Rule::must_fire) never did or a gate held a call for too long,
/// or when a bug of the double came to light. [`Mock::finish`] says the same without a panic.
#[must_use = "a double answers until it is dropped"]
pub struct Mock<V: Vendor> {
    pub(crate) shared: Arc<Shared<V>>,
    pub(crate) server: Option<Server>,
    pub(crate) pipes: Arc<Pipes>,
    pub(crate) scheme: Scheme,
    pub(crate) url: Arc<str>,
    pub(crate) allow_unmatched: bool,
    pub(crate) deny_assumed: bool,
    /// Whether a test has asked what should not have happened: it then hears it once.
    pub(crate) is_judged: bool,
    /// Held by whoever sends what is due: one at a time. It binds to no runtime.
    pub(crate) sending: tokio::sync::Mutex<()>,
}

impl<V: Vendor> Mock<V> {
    /// Where it listens: `http://127.0.0.1:` (or `https`, see `Builder::tls`) and a port
    /// that no double of this process had before.
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

    /// The certificate that clients must trust to speak TLS to it, in PEM: what Node's
    /// `NODE_EXTRA_CA_CERTS` and curl's `--cacert` take as a file, and reqwest's
    /// `Certificate::from_pem` as bytes. All doubles of a process share it; its keys are
    /// random, so another process has another.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let one = MockRebilly::builder().tls().start_blocking();
    /// let other = MockRebilly::builder().tls().start_blocking();
    /// assert!(one.ca_pem().starts_with("-----BEGIN CERTIFICATE-----\n"));
    /// assert_eq!(one.ca_pem(), other.ca_pem());
    /// ```
    ///
    /// # Panics
    ///
    /// When it does not speak TLS: [`Builder::tls`](crate::Builder::tls) makes it.
    #[cfg(feature = "tls")]
    #[must_use]
    #[track_caller]
    pub fn ca_pem(&self) -> &'static str {
        let Scheme::Https(certificate) = self.scheme else {
            panic!("{self:?} speaks no TLS: build it with `.tls()`")
        };
        certificate.ca_pem()
    }

    /// A value of the header that lets calls in, whichever that is
    /// ([`Vendor::CREDENTIAL`]), for code that is generic over vendors.
    ///
    /// ```
    /// use mock_rebilly::engine::vendor::Vendor;
    /// use mock_rebilly::{Mock, MockRebilly};
    ///
    /// fn header<V: Vendor>(double: &Mock<V>) -> String {
    ///     format!("{}: {}", V::CREDENTIAL, double.credential())
    /// }
    /// let rebilly = MockRebilly::builder().api_key("sk_sandbox_only").without_socket();
    /// assert_eq!(header(&rebilly), "reb-apikey: sk_sandbox_only");
    /// ```
    #[must_use]
    pub fn credential(&self) -> String {
        self.shared.simulation().vendor().credential()
    }

    /// What was asked and answered so far, and what the double holds now: a
    /// copy, to read and to make demands on.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// // … the code under test does its work …
    /// rebilly.journal().of(Op::DeleteCustomer).assert_none();
    /// println!("{}", rebilly.journal()); // one line a request
    /// ```
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.journal_of(&self.shared.simulation())
    }

    /// The same of its simulation, which is locked already.
    pub(crate) fn journal_of(&self, simulation: &Simulation<V>) -> Journal {
        let url = self.server.as_ref().map(|_| &*self.url);
        simulation.copy_journal(url)
    }

    /// Waits until more exchanges than these were recorded, and says how many
    /// there were then. The binary delivers then.
    #[cfg(feature = "cli")]
    pub async fn asked_since(&self, exchanges: u64) -> u64 {
        loop {
            let news = self.shared.recorded();
            let recorded =
                self.shared.simulation().journal().last().map_or(0, |newest| newest.number);
            if recorded > exchanges {
                return recorded;
            }
            news.await;
        }
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
}

impl<V: Vendor> Drop for Mock<V> {
    fn drop(&mut self) {
        if self.is_judged {
            return;
        }
        match self.end() {
            None => {}
            // A test that fails already keeps its own words.
            Some(violations) if std::thread::panicking() => eprintln!("{violations}"),
            Some(violations) => panic!("{violations}"),
        }
    }
}

impl<V: Vendor> fmt::Debug for Mock<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} double at {}", V::NAME, self.url)
    }
}
