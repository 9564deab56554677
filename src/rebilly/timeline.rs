//! The timeline of a customer: list, get, delete; and how a message is recorded.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assumed::{ANY_MESSAGE_GOES, AUTOMATIC_MESSAGES, TRIGGERED_BY, UNKNOWN_CUSTOMER};
use super::credentials::Credentials;
use super::model::message_kind::MessageKind;
use super::model::{Cell, Customer, Message, MessageLink, MessageTable, TriggeredBy};
use super::paging::Listing;
use super::state::{Reading, State, Writing};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::id::Id;
use crate::engine::rare::Rare;
use crate::engine::table::Row;
use crate::engine::text::Text;

/// `GetCustomerTimelineCollection`. Assumed: an unknown customer is `404`; an
/// empty list would hide the mistake (`unknown-customer`).
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id");
    known(cx.state, call, id)?;
    let page = Listing::read(cx, call)?.page(&cx.state.timelines.of(id));
    page.rows.iter().for_each(|row| note_origin(call, row));
    Ok(page.reply())
}

/// `GetCustomerTimeline`: `404` also when the message is another customer's.
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id");
    cx.state.customer(call, id)?;
    let timeline = cx.state.timelines.of(id);
    let row = timeline.get(cx.path("messageId"))?;
    note_origin(call, row);
    Ok(Reply::ok(Body::row(row)))
}

/// The customer that a timeline or a lead source belongs to.
pub(super) fn known<'s>(
    state: &'s State,
    call: &Call,
    id: &str,
) -> Result<&'s Arc<Row<Customer>>, Failure> {
    state.customer(call, id).inspect_err(|_| call.assume(&UNKNOWN_CUSTOMER))
}

/// Notes what is guessed of where a message comes from. Assumed: which call
/// writes which one (`automatic-messages`), and who that is (`triggered-by`).
pub(super) fn note_origin(call: &Call, message: &Message) {
    if message.triggered_by != TriggeredBy::Rebilly {
        call.assume(&TRIGGERED_BY);
    }
    if message.kind != MessageKind::COMMENT && message.kind != MessageKind::CUSTOM_EVENT {
        call.assume(&AUTOMATIC_MESSAGES);
    }
}

/// `DeleteCustomerTimeline`. Assumed: any message may be deleted (`any-message-goes`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    cx.state.customer(call, &id)?;
    let mut timeline = cx.state.timelines.of(&id);
    let kind = timeline.get(cx.path("messageId"))?.kind;
    if kind != MessageKind::COMMENT && kind != MessageKind::CUSTOM_EVENT {
        call.assume(&ANY_MESSAGE_GOES);
    }
    timeline.remove(cx.path("messageId"));
    cx.state.timelines.set(&id, timeline);
    Ok(Reply::no_content())
}

/// What is to be recorded.
pub(super) struct Entry {
    pub(super) kind: MessageKind,
    pub(super) custom_event_type: Option<String>,
    pub(super) message: Text,
    pub(super) tables: Vec<MessageTable>,
    pub(super) mentions: Vec<(String, String)>,
    pub(super) links: Vec<MessageLink>,
}

impl Entry {
    /// A message without any extra.
    pub(super) fn new(kind: MessageKind, message: &str) -> Entry {
        let (tables, mentions, links) = (Vec::new(), Vec::new(), Vec::new());
        let custom_event_type = None;
        Entry { kind, custom_event_type, message: message.into(), tables, mentions, links }
    }

    /// A message with a table of what changed; `None` when nothing did.
    pub(super) fn change(
        kind: MessageKind,
        message: &str,
        rows: Vec<(String, Cell, Cell)>,
    ) -> Option<Entry> {
        let table =
            (!rows.is_empty()).then(|| MessageTable::ThreeColumns("Changes".to_owned(), rows))?;
        Some(Entry { tables: vec![table], ..Entry::new(kind, message) })
    }
}

/// The cells that differ, with their names: first those that are there now.
pub(super) fn changes<N: AsRef<str>>(
    before: &[(N, Cell)],
    after: &[(N, Cell)],
) -> Vec<(String, Cell, Cell)> {
    let [mut old, mut new] = [Vec::new(), Vec::new()];
    before.iter().for_each(|(name, cell)| old.push((name.as_ref(), cell)));
    after.iter().for_each(|(name, cell)| new.push((name.as_ref(), cell)));
    differing(&old, &new)
}

fn differing(before: &[(&str, &Cell)], after: &[(&str, &Cell)]) -> Vec<(String, Cell, Cell)> {
    let index = |cells: &[_]| cells.iter().copied().collect::<BTreeMap<&str, &Cell>>();
    let (old, new) = (index(before), index(after));
    let none = Cell::text("");
    let gone = before.iter().filter(|(name, _)| !new.contains_key(name));
    let mut changes = Vec::new();
    for (name, _) in after.iter().chain(gone) {
        let previous = old.get(name).copied().unwrap_or(&none);
        let now = new.get(name).copied().unwrap_or(&none);
        if previous != now {
            changes.push(((*name).to_owned(), previous.clone(), now.clone()));
        }
    }
    changes
}

/// An id that no message has: only those that fixtures chose can be in the way.
pub(super) fn fresh_id(cx: &mut Writing<'_>) -> Id {
    cx.ids.fresh(|ids| ids.id("tmln_"), |id| cx.state.planted_messages.has(id))
}

/// Writes a message to a customer's timeline and returns its id.
pub(super) fn record(cx: &mut Writing<'_>, call: &Call, customer_id: &Id, entry: Entry) -> Id {
    let (triggered_by, author) = Credentials::of(call).cause();
    let id = fresh_id(cx);
    let message = Message {
        id: id.clone(),
        customer_id: customer_id.clone(),
        kind: entry.kind,
        custom_event_type: entry.custom_event_type.map(Id::from),
        triggered_by,
        message: entry.message,
        actions: Rare::default(),
        tables: entry.tables.into(),
        author,
        mentions: entry.mentions.into(),
        links: entry.links.into(),
        occurred_time: cx.now,
    };
    let place = cx.place(cx.now, &id);
    cx.state.timelines.put(customer_id, Row::new(place, message));
    id
}
