//! [`Snapshot`]: all that a double holds at one moment; how to go back to it, to
//! start others from it, and to compare with it.

use std::fmt;
use std::future::{Future, ready};
use std::net::{Ipv4Addr, SocketAddr};

use crate::engine::clock::{Clock, Timestamp};
use crate::engine::differences::Differences;
use crate::engine::fingerprint::Fingerprint;
use crate::engine::moment::Moment;
use crate::engine::numbering::Numbering;
use crate::engine::scheme::Scheme;
use crate::engine::simulation::Simulation;
use crate::engine::vendor::Vendor;
use crate::mock::Mock;
use crate::start_error::StartError;

/// All that a double holds at one moment, and how it was set up. Made by
/// [`Mock::snapshot`].
///
/// Taking one, cloning one, going back to one and starting a double from one
/// copy nothing, so they take the same time for a million customers as for one. One may stand in
/// a `static`: set up once, and run many tests in parallel, each against a double of its own.
///
/// ```
/// use std::sync::OnceLock;
/// use mock_rebilly::{MockRebilly, Rebilly, Snapshot};
/// use serde_json::json;
///
/// static COMPANY: OnceLock<Snapshot<Rebilly>> = OnceLock::new();
///
/// fn company() -> MockRebilly {
///     MockRebilly::from_snapshot_blocking(COMPANY.get_or_init(|| {
///         let rebilly = MockRebilly::builder().without_socket();
///         rebilly.customers().put("bob", json!({ "tags": ["VIP"] }));
///         rebilly.snapshot()
///     }))
/// }
///
/// company().customers().remove("bob");
/// assert!(company().customer("bob").is_some());
/// ```
pub struct Snapshot<V: Vendor> {
    pub(crate) moment: Moment<V>,
    scheme: Scheme,
    pub(crate) allow_unmatched: bool,
    pub(crate) deny_assumed: bool,
}

impl<V: Vendor> Snapshot<V> {
    /// What the clock showed.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.moment.now()
    }

    /// One number for all that was held; see [`Mock::fingerprint`].
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.moment.fingerprint()
    }

    /// What changed since an earlier one; see [`Mock::diff`].
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let before = rebilly.snapshot();
    /// rebilly.customers().remove("cus_lead");
    /// let after = rebilly.snapshot();
    /// // … whatever is done from here on does not count …
    /// rebilly.customers().remove("cus_alan");
    /// assert_eq!(after.diff(&before).under("/org_default/customers/cus_lead").count(), 1);
    /// assert_eq!(after.diff(&before).under("/org_default/customers/cus_alan").count(), 0);
    /// ```
    pub fn diff(&self, before: &Snapshot<V>) -> Differences {
        self.moment.differences(&before.moment)
    }

    /// A double that begins with it, by a clock that shows its time, without a socket.
    pub(crate) fn begin(&self, clock: Clock, numbering: Numbering) -> Mock<V> {
        let simulation = Simulation::at(&self.moment, clock, numbering);
        Mock::of(simulation, self.scheme, self.allow_unmatched, self.deny_assumed)
    }
}

impl<V: Vendor> Clone for Snapshot<V> {
    fn clone(&self) -> Snapshot<V> {
        Snapshot { moment: self.moment.clone(), ..*self }
    }
}

impl<V: Vendor> fmt::Debug for Snapshot<V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "snapshot of a {} double at {}", V::NAME, self.now())
    }
}

impl<V: Vendor> Mock<V> {
    /// All that it holds now, to go back to, to compare with, or to start others from.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let before = rebilly.snapshot();
    /// rebilly.customers().remove("cus_lead");
    /// rebilly.restore(&before);
    /// assert!(rebilly.customer("cus_lead").is_some());
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> Snapshot<V> {
        self.snapshot_of(&self.shared.simulation())
    }

    /// The same of its simulation, which is locked already.
    pub(crate) fn snapshot_of(&self, simulation: &Simulation<V>) -> Snapshot<V> {
        Snapshot {
            moment: simulation.moment(),
            scheme: self.scheme,
            allow_unmatched: self.allow_unmatched,
            deny_assumed: self.deny_assumed,
        }
    }

    /// Goes back to a snapshot: the same calls then get the same answers again.
    ///
    /// Back go all it holds (in every realm), the ids it would give next, what is
    /// counted against rate limits, the clock and its
    /// [`auto_advance`](Mock::auto_advance). A clock that others share moves for
    /// all of them. The journal is history and stays, and so does what
    /// has to be told when the double is dropped.
    ///
    /// The snapshot may be another double's: then this one holds what that one
    /// held, and stays set up as it is (keys, organization, seed, order-independence and the like).
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::{MockRebilly, Timestamp};
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let before = rebilly.snapshot();
    /// let id = rebilly.customers().add(json!({})).id.clone();
    /// rebilly.advance(Duration::from_secs(60));
    /// rebilly.restore(&before);
    /// assert_eq!((rebilly.customers().len(), rebilly.now()), (4, Timestamp::START));
    /// assert_eq!(rebilly.customers().add(json!({})).id, id); // as if for the first time
    /// ```
    pub fn restore(&self, snapshot: &Snapshot<V>) {
        let before = self.shared.simulation().restore(&snapshot.moment);
        // The lock is free again: what only this double held is not given back under it.
        drop(before);
    }

