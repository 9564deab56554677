//! The engine: how any vendor's API is simulated. It knows no vendor.
//!
//! A [`Simulation`](simulation::Simulation) is a simulated API without sockets: one call goes
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
//!  9  scheme   seat → server → pipe
//!  8  ports   courier   intake   wire → handshake
//!  7  double                      a simulation behind a lock
//!  6  found → simulation → arrival      what rules and gates make of a call
//!     control                     a simulation from outside of any call
//!  5  rulebook   gate   identity  report → query   met      moment   settings
//!     condition → pattern → nearest   narrowed   holdings   stray   har   curl
//!     fingerprint   differences
//!  4  realm → seed → realms   completion   answer → entry   scene → journal   operation_table   suggestion   kind → seating
//!     fidelity
//!  3  handler → routes → vendor    the contract          last_list
//!  2  call, reply → exchange                               fixtures
//!  1  errors → input   ids   digest → chaos   parse   form   render → filled → row → blocks, orders → selection → rows → table → thing → tour
//!     answer_body → delivery   comparison   certificate   wording → nested   router → variables
//!  0  date → clock   evidence → guess_table   text → json → tape → value, opened → pointer → failure   given   operation   rule   fault   hindrance   broken
//!     hosts   dormant   blocking   likeness   count   base64   numbering   verbatim → setting, sheet → rendered   unescape   among   call_headers   reply_headers   id → key, node → entries → tree   waiting → map   rare   trail   segments
//! ```
//!
//! Vendors see the vocabulary (levels 0 to 3 without `router`, and `kind` and `seating`) and not the
//! machinery: a handler cannot reach a lock, a socket, the journal or another
//! realm, because the types are not in its room. The `courier` is the way
//! out: it carries requests to receivers on loopback. Nothing in the engine
//! calls it; above the vendors, `deliver` does, when a test asks for it.
//!
//! # What is deliberately absent
//!
//! - No real time, randomness or hash order in anything that can be seen, but for
//!   the real time that a test asks for: a latency, a patience; and for the keys of
//!   TLS, which no answer derives from.
//! - No async handlers: a handler is a plain function that takes microseconds.
//!   One lock, held for that long and never across an await, gives one order
//!   of events and atomic writes across tables.
//! - No vendor's name, JSON or status text. Every refusal passes through
//!   `Vendor::refuse`.
//! - No packet that leaves loopback.
//!
//! # What goes wrong on purpose
//!
//! A call that arrives is decided under the simulation's lock: the [`rulebook`]
//! says what goes wrong with it, a [`gate`] may hold it, and only then it is
//! answered. What goes wrong after the commit changes no state: it is a word on
//! the [`Answer`](answer::Answer), and whoever carries the answer to the client
//! ([`delivery`], and `wire` on a stream) does as it says. A double without
//! rules and gates pays for all that with one check.
//!
//! # Limits
//!
//! [`BODY_MAX`](double::BODY_MAX) bytes a request (a larger one is read to sixteen times that, to be
//! answered), [`ERRORS_MAX`](errors::ERRORS_MAX) errors an answer, [`JOURNAL_MAX`](journal::JOURNAL_MAX)
//! exchanges and [`JOURNAL_BYTES_MAX`](journal::JOURNAL_BYTES_MAX) bytes a journal,
//! [`STRAYS_MAX`](stray::STRAYS_MAX) requests that found nothing, 64 sets of planted fixtures a process, each of up to 1 MiB,
//! [`RULES_MAX`](rulebook::RULES_MAX) rules and [`GATES_MAX`](gate::GATES_MAX) gates a double,
//! [`CHAOS_CALLS_MAX`](rulebook::CHAOS_CALLS_MAX) calls that a chaos tells apart,
//! [`FINDINGS_MAX`](blocks::FINDINGS_MAX) findings that a block of rows remembers,
//! [`SHOWN_MAX`](differences::SHOWN_MAX) differences as text,
//! [`ANSWER_MAX`](courier::ANSWER_MAX) bytes of a receiver's answer, for which [`PATIENCE`](courier::PATIENCE) is left.

mod among;
pub mod answer;
pub mod answer_body;
mod arrival;
pub(crate) mod base64;
pub(crate) mod blocking;
pub mod blocks;
pub mod broken;
mod call;
mod call_headers;
#[cfg(feature = "tls")]
pub mod certificate;
pub mod chaos;
pub mod clock;
pub(crate) mod comparison;
mod completion;
mod condition;
mod control;
pub mod count;
pub mod courier;
mod curl;
mod date;
pub mod delivery;
pub mod differences;
pub mod digest;
mod dormant;
pub mod double;
mod entries;
pub mod entry;
pub mod errors;
pub mod evidence;
pub mod exchange;
pub mod failure;
pub mod fault;
pub mod fidelity;
mod filled;
pub mod fingerprint;
pub mod fixtures;
pub mod form;
mod found;
pub mod gate;
pub mod given;
pub(crate) mod guess_table;
mod handler;
#[cfg(feature = "tls")]
mod handshake;
mod har;
mod hindrance;
mod holdings;
pub(crate) mod hosts;
pub mod id;
mod identity;
pub mod ids;
pub mod input;
pub(crate) mod intake;
pub mod journal;
pub mod json;
pub mod key;
pub mod kind;
mod last_list;
mod likeness;
pub mod map;
pub(crate) mod met;
pub mod moment;
pub mod narrowed;
mod nearest;
pub mod nested;
mod node;
pub mod numbering;
mod opened;
pub mod operation;
pub(crate) mod operation_table;
mod orders;
mod parse;
pub mod pattern;
pub mod pipe;
pub(crate) mod pointer;
mod ports;
pub mod query;
pub mod rare;
mod realm;
mod realms;
pub mod render;
mod rendered;
mod reply;
mod reply_headers;
mod report;
mod router;
mod routes;
pub mod row;
mod rows;
pub mod rule;
pub mod rulebook;
mod scene;
pub mod scheme;
mod seat;
pub mod seating;
mod seed;
mod segments;
mod selection;
pub mod server;
pub mod setting;
pub mod settings;
mod sheet;
pub mod simulation;
pub mod stray;
mod suggestion;
pub mod table;
pub mod tape;
pub mod text;
pub mod thing;
pub mod tour;
mod trail;
pub mod tree;
mod unescape;
pub mod value;
mod variables;
pub mod vendor;
mod verbatim;
mod waiting;
mod wire;
pub(crate) mod wording;
