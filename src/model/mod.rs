//! A model of the customer domain, to check clients by (feature `proptest`).
//!
//! [`check`] plays random commands against a client of yours: creates,
//! upserts, merges, comments, tags. After each it looks at everything through the
//! client, and compares that with a small model of what ought to be there:
//!
//! ```
//! use mock_rebilly::MockRebilly;
//! use mock_rebilly::model::{self, OverHttp};
//!
//! // Here the client is plain HTTP without a socket; yours implements `CustomerApi`.
//! let played = model::check(|| OverHttp::direct(MockRebilly::builder().empty().without_socket()));
//! assert!(played.commands > 100);
//! ```
//!
//! These hold after every command ([`Invariant`]): a merge loses no message; an
//! upsert is idempotent but for `revision`; a refusal changes nothing; pages
//! partition a list; a command changes nothing but what it is about; and all is
//! as the model foresees. If one does not, the panic lists the fewest commands
//! that break it, and says how. The same seed plays the same commands.
//!
//! The model foresees what this double answers, its guesses included (see
//! `FIDELITY.md`). Played against Rebilly itself, a difference is a finding.
//!
//! Inside: `command` is what may happen, `act` what it means here and now,
//! `reference` the model, `seen` what can be seen, `laws` what holds from one look
//! to the next; `player` plays and compares, `check` tries many cases and shrinks
//! the first that fails.

mod act;
mod api;
mod check;
mod command;
mod difference;
mod laws;
mod over_http;
mod player;
mod profile;
mod reference;
mod seen;
mod violation;

pub use self::api::{Answer, CustomerApi, Refusal};
pub use self::check::{Check, Played, check};
pub use self::over_http::OverHttp;
pub use self::violation::{Invariant, Violation};
