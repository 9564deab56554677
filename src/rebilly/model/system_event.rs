//! [`SystemEvent`]: what the vendor says of a type of event.

use super::event_kind::EventKind;
use super::link::links;
use crate::engine::render::Object;
use crate::engine::table::Record;

/// The published schema of the same name. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rebilly) struct SystemEvent {
    pub(in crate::rebilly) kind: EventKind,
    pub(in crate::rebilly) title: String,
}

impl SystemEvent {
    /// Assumed: the title is the name in words (`event-texts`).
    pub(in crate::rebilly) fn of(kind: EventKind) -> SystemEvent {
        let words = kind.as_str().replace('-', " ");
        let (first, rest) = words.split_at(1);
        SystemEvent { kind, title: format!("{}{rest}", first.to_uppercase()) }
    }

    /// Assumed: which of the two published categories a type belongs to (`event-texts`).
    pub(in crate::rebilly) fn category(&self) -> &'static str {
        const PAYMENTS: [&str; 7] =
            ["transaction", "payment", "payout", "dispute", "gateway", "nsf", "offsite"];
        let name = self.kind.as_str();
        if PAYMENTS.iter().any(|start| name.starts_with(start)) { "payments" } else { "billing" }
    }
}

impl Record for SystemEvent {
    const KIND: &'static str = "Event";

    fn id(&self) -> &str {
        self.kind.as_str()
    }

    /// Assumed: nothing is bound to any type, because rules are not simulated (`event-texts`).
    fn write(&self, object: &mut Object<'_>) {
        let name = self.kind.as_str();
        object.text("eventType", name);
        object.text("title", &self.title);
        object.text("description", format!("{}.", self.title));
        object.text("category", self.category());
        object.whole("rulesCount", 0);
        object.whole("bindsCount", 0);
        let own = ["/events/", name];
        let (history, rules) = ([own[0], own[1], "/rules/history"], [own[0], own[1], "/rules"]);
        links(object, &[("self", &own), ("history", &history), ("rules", &rules)]);
    }
}
