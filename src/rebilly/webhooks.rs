//! Webhooks: who wants to be told of events.

use std::sync::Arc;

use super::assumed;
use super::events::queue;
use super::model::id::{ID_FORM, is_id};
use super::model::{Customer, EventKind, Webhook};
use super::paging::Listing;
use super::query::{Filter, Names};
use super::seat;
use super::state::{Reading, State, Writing, find};
use crate::engine::clock::Timestamp;
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::table::Row;

/// The most webhooks of an organization that may be active.
const ACTIVE_MAX: usize = 25;

/// `GetWebhookCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(cx, call)?.page(&cx.state.webhooks).reply())
}

/// `GetWebhook`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(find(&cx.state.webhooks, call, cx.path("id"))?)))
}

/// `PostWebhook`
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = fresh_id(cx);
    write(cx, call, &id)
}

/// An id that no webhook has.
fn fresh_id(cx: &mut Writing<'_>) -> String {
    cx.fresh(|state| &state.webhooks, |ids| ids.next("hook_"))
}

/// `PutWebhook`: creates an unknown id with `201`, replaces a known one with
/// `200`. Assumed: what it does not name is reset, as with customers (`webhook-replaced`).
pub(super) fn upsert(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    write(cx, call, &id)
}

/// `DeleteWebhook`. Assumed: what it was still to be told goes with it; what it was
/// told stays (`webhook-deleted`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    find(&cx.state.webhooks, call, &id)?;
    call.assume(&assumed::WEBHOOK_DELETED);
    forget(cx.state, &id);
    Ok(Reply::no_content())
}

/// Takes a webhook away, and what it was still to be told.
pub(super) fn forget(state: &mut State, id: &str) {
    state.webhooks.remove(id);
    let due = state.due.table.newest_first().filter(|log| log.webhook.id == id);
    let due: Vec<String> = due.map(|log| log.id.clone()).collect();
    for log in due {
        state.due.table.remove(&log);
    }
}

/// `PostPreviewWebhook`: tells a webhook that is not kept. Assumed: of the
/// newest event that it wants, or if there is none, of a type that it wants and no more
/// (`webhook-preview`).
pub(super) fn preview(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let webhook = read(cx, call, "", None)?;
    call.assume(&assumed::WEBHOOK_PREVIEW);
    let mut newest = cx.state.events.oldest_first().into_iter().rev();
    let event = newest.find(|event| {
        webhook.events_filter.is_empty() || webhook.events_filter.contains(&event.kind)
    });
    let event = event.cloned();
    let kind = event.as_ref().map(|event| event.kind);
    let kind = kind.or_else(|| webhook.events_filter.first().copied());
    let place = cx.place(cx.now, &webhook.id);
    let webhook = Arc::new(Row::new(place, webhook));
    queue(cx, webhook, kind.unwrap_or(EventKind::CUSTOMER_CREATED), event, 1);
    Ok(Reply::no_content())
}

fn write(cx: &mut Writing<'_>, call: &Call, id: &str) -> Result<Reply, Failure> {
    let before = cx.state.webhooks.find(id).cloned();
    let webhook = read(cx, call, id, before.as_deref())?;
    if let Some(before) = before {
        call.assume(&assumed::WEBHOOK_REPLACED);
        let row = cx.state.webhooks.put(Row::new(before.place.clone(), webhook));
        return Ok(Reply::ok(Body::row(&row)));
    }
    let place = cx.place(cx.now, id);
    let row = cx.state.webhooks.put(Row::new(place, webhook));
    Ok(Reply::created(Body::row(&row), format!("{}/webhooks/{id}", cx.home)))
}

/// Plants a document, held to what a request is held to, and returns its id.
/// What it notes makes that worthless.
pub(super) fn plant(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> String {
    let id = seat::id(seat, document, "id", seat::ID).unwrap_or_else(|| fresh_id(cx));
    let before = seat::before(seat, document, "id", cx.state.webhooks.find(&id));
    let created = document.time("createdTime").value();
    let created = created.unwrap_or_else(|| seat::since(before.as_ref(), cx.now));
    let mut webhook = checked(cx, document, &id, created);
    webhook.updated_time = document.time("updatedTime").value().unwrap_or(created);
    let place = seat::place(cx, before.as_ref(), created, &id);
    cx.state.webhooks.put(Row::new(place, webhook));
    id
}

/// Reads a body. An empty id is that of a webhook that will not be kept.
fn read(
    cx: &Writing<'_>,
    call: &Call,
    id: &str,
    before: Option<&Row<Webhook>>,
) -> Result<Webhook, Failure> {
    let (body, errors) = (call.object()?, Errors::default());
    let input = Input::new(&body, &errors);
    if !id.is_empty() && !is_id(id) {
        input.assume(&assumed::PUT_ID);
        input.refuse("id", format!("must be {ID_FORM}"));
    }
    let webhook = checked(cx, &input, id, before.map_or(cx.now, |row| row.created_time));
    call.conclude(errors)?;
    Ok(webhook)
}

/// Reads a document and holds it against what else there is.
fn checked(cx: &Writing<'_>, input: &Input<'_>, id: &str, created: Timestamp) -> Webhook {
    let webhook = Webhook::read(input, id, created, cx.now);
    if webhook.filter.is_some() {
        input.assume(&assumed::WEBHOOK_FILTER);
    }
    if let Some(reason) = unfit(cx, &webhook) {
        input.refuse("filter", reason);
    }
    // Assumed: one too many is 422 and names the member that would have to be another
    // (`webhook-limit`).
    let others = cx.state.webhooks.newest_first().filter(|it| it.is_active() && it.id != id);
    if webhook.is_active() && !id.is_empty() && others.count() >= ACTIVE_MAX {
        let message =
            format!("must be inactive: {ACTIVE_MAX} webhooks are active, the most allowed");
        input.assume(&assumed::WEBHOOK_LIMIT);
        input.refuse("status", message);
    }
    webhook
}

/// Assumed: only a webhook that wants nothing but what is emitted here must
/// have a filter that customers can pass; others may filter by what is not simulated
/// (`webhook-filter`).
fn unfit(cx: &Writing<'_>, webhook: &Webhook) -> Option<String> {
    let (wanted, filter) = (&webhook.events_filter, webhook.filter.as_deref()?);
    if wanted.is_empty() || !wanted.iter().all(|kind| EventKind::EMITTED.contains(kind)) {
        return None;
    }
    let names = Names::of::<Customer>().defined_by(&cx.state.custom_fields);
    match Filter::parse(&names, filter, cx.realm) {
        Err(Failure::Invalid(errors)) => {
            let messages: Vec<String> = errors.into_iter().map(|error| error.message).collect();
            Some(messages.join("; "))
        }
        _ => None,
    }
}
