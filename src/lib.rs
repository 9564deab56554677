//! A stateful test double of the Rebilly billing API's customer domain:
//! offline, in memory, and the same on every run.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! use mock_rebilly::{MockRebilly, Op};
//!
//! let rebilly = MockRebilly::start().await; // a server on a loopback port of its own
//! let (url, key) = (rebilly.url(), rebilly.api_key()); // what the code under test is given
//! // … run the code under test …
//! assert_eq!(rebilly.journal().of(Op::PutCustomer).count(), 0);
//! # drop((url, key));
//! # }
//! ```
//!
//! # What is not simulated
//!
//! Payments, invoices, subscriptions and everything else outside the
//! customer domain: an operation that Rebilly has and this double does not
//! simulate is answered with `501` and its name, and fails the test when the
//! double is dropped. What no document of the vendor's states follows our best
//! guess; `FIDELITY.md` lists every such rule, and [`Builder::deny_assumed`] forbids them.
//!
//! # What is
//!
//! All 31 operations of the customer domain: customers (create, upsert, merge,
//! list with `filter`, `sort`, `q`, `fields`, `expand`, CSV), lead sources,
//! timelines, tags, custom fields, custom events, and what they lead to, with
//! every validation rule, header and error body of the published definition;
//! organizations that do not see each other; every form of address that the
//! vendor's SDKs have used. State is real: what was written is read back.
//!
//! What webhooks would be told is kept as [`Events`]. On demand
//! ([`Builder::deliver_webhooks`]) webhooks on loopback are told of it, when the
//! test says so ([`Mock::deliver`]); credentials of webhooks are not simulated.
//! On demand ([`Builder::rate_limit`]) writes are refused that come too often.
//!
//! # What keeps it true
//!
//! Conversations as files, played against the double or against Rebilly's
//! sandbox, yours beside ours: see [`contract`].
//!
//! # What makes it deterministic
//!
//! Time stands still until a test moves it ([`Mock::advance`], [`Mock::set`],
//! [`Mock::auto_advance`]). Ids derive from what is
//! asked, not from when it arrives: racing tests get the same ids on every run.
//! Nothing real, random or unordered can be seen.

mod builder;
pub mod contract;
mod deliver;
pub mod engine;
mod event_log;
mod handles;
mod mock;
mod organization;
mod planting;
pub mod rebilly;
mod shelf;
mod shelf_error;
mod slot;
mod snapshots;
mod start;
mod time;

pub use hyper::http;

pub use crate::builder::Builder;
pub use crate::deliver::{Deliveries, Delivery};
pub use crate::engine::clock::{Clock, Timestamp};
pub use crate::engine::differences::{Difference, Differences};
pub use crate::engine::fingerprint::Fingerprint;
pub use crate::engine::fixtures::{FixtureError, FixtureProblem};
pub use crate::engine::journal::{Exchange, Journal, Unmatched};
pub use crate::event_log::{Event, Events};
pub use crate::mock::Mock;
pub use crate::organization::{MockRebilly, Organization};
pub use crate::rebilly::model::{EventKind, WebhookOutcome};
pub use crate::rebilly::{Op, Rebilly};
pub use crate::shelf::Shelf;
pub use crate::shelf_error::{ShelfError, ShelfProblem};
pub use crate::slot::Slot;
pub use crate::snapshots::Snapshot;
pub use crate::start::StartError;
