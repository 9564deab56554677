//! [`Message`]: one entry of a customer's timeline.

use std::sync::Arc;

use super::link::{href, links};
use super::message_action::MessageAction;
use super::message_kind::MessageKind;
use crate::engine::clock::Timestamp;
use crate::engine::id::Id;
use crate::engine::json::Json;
use crate::engine::rare::Rare;
use crate::engine::render::{Object, Rendered, Writer};
use crate::engine::table::Record;
use crate::engine::text::Text;

/// Something that happened to a customer, or that someone said of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// `tmln_` and 26 characters.
    pub id: Id,
    /// The customer on whose timeline it stands.
    pub customer_id: Id,
    /// What it is about.
    pub kind: MessageKind,
    /// The registered type of a custom event.
    pub custom_event_type: Option<Id>,
    /// What caused it.
    pub triggered_by: TriggeredBy,
    /// The comment, or a sentence on what happened.
    pub message: Text,
    /// What can be done from it, if a fixture says so.
    pub actions: Rare<MessageAction>,
    /// What changed, in rows.
    pub tables: Rare<MessageTable>,
    /// Who caused it, if a person or a program did.
    pub author: Option<Arc<Author>>,
    /// The users that the text mentions: `@` and their e-mail address, and their id.
    pub mentions: Rare<(String, String)>,
    /// The things that the text refers to.
    pub links: Rare<MessageLink>,
    /// When it happened.
    pub occurred_time: Timestamp,
}

/// What caused a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TriggeredBy {
    /// Rebilly itself.
    Rebilly,
    /// A person in Rebilly's application: a call with a session token.
    App,
    /// A program: a call with a secret key.
    DirectApi,
}

impl TriggeredBy {
    pub(in crate::rebilly) const NAMES: [(&'static str, TriggeredBy); 3] = [
        ("rebilly", TriggeredBy::Rebilly),
        ("app", TriggeredBy::App),
        ("direct-api", TriggeredBy::DirectApi),
    ];

    /// As it is written: `direct-api`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TriggeredBy::Rebilly => "rebilly",
            TriggeredBy::App => "app",
            TriggeredBy::DirectApi => "direct-api",
        }
    }
}

/// Who caused a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Author {
    /// A name to show.
    pub user_full_name: Text,
    /// `usr_` and 26 characters.
    pub user_id: String,
}

/// A table of a message. Clients in use know these kinds; of a fourth one the
/// definition has two names.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MessageTable {
    /// Rows of attribute and value.
    TwoColumns(String, Vec<(String, Cell)>),
    /// Rows of attribute, previous value and new value.
    ThreeColumns(String, Vec<(String, Cell, Cell)>),
    /// Plain lines. No call makes any, but a fixture may.
    List(String, Vec<String>),
}

/// A value in a table: a scalar, never `null`. "No value" is an empty text.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell(Json);

impl Cell {
    pub(in crate::rebilly) fn text(text: &str) -> Cell {
        Cell(Json::Text(text.into()))
    }

    /// Scalars as they are, `null` as an empty text, anything else as JSON text.
    pub(in crate::rebilly) fn of(json: &Json) -> Cell {
        match json {
            Json::Null => Cell::text(""),
            Json::List(_) | Json::Object(_) => Cell::text(&Rendered::json(json).plain()),
            scalar => Cell(scalar.clone()),
        }
    }

    /// The value.
    #[must_use]
    pub fn json(&self) -> &Json {
        &self.0
    }
}

/// Something that a message refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageLink {
    /// `invoice`, `subscription`, … or `external`.
    pub resource_type: &'static str,
    /// Its id.
    pub resource_id: String,
    /// What to show for it.
    pub placeholder: String,
    /// Whether it is a customer, for which the published enum has no type: then
    /// the link is external and leads to the customer.
    pub to_customer: bool,
}

impl Record for Message {
    const KIND: &'static str = "Timeline message";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.word("type", self.kind.as_str());
        object.text_or_null("customEventType", self.custom_event_type.as_deref());
        object.word("triggeredBy", self.triggered_by.as_str());
        object.text("message", &self.message);
        object.member("extraData").object(|extra| self.write_extra(extra));
        object.time("occurredTime", self.occurred_time);
        links(object, &[("self", &["/customers/", &self.customer_id, "/timeline/", &self.id])]);
    }
}

impl Message {
    /// What may be written of a message, and what is shown of it.
    pub(in crate::rebilly) const MEMBERS: [&str; 8] = [
        "id",
        "type",
        "customEventType",
        "customData",
        "triggeredBy",
        "message",
        "extraData",
        "occurredTime",
    ];

    fn write_extra(&self, extra: &mut Object<'_>) {
        let actions = extra.member("actions");
        actions.list(&self.actions, |writer, action| writer.object(|it| action.write(it)));
        extra.member("tables").list(&self.tables, |writer, table| table.write(writer));
        if let Some(author) = &self.author {
            extra.member("author").object(|object| {
                object.text("userFullName", &author.user_full_name);
                object.text("userId", &author.user_id);
            });
        }
        extra.member("mentions").object(|object| {
            for (mention, user_id) in &self.mentions {
                object.named(mention).text(user_id);
            }
        });
        extra.member("links").list(&self.links, |writer, link| writer.object(|it| link.write(it)));
    }
}

impl MessageTable {
    fn write(&self, writer: &mut Writer) {
        writer.object(|object| match self {
            MessageTable::TwoColumns(title, rows) => {
                head(object, "two-columns", title);
                object.member("data").list(rows, |writer, (attribute, value)| {
                    writer.object(|row| {
                        row.text("attribute", attribute);
                        row.member("value").json(&value.0);
                    });
                });
            }
            MessageTable::ThreeColumns(title, rows) => {
                head(object, "three-columns", title);
                object.member("data").list(rows, |writer, (attribute, previous, new)| {
                    writer.object(|row| {
                        row.text("attribute", attribute);
                        row.member("previousValue").json(&previous.0);
                        row.member("newValue").json(&new.0);
                    });
                });
            }
            MessageTable::List(title, lines) => {
                head(object, "list", title);
                object.member("data").list(lines, Writer::text);
            }
        });
    }
}

fn head(object: &mut Object<'_>, kind: &'static str, title: &str) {
    object.word("type", kind);
    object.text("title", title);
    object.text("footer", "");
}

impl MessageLink {
    fn write(&self, object: &mut Object<'_>) {
        object.text("resourceType", self.resource_type);
        object.text("resourceId", &self.resource_id);
        object.text("placeholder", &self.placeholder);
        if self.to_customer {
            let path = ["/customers/", self.resource_id.as_str()];
            object.member("externalUrl").quoted(|quoted| href(quoted, &path));
        }
    }
}
