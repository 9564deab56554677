//! [`EventType`]: a kind of event that an organization made up for its timelines.

use super::link::links;
use crate::engine::clock::Timestamp;
use crate::engine::render::Object;
use crate::engine::table::Record;

/// The published schema `CustomerTimelineCustomEvent`. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventType {
    /// `tmln_` and 26 characters: the published example has a message's prefix.
    pub id: String,
    /// What events name it by, 1 to 255 characters.
    pub name: String,
    /// When it was registered.
    pub created_time: Timestamp,
}

impl EventType {
    /// The members of a type.
    pub(in crate::rebilly) const MEMBERS: [&str; 4] = ["id", "name", "createdTime", "updatedTime"];
}

impl Record for EventType {
    const KIND: &'static str = "Custom event type";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("name", &self.name);
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.created_time);
        links(object, &[("self", &["/customer-timeline-custom-events/", &self.id])]);
    }
}
