//! What clients write on a timeline: comments and custom events.

use std::collections::BTreeSet;

use super::assumed;
use super::custom_events;
use super::model::email::is_email;
use super::model::message_kind::MessageKind;
use super::model::{Cell, Message, MessageLink, MessageTable};
use super::state::{State, Writing};
use super::timeline::{Entry, known, note_origin, record};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::ids::named;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;

/// `PostCustomerTimeline`: a comment, or an event of a type that was registered before.
pub(super) fn post(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = known(cx.state, call, cx.path("id"))?.id.clone();
    let (body, errors) = (call.object()?, Errors::default());
    let entry = read(&Input::new(&body, &errors), cx.state);
    if !(entry.mentions.is_empty() && entry.links.is_empty()) {
        call.assume(&assumed::MENTIONS);
    }
    call.conclude(errors)?;
    let message_id = record(cx, call, &id, entry);
    let timeline = cx.state.timelines.of(&id);
    let row = timeline.get(&message_id)?;
    note_origin(call, row);
    let location = format!("{}/customers/{id}/timeline/{message_id}", cx.home);
    Ok(Reply::created(Body::row(row), location))
}

/// Assumed: clients may post these two types only (`written-messages`); without a
/// type, a `customEventType` makes it a custom event (`custom-event`).
fn read(input: &Input<'_>, state: &State) -> Entry {
    input.assume_beside(&Message::MEMBERS, &assumed::UNKNOWN_MEMBERS);
    input.assume_null(&["type", "message", "customData"], &assumed::NULL_MEMBERS);
    let kind = input.text("type", TextRule::max(255)).value();
    match kind.as_deref() {
        Some("custom-event") => custom_event(input, state),
        None if input.says("customEventType") => custom_event(input, state),
        None | Some("customer-comment-created") => comment(input),
        Some(other) => {
            input.assume(&assumed::WRITTEN_MESSAGES);
            let expected = "must be customer-comment-created or custom-event";
            input.refuse("type", format!("{expected}, but is \"{other}\""));
            Entry::new(MessageKind::COMMENT, "")
        }
    }
}

fn comment(input: &Input<'_>) -> Entry {
    let filled = TextRule::max(usize::MAX).form(|text| !text.is_empty(), "non-empty text");
    let text = input.required_text("message", filled).unwrap_or_default();
    if text.is_empty() || input.says("customEventType") || input.says("customData") {
        input.assume(&assumed::WRITTEN_MESSAGES);
    }
    Entry {
        mentions: mentions(&text),
        links: references(&text),
        ..Entry::new(MessageKind::COMMENT, &text)
    }
}

/// The data comes back as a table, in the order sent, and in no other way.
fn custom_event(input: &Input<'_>, state: &State) -> Entry {
    input.assume(&assumed::CUSTOM_EVENT);
    let rule = TextRule::max(255).form(|text| !text.is_empty(), "non-empty text");
    let said = input.required_text("customEventType", rule).unwrap_or_default();
    let found = custom_events::find(state, &said);
    if found.is_none() && !said.is_empty() {
        let message = format!("must be a registered type, but \"{said}\" is not");
        input.refuse("customEventType", message);
    }
    let name = found.map_or(said, |row| row.name.clone());
    // Assumed: an event without a message is called by its type (`custom-event`).
    let message = input.text("message", TextRule::max(usize::MAX)).value();
    let message = message.unwrap_or_else(|| name.clone());
    let data = input.map("customData").value().unwrap_or_default();
    let rows =
        data.into_iter().map(|(attribute, value)| (attribute.into(), Cell::of(&value))).collect();
    Entry {
        tables: vec![MessageTable::TwoColumns(name.clone(), rows)],
        custom_event_type: Some(name),
        ..Entry::new(MessageKind::CUSTOM_EVENT, &message)
    }
}

/// `@user@example.com` at the start or after white space: a user, by e-mail address.
/// Assumed: every address is a user's; its id derives from it (`mentions-and-references`).
fn mentions(text: &str) -> Vec<(String, String)> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for word in text.split_whitespace() {
        let Some(address) = word.strip_prefix('@') else { continue };
        let address = address.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_address = is_email(address) && address.contains('.');
        if is_address && seen.insert(address) {
            found.push((format!("@{address}"), named("usr_", address)));
        }
    }
    found
}

/// What a reference may name, and the published type of a link to it.
/// Assumed: there is none for customers, so those are external (`mentions-and-references`).
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
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
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
        if !id.is_empty() && seen.insert((resource, id)) {
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
