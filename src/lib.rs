//! Stateful test doubles of the customer APIs of Rebilly, Octobat and Notihub:
//! offline, in memory, and the same on every run.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! use mock_rebilly::{MockRebilly, Op};
//!
//! let rebilly = MockRebilly::start().await; // a server on a loopback port of its own
//! let (url, key) = (rebilly.url(), rebilly.api_key()); // what the code under test is given
//! // … run the code under test …
//! rebilly.journal().of(Op::PutCustomer).assert_count(..=1);
//! # drop((url, key));
//! # }
//! ```
//!
//! [`MockOctobat`] and [`MockNotihub`] start the same way: see their five lines. All
//! three are a [`Mock`], set up by a [`Builder`], and a [`World`] holds several of them.
//!
//! # What is not simulated
//!
//! Everything outside the operations below: payments, invoices, subscriptions, templates.
//! An operation that the vendor has and the double does not simulate is answered with `501`
//! and its name, and fails the test when the double is dropped; a path that the vendor
//! has not does so, too. What no document of the vendor's states follows our best guess;
//! `FIDELITY.md`, `FIDELITY-OCTOBAT.md` and `FIDELITY-NOTIHUB.md` list every such
//! rule, and [`Builder::deny_assumed`] forbids them.
//!
//! # What is
//!
//! State is real: what was written is read back.
//!
//! Of Rebilly all 31 operations of the customer domain: customers (create, upsert, merge,
//! list with `filter`, `sort`, `q`, `fields`, `expand`, CSV), lead sources,
//! timelines, tags, custom fields, custom events, and what they lead to, with
//! every validation rule, header and error body of the published definition;
//! organizations that do not see each other; every form of address that the
//! vendor's SDKs have used.
//!
//! Of Octobat customers and their payment sources: forms and JSON, test and live data
//! by their keys, cursors, idempotency keys, errors by field.
//!
//! Of Notihub token exchange, customers, contacts, preferences and messages, in
//! environments that do not see each other.
//!
//! # What a test demands of it
//!
//! [`Mock::journal`] says what was asked and answered, and [`Query`] what a
//! test demands of it; [`Mock::wait_for`] waits for it. What fails shows the
//! nearest miss and its differences field by field.
//!
//! # What a test puts there and brings back
//!
//! Every kind of thing has a handle (`customers()`, [`Mock::timeline`],
//! [`Mock::payment_sources`], [`Mock::messages`], …; a [`Shelf`]) that reads, puts and
//! removes. [`Mock::snapshot`], [`Mock::restore`], [`Mock::reset`] and [`Mock::fork`] copy
//! nothing; [`Mock::diff`] and [`Mock::fingerprint`] tell what changed, and whether anything did.
//!
//! # What else is kept
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
//! # What a test can do to it
//!
//! Make calls go wrong, the n-th one or by chance that is the same on every run
//! ([`Mock::on`], [`Rule`], [`Chaos`]); hold a call in flight ([`Mock::hold`]);
//! and ask it without a socket ([`Mock::handle`], [`Mock::service`], [`Mock::pipe`]).
//!
//! # More than one vendor
//!
//! A [`World`] holds doubles of several vendors on one clock, with one journal in the
//! order of the answers, one snapshot and one verdict: for a system that talks to more
//! than one of them.
//!
//! # What else a test may want
//!
//! Made-up customers, ten or ten thousand of them: `samples` (feature `fake`).
//! Inputs for property tests, and a model of the customer domain to check
//! clients by: `strategies` and `model` (feature `proptest`).
//!
//! Clients that speak nothing but https: `Builder::tls` (feature `tls`).
//!
//! # What makes it deterministic
//!
//! Time stands still until a test moves it ([`Mock::advance`], [`Mock::set`],
//! [`Mock::auto_advance`]). Ids derive from what is
//! asked, not from when it arrives: racing tests get the same ids on every run.
//! Nothing real, random or unordered can be seen.

mod builder;
#[cfg(feature = "connector")]
mod connector;
pub mod contract;
mod deliver;
pub mod engine;
mod event_log;
mod faults;
mod gates;
mod handle_table;
mod handles;
mod hold;
mod mock;
#[cfg(feature = "proptest")]
pub mod model;
pub mod notihub;
mod notihub_environment;
pub mod octobat;
mod octobat_account;
mod organization;
mod planting;
pub mod rebilly;
mod rules;
#[cfg(feature = "fake")]
pub mod samples;
mod shelf;
mod shelf_error;
mod slot;
mod snapshots;
mod start;
mod start_error;
#[cfg(feature = "proptest")]
pub mod strategies;
mod time;
mod transport;
mod verdict;
mod wait;
mod world;

pub use hyper::http;

pub use crate::builder::Builder;
#[cfg(feature = "connector")]
pub use crate::connector::Connector;
pub use crate::deliver::{Deliveries, Delivery};
pub use crate::engine::answer_body::AnswerBody;
pub use crate::engine::broken::Broken;
pub use crate::engine::chaos::Chaos;
pub use crate::engine::clock::{Clock, Timestamp};
pub use crate::engine::count::Count;
pub use crate::engine::differences::{Difference, Differences};
pub use crate::engine::entry::{Exchange, Unmatched};
pub use crate::engine::exchange::Call;
pub use crate::engine::fault::Fault;
pub use crate::engine::fingerprint::Fingerprint;
pub use crate::engine::fixtures::{FixtureError, FixtureProblem};
pub use crate::engine::journal::Journal;
pub use crate::engine::narrowed::{Answered, Narrowed};
pub use crate::engine::pattern::Pattern;
pub use crate::engine::pipe::Pipe;
pub use crate::engine::query::Query;
pub use crate::event_log::{Event, Events};
pub use crate::gates::{Gate, NotArrived};
pub use crate::hold::{Hold, Holding};
pub use crate::mock::Mock;
pub use crate::notihub::{Notihub, NotihubOp};
pub use crate::notihub_environment::{MockNotihub, NotihubEnvironment};
pub use crate::octobat::{Octobat, OctobatOp};
pub use crate::octobat_account::{MockOctobat, OctobatAccount};
pub use crate::organization::{MockRebilly, Organization};
pub use crate::rebilly::model::{EventKind, WebhookOutcome};
pub use crate::rebilly::{Op, Rebilly};
pub use crate::rules::{Rule, Ruling};
#[cfg(feature = "fake")]
pub use crate::samples::samples;
pub use crate::shelf::Shelf;
pub use crate::shelf_error::{ShelfError, ShelfProblem};
pub use crate::slot::Slot;
pub use crate::snapshots::Snapshot;
pub use crate::start_error::StartError;
pub use crate::transport::Service;
pub use crate::verdict::Violations;
pub use crate::wait::{NotSeen, Wait, Waiting};
pub use crate::world::World;
pub use crate::world::builder::WorldBuilder;
pub use crate::world::snapshots::WorldSnapshot;
