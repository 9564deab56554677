//! [`Pattern`]: which calls are meant, in the vendor's words.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use hyper::header::HeaderName;
use serde_json::Value;

use super::condition::{Answers, Asks, Held, Tell, unlike};
use super::entry::Exchange;
use super::exchange::{Call, Variables};
use super::json::Json;
use super::likeness::Likeness;
use super::operation::OperationName;
use super::pointer::is_pointer;
use super::wording::quoted;

/// Which calls are meant: those of an operation, for an id, in a realm, and
/// what request and answer must say. What it does not say, any call fits.
///
/// An operation alone is one, too. With more to say, a pattern can be said once and used twice:
///
/// ```
/// use mock_rebilly::{MockRebilly, Op, Pattern};
///
/// let rebilly = MockRebilly::builder().without_socket();
/// # let put = mock_rebilly::http::Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
/// # rebilly.handle(put.body(r#"{"primaryAddress":{"country":"GB"}}"#).unwrap());
/// let created = Pattern::of(Op::PutCustomer).id("ada").status(201);
/// // … the code under test does its work …
/// rebilly.journal().of(created.clone().body("/primaryAddress/country", "GB")).assert_once();
/// rebilly.journal().assert_in_order([created]);
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Pattern {
    vendor: Option<&'static str>,
    operation: Option<&'static str>,
    ids: Vec<String>,
    realm: Option<String>,
    asks: Vec<Asks>,
    answers: Vec<Answers>,
}

/// What is known of a call when it has been routed, and before it is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) operation: Option<&'static str>,
    pub(super) ids: &'a Variables,
    pub(super) realm: &'a str,
    pub(super) call: &'a Call,
}

impl<'a> Asked<'a> {
    /// What was known of it then.
    pub(super) fn of(exchange: &'a Exchange) -> Asked<'a> {
        Asked {
            operation: exchange.operation,
            ids: exchange.variables(),
            realm: &exchange.realm,
            call: exchange.call(),
        }
    }
}

impl Pattern {
    /// Any call.
    pub fn any() -> Pattern {
        Pattern::default()
    }

    /// The calls of one operation.
    pub fn of<O: OperationName>(operation: O) -> Pattern {
        let (vendor, operation) = (Some(O::VENDOR), Some(operation.name()));
        Pattern { vendor, operation, ..Pattern::default() }
    }

    /// Only those for this id: one of the path's variables has this value.
    /// Several ids must all be there.
    pub fn id(mut self, id: &str) -> Pattern {
        self.ids.push(id.to_owned());
        self
    }

    /// Only those in this realm: Rebilly's organization.
    pub fn realm(mut self, realm: &str) -> Pattern {
        self.realm = Some(realm.to_owned());
        self
    }

    /// Only those whose query says this, decoded: `targetCustomerId`, `ada`.
    pub fn query(mut self, name: &str, value: &str) -> Pattern {
        self.asks.push(Asks::Query(name.to_owned(), value.to_owned()));
        self
    }

    /// Only those with this header.
    ///
    /// # Panics
    ///
    /// When no header can have this name.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Pattern {
        let Ok(name) = HeaderName::try_from(name) else {
            panic!("{} is no header's name", quoted(name))
        };
        self.asks.push(Asks::Header(name, value.to_owned()));
        self
    }

    /// Only those whose body has this value at a place, which is a JSON pointer:
    /// `/primaryAddress/emails/0`, or nothing for the whole body. A number is a number:
    /// `1` is `1.0`. Of an object, all members count, in any order.
    ///
    /// A journal keeps bodies as they were sent: each is read anew whenever it is asked.
    ///
    /// # Panics
    ///
    /// When the pointer is none (it begins with a slash), or when no JSON text
    /// could say the value.
    #[track_caller]
    pub fn body(mut self, pointer: &str, value: impl Into<Value>) -> Pattern {
        self.asks.push(Asks::Body(held(pointer, &value.into())));
        self
    }

    /// Only those that are answered with this status.
    pub fn status(mut self, status: u16) -> Pattern {
        self.answers.push(Answers::Status(status));
        self
    }

    /// Only those whose answer has this value at a place; see [`Pattern::body`].
    ///
    /// # Panics
    ///
    /// As [`Pattern::body`] does.
    #[track_caller]
    pub fn answer(mut self, pointer: &str, value: impl Into<Value>) -> Pattern {
        self.answers.push(Answers::Body(held(pointer, &value.into())));
        self
    }

    /// Only those of which something holds that only you can say. The sentence
    /// stands in reports: "the trace is that of the order".
    pub fn matching(
        mut self,
        sentence: &str,
        holds: impl Fn(&Exchange) -> bool + Send + Sync + 'static,
    ) -> Pattern {
        self.answers.push(Answers::Holds(sentence.to_owned(), Arc::new(holds)));
        self
    }

