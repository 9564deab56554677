//! [`Pattern`]: which calls are meant, in the vendor's words.

use super::exchange::{Call, Variable};
use super::operation::OperationName;

/// Which calls are meant: those of an operation, for an id, in a realm. What it
/// does not say, any call fits.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Pattern {
    operation: Option<&'static str>,
    ids: Vec<String>,
    realm: Option<String>,
}

/// What is known of a call when it has been routed, and before it is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) operation: Option<&'static str>,
    pub(super) ids: &'a [Variable],
    pub(super) realm: &'a str,
    pub(super) call: &'a Call,
}

impl Pattern {
    /// Any call.
    pub fn any() -> Pattern {
        Pattern::default()
    }

    /// The calls of one operation.
    pub fn of(operation: impl OperationName) -> Pattern {
        Pattern { operation: Some(operation.name()), ..Pattern::default() }
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

    /// Whether a call is meant.
    pub(super) fn meets(&self, asked: &Asked<'_>) -> bool {
        self.operation.is_none_or(|name| asked.operation == Some(name))
            && self.ids.iter().all(|id| asked.ids.iter().any(|(_, value)| value == id))
            && self.realm.as_ref().is_none_or(|realm| realm == asked.realm)
    }
}

impl<O: OperationName> From<O> for Pattern {
    fn from(operation: O) -> Pattern {
        Pattern::of(operation)
    }
}
