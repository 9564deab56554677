//! What an organization holds, thing by thing.

use std::borrow::Cow;

use super::state::State;
use crate::engine::render::Rendered;
use crate::engine::table::{Record, Shown, Table, Tables};
use crate::engine::thing::Thing;

/// Shows everything, kind by kind, each in the order of its lists.
pub(super) fn tour(state: &State, show: &mut dyn FnMut(Thing<'_>)) {
    table("customers", &state.customers, show);
    for customer in state.customers.newest_first() {
        if let Some(lead_source) = &customer.lead_source {
            let id = Cow::Borrowed(customer.id.as_str());
            show(Thing { kind: "leadSources", id, shown: lead_source.as_ref() });
        }
    }
    tables("timelines", &state.timelines, show);
    table("tags", &state.tags, show);
    tables("customFields", &state.custom_fields, show);
    table("customEventTypes", &state.event_types, show);
    table("websites", &state.websites, show);
    table("attachments", &state.attachments, show);
    table("paymentInstruments", &state.instruments, show);
    table("webhooks", &state.webhooks, show);
    table("webhookLogs", &state.due.table, show);
    table("webhookLogs", &state.sent.table, show);
    let events = state.events.oldest_first();
    for (number, event) in (state.events.dropped() + 1..).zip(&events) {
        show(Thing { kind: "events", id: number.to_string().into(), shown: event.as_ref() });
    }
    let used = Rendered::object(|token| token.flag("used", true));
    for token in state.used_tokens.keys() {
        show(Thing { kind: "paymentTokens", id: Cow::Borrowed(token), shown: &used });
    }
}

fn table<T: Record>(kind: &'static str, table: &Table<T>, show: &mut dyn FnMut(Thing<'_>)) {
    for row in table.newest_first() {
        show(Thing { kind, id: Cow::Borrowed(row.record.id()), shown: row.as_ref() as &dyn Shown });
    }
}

fn tables<T: Record>(kind: &'static str, tables: &Tables<T>, show: &mut dyn FnMut(Thing<'_>)) {
    for (owner, table) in tables.iter() {
        for row in table.newest_first() {
            let id = format!("{owner}/{}", row.record.id()).into();
            show(Thing { kind, id, shown: row.as_ref() as &dyn Shown });
        }
    }
}