    /// Whose operation is meant, if one is.
    pub(crate) fn vendor(&self) -> Option<&'static str> {
        self.vendor
    }

    /// Whether calls of this vendor's API may be meant.
    pub(super) fn may_mean(&self, vendor: &str) -> bool {
        self.vendor.is_none_or(|it| it == vendor)
    }

    /// The name of the operation that is meant, if one is.
    pub(super) fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// The ids that are meant.
    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The realm that is meant, if one is.
    pub(super) fn meant_realm(&self) -> Option<&str> {
        self.realm.as_deref()
    }

    /// What is meant, in few words: `PutCustomer of ada in acme`.
    pub(super) fn noun(&self) -> String {
        let mut noun = self.operation.unwrap_or("request").to_owned();
        if !self.ids.is_empty() {
            let _ = write!(noun, " of {}", self.ids.join(" and "));
        }
        if let Some(realm) = &self.realm {
            let _ = write!(noun, " in {realm}");
        }
        noun
    }

    /// What else must be so, each in words that follow "with".
    pub(super) fn demands(&self) -> Vec<String> {
        let asks = self.asks.iter().map(ToString::to_string);
        asks.chain(self.answers.iter().map(ToString::to_string)).collect()
    }

    /// Whether a call is meant, as far as that can be told before its answer.
    #[inline]
    pub(super) fn meets(&self, asked: &Asked<'_>) -> bool {
        self.is_about(asked) && self.is_said(asked)
    }

    /// Whether it is of the operation and for the ids, by which most are told that are not meant.
    #[inline]
    fn is_about(&self, asked: &Asked<'_>) -> bool {
        // A name is mostly the very same text, which is told without reading it.
        let is = |name: &str, it: &str| std::ptr::eq(it, name) || it == name;
        self.operation.is_none_or(|name| asked.operation.is_some_and(|it| is(name, it)))
            && self.ids.iter().all(|id| asked.ids.has(id))
    }

    fn is_said(&self, asked: &Asked<'_>) -> bool {
        self.realm.as_ref().is_none_or(|realm| realm == asked.realm)
            && self.asks.iter().all(|it| it.hold(asked.call))
    }

    /// Whether an exchange is meant.
    pub(crate) fn fits(&self, exchange: &Exchange) -> bool {
        self.may_mean(exchange.vendor)
            && self.meets(&Asked::of(exchange))
            && self.answers.iter().all(|it| it.hold(exchange))
    }

    /// How many of its demands an exchange does not meet, in which these ids were
    /// asked for; the operation is not counted.
    pub(super) fn misses(&self, exchange: &Exchange, ids: &[&str]) -> usize {
        let ids = self.ids.iter().filter(|id| !ids.contains(&id.as_str())).count();
        let realm = self.realm.as_ref().is_some_and(|realm| *realm != exchange.realm);
        let asks = self.asks.iter().filter(|it| !it.hold(exchange.call())).count();
        let answers = self.answers.iter().filter(|it| !it.hold(exchange)).count();
        ids + usize::from(realm) + asks + answers
    }

    /// How near a call comes: how much of what it says the call fits. What is
    /// of another operation and for another id is not near at all.
    pub(super) fn nearness(&self, asked: &Asked<'_>) -> usize {
        let operation = self.operation.is_some_and(|name| asked.operation == Some(name));
        let has = |id: &&String| asked.ids.has(id);
        match usize::from(operation) + self.ids.iter().filter(has).count() {
            0 => 0,
            near => near + self.asks.iter().filter(|it| it.hold(asked.call)).count(),
        }
    }

    /// Says what a call should have said, and did not.
    pub(super) fn differ_asks(&self, call: &Call, tell: &mut Tell<'_>) {
        self.asks.iter().for_each(|it| it.differ(call, tell));
    }

    /// Says which of its demands the same exchange does not meet; the operation is not told.
    pub(super) fn differ(&self, exchange: &Exchange, ids: &[&str], tell: &mut Tell<'_>) {
        for id in self.ids.iter().filter(|id| !ids.contains(&id.as_str())) {
            let found = ids.iter().min_by_key(|found| Likeness::of(id, found));
            let Some(found) = found else {
                tell(unlike("id", &quoted(id), "none"));
                continue;
            };
            let note = match Likeness::of(id, found) {
                Likeness::Case => " (only the case differs)",
                Likeness::Near(1) => " (one character differs)",
                _ => "",
            };
            tell(format!("{}{note}", unlike("id", &quoted(id), &quoted(found))));
        }
        if let Some(realm) = self.realm.as_ref().filter(|realm| **realm != exchange.realm) {
            tell(unlike("realm", &quoted(realm), &quoted(&exchange.realm)));
        }
        self.differ_asks(exchange.call(), tell);
        self.answers.iter().for_each(|it| it.differ(exchange, tell));
    }
}

#[track_caller]
fn held(pointer: &str, value: &Value) -> Held {
    assert!(
        is_pointer(pointer),
        "{} is no JSON pointer: `/primaryAddress/country` is one, and begins with a slash",
        quoted(pointer)
    );
    // By way of its text, because what a `Value` holds depends on features of
    // serde_json that any crate of a build may have switched on.
    match Json::parse(value.to_string().as_bytes()) {
        Ok(value) => Held { pointer: pointer.to_owned(), value },
        Err(reason) => panic!("no body can say {value}: {reason}"),
    }
}

/// `PutCustomer of ada in acme with body /locale "en"`.
impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.noun())?;
        let demands = self.demands();
        if !demands.is_empty() {
            write!(out, " with {}", demands.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Pattern({self})")
    }
}

impl<O: OperationName> From<O> for Pattern {
    fn from(operation: O) -> Pattern {
        Pattern::of(operation)
    }
}
