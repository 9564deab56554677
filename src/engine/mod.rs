//! The engine: how any vendor's API is simulated. It knows no vendor.
//!
//! A [`World`](world::World) is a simulated API without sockets: one call goes
//! in, one answer comes out, and the same calls always give the same answers.
//! State is a *value*: a write works on a clone and counts only if it
//! succeeds, so there is no undo code and nothing is ever half-written. A
//! [`Vendor`](vendor::Vendor) is a table of operations, a state and a dialect
//! for saying no. A [`Server`](server::Server) puts a double behind a loopback port.
//!
//! # Layers
//!
//! Imports point down; `tests/it/tidy.rs` keeps it so.
//!
//! ```text
//!  7  server
//!  6  double                      a world behind a lock    ports   courier   hosts   blocking
//!  5  world
//!  4  realm → scene → journal → condition → pattern → nearest → report → query
//!     answer                      stray   har   curl       narrowed   holdings
//!     operation_table             suggestion
//!  3  vendor                      the contract
//!  2  exchange                                             fixtures
//!  1  errors → input   ids   parse   form   render → table → thing   router
//!     pointer → comparison        wording
//!  0  clock   evidence   failure   json   given   operation   rule
//!     likeness   count   base64
//! ```
//!
//! Vendors see the vocabulary (levels 0 to 3 without `router`) and not the
//! machinery: a handler cannot reach a lock, a socket, the journal or another
//! realm, because the types are not in its room. The `courier` is the way
//! out: it carries requests to receivers on loopback. Nothing in the engine
//! calls it; above the vendors, `deliver` does, when a test asks for it.
//!
//! # What is deliberately absent
//!
//! - No real time, randomness or hash order in anything that can be seen.
//! - No async handlers: a handler is a plain function that takes microseconds.
//!   One lock, held for that long and never across an await, gives one order
//!   of events and atomic writes across tables.
//! - No vendor's name, JSON or status text. Every refusal passes through
//!   `Vendor::refuse`.
//! - No packet that leaves loopback.
//!
//! # Limits
//!
//! [`BODY_MAX`](double::BODY_MAX) bytes a request (a larger one is read to sixteen times that, to be
//! answered), [`ERRORS_MAX`](errors::ERRORS_MAX) errors an answer, [`JOURNAL_MAX`](journal::JOURNAL_MAX)
//! exchanges and [`JOURNAL_BYTES_MAX`](journal::JOURNAL_BYTES_MAX) bytes a journal,
//! [`STRAYS_MAX`](stray::STRAYS_MAX) requests that found nothing, 64 sets of planted fixtures a process,
//! [`ANSWER_MAX`](courier::ANSWER_MAX) bytes of a receiver's answer, for which [`PATIENCE`](courier::PATIENCE) is left.

pub mod answer;
mod base64;
pub(crate) mod blocking;
pub mod clock;
pub(crate) mod comparison;
mod condition;
pub mod count;
pub mod courier;
mod curl;
pub mod double;
pub mod errors;
pub mod evidence;
pub mod exchange;
pub mod failure;
pub mod fixtures;
pub mod form;
pub mod given;
mod har;
mod holdings;
pub(crate) mod hosts;
pub mod ids;
pub mod input;
pub mod journal;
pub mod json;
mod likeness;
pub mod narrowed;
mod nearest;
pub mod operation;
pub(crate) mod operation_table;
mod parse;
pub mod pattern;
pub(crate) mod pointer;
mod ports;
pub mod query;
mod realm;
pub mod render;
mod report;
mod router;
pub mod rule;
mod scene;
pub mod server;
pub mod stray;
mod suggestion;
pub mod table;
pub mod thing;
pub mod vendor;
pub(crate) mod wording;
pub mod world;
