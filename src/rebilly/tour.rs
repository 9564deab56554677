//! What an organization holds, thing by thing.

use super::model::{Customer, Event};
use super::state::State;
use crate::engine::render::Rendered;
use crate::engine::table::{Row, Shown};
use crate::engine::thing::Thing;
use crate::engine::tour::{Show, Tour};

/// Leads a tour through everything.
pub(super) fn lead(tour: &mut Tour<'_, '_, State>) {
    tour.table_with("customers", |state| &state.customers, around_customer);
    tour.tables("timelines", |state| &state.timelines);
    tour.table("tags", |state| &state.tags);
    tour.tables("customFields", |state| &state.custom_fields);
    tour.table("customEventTypes", |state| &state.event_types);
    tour.table("websites", |state| &state.websites);
    tour.table("attachments", |state| &state.attachments);
    tour.table("paymentInstruments", |state| &state.instruments);
    tour.table("webhooks", |state| &state.webhooks);
    tour.others(tokens);
    tour.others(events);
    tour.others(webhook_logs);
}

/// What customers have as resources of their own.
fn around_customer<'s>(customer: &'s Row<Customer>, show: Show<'s, '_>) {
    if let Some(lead_source) = &customer.lead_source {
        show(Thing::row("leadSources", lead_source));
    }
    if !customer.credit_balances.is_empty() {
        show(Thing::made(
            "creditBalances",
            customer.id.as_str(),
            &customer.record,
            Customer::balances,
        ));
    }
}

fn tokens<'s>(state: &'s State, show: Show<'s, '_>) {
    for (token, ()) in state.used_tokens.iter() {
        let used = |_| Rendered::object(|token| token.flag("used", true));
        show(Thing::made("paymentTokens", token, token, used));
    }
}

fn events<'s>(state: &'s State, show: Show<'s, '_>) {
    for (number, event) in (state.events.dropped() + 1..).zip(state.events.oldest_first()) {
        let event: &Row<Event> = event;
        let told = |event: &Row<Event>| {
            event.rendered().with(|object| object.time("occurredTime", event.occurred_time))
        };
        show(Thing::made("events", number.to_string(), event, told).history());
    }
}

fn webhook_logs<'s>(state: &'s State, show: Show<'s, '_>) {
    for log in state.due.table.newest_first().chain(state.sent.table.newest_first()) {
        show(Thing::row("webhookLogs", log).history());
    }
}
