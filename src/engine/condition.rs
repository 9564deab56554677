//! [`Asks`] and [`Answers`]: what a pattern demands of a request and of its
//! answer, and in which words an exchange does not meet it.

use std::fmt;
use std::sync::Arc;

use hyper::header::HeaderName;

use super::comparison::{mismatches, same};
use super::entry::Exchange;
use super::exchange::Call;
use super::json::Json;
use super::pointer::look_up;
use super::tape::Tape;
use super::value::Value;
use super::wording::{body, cut, quoted, shown};

/// Where differences are told, a line each.
pub(super) type Tell<'t> = dyn FnMut(String) + 't;

/// What a request must be like. It can be told before there is an answer.
#[derive(Clone)]
pub(super) enum Asks {
    /// A parameter of the query has this value.
    Query(String, String),
    /// A header has this value.
    Header(HeaderName, String),
    /// The body holds this.
    Body(Held),
}

/// What an exchange must be like that has its answer.
#[derive(Clone)]
pub(super) enum Answers {
    /// The status.
    Status(u16),
    /// The answer's body holds this.
    Body(Held),
    /// What a test author says of it, and whether it is so.
    Holds(String, Arc<Predicate>),
}

/// What a closure of a test author's finds of an exchange.
pub(super) type Predicate = dyn Fn(&Exchange) -> bool + Send + Sync;

/// A value that stands at a place of a body.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) pointer: String,
    pub(super) value: Json,
}

impl Asks {
    pub(super) fn hold(&self, call: &Call) -> bool {
        match self {
            Asks::Query(name, value) => call.query.pairs().any(|it| it == (name, value)),
            Asks::Header(name, value) => call.headers_of(name).any(|it| it == value.as_bytes()),
            Asks::Body(held) => call.tape().is_ok_and(|tape| held.is_in(tape.value())),
        }
    }

    /// Says what is not as it must be, if anything is not.
    pub(super) fn differ(&self, call: &Call, tell: &mut Tell<'_>) {
        if self.hold(call) {
            return;
        }
        match self {
            Asks::Query(name, value) => {
                let found = call.query.pairs().filter(|(known, _)| known == name);
                let found: Vec<String> = found.map(|(_, value)| quoted(value)).collect();
                tell(unlike(&format!("query {name}"), &quoted(value), &listed(&found)));
            }
            Asks::Header(name, value) => {
                let found = call.headers_of(name);
                let found = found.map(|it| quoted(&String::from_utf8_lossy(it)));
                let found: Vec<String> = found.collect();
                tell(unlike(&format!("header {name}"), &quoted(value), &listed(&found)));
            }
            Asks::Body(held) => {
                let tape = call.tape().ok();
                held.differ("body", &call.body, tape.as_deref().map(Tape::value), tell);
            }
        }
    }
}

impl Answers {
    pub(super) fn hold(&self, exchange: &Exchange) -> bool {
        match self {
            Answers::Status(status) => exchange.status().is_some_and(|found| found == *status),
            Answers::Body(held) => {
                Tape::parse(&exchange.answer_body()).is_ok_and(|tape| held.is_in(tape.value()))
            }
            Answers::Holds(_, holds) => holds(exchange),
        }
    }

    /// The same as [`Asks::differ`].
    pub(super) fn differ(&self, exchange: &Exchange, tell: &mut Tell<'_>) {
        if self.hold(exchange) {
            return;
        }
        match self {
            Answers::Status(status) => {
                let Some(found) = exchange.status().map(|it| it.as_u16()) else {
                    return tell(unlike("status", &status.to_string(), "none"));
                };
                tell(unlike("status", &status.to_string(), &found.to_string()));
                // A refusal says best itself why it is one.
                if found >= 400 {
                    tell(format!("answer: {}", body(&exchange.answer_body())));
                }
            }
            Answers::Body(held) => {
                let bytes = exchange.answer_body();
                let tape = Tape::parse(&bytes).ok();
                held.differ("answer", &bytes, tape.as_ref().map(Tape::value), tell);
            }
            Answers::Holds(says, _) => tell(format!("{} does not hold", quoted(says))),
        }
    }
}

impl Held {
    /// A rule asks this under the lock of its double: the body is read where it stands.
    fn is_in(&self, body: Value<'_>) -> bool {
        look_up(body, &self.pointer).is_some_and(|found| same(&self.value, found))
    }

    fn differ(&self, noun: &str, bytes: &[u8], said: Option<Value<'_>>, tell: &mut Tell<'_>) {
        let place = format!("{noun} {}", self.pointer);
        let Some(said) = said else {
            return tell(unlike(place.trim_end(), &short(&self.value), &body(bytes)));
        };
        let Some(found) = look_up(said, &self.pointer).map(Value::to_json) else {
            return tell(unlike(&place, &short(&self.value), "nothing"));
        };
        for it in mismatches(&self.value, &found) {
            let side = |side: Option<&Json>| side.map_or_else(|| "nothing".to_owned(), short);
            let place = format!("{place}{}", it.pointer);
            tell(unlike(place.trim_end(), &side(it.expected), &side(it.found)));
        }
    }
}

/// One line of a report.
pub(super) fn unlike(place: &str, expected: &str, found: &str) -> String {
    format!("{place}: expected {expected}, found {found}")
}

fn short(json: &Json) -> String {
    cut(&shown(json))
}

fn listed(found: &[String]) -> String {
    if found.is_empty() { "nothing".to_owned() } else { cut(&found.join(" and ")) }
}

/// What follows "with" in a sentence.
impl fmt::Display for Asks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Asks::Query(name, value) => write!(out, "query {name} {}", quoted(value)),
            Asks::Header(name, value) => write!(out, "header {name} {}", quoted(value)),
            Asks::Body(held) => write!(out, "body {held}"),
        }
    }
}

/// The same.
impl fmt::Display for Answers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answers::Status(status) => write!(out, "status {status}"),
            Answers::Body(held) => write!(out, "answer {held}"),
            Answers::Holds(says, _) => out.write_str(&quoted(says)),
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.pointer.is_empty() { "" } else { " " };
        write!(out, "{}{between}{}", self.pointer, short(&self.value))
    }
}
