//! [`Pattern`]: which calls are meant, in the vendor's words.

use std::fmt;

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

    /// How near a call comes: how much of what it says the call fits. What is
    /// of another operation and for another id is not near at all.
    pub(super) fn nearness(&self, asked: &Asked<'_>) -> usize {
        let operation = self.operation.is_some_and(|name| asked.operation == Some(name));
        let has = |id: &&String| asked.ids.iter().any(|(_, value)| value == *id);
        usize::from(operation) + self.ids.iter().filter(has).count()
    }
}

/// In words: `PutCustomer of ada in acme`.
impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.operation.unwrap_or("any call"))?;
        if !self.ids.is_empty() {
            write!(out, " of {}", self.ids.join(" and "))?;
        }
        match &self.realm {
            Some(realm) => write!(out, " in {realm}"),
            None => Ok(()),
        }
    }
}

impl<O: OperationName> From<O> for Pattern {
    fn from(operation: O) -> Pattern {
        Pattern::of(operation)
    }
}