    /// Goes back to the start: to its fixtures, or to the snapshot that it was started
    /// from, as [`restore`](Mock::restore) does, and empties the journal. What has to
    /// be told when the double is dropped is still told; rules and gates stay
    /// ([`clear_rules`](Mock::clear_rules) takes rules away).
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.customers().remove("cus_lead");
    /// rebilly.advance(Duration::from_secs(60));
    /// rebilly.reset();
    /// assert_eq!((rebilly.customers().len(), rebilly.now().to_string().as_str()), (4, "2024-01-01T00:00:00Z"));
    /// ```
    pub fn reset(&self) {
        let before = self.shared.simulation().reset();
        drop(before);
    }

    /// Another double that holds what this one holds now, and is set up alike. From
    /// here on, neither sees what happens to the other.
    ///
    /// It listens on a port of its own, or not at all if this one does not. Its clock
    /// is its own and shows the same time; its journal is empty, and no rules or gates
    /// are made for it yet.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start().await;
    /// let twin = rebilly.fork().await;
    /// twin.customers().remove("cus_lead");
    /// assert_eq!((twin.customers().len(), rebilly.customers().len()), (3, 4));
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn fork(&self) -> impl Future<Output = Mock<V>> + use<V> {
        ready(self.fork_blocking())
    }

    /// The same for tests that are not async.
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn fork_blocking(&self) -> Mock<V> {
        match self.server {
            Some(_) => Mock::from_snapshot_blocking(&self.snapshot()),
            None => Mock::from_snapshot_without_socket(&self.snapshot()),
        }
    }

    /// Starts a double that holds what another held, and is set up alike, on a
    /// fresh loopback port. Its clock is its own; its journal is empty.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::MockRebilly;
    ///
    /// let base = MockRebilly::start().await.snapshot();
    /// for id in base_customers() {
    ///     let rebilly = MockRebilly::from_snapshot(&base).await;
    ///     rebilly.customers().remove(id);
    ///     assert_eq!(rebilly.customers().len(), 3);
    /// }
    /// # fn base_customers() -> [&'static str; 2] { ["cus_lead", "cus_alan"] }
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn from_snapshot(snapshot: &Snapshot<V>) -> impl Future<Output = Mock<V>> + use<V> {
        ready(Mock::from_snapshot_blocking(snapshot))
    }

    /// The same for tests that are not async. They need no runtime.
    ///
    /// # Panics
    ///
    /// When no port can be listened on.
    #[track_caller]
    pub fn from_snapshot_blocking(snapshot: &Snapshot<V>) -> Mock<V> {
        match Mock::try_from_snapshot(snapshot) {
            Ok(mock) => mock,
            Err(error) => panic!("the {} double cannot start: {error}", V::NAME),
        }
    }

    /// The same without the panic.
    ///
    /// # Errors
    ///
    /// When no port can be listened on.
    pub fn try_from_snapshot(snapshot: &Snapshot<V>) -> Result<Mock<V>, StartError> {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0);
        Mock::from_snapshot_without_socket(snapshot).listening(address)
    }

    /// The same without a socket: only [`Mock::handle`] reaches it.
    pub fn from_snapshot_without_socket(snapshot: &Snapshot<V>) -> Mock<V> {
        snapshot.begin(Clock::at(snapshot.now()), Numbering::default())
    }

    /// One number for all that it holds: equal for two doubles that hold the same, on
    /// every machine, and with [`order_independent`](crate::Builder::order_independent)
    /// in every order of arrival. See [`Fingerprint`] for what counts.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let (one, other) = (MockRebilly::start_blocking(), MockRebilly::start_blocking());
    /// one.customers().put("eve", json!({}));
    /// assert_ne!(one.fingerprint(), other.fingerprint());
    /// other.customers().put("eve", json!({}));
    /// assert_eq!(one.fingerprint(), other.fingerprint());
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.snapshot().fingerprint()
    }

    /// What changed since a snapshot: what came, what went, and which members of
    /// what are others now.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let before = rebilly.snapshot();
    /// // … the code under test does its work …
    /// # let put = Request::put("/customers/cus_alan").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(put.body(r#"{"primaryAddress":{"firstName":"Alan","lastName":"Turing","city":"Manchester","country":"US","emails":[{"label":"main","value":"alan@example.com","primary":true}]}}"#).unwrap());
    /// let diff = rebilly.diff(&before);
    /// let changed: Vec<String> =
    ///     diff.under("/org_default/customers/cus_alan/primaryAddress").map(ToString::to_string).collect();
    /// assert_eq!(changed[0], r#"  /org_default/customers/cus_alan/primaryAddress/country: "GB" -> "US""#);
    /// ```
    pub fn diff(&self, before: &Snapshot<V>) -> Differences {
        self.snapshot().diff(before)
    }
}
