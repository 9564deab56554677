//! [`Exchange`]: an entry of the journal, one request and its answer.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::header::HeaderMap;
use hyper::{Response, StatusCode};
use serde_json::Value;

use super::answer::{Answer, Length};
use super::clock::Timestamp;
use super::delivery::Delivery;
use super::evidence::Guess;
use super::exchange::{Call, Reply, Variable, Variables};
use super::fault::Fault;
use super::last_list::LastList;
use super::render::Filling;
use super::text::Text;

/// One request and its answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// Its number, from 1 on. In a [`World`](crate::World), all doubles number theirs together.
    pub number: u64,
    /// Whose API was asked: `rebilly`.
    pub vendor: &'static str,
    /// When, on the virtual clock.
    pub at: Timestamp,
    /// The realm it was for: Rebilly's organization.
    pub realm: Text,
    /// The vendor's name for the operation, where there is one.
    pub operation: Option<&'static str>,
    /// Why no simulated operation was found, where none was.
    pub unmatched: Option<Unmatched>,
    /// Whether there are others of its journal's numbering, whose API was another's.
    pub(super) is_of_several: bool,
    pub(super) path: Variables,
    pub(super) call: Arc<Call>,
    /// Where the answer is shown.
    pub(super) filling: Arc<Filling>,
    /// `None` when there never was one: the connection is reset in its place.
    pub(super) reply: Option<Reply>,
    /// What goes wrong with it.
    pub(super) fault: Option<Box<Fault>>,
    /// The answer's headers as the rest of the world has them, once somebody asked for that.
    pub(super) answer_headers: OnceLock<Box<HeaderMap>>,
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
        self.path.list()
    }

    /// The same as the engine has them.
    pub(super) fn variables(&self) -> &Variables {
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
        format!("{}{}{mark}{}", self.call.base(), self.path(), self.query())
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
        self.call.headers()
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

    /// The status that was answered, whether or not it arrived; `None` where
    /// nothing ever was: the connection was reset before the commit.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply.as_ref().map(|reply| reply.status)
    }

    /// A header of the answer, if it is text.
    #[must_use]
    pub fn answer_header(&self, name: &str) -> Option<&str> {
        self.reply.as_ref()?.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All headers that were answered, whether or not they arrived, but for `Content-Length`, which is that of [`answer_body`](Exchange::answer_body).
    #[must_use]
    pub fn answer_headers(&self) -> &HeaderMap {
        self.answer_headers.get_or_init(|| {
            let headers = self.reply.as_ref().map(|reply| reply.headers.map(0));
            Box::new(headers.unwrap_or_default())
        })
    }

    /// The body that was answered, whether or not it arrived (and as it would
    /// have been, to `HEAD`); empty where nothing ever was.
    #[must_use]
    pub fn answer_body(&self) -> Bytes {
        self.reply.as_ref().map(|reply| reply.body.bytes(&self.filling)).unwrap_or_default()
    }

    /// What a rule or a gate of the test made go wrong with it.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }

    /// How long the answer said it would have taken, or took, when a test wanted it to.
    #[must_use]
    pub fn latency(&self) -> Option<Duration> {
        match self.fault() {
            Some(Fault::Latency(latency) | Fault::RealLatency(latency)) => Some(*latency),
            _ => None,
        }
    }

    /// What reached the client, after whatever went wrong on the way: of a body
    /// that was cut off, its beginning; `None` when nothing did.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).lose_response();
    /// let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// rebilly.try_handle(request.body("").unwrap()).unwrap_err();
    ///
    /// let journal = rebilly.journal();
    /// let exchange = journal.last().unwrap();
    /// assert_eq!(exchange.status().unwrap(), 200);
    /// assert_eq!(exchange.delivered().map(|answer| answer.status()), None);
    /// ```
    #[must_use]
    pub fn delivered(&self) -> Option<Response<Bytes>> {
        self.answer().delivery(Length::Said, &LastList::default()).arrived()
    }

    /// The answer's body as JSON; `null` if there is none, or if it is no JSON.
    #[must_use]
    pub fn answer_json(&self) -> Value {
        serde_json::from_slice(&self.answer_body()).unwrap_or_default()
    }

    /// The guesses that the answer leans on, which no document of the vendor's states.
    #[must_use]
    pub fn assumed(&self) -> Vec<&'static Guess> {
        self.call.assumed.guesses()
    }

    fn answer(&self) -> Answer<'_> {
        let Exchange { call, filling, reply, fault, .. } = self;
        Answer { call, filling, reply: reply.as_ref(), fault: fault.as_deref() }
    }

    /// Notes that the answer was lost after all.
    pub(super) fn lose(&mut self) {
        self.fault = Some(Box::new(Fault::LoseResponse));
    }

    /// The request itself: what a replay feeds to another simulation, unless a
    /// [`fault`](Exchange::fault) kept it from this one.
    #[must_use]
    pub fn call(&self) -> &Arc<Call> {
        &self.call
    }
}

/// One line: `#3 PUT /customers/ada -> 201 PutCustomer (response lost)`. In a
/// [`World`](crate::World) it says whose API was asked: `#3 rebilly PUT …`.
impl fmt::Display for Exchange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{} ", self.number)?;
        if self.is_of_several {
            write!(out, "{} ", self.vendor)?;
        }
        write!(out, "{} {}", self.method(), self.path())?;
        if !self.query().is_empty() {
            write!(out, "?{}", self.query())?;
        }
        match self.status() {
            Some(status) => write!(out, " -> {}", status.as_u16())?,
            None => out.write_str(" -> nothing")?,
        }
        if let Some(operation) = self.operation {
            write!(out, " {operation}")?;
        }
        match self.unmatched {
            Some(Unmatched::UnknownPath) => out.write_str(" (unknown path)")?,
            Some(Unmatched::WrongMethod) => out.write_str(" (wrong method)")?,
            Some(Unmatched::NotSimulated) => out.write_str(" (not simulated)")?,
            None => {}
        }
        match &self.fault {
            Some(fault) => write!(out, " ({fault})"),
            None => Ok(()),
        }
    }
}

/// An exchange that is recorded, and whose answer is not given yet.
#[derive(Debug)]
pub(super) struct Recorded(pub(super) Arc<Exchange>);

impl Recorded {
    /// The answer in bytes, and how they are delivered.
    pub(super) fn delivery(&self, length: Length, last_list: &LastList) -> Delivery {
        self.0.answer().delivery(length, last_list)
    }

    /// The same, but the answer is lost.
    pub(super) fn lost(mut self) -> Recorded {
        Arc::make_mut(&mut self.0).lose();
        self
    }
}
