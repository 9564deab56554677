//! [`Event`]: something that webhooks are told of; and the [`EventLog`].

use std::sync::Arc;

use super::customer::Customer;
use super::event_kind::EventKind;
use super::link::links;
use crate::engine::clock::Timestamp;
use crate::engine::map::Map;
use crate::engine::render::Object;
use crate::engine::table::{Record, Row, Settle, Shown};

/// The most events that an organization remembers. Older ones are dropped,
/// counted, and mentioned.
pub const EVENTS_MAX: usize = 10_000;

/// Something that happened to a customer, with the customer as it was then.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Whom it happened to: after a merge, the customer that stayed.
    pub customer: Arc<Row<Customer>>,
    /// The customer that disappeared in a merge.
    pub duplicate: Option<Arc<Row<Customer>>>,
    /// When it happened.
    pub occurred_time: Timestamp,
}

/// It is shown as the payload of a webhook.
impl Record for Event {
    const KIND: &'static str = "Event";

    fn id(&self) -> &str {
        &self.customer.id
    }

    /// Assumed: the published schema does not list every type that uses it; they do
    /// (`webhook-events`).
    fn write(&self, object: &mut Object<'_>) {
        let customer = self.customer.rendered();
        let (id, embedded) = match &self.duplicate {
            Some(_) => ("targetCustomerId", "targetCustomer"),
            None => ("customerId", "customer"),
        };
        object.text(id, &self.customer.id);
        object.text("eventType", self.kind.as_str());
        if let Some(duplicate) = &self.duplicate {
            object.member("duplicatedCustomer").rendered(&duplicate.rendered());
        }
        object.member("_embedded").object(|it| it.member(embedded).rendered(&customer));
        links(object, &[("customer", &["/customers/", &self.customer.id])]);
    }
}

/// The events of one organization in the order in which they happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventLog {
    /// By how many there were before.
    events: Map<u64, Arc<Row<Event>>>,
    count: u64,
}

impl Settle for EventLog {
    fn settle(&mut self) {
        self.events.settle();
    }
}

impl EventLog {
    /// One more; it may cost the oldest its place.
    pub(in crate::rebilly) fn push(&mut self, event: Arc<Row<Event>>) {
        self.events.insert(self.count, event);
        self.count += 1;
        if let Some(oldest) = self.dropped().checked_sub(1) {
            self.events.remove(oldest);
        }
    }

    /// The events, the oldest first. Their places tell the order, so that it is the
    /// same whatever the order of arrival, where a simulation promises that.
    pub(crate) fn oldest_first(&self) -> Vec<&Arc<Row<Event>>> {
        let mut events: Vec<_> = self.events.iter().map(|(_, event)| event).collect();
        events.sort_by(|one, other| one.place.cmp(&other.place));
        events
    }

    /// How many older events were dropped.
    pub(crate) fn dropped(&self) -> u64 {
        self.count.saturating_sub(EVENTS_MAX as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::Place;

    #[test]
    fn the_oldest_make_room_and_are_counted() {
        let now = Timestamp::START;
        let place = |turn| Place::new(now, turn, 1, "ada");
        let customer = Arc::new(Row::new(place(0), Customer::new("ada", now)));
        let kind = EventKind::CUSTOMER_UPDATED;
        let mut log = EventLog::default();
        for turn in 0..=EVENTS_MAX as u64 {
            let customer = Arc::clone(&customer);
            let event = Event { kind, customer, duplicate: None, occurred_time: now };
            log.push(Arc::new(Row::new(place(turn), event)));
        }
        let kept = log.oldest_first();
        assert_eq!((kept.len(), kept[0].place.turn, log.dropped()), (EVENTS_MAX, 1, 1));
    }
}
