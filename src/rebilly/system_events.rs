//! The types of events, as the vendor lists them. Their rules are not simulated.

use std::sync::LazyLock;

use super::model::EventKind;
use super::model::system_event::SystemEvent;
use super::paging::Listing;
use super::state::Reading;
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::{Place, Row, Table};

/// All of them. Assumed: in the order of their names.
static SYSTEM_EVENTS: LazyLock<Table<SystemEvent>> = LazyLock::new(|| {
    let mut table = Table::default();
    // Lists begin with the newest.
    for (turn, kind) in (0..).zip(EventKind::all().rev()) {
        let place = Place::new(Timestamp::START, turn, 0, kind.as_str());
        table.put(Row::new(place, SystemEvent::of(kind)));
    }
    table
});

/// `GetEventCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(call, cx.realm)?.page(&SYSTEM_EVENTS).reply())
}

/// `GetEvent`
pub(super) fn get(cx: &Reading<'_>, _: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(SYSTEM_EVENTS.get(cx.path("eventType"))?)))
}
