//! The timeline of a customer: comments, and what the system records itself.

use super::credentials::Credentials;
use super::model::message_kind::MessageKind;
use super::model::{Cell, Message, MessageLink, MessageTable};
use super::paging::Listing;
use super::state::{Reading, Writing};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::ids::named;
use crate::engine::input::{Errors, Input};
use crate::engine::rule::TextRule;
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

/// `PostCustomerTimeline`: a comment.
pub(super) fn comment(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    cx.state.customers.get(&id)?;
    let (body, errors) = (call.object()?, Errors::default());
    let text = read_comment(&Input::new(body, &errors));
    errors.finish()?;
    let entry = Entry {
        mentions: mentions(&text),
        links: references(&text),
        message: text,
        ..Entry::new(MessageKind::COMMENT, "")
    };
    let message_id = record(cx, call, &id, entry);
    let timeline = cx.state.timelines.of(&id);
    let location = format!("{}/customers/{id}/timeline/{message_id}", cx.home);
    Ok(Reply::created(Body::row(timeline.get(&message_id)?), &location))
}

/// Assumed: clients may only post comments and custom events, and a custom
/// event needs a registered type, of which there are none yet.
fn read_comment(input: &Input<'_>) -> String {
    let kind = input.text("type", TextRule::max(255)).value();
    let custom = kind.is_none() && input.has("customEventType");
    match kind.as_deref() {
        Some("custom-event") => custom_event(input),
        None if custom => custom_event(input),
        None | Some("customer-comment-created") => {
            let filled = TextRule::max(usize::MAX).form(|text| !text.is_empty(), "non-empty text");
            return input.required_text("message", filled).unwrap_or_default();
        }
        Some(other) => input.refuse(
            "type",
            format!("must be customer-comment-created or custom-event, but is \"{other}\""),
        ),
    }
    String::new()
}

fn custom_event(input: &Input<'_>) {
    let rule = TextRule::max(255).form(|text| !text.is_empty(), "non-empty text");
    if let Some(name) = input.required_text("customEventType", rule) {
        input
            .refuse("customEventType", format!("must be a registered type, but \"{name}\" is not"));
    }
}

/// What is to be recorded.
pub(super) struct Entry {
    pub(super) kind: MessageKind,
    pub(super) message: String,
    pub(super) tables: Vec<MessageTable>,
    pub(super) mentions: Vec<(String, String)>,
    pub(super) links: Vec<MessageLink>,
}

impl Entry {
    /// A message without any extra.
    pub(super) fn new(kind: MessageKind, message: &str) -> Entry {
        let (tables, mentions, links) = (Vec::new(), Vec::new(), Vec::new());
        Entry { kind, message: message.to_owned(), tables, mentions, links }
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

/// `@user@example.com` at the start or after white space: a user, by e-mail address.
/// Assumed: every address is a user's; its id derives from it.
fn mentions(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for word in text.split_whitespace() {
        let Some(address) = word.strip_prefix('@') else { continue };
        let address = address.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_address = address
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        let mention = format!("@{address}");
        if is_address && found.iter().all(|(known, _)| *known != mention) {
            found.push((mention, named("usr_", address)));
        }
    }
    found
}

/// What a reference may name, and the published type of a link to it.
/// Assumed: there is none for customers, so those are external.
const REFERENCES: [(&str, &str); 7] = [
    ("customers", "external"),
    ("invoices", "invoice"),
    ("subscriptions", "subscription"),
    ("transactions", "transaction"),
    ("kyc-documents", "kyc-document"),
    ("disputes", "dispute"),
    ("coupons", "coupon"),
];

/// `#invoices-in_1`: a reference to a thing, by id.
fn references(text: &str) -> Vec<MessageLink> {
    let mut found: Vec<MessageLink> = Vec::new();
    for piece in text.split('#').skip(1) {
        let Some((resource, resource_type, rest)) =
            REFERENCES.iter().find_map(|(resource, kind)| {
                Some((*resource, *kind, piece.strip_prefix(resource)?.strip_prefix('-')?))
            })
        else {
            continue;
        };
        let is_id = |c: char| c.is_ascii_alphanumeric() || "@~-._".contains(c);
        let end = rest.find(|c| !is_id(c)).unwrap_or(rest.len());
        // A sentence may end right behind an id.
        let id = rest[..end].trim_end_matches('.');
        let link = MessageLink {
            resource_type,
            resource_id: id.to_owned(),
            placeholder: format!("{} {id}", resource.trim_end_matches('s')),
            to_customer: resource == "customers",
        };
        if !id.is_empty() && !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_mentioned_by_address_and_once() {
        let found = mentions(
            "@bob@example.com, call @ada@example.com. not x@example.com @nobody @bob@example.com",
        );
        let found: Vec<&str> = found.iter().map(|(mention, _)| mention.as_str()).collect();
        assert_eq!(found, ["@bob@example.com", "@ada@example.com"]);
    }

    #[test]
    fn references_name_a_kind_and_an_id() {
        let found = references("see #invoices-in_1, #customers-cus-2. and #nothing-3 #coupons-");
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|it| (it.resource_type, it.resource_id.as_str(), it.placeholder.as_str()))
            .collect();
        assert_eq!(
            found,
            [("invoice", "in_1", "invoice in_1"), ("external", "cus-2", "customer cus-2")]
        );
    }
}
