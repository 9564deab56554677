//! The history of a planted customer: the messages of its timeline.

use std::collections::BTreeSet;

use super::members::{self, only};
use crate::engine::clock::Timestamp;
use crate::engine::given::Given;
use crate::engine::id::Id;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::rare::Rare;
use crate::engine::rule::TextRule;
use crate::engine::table::{Row, Table};
use crate::engine::value::Value;
use crate::rebilly::model::{Cell, Message, MessageAction, MessageKind, MessageTable, TriggeredBy};
use crate::rebilly::seat::{self, Planted};
use crate::rebilly::state::{State, Writing};
use crate::rebilly::timeline::fresh_id;

/// What the table of a planted message is called.
const TITLE: &str = "Details";

/// Plants the whole history if the document tells one, else that the customer was
/// created. What history there was is gone.
pub(super) fn plant(
    cx: &mut Writing<'_>,
    document: &Input<'_>,
    customer_id: &Id,
    created: Timestamp,
) {
    cx.state.timelines.set(customer_id, Table::default());
    let mut told = BTreeSet::new();
    let messages = document.objects("timeline", |it| {
        let message = read(it, customer_id, created);
        if !message.id.is_empty() {
            if is_taken(cx.state, &message.id) || !told.insert(message.id.clone()) {
                it.refuse("id", another(&message.id));
            }
            cx.state.planted_messages.insert(message.id.clone().into(), ());
        }
        message
    });
    let messages = match messages {
        Given::Value(messages) => messages,
        Given::Absent | Given::Null => {
            vec![blank(customer_id, MessageKind::CREATED, "Customer was created.", created)]
        }
    };
    for mut message in messages {
        if message.id.is_empty() {
            message.id = fresh_id(cx);
        }
        let place = cx.place(message.occurred_time, &message.id);
        cx.state.timelines.put(customer_id, Row::new(place, message));
    }
}

/// Plants one message on the timeline of the customer who has the seat.
pub(in crate::rebilly) fn message(
    cx: &mut Writing<'_>,
    seat: Seat<'_>,
    document: &Input<'_>,
) -> Planted {
    cx.state.customers.get(seat.owner)?;
    let id = seat::id(seat, document, "id", ID);
    let timeline = cx.state.timelines.of(seat.owner);
    let before = id.as_ref().filter(|_| seat.id.is_some()).and_then(|id| timeline.find(id));
    let mut message = read(document, &seat.owner.into(), seat::since(before, cx.now));
    if let Some(id) = &id {
        if before.is_none() && is_taken(cx.state, id) {
            document.refuse("id", another(id));
        }
        cx.state.planted_messages.insert(id.clone(), ());
    }
    message.id = id.map_or_else(|| fresh_id(cx), Id::from);
    let id = message.id.clone();
    let place = seat::place(cx, before, message.occurred_time, &id);
    cx.state.timelines.put(seat.owner, Row::new(place, message));
    Ok(id.into())
}

const ID: TextRule = TextRule::max(50);

/// Whether any timeline has a message of that id: those of two customers become
/// one when they are merged. What was planted once may have gone since.
fn is_taken(state: &State, id: &str) -> bool {
    state.planted_messages.has(id)
        && state.timelines.iter().any(|(_, timeline)| timeline.find(id).is_some())
}

fn another(id: &str) -> String {
    format!("there is another message `{id}`")
}

fn read(input: &Input<'_>, customer_id: &Id, created: Timestamp) -> Message {
    only(input, &members::MESSAGE);
    let known = TextRule::max(255)
        .form(|text| MessageKind::named(text).is_some(), "a published type of message");
    let kind = input.text("type", known).value();
    let kind = kind.as_deref().and_then(MessageKind::named).unwrap_or(MessageKind::COMMENT);
    let text = input.required_text("message", TextRule::max(usize::MAX)).unwrap_or_default();
    let occurred = input.time("occurredTime").value().unwrap_or(created);
    let cause = input.one_of("triggeredBy", &TriggeredBy::NAMES).value();
    Message {
        id: input.text("id", ID).value().unwrap_or_default().into(),
        triggered_by: cause.unwrap_or(TriggeredBy::Rebilly),
        actions: input.object("extraData", actions).value().unwrap_or_default().into(),
        tables: details(input).into_iter().collect::<Vec<_>>().into(),
        ..blank(customer_id, kind, &text, occurred)
    }
}

/// What can be done from the message. Its table is told by `details`.
fn actions(extra: &Input<'_>) -> Vec<MessageAction> {
    only(extra, &members::EXTRA_DATA);
    let read = |it: &Input<'_>| {
        let action = MessageAction::read(it)?;
        only(it, &action.members());
        Some(action)
    };
    extra.objects("actions", read).value().unwrap_or_default().into_iter().flatten().collect()
}

/// Rows of attribute and value, such as `{"Merged customer": "cus_dup"}`, or
/// plain lines, such as `["Paid in part", "Waiting for the rest"]`.
fn details(input: &Input<'_>) -> Option<MessageTable> {
    let title = TITLE.to_owned();
    if let Some(Value::List(_)) = input.raw("details") {
        let lines = input.texts("details", TextRule::max(usize::MAX)).value()?;
        return Some(MessageTable::List(title, lines));
    }
    let details = input.map("details").value()?;
    let rows = details.into_iter().map(|(name, value)| (name.into(), Cell::of(&value))).collect();
    Some(MessageTable::TwoColumns(title, rows))
}

fn blank(customer_id: &Id, kind: MessageKind, message: &str, occurred: Timestamp) -> Message {
    Message {
        id: Id::default(),
        customer_id: customer_id.clone(),
        kind,
        custom_event_type: None,
        triggered_by: TriggeredBy::Rebilly,
        message: message.into(),
        actions: Rare::default(),
        tables: Rare::default(),
        author: None,
        mentions: Rare::default(),
        links: Rare::default(),
        occurred_time: occurred,
    }
}
