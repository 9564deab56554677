//! [`Journal`]: what was asked and answered, in order.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use hyper::{Response, StatusCode};

use super::answer::Answer;
use super::clock::Timestamp;
use super::evidence::Rule;
use super::exchange::{Call, Reply, Variable};
use super::fault::Fault;
use super::operation::OperationName;
use super::pattern::{Asked, Pattern};
use super::render::Setting;

/// The most exchanges that are kept. Older ones are dropped, counted, and mentioned.
pub const JOURNAL_MAX: usize = 10_000;

/// The most bytes of request bodies that are kept: 256 MiB. Older exchanges make room.
pub const JOURNAL_BYTES_MAX: usize = 256 * 1024 * 1024;

/// One request and its answer.
#[derive(Clone, Debug)]
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
    reply: Option<Arc<Reply>>,
    fault: Option<Fault>,
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

    /// A header of the request.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.call.header(name)
    }

    /// The request's body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.call.body
    }

    /// The status that was answered, whether or not it arrived; `None` where
    /// nothing ever was: the connection was reset before the commit.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply.as_ref().map(|reply| reply.status)
    }

    /// A header of the answer.
    #[must_use]
    pub fn answer_header(&self, name: &str) -> Option<&str> {
        self.reply.as_ref()?.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body that was answered, whether or not it arrived (and as it would
    /// have been, to `HEAD`); empty where nothing ever was.
    #[must_use]
    pub fn answer_body(&self) -> Bytes {
        let setting = Setting { base: &self.call.base, realm: &self.realm };
        self.reply.as_ref().map(|reply| reply.body.bytes(setting)).unwrap_or_default()
    }

    /// What a rule or a gate of the test made go wrong with it.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// How long the answer said it would have taken, or took, when a test wanted it to.
    #[must_use]
    pub fn latency(&self) -> Option<Duration> {
        match self.fault {
            Some(Fault::Latency(latency) | Fault::RealLatency(latency)) => Some(latency),
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
        let answer = Answer {
            reply: self.reply.clone(),
            call: Arc::clone(&self.call),
            realm: self.realm.clone(),
            fault: self.fault.clone(),
        };
        answer.delivery().arrived()
    }

    /// The rules that the answer leans on and that no document of the vendor's states.
    #[must_use]
    pub fn assumed(&self) -> Vec<&'static Rule> {
        self.call.assumed.rules()
    }

    /// What a pattern looks at.
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { operation: self.operation, ids: &self.path, realm: &self.realm, call: &self.call }
    }

    /// The request itself: what a replay feeds to another world, unless a
    /// [`fault`](Exchange::fault) kept it from this one.
    #[must_use]
    pub fn call(&self) -> &Arc<Call> {
        &self.call
    }
}

/// One line: `#3 PUT /customers/ada -> 201 PutCustomer (response lost)`.
impl fmt::Display for Exchange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{} {} {}", self.number, self.method(), self.path())?;
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

/// The exchanges of one double, the oldest first. A copy: it does not grow while it is read.
///
/// Its `Display` is one line an exchange.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    dropped: u64,
}

impl Journal {
    /// The exchanges, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Exchange> {
        self.exchanges.iter().map(AsRef::as_ref)
    }

    /// The exchanges of one operation.
    pub fn of(&self, operation: impl OperationName) -> impl Iterator<Item = &Exchange> {
        let pattern = Pattern::of(operation);
        self.iter().filter(move |exchange| pattern.meets(&exchange.asked()))
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

    /// How many exchanges there ever were.
    pub(crate) fn count(&self) -> u64 {
        self.dropped + self.exchanges.len() as u64
    }

    /// Notes that an answer was lost after it was recorded.
    pub(super) fn lose(&mut self, number: u64) {
        let index = number.checked_sub(self.dropped + 1).and_then(|it| usize::try_from(it).ok());
        // It may have been dropped since.
        let Some(exchange) = index.and_then(|index| self.exchanges.get_mut(index)) else { return };
        // Copies of the journal keep what they saw.
        Arc::make_mut(exchange).fault = Some(Fault::LoseResponse);
    }

    pub(super) fn record(&mut self, entry: Entry) {
        self.bytes += entry.answer.call.body.len();
        while self.exchanges.len() == JOURNAL_MAX || self.bytes > JOURNAL_BYTES_MAX {
            let Some(oldest) = self.exchanges.pop_front() else { break };
            self.bytes -= oldest.call.body.len();
            self.dropped += 1;
        }
        let number = self.count() + 1;
        let Entry { at, operation, unmatched, path, answer } = entry;
        let Answer { reply, call, realm, fault } = answer;
        let exchange =
            Exchange { number, at, realm, operation, unmatched, path, call, reply, fault };
        self.exchanges.push_back(Arc::new(exchange));
    }
}

/// What is recorded of an exchange.
pub(super) struct Entry {
    pub(super) at: Timestamp,
    pub(super) operation: Option<&'static str>,
    pub(super) unmatched: Option<Unmatched>,
    pub(super) path: Vec<Variable>,
    pub(super) answer: Answer,
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
