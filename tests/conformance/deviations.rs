//! [`Deviations`]: where the double differs from the definition on purpose.
//!
//! There is one list, `deviations.json`, which `tests/conformance/run` reads
//! too. Each entry names one place and one reason. An entry that explains
//! nothing any more fails the test; one of an operation that is not simulated
//! yet waits.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use crate::definition::items;

/// What is said of a documented status that no answer had.
pub(crate) const NEVER_ANSWERED: &str = "is never answered";

/// What is said of a documented member that no answer had with a value.
pub(crate) const NEVER_SHOWN: &str = "is never shown";

/// What is said of a documented type of event that no call caused.
pub(crate) const NEVER_EMITTED: &str = "is never emitted";

const LIST: &str = include_str!("deviations.json");

/// What is known to differ, and what of it was met.
pub(crate) struct Deviations {
    list: Value,
    met: RefCell<BTreeSet<(String, String)>>,
}

/// A known difference, with its reason.
pub(crate) struct Deviation<'d> {
    /// An operation, an operation's status, a type of event, or a member of a published schema.
    pub(crate) place: &'d str,
    /// What is different there.
    pub(crate) what: String,
    /// Why.
    pub(crate) reason: &'d str,
    /// Where in the fact sheet that stands.
    pub(crate) reference: &'d str,
}

impl Deviation<'_> {
    /// Whether it is on what answers show, and not on what requests may say.
    pub(crate) fn is_shown(&self) -> bool {
        self.what == NEVER_SHOWN || self.what.starts_with("is shown")
    }
}

impl fmt::Display for Deviation<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}: {} ({})", self.place, self.what, self.reason, self.reference)
    }
}

impl Deviations {
    pub(crate) fn load() -> Deviations {
        let list: Value = serde_json::from_str(LIST)
            .unwrap_or_else(|error| panic!("tests/conformance/deviations.json: {error}"));
        Deviations { list, met: RefCell::default() }
    }

    /// The operations that are known not to be simulated yet.
    pub(crate) fn not_simulated(&self) -> BTreeSet<&str> {
        items(&self.list["notSimulated"]).filter_map(Value::as_str).collect()
    }

    /// The schema of an answer with a status that the definition does not have.
    pub(crate) fn status(&self, operation: &str, status: u16) -> Option<&str> {
        let found = items(&self.list["statuses"])
            .find(|it| it["operation"] == operation && it["status"] == status)?;
        self.met.borrow_mut().insert((operation.to_owned(), format!("answers {status}")));
        found["schema"].as_str()
    }

    /// Whether a difference is known; that it was met is not said.
    pub(crate) fn knows(&self, place: &str, what: &str) -> bool {
        self.all().iter().any(|it| it.place == place && it.what == what)
    }

    /// Whether a difference that was met is known.
    pub(crate) fn explains(&self, place: &str, what: &str) -> bool {
        let known = self.knows(place, what);
        if known {
            self.met.borrow_mut().insert((place.to_owned(), what.to_owned()));
        }
        known
    }

    /// The known difference that explains why a member is never shown: its own or one of a member around it.
    pub(crate) fn explains_absence(&self, member: &str) -> bool {
        let around = |at: &(usize, char)| matches!(at.1, '.' | '[').then(|| &member[..at.0]);
        let places = member.char_indices().collect::<Vec<_>>();
        let outer = places.iter().filter_map(around);
        outer.chain([member]).any(|place| self.explains(place, NEVER_SHOWN))
    }

    /// All of them, the added statuses among them.
    pub(crate) fn all(&self) -> Vec<Deviation<'_>> {
        let entry = |it, place, what: String| Deviation {
            place: said(it, place),
            what,
            reason: said(it, "reason"),
            reference: said(it, "reference"),
        };
        let statuses = items(&self.list["statuses"])
            .map(|it| entry(it, "operation", format!("answers {}", it["status"])));
        let others = items(&self.list["deviations"])
            .map(|it| entry(it, "where", said(it, "what").to_owned()));
        statuses.chain(others).collect()
    }

    /// Those that were not met, although nothing keeps them waiting.
    pub(crate) fn stale(&self, waits: impl Fn(&Deviation<'_>) -> bool) -> Vec<String> {
        let met = self.met.borrow();
        self.all()
            .iter()
            .filter(|it| !waits(it) && !met.contains(&(it.place.to_owned(), it.what.clone())))
            .map(|it| format!("{} {}: no longer so; delete the entry", it.place, it.what))
            .collect()
    }
}

fn said<'v>(it: &'v Value, name: &str) -> &'v str {
    let found = it[name].as_str().filter(|text| !text.is_empty());
    found.unwrap_or_else(|| panic!("deviations.json: {it} has no {name}"))
}
