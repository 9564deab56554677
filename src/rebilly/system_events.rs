//! The types of events, as the vendor lists them. Their rules are not simulated.

use std::sync::LazyLock;

use super::assumed::{EVENT_NAMES, EVENT_TEXTS};
use super::model::EventKind;
use super::model::system_event::SystemEvent;
use super::paging::Listing;
use super::state::Reading;
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::{Place, Row, Table};

/// All of them.
static SYSTEM_EVENTS: LazyLock<Table<SystemEvent>> = LazyLock::new(|| {
    let mut table = Table::default();
    for kind in EventKind::all() {
        let place = Place::new(Timestamp::START, 0, 0, kind.as_str());
        table.put(Row::new(place, SystemEvent::of(kind)));
    }
    table
});

/// `GetEventCollection`. Assumed: in the order of their names (`lists-newest-first`).
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let listing = Listing::read(cx, call)?.or_by("eventType");
    call.assume(&EVENT_NAMES);
    call.assume(&EVENT_TEXTS);
    Ok(listing.page(&SYSTEM_EVENTS).reply())
}

/// `GetEvent`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let found = SYSTEM_EVENTS.get(cx.path("eventType"));
    let row = found.inspect_err(|_| call.assume(&EVENT_NAMES))?;
    call.assume(&EVENT_TEXTS);
    Ok(Reply::ok(Body::row(row)))
}
