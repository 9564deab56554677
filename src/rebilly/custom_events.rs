//! The types of custom events that timelines may have.

use std::sync::Arc;

use super::assumed::{EVENT_TYPE_NAME, EVENT_TYPE_UNKNOWN, UNKNOWN_MEMBERS};
use super::model::{EventKind, EventType, MessageKind};
use super::paging::Listing;
use super::state::{Reading, State, Writing};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;

/// `GetCustomerTimelineCustomEventTypeCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(call, cx.realm)?.page(&cx.state.event_types).reply())
}

/// `GetCustomerTimelineCustomEventType`. Assumed: `404` when there is none (`event-type-unknown`).
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    if cx.state.event_types.find(cx.path("id")).is_none() {
        call.assume(&EVENT_TYPE_UNKNOWN);
    }
    Ok(Reply::ok(Body::row(cx.state.event_types.get(cx.path("id"))?)))
}

/// `PostCustomerTimelineCustomEventType`: registers a type for good.
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (body, errors) = (call.object()?, Errors::default());
    let row = register(cx, &Input::new(body, &errors));
    call.conclude(errors)?;
    let location = format!("{}/customer-timeline-custom-events/{}", cx.home, row.id);
    Ok(Reply::created(Body::row(&row), &location))
}

/// Reads a type and registers it. What is noted on the way makes that worthless.
pub(super) fn register(cx: &mut Writing<'_>, input: &Input<'_>) -> Arc<Row<EventType>> {
    input.assume_beside(&EventType::MEMBERS, &UNKNOWN_MEMBERS);
    let rule = TextRule::max(255).form(|text| !text.is_empty(), "non-empty text");
    let name = input.required_text("name", rule).unwrap_or_default();
    // Assumed: it may not be called like an event that webhooks are told of either (`event-type-name`).
    if MessageKind::named(&name).is_some() || EventKind::named(&name).is_some() {
        input.assume(&EVENT_TYPE_NAME);
        input.refuse("name", format!("must not be a system event's, but \"{name}\" is one"));
    } else if find(cx.state, &name).is_some() {
        // Assumed: it is `422`, since no `409` is documented here (`event-type-name`).
        input.assume(&EVENT_TYPE_NAME);
        input.refuse("name", format!("must be new, but there is a type \"{name}\""));
    }
    let id = cx.ids.next("tmln_");
    let place = cx.place(cx.now, &id);
    cx.state.event_types.put(Row::new(place, EventType { id, name, created_time: cx.now }))
}

/// The type of that name. Assumed: its id finds it too (`custom-event`).
pub(super) fn find<'s>(state: &'s State, name: &str) -> Option<&'s Arc<Row<EventType>>> {
    let named = state.event_types.newest_first().find(|row| row.name == name);
    named.or_else(|| state.event_types.find(name))
}
