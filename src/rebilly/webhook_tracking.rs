//! The tracking of webhooks: what they were told, and what they answered.

use std::sync::Arc;

use super::assumed::{WEBHOOK_EVENTS, WEBHOOK_REQUEST, WEBHOOK_RESENT, WEBHOOK_TRACKED};
use super::events::queue;
use super::paging::Listing;
use super::state::{Reading, Writing};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;

/// `GetTrackingWebhookCollection`: the attempts that were made, not those that are due.
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let listing = Listing::read(cx, call)?;
    lean(call);
    Ok(listing.page(&cx.state.sent.table).reply())
}

/// `GetTrackingWebhook`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let row = cx.state.sent.table.get(cx.path("id"))?;
    lean(call);
    Ok(Reply::ok(Body::row(row)))
}

/// `PostTrackingWebhookResendRequest`: makes the same due once more. Assumed:
/// it goes where it went before, with the customer as it was then, and is an
/// entry of its own whose attempt counts on (`webhook-resent`).
pub(super) fn resend(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let log = Arc::clone(cx.state.sent.table.get(cx.path("id"))?);
    call.assume(&WEBHOOK_RESENT);
    let (webhook, event) = (Arc::clone(&log.webhook), log.event.clone());
    queue(cx, webhook, log.kind, event, log.attempt + 1);
    Ok(Reply::no_content())
}

fn lean(call: &Call) {
    for rule in [&WEBHOOK_EVENTS, &WEBHOOK_REQUEST, &WEBHOOK_TRACKED] {
        call.assume(rule);
    }
}
