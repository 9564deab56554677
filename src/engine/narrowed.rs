//! [`Narrowed`]: anything that is about some exchanges and not about others.

use serde_json::Value;

use super::entry::Exchange;
use super::pattern::Pattern;

/// Something that is about the exchanges that a [`Pattern`] means: a
/// [`Query`](super::query::Query) of a journal, or a [`Wait`](crate::Wait). Each
/// of these methods leaves fewer of them.
#[derive(Clone, Debug)]
#[must_use = "to narrow it is not to use it: count, assert or wait"]
pub struct Narrowed<T> {
    pub(crate) subject: T,
    pub(crate) pattern: Pattern,
}

impl<T> Narrowed<T> {
    /// About the exchanges that are meant.
    pub(crate) fn new(subject: T, pattern: impl Into<Pattern>) -> Narrowed<T> {
        Narrowed { subject, pattern: pattern.into() }
    }

    /// Only those for this id: one of the path's variables has this value.
    /// Several ids must all be there.
    pub fn id(mut self, id: &str) -> Narrowed<T> {
        self.pattern = self.pattern.id(id);
        self
    }

    /// Only those in this realm: Rebilly's organization.
    pub fn realm(mut self, realm: &str) -> Narrowed<T> {
        self.pattern = self.pattern.realm(realm);
        self
    }

    /// Only those whose query says this, decoded; see [`Pattern::query`].
    pub fn query(mut self, name: &str, value: &str) -> Narrowed<T> {
        self.pattern = self.pattern.query(name, value);
        self
    }

    /// Only those with this header.
    ///
    /// # Panics
    ///
    /// When no header can have this name.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Narrowed<T> {
        self.pattern = self.pattern.header(name, value);
        self
    }

    /// Only those whose body has this value at a JSON pointer; see [`Pattern::body`].
    ///
    /// # Panics
    ///
    /// As [`Pattern::body`] does.
    #[track_caller]
    pub fn body(mut self, pointer: &str, value: impl Into<Value>) -> Narrowed<T> {
        self.pattern = self.pattern.body(pointer, value);
        self
    }

    /// Only those that were answered with this status.
    pub fn status(mut self, status: u16) -> Narrowed<T> {
        self.pattern = self.pattern.status(status);
        self
    }

    /// Only those whose answer has this value at a JSON pointer; see [`Pattern::body`].
    ///
    /// # Panics
    ///
    /// As [`Pattern::body`] does.
    #[track_caller]
    pub fn answer(mut self, pointer: &str, value: impl Into<Value>) -> Narrowed<T> {
        self.pattern = self.pattern.answer(pointer, value);
        self
    }

    /// Only those of which something holds that only you can say; see [`Pattern::matching`].
    pub fn matching(
        mut self,
        sentence: &str,
        holds: impl Fn(&Exchange) -> bool + Send + Sync + 'static,
    ) -> Narrowed<T> {
        self.pattern = self.pattern.matching(sentence, holds);
        self
    }
}
