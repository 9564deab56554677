//! Taking things away from outside of any call: the opposite of planting.
//!
//! Nobody asked for it, so no event tells of it and no timeline. What a request
//! could not take away because something needs it, nobody can.

#![expect(clippy::unnecessary_wraps, reason = "all kinds are alike to those who call these")]

use super::custom_fields;
use super::instruments;
use super::lead_sources;
use super::state::Writing;
use super::tags;
use super::webhooks;
use super::websites;
use crate::engine::failure::Failure;
use crate::engine::table::Table;

pub(super) type Uprooted = Result<(), Failure>;

/// A customer goes with its lead source and its timeline. Rebilly only merges
/// customers; what else names one (attachments, instruments, events) stays.
pub(super) fn customer(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    cx.state.customers.remove(id);
    cx.state.timelines.set(id, Table::default());
    Ok(())
}

pub(super) fn lead_source(cx: &mut Writing<'_>, customer_id: &str, _: &str) -> Uprooted {
    lead_sources::attach(cx, customer_id, None)
}

pub(super) fn message(cx: &mut Writing<'_>, customer_id: &str, id: &str) -> Uprooted {
    let mut timeline = cx.state.timelines.of(customer_id);
    timeline.remove(id);
    cx.state.timelines.set(customer_id, timeline);
    Ok(())
}

/// A tag comes off everyone who carries it, as when a request deletes it.
pub(super) fn tag(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    let tag = cx.state.tags.get(id)?.clone();
    tags::forget(cx.state, &tag);
    Ok(())
}

/// Not while something has a value of it.
pub(super) fn custom_field(cx: &mut Writing<'_>, resource: &str, name: &str) -> Uprooted {
    custom_fields::forget(cx.state, resource, name)
}

/// Not while customers belong to it.
pub(super) fn website(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    websites::forget(cx.state, id)
}

pub(super) fn attachment(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    cx.state.attachments.remove(id);
    Ok(())
}

/// Not while it is some customer's default.
pub(super) fn instrument(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    instruments::forget(cx.state, id)
}

/// Messages of that type stay as they are.
pub(super) fn event_type(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    cx.state.event_types.remove(id);
    Ok(())
}

/// What it was still to be told goes with it; what it was told stays.
pub(super) fn webhook(cx: &mut Writing<'_>, _: &str, id: &str) -> Uprooted {
    webhooks::forget(cx.state, id);
    Ok(())
}
