//! [`Journal`]: what was asked and answered, in order.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::HeaderMap;
use serde_json::Value;

use super::clock::Timestamp;
use super::evidence::Rule;
use super::exchange::{Call, Reply, Variable};
use super::render::Setting;
use super::scene::Scene;

/// The most exchanges that are kept. Older ones are dropped, counted, and mentioned.
pub const JOURNAL_MAX: usize = 10_000;

/// The most bytes of request bodies that are kept: 256 MiB. Older exchanges make room.
pub const JOURNAL_BYTES_MAX: usize = 256 * 1024 * 1024;

/// One request and its answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// Its number, from 1 on.
    pub number: u64,
    /// When, on the virtual clock.
    pub at: Timestamp,
    /// The realm it was for: Rebilly's organization.
    pub realm: String,
    /// The vendor's name for the operation, where there is one.
    pub operation: Option<&'static str>,
    /// Why no simulated operation was found, where none was.
    pub unmatched: Option<Unmatched>,
    path: Vec<Variable>,
    call: Arc<Call>,
    reply: Arc<Reply>,
}

/// Why a request found no operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unmatched {
    /// The vendor has no such path, as far as the double knows.
    UnknownPath,
    /// The path has other methods.
    WrongMethod,
    /// The vendor has this operation, and the double does not simulate it.
    NotSimulated,
}

impl Exchange {
    /// The request's method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.call.method.as_str()
    }

    /// The variables of the operation's path and their values, in the order of
    /// the path: `[("id", "cus_ada")]`.
    #[must_use]
    pub fn ids(&self) -> &[Variable] {
        &self.path
    }

    /// The request's path as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.call.path
    }

    /// The request's query as it was sent, without the question mark.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.call.query_text
    }

    /// The whole address, as the client knows it: `http://127.0.0.1:4000/customers?limit=2`.
    #[must_use]
    pub fn url(&self) -> String {
        let mark = if self.query().is_empty() { "" } else { "?" };
        format!("{}{}{mark}{}", self.call.base, self.path(), self.query())
    }

    /// A parameter of the query, decoded; of several, the last.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.call.query.get(name)
    }

    /// A header of the request, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.call.header(name)
    }

    /// All headers of the request, as they were sent.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.call.headers
    }

    /// The request's body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.call.body
    }

    /// The request's body as JSON; `null` if there is none, or if it is no JSON.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// # let put = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(put.body(r#"{"primaryAddress":{"country":"GB"}}"#).unwrap());
    /// // … the code under test does its work …
    /// let put = rebilly.journal().of(Op::PutCustomer).one();
    /// assert_eq!(put.json()["primaryAddress"]["country"], "GB");
    /// assert_eq!(put.answer_json()["id"], "ada");
    /// ```
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.body()).unwrap_or_default()
    }

    /// The answer's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// A header of the answer, if it is text.
    #[must_use]
    pub fn answer_header(&self, name: &str) -> Option<&str> {
        self.reply.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All headers of the answer, but for `Content-Length`, which is that of [`answer_body`](Exchange::answer_body).
    #[must_use]
    pub fn answer_headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// The answer's body, as it was sent (and as it would have been, to `HEAD`).
    #[must_use]
    pub fn answer_body(&self) -> Bytes {
        self.reply.body.bytes(Setting { base: &self.call.base, realm: &self.realm })
    }

    /// The answer's body as JSON; `null` if there is none, or if it is no JSON.
    #[must_use]
    pub fn answer_json(&self) -> Value {
        serde_json::from_slice(&self.answer_body()).unwrap_or_default()
    }

    /// The rules that the answer leans on and that no document of the vendor's states.
    #[must_use]
    pub fn assumed(&self) -> Vec<&'static Rule> {
        self.call.assumed.rules()
    }

    /// The request itself: what a replay feeds to another world.
    #[must_use]
    pub fn call(&self) -> &Arc<Call> {
        &self.call
    }
}

/// One line: `#3 PUT /customers/ada -> 201 PutCustomer`.
impl fmt::Display for Exchange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{} {} {}", self.number, self.method(), self.path())?;
        if !self.query().is_empty() {
            write!(out, "?{}", self.query())?;
        }
        write!(out, " -> {}", self.status().as_u16())?;
        if let Some(operation) = self.operation {
            write!(out, " {operation}")?;
        }
        match self.unmatched {
            Some(Unmatched::UnknownPath) => out.write_str(" (unknown path)"),
            Some(Unmatched::WrongMethod) => out.write_str(" (wrong method)"),
            Some(Unmatched::NotSimulated) => out.write_str(" (not simulated)"),
            None => Ok(()),
        }
    }
}

/// The exchanges of one double, the oldest first. A copy: it does not grow while it is read.
///
/// Its `Display` is one line an exchange.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    dropped: u64,
    scene: Option<Scene>,
}

impl Journal {
    /// The exchanges, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.exchanges.iter().map(AsRef::as_ref)
    }

    /// The newest exchange.
    #[must_use]
    pub fn last(&self) -> Option<&Exchange> {
        self.exchanges.back().map(AsRef::as_ref)
    }

    /// How many exchanges are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether nothing was asked yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// How many older exchanges were dropped, because there were more than [`JOURNAL_MAX`],
    /// or because of [`JOURNAL_BYTES_MAX`].
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The same, to be shared.
    pub(super) fn kept(&self) -> impl DoubleEndedIterator<Item = &Arc<Exchange>> {
        self.exchanges.iter()
    }

    /// Those with a higher number, if they are kept.
    pub(crate) fn after(&self, number: u64) -> Vec<Arc<Exchange>> {
        let known = usize::try_from(number.saturating_sub(self.dropped)).unwrap_or(usize::MAX);
        self.exchanges.iter().skip(known).cloned().collect()
    }

    /// What a copy knows of the world that it was taken from.
    pub(super) fn scene(&self) -> Option<&Scene> {
        self.scene.as_ref()
    }

    /// A copy that knows more of the world than what was asked in it.
    pub(super) fn copy(&self, scene: Scene) -> Journal {
        Journal { scene: Some(scene), ..self.clone() }
    }

    pub(super) fn record(&mut self, entry: Entry) {
        self.bytes += entry.call.body.len();
        while self.exchanges.len() == JOURNAL_MAX || self.bytes > JOURNAL_BYTES_MAX {
            let Some(oldest) = self.exchanges.pop_front() else { break };
            self.bytes -= oldest.call.body.len();
            self.dropped += 1;
        }
        let number = self.dropped + self.exchanges.len() as u64 + 1;
        let Entry { at, realm, operation, unmatched, path, call, reply } = entry;
        let exchange = Exchange { number, at, realm, operation, unmatched, path, call, reply };
        self.exchanges.push_back(Arc::new(exchange));
    }
}

/// What is recorded of an exchange.
pub(super) struct Entry {
    pub(super) at: Timestamp,
    pub(super) realm: String,
    pub(super) operation: Option<&'static str>,
    pub(super) unmatched: Option<Unmatched>,
    pub(super) path: Vec<Variable>,
    pub(super) call: Arc<Call>,
    pub(super) reply: Arc<Reply>,
}

impl fmt::Display for Journal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dropped > 0 {
            writeln!(out, "({} older exchanges were dropped)", self.dropped)?;
        }
        for exchange in self.iter() {
            writeln!(out, "{exchange}")?;
        }
        Ok(())
    }
}
