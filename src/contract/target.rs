//! [`Target`]: whom contracts are played against, whichever vendor's they are.

use std::fmt;

use hyper::http::{Request, Response};

use crate::builder::Builder;
use crate::engine::fixtures::Fixture;
use crate::engine::vendor::Vendor;
use crate::rebilly::Rebilly;

/// The organization of a double that contracts are played in, unless a test says otherwise.
pub(super) const ORGANIZATION: &str = "acme";

/// How requests are sent: an HTTP client that the user of this crate has already.
pub(super) type Transport = dyn Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String>;

/// Makes the builder of a double in which these fixtures are.
pub(super) type Make<V> = dyn Fn(Option<&Fixture>) -> Builder<V>;

/// Makes an organization for the file of that name.
pub(super) type MakeOrganization = dyn Fn(&str) -> Result<String, String>;

/// Whom contracts are played against: a double, or any address.
///
/// A *transport* is a closure around an HTTP client. It sends a request as it
/// is, follows no redirect, retries nothing, and takes every status for an
/// answer; `Err` says in words why there is none.
pub struct Target<V = Rebilly> {
    pub(super) kind: Kind<V>,
    pub(super) realm: Realms,
}

pub(super) enum Kind<V> {
    /// With a transport it is behind a socket.
    Double {
        make: Box<Make<V>>,
        transport: Option<Box<Transport>>,
    },
    Remote {
        base: String,
        credential: String,
        transport: Box<Transport>,
    },
}

pub(super) enum Realms {
    /// One for all files: it is not empty when the second file begins.
    Shared(String),
    /// One for each file.
    Each(Box<MakeOrganization>),
}

/// A builder with these fixtures and, if it has none of its own, without the standard ones.
pub(super) fn planted<V: Vendor>(builder: Builder<V>, fixtures: Option<&Fixture>) -> Builder<V> {
    match fixtures {
        Some(Fixture { name, text }) => builder.fixture(name, text),
        None if builder.fixtures.is_none() => builder.empty(),
        None => builder,
    }
}

impl<V: Vendor> Target<V> {
    /// A fresh double for each file, without a socket, of any vendor. The
    /// closure makes its builder; without fixtures of its own, nothing is there but
    /// what the file brings.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use mock_rebilly::contract::{Contracts, Target};
    ///
    /// let contracts = Contracts::load("fixtures/rebilly/contracts")?;
    /// contracts.run(&Target::of(|| MockRebilly::builder().seed(7))).assert_none();
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    #[must_use]
    pub fn of(builder: impl Fn() -> Builder<V> + 'static) -> Target<V> {
        let make = Box::new(move |fixtures: Option<&Fixture>| planted(builder(), fixtures));
        let kind = Kind::Double { make, transport: None };
        Target { kind, realm: Realms::Shared(ORGANIZATION.to_owned()) }
    }

    /// An address of any vendor that nothing is known of, and a value of the
    /// vendor's header for credentials. All files share what that opens, so files that
    /// need an empty realm are not played, and the report says so.
    /// **What contracts make stays there.** Rebilly's addresses need an
    /// organization, too: see [`Target::remote`].
    ///
    /// # Panics
    ///
    /// When the credential could open what real customers are in: contracts write.
    #[must_use]
    #[track_caller]
    pub fn at(
        base_url: &str,
        credential: &str,
        transport: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
    ) -> Target<V> {
        let live = V::is_live(credential);
        assert!(!live, "contracts write: they are not played with a key for real customers");
        let base = base_url.trim_end_matches('/').to_owned();
        let credential = credential.to_owned();
        let kind = Kind::Remote { base, credential, transport: Box::new(transport) };
        Target { kind, realm: Realms::Shared(ORGANIZATION.to_owned()) }
    }

    /// The same behind a socket, asked through this transport. An address
    /// that nothing is known of is asked through it from now on.
    #[must_use]
    pub fn over_socket(
        mut self,
        transport: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
    ) -> Target<V> {
        let new: Box<Transport> = Box::new(transport);
        match &mut self.kind {
            Kind::Double { transport, .. } => *transport = Some(new),
            Kind::Remote { transport, .. } => *transport = new,
        }
        self
    }
}

impl<V> fmt::Display for Target<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Double { transport: None, .. } => out.write_str("a double without a socket"),
            Kind::Double { transport: Some(_), .. } => out.write_str("a double over a socket"),
            Kind::Remote { base, .. } => out.write_str(base),
        }
    }
}

impl<V> fmt::Debug for Target<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Target({self})")
    }
}
