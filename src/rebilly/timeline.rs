//! The timeline of a customer: list, get, delete; and how a message is recorded.

use super::credentials::Credentials;
use super::model::message_kind::MessageKind;
use super::model::{Cell, Message, MessageLink, MessageTable};
use super::paging::Listing;
use super::state::{Reading, Writing};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::Row;

/// `GetCustomerTimelineCollection`. Assumed: an unknown customer is `404`; an
/// empty list would hide the mistake.
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id");
    cx.state.customers.get(id)?;
    let listing = Listing::read(call, cx.realm)?;
    Ok(listing.page(&cx.state.timelines.of(id)).reply())
}

/// `GetCustomerTimeline`: `404` also when the message is another customer's.
pub(super) fn get(cx: &Reading<'_>, _: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id");
    cx.state.customers.get(id)?;
    let timeline = cx.state.timelines.of(id);
    Ok(Reply::ok(Body::row(timeline.get(cx.path("messageId"))?)))
}

/// `DeleteCustomerTimeline`. Assumed: any message may be deleted.
pub(super) fn delete(cx: &mut Writing<'_>, _: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    cx.state.customers.get(&id)?;
    let mut timeline = cx.state.timelines.of(&id);
    timeline.get(cx.path("messageId"))?;
    timeline.remove(cx.path("messageId"));
    cx.state.timelines.set(&id, timeline);
    Ok(Reply::no_content())
}

/// What is to be recorded.
pub(super) struct Entry {
    pub(super) kind: MessageKind,
    pub(super) custom_event_type: Option<String>,
    pub(super) message: String,
    pub(super) tables: Vec<MessageTable>,
    pub(super) mentions: Vec<(String, String)>,
    pub(super) links: Vec<MessageLink>,
}

impl Entry {
    /// A message without any extra.
    pub(super) fn new(kind: MessageKind, message: &str) -> Entry {
        let (tables, mentions, links) = (Vec::new(), Vec::new(), Vec::new());
        let custom_event_type = None;
        Entry { kind, custom_event_type, message: message.to_owned(), tables, mentions, links }
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

/// The cells that differ, with their names.
pub(super) fn changes<N: AsRef<str> + PartialEq>(
    before: &[(N, Cell)],
    after: &[(N, Cell)],
) -> Vec<(String, Cell, Cell)> {
    let cell = |cells: &[(N, Cell)], name: &N| {
        let found = cells.iter().find(|(known, _)| known == name);
        found.map_or_else(|| Cell::text(""), |(_, cell)| cell.clone())
    };
    let gone = before.iter().filter(|(name, _)| !after.iter().any(|(known, _)| known == name));
    after
        .iter()
        .chain(gone)
        .map(|(name, _)| (name.as_ref().to_owned(), cell(before, name), cell(after, name)))
        .filter(|(_, previous, new)| previous != new)
        .collect()
}

/// Writes a message to a customer's timeline and returns its id.
pub(super) fn record(cx: &mut Writing<'_>, call: &Call, customer_id: &str, entry: Entry) -> String {
    let (triggered_by, author) = Credentials::of(call).cause();
    let id = cx.ids.next("tmln_");
    let message = Message {
        id: id.clone(),
        customer_id: customer_id.to_owned(),
        kind: entry.kind,
        custom_event_type: entry.custom_event_type,
        triggered_by,
        message: entry.message,
        tables: entry.tables,
        author,
        mentions: entry.mentions,
        links: entry.links,
        occurred_time: cx.now,
    };
    let place = cx.place(cx.now, &id);
    cx.state.timelines.put(customer_id, Row::new(place, message));
    id
}
