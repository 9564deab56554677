//! The types of custom events that timelines may have.

use std::sync::Arc;

use super::assumed::{EVENT_TYPE_NAME, EVENT_TYPE_UNKNOWN, UNKNOWN_MEMBERS};
use super::model::{EventKind, EventType, MessageKind};
use super::paging::Listing;
use super::seat;
use super::state::{Reading, State, Writing};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;

/// `GetCustomerTimelineCustomEventTypeCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(cx, call)?.page(&cx.state.event_types).reply())
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
    let (input, id) = (Input::new(&body, &errors), fresh_id(cx));
    let name = name(cx.state, &input, &id);
    call.conclude(errors)?;
    let place = cx.place(cx.now, &id);
    let row =
        cx.state.event_types.put(Row::new(place, EventType { id, name, created_time: cx.now }));
    let location = format!("{}/customer-timeline-custom-events/{}", cx.home, row.id);
    Ok(Reply::created(Body::row(&row), location))
}

/// An id that no type has.
fn fresh_id(cx: &mut Writing<'_>) -> String {
    cx.fresh(|state| &state.event_types, |ids| ids.next("tmln_"))
}

/// Plants a type of a fixture, which may also set its id.
pub(super) fn plant(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> String {
    let id = seat::id(seat, document, "id", seat::ID).unwrap_or_else(|| fresh_id(cx));
    let before = seat::before(seat, document, "id", cx.state.event_types.find(&id));
    let (name, created_time) =
        (name(cx.state, document, &id), seat::since(before.as_ref(), cx.now));
    let place = seat::place(cx, before.as_ref(), created_time, &id);
    cx.state.event_types.put(Row::new(place, EventType { id: id.clone(), name, created_time }));
    id
}

/// Reads the name of the type of that id, which no other type has.
fn name(state: &State, input: &Input<'_>, id: &str) -> String {
    input.assume_beside(&EventType::MEMBERS, &UNKNOWN_MEMBERS);
    let rule = TextRule::max(255).form(|text| !text.is_empty(), "non-empty text");
    let name = input.required_text("name", rule).unwrap_or_default();
    // Assumed: it may not be called like an event that webhooks are told of either (`event-type-name`).
    if MessageKind::named(&name).is_some() || EventKind::named(&name).is_some() {
        input.assume(&EVENT_TYPE_NAME);
        input.refuse("name", format!("must not be a system event's, but \"{name}\" is one"));
    } else if find(state, &name).is_some_and(|other| other.id != id) {
        // Assumed: it is `422`, since no `409` is documented here (`event-type-name`).
        input.assume(&EVENT_TYPE_NAME);
        input.refuse("name", format!("must be new, but there is a type \"{name}\""));
    }
    name
}

/// The type of that name. Assumed: its id finds it too (`custom-event`).
pub(super) fn find<'s>(state: &'s State, name: &str) -> Option<&'s Arc<Row<EventType>>> {
    let named = state.event_types.newest_first().find(|row| row.name == name);
    named.or_else(|| state.event_types.find(name))
}
