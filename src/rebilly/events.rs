//! Emission: what happened to customers is noted here, and nowhere else, and
//! becomes due for the webhooks that want to be told.
//!
//! An event is part of the draft: a call that is refused has emitted nothing.
//! Fixtures emit nothing; what they plant was there before. Nobody here looks
//! up tax numbers or asks for one-time passwords, so those events never happen.

use std::sync::Arc;

use super::model::{Customer, Event, EventKind, Webhook, WebhookLog};
use super::query::{Filter, Names};
use super::state::Writing;
use crate::engine::table::Row;

/// A customer was created.
pub(super) fn customer_created(cx: &mut Writing<'_>, id: &str) {
    emit(cx, EventKind::CUSTOMER_CREATED, id, None);
}

/// A customer was modified: its revision counts one more.
pub(super) fn customer_updated(cx: &mut Writing<'_>, id: &str) {
    emit(cx, EventKind::CUSTOMER_UPDATED, id, None);
}

/// A customer has another lead source, or none any more.
pub(super) fn lead_source_changed(cx: &mut Writing<'_>, id: &str) {
    emit(cx, EventKind::LEAD_SOURCE_CHANGED, id, None);
}

/// A duplicate was merged into the customer that stays. Assumed: that this
/// customer was updated by it is told after it (`webhook-events`).
pub(super) fn customer_merged(cx: &mut Writing<'_>, duplicate: &Arc<Row<Customer>>, id: &str) {
    emit(cx, EventKind::CUSTOMER_MERGED, id, Some(Arc::clone(duplicate)));
    emit(cx, EventKind::CUSTOMER_UPDATED, id, None);
}

fn emit(cx: &mut Writing<'_>, kind: EventKind, id: &str, duplicate: Option<Arc<Row<Customer>>>) {
    let customer = cx.state.customers.find(id).expect("an event is about a customer that is there");
    let customer = Arc::clone(customer);
    let place = cx.place(cx.now, &customer.id);
    let event = Event { kind, customer, duplicate, occurred_time: cx.now };
    let event = Arc::new(Row::new(place, event));
    cx.state.events.push(Arc::clone(&event));
    if !cx.state.delivers || cx.state.webhooks.is_empty() {
        return;
    }
    let webhooks = cx.state.webhooks.newest_first().rev();
    let told: Vec<Arc<Row<Webhook>>> =
        webhooks.filter(|it| wants(cx, it, &event)).cloned().collect();
    for webhook in told {
        queue(cx, webhook, kind, Some(Arc::clone(&event)), 1);
    }
}

/// Assumed: a webhook's filter is about the customer; one that names what customers do not
/// have, or what their custom fields cannot be any more, keeps their events back (`webhook-filter`).
fn wants(cx: &Writing<'_>, webhook: &Webhook, event: &Event) -> bool {
    if !webhook.wants(event.kind) {
        return false;
    }
    let names = Names::of::<Customer>().defined_by(&cx.state.custom_fields);
    let filter = webhook.filter.as_deref().unwrap_or_default();
    Filter::parse(&names, filter, cx.realm).is_ok_and(|filter| filter.keeps(&event.customer))
}

/// Makes an attempt due, if this double delivers.
pub(super) fn queue(
    cx: &mut Writing<'_>,
    webhook: Arc<Row<Webhook>>,
    kind: EventKind,
    event: Option<Arc<Row<Event>>>,
    attempt: i64,
) {
    if !cx.state.delivers {
        return;
    }
    let id = cx.ids.next("hook_log_");
    let place = cx.place(cx.now, &id);
    let initiated_time = cx.now;
    let log = WebhookLog { id, webhook, kind, event, attempt, initiated_time, sent: None };
    cx.state.due.keep(Row::new(place, log));
}
