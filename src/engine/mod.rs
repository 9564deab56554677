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
//!  8  server
//!  7  double                      a world behind a lock    ports   courier   hosts   blocking
//!  7  control                     a world from outside of any call
//!  6  world                       fingerprint   differences
//!  5  moment   settings
//!  4  realm   answer   kind           operation_table      journal
//!  3  vendor                      the contract            pattern
//!  2  exchange                                             fixtures
//!  1  errors → input   ids   parse   form   render → table → thing → tour   router
//!  0  clock   evidence   failure   json   given   operation   rule
//! ```
//!
//! Vendors see the vocabulary (levels 0 to 3 without `router`, and `kind`) and not the
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
//! [`NOT_SIMULATED_MAX`](world::NOT_SIMULATED_MAX) lines in a report,
//! [`SHOWN_MAX`](differences::SHOWN_MAX) differences as text, 64 sets of planted fixtures a process,
//! [`ANSWER_MAX`](courier::ANSWER_MAX) bytes of a receiver's answer, for which [`PATIENCE`](courier::PATIENCE) is left.

pub mod answer;
pub(crate) mod blocking;
pub mod clock;
mod control;
pub mod courier;
pub mod differences;
pub mod double;
pub mod errors;
pub mod evidence;
pub mod exchange;
pub mod failure;
pub mod fingerprint;
pub mod fixtures;
pub mod form;
pub mod given;
pub(crate) mod hosts;
pub mod ids;
pub mod input;
pub mod journal;
pub mod json;
pub mod kind;
pub mod moment;
pub mod operation;
pub(crate) mod operation_table;
mod parse;
pub mod pattern;
mod ports;
mod realm;
pub mod render;
mod router;
pub mod rule;
pub mod server;
pub mod settings;
pub mod table;
pub mod thing;
pub mod tour;
pub mod vendor;
pub mod world;
