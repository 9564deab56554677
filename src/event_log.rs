//! [`Events`]: what happened in an organization, as a test author reads it.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::engine::clock::Timestamp;
use crate::engine::render::Setting;
use crate::engine::table::{Row, Shown};
use crate::rebilly::model::{Customer, Event as Happened, EventKind};

/// Something that happened to a customer.
#[derive(Clone)]
pub struct Event {
    happened: Arc<Row<Happened>>,
    number: u64,
    home: Arc<Home>,
}

/// Where the links of a payload lead.
struct Home {
    base: String,
    organization: String,
}

impl Event {
    /// What happened.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        self.happened.kind
    }

    /// Whom it happened to; after a merge, the customer that stayed.
    #[must_use]
    pub fn customer_id(&self) -> &str {
        &self.happened.customer.id
    }

    /// The same customer, as it was then.
    #[must_use]
    pub fn customer(&self) -> &Arc<Row<Customer>> {
        &self.happened.customer
    }

    /// The customer that disappeared in a merge, as it was last.
    #[must_use]
    pub fn duplicate(&self) -> Option<&Arc<Row<Customer>>> {
        self.happened.duplicate.as_ref()
    }

    /// When it happened, on the double's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.happened.occurred_time
    }

    /// Its number, from 1 on; those of older events that were dropped count.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What a webhook is told by default: the vendor's payload, with the
    /// customer as it was then, and links that lead to this double.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "what we render is JSON")]
    pub fn payload(&self) -> Value {
        let Home { base, organization } = &*self.home;
        let mut text = Vec::new();
        self.happened.rendered().show(Setting { base, realm: organization }, &mut text);
        serde_json::from_slice(&text).expect("what we render is JSON")
    }
}

/// One line: `#3 2024-01-01T00:00:00Z customer-updated ada`.
impl fmt::Display for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{} {} {} {}", self.number, self.at(), self.kind(), self.customer_id())
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// The events of one organization, the oldest first. A copy: it does not grow while it is read.
///
/// Its `Display` is one line an event.
#[derive(Clone, Debug)]
pub struct Events {
    events: Vec<Event>,
    dropped: u64,
}

impl Events {
    pub(crate) fn new(
        log: Vec<&Arc<Row<Happened>>>,
        dropped: u64,
        base: &str,
        organization: &str,
    ) -> Events {
        let home = Home { base: base.to_owned(), organization: organization.to_owned() };
        let home = Arc::new(home);
        let event = |(number, happened)| Event {
            happened: Arc::clone(happened),
            number,
            home: Arc::clone(&home),
        };
        Events { events: (dropped + 1..).zip(log).map(event).collect(), dropped }
    }

    /// The events, the oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, Event> {
        self.events.iter()
    }

    /// The events of one type.
    #[must_use]
    pub fn of(&self, kind: EventKind) -> impl DoubleEndedIterator<Item = &Event> {
        self.iter().filter(move |event| event.kind() == kind)
    }

    /// Their types, in order.
    #[must_use]
    pub fn kinds(&self) -> Vec<EventKind> {
        self.iter().map(Event::kind).collect()
    }

    /// The newest event.
    #[must_use]
    pub fn last(&self) -> Option<&Event> {
        self.events.last()
    }

    /// How many events are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing happened yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// How many older events were dropped, because there were more than
    /// [`EVENTS_MAX`](crate::rebilly::model::EVENTS_MAX).
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

impl<'e> IntoIterator for &'e Events {
    type Item = &'e Event;
    type IntoIter = std::slice::Iter<'e, Event>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Events {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dropped > 0 {
            writeln!(out, "({} older events were dropped)", self.dropped)?;
        }
        for event in self {
            writeln!(out, "{event}")?;
        }
        Ok(())
    }
}
