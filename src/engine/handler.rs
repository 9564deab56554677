//! [`Operation`] and its handler: what it does, and what it is lent for that.

use std::borrow::Cow;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hyper::Method;

use super::clock::Timestamp;
use super::evidence::Source;
use super::exchange::{Call, Reply, Variables};
use super::failure::Failure;
use super::id::Id;
use super::ids::Stream;
use super::table::{Place, Record, Table};

/// One operation: its line in the vendor's own index, and what it does.
pub struct Operation<S: 'static> {
    /// The method.
    pub method: Method,
    /// The path: `customers/{id}`.
    pub path: &'static str,
    /// The vendor's name for it: `PutCustomer`.
    pub id: &'static str,
    /// Where what it does is known from.
    pub source: Source,
    /// What it does.
    pub run: Run<S>,
}

impl<S> fmt::Debug for Operation<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.method, self.path, self.id)
    }
}

/// A handler. A read is lent nothing that it could write to.
pub enum Run<S: 'static> {
    /// Looks at the state.
    Read(fn(&Reading<'_, S>, &Call) -> Result<Reply, Failure>),
    /// Works on a draft of the state, which counts only if it succeeds.
    Write(fn(&mut Writing<'_, S>, &Call) -> Result<Reply, Failure>),
}

/// What a read is lent.
pub type Reading<'a, S> = Cx<'a, &'a S>;
/// What a write is lent.
pub type Writing<'a, S> = Cx<'a, &'a mut S>;

/// What a handler is lent for the time of one call.
pub struct Cx<'a, S> {
    /// The realm's state.
    pub state: S,
    /// The time, which stands still during a call.
    pub now: Timestamp,
    /// Where new ids come from.
    pub ids: Stream,
    /// The realm's name.
    pub realm: &'a str,
    /// What a link to something of this realm begins with, as this client wrote it.
    pub home: Cow<'a, str>,
    pub(super) path: &'a Variables,
    pub(super) turn: u64,
    pub(super) made: u32,
    /// Whether nothing may show when a call arrived.
    pub(super) order_independent: bool,
}

impl<S> Cx<'_, S> {
    /// The value of a variable of the path.
    ///
    /// # Panics
    ///
    /// When the operation's path has no such variable: a bug of its handler.
    #[must_use]
    pub fn path(&self, name: &str) -> &str {
        self.path.get(name).expect("the operation's path has this variable")
    }

    /// The next number of a count that runs through a realm, as it may be shown: where
    /// nothing may depend on the order of arrival, one that derives from what is asked.
    #[must_use]
    pub fn number(&mut self, kind: &'static str, next: i64) -> i64 {
        if self.order_independent { self.ids.number(kind) } else { next }
    }

    /// The place of the next thing that this call makes.
    #[must_use]
    pub fn place(&mut self, time: Timestamp, id: impl Into<Id>) -> Place {
        self.made += 1;
        Place::new(time, self.turn, self.made, id)
    }
}

impl<S> Writing<'_, S> {
    /// The next id that is drawn and that nothing in a table has.
    #[must_use]
    pub fn fresh<T: Record>(
        &mut self,
        table: fn(&S) -> &Table<T>,
        draw: impl FnMut(&mut Stream) -> String,
    ) -> String {
        let table = table(self.state);
        self.ids.fresh(draw, |id| table.find(id).is_some())
    }
}

/// Runs a handler; its panic is a bug of the double.
pub(super) fn guarded(run: impl FnOnce() -> Result<Reply, Failure>) -> Result<Reply, Failure> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Failure::Bug(text.unwrap_or("a panic without a message").to_owned()))
    })
}
