//! [`Webhook`]: who wants to be told of events, and how.

use hyper::header::{HeaderName, HeaderValue};

use super::event_kind::EventKind;
use super::link::{is_uri, links};
use crate::engine::clock::Timestamp;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::engine::value::Value;
use crate::rebilly::assumed::{EVENT_NAMES, NULL_MEMBERS, UNKNOWN_MEMBERS, WEBHOOK_HEADER};

/// The published schema `GlobalWebhook`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhook {
    /// `hook_` and 26 characters, or what a `PUT` named it.
    pub id: String,
    /// What it is told of; nothing stands for everything.
    pub events_filter: Vec<EventKind>,
    /// Whether it is told of anything.
    pub status: WebhookStatus,
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// Where it is told.
    pub url: String,
    /// What is said beside the usual headers.
    pub headers: Vec<WebhookHeader>,
    /// Which credential the receiver wants. It is kept and shown; no
    /// authorization is ever sent, because credentials are not simulated.
    pub credential_hash: String,
    /// A template to say in place of the event's own payload.
    pub body: Option<String>,
    /// Which customers' events it wants, in the grammar of lists.
    pub filter: Option<String>,
    /// When it was created.
    pub created_time: Timestamp,
    /// When it was last changed.
    pub updated_time: Timestamp,
}

/// Whether something is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookStatus {
    /// `active`
    Active,
    /// `inactive`
    Inactive,
}

impl WebhookStatus {
    const NAMES: [(&'static str, WebhookStatus); 2] =
        [("active", WebhookStatus::Active), ("inactive", WebhookStatus::Inactive)];

    /// As it is written: `active`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            WebhookStatus::Active => "active",
            WebhookStatus::Inactive => "inactive",
        }
    }

    fn read(input: &Input<'_>) -> WebhookStatus {
        let given = input.one_of("status", &WebhookStatus::NAMES);
        given.value().unwrap_or(WebhookStatus::Active)
    }
}

/// A header that a webhook is told with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookHeader {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether it is sent.
    pub status: WebhookStatus,
}

const METHODS: [(&str, &str); 5] =
    [("GET", "GET"), ("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("DELETE", "DELETE")];

impl Webhook {
    /// The members of a webhook.
    #[rustfmt::skip]
    const MEMBERS: [&str; 11] = [
        "id", "eventsFilter", "status", "method", "url", "headers", "credentialHash", "body",
        "filter", "createdTime", "updatedTime",
    ];

    /// Reads a document that replaces what was there since `created`. What is
    /// noted on the way makes the result worthless.
    pub(in crate::rebilly) fn read(
        input: &Input<'_>,
        id: &str,
        created: Timestamp,
        now: Timestamp,
    ) -> Webhook {
        input.assume_beside(&Webhook::MEMBERS, &UNKNOWN_MEMBERS);
        input.assume_null(&["eventsFilter", "status", "headers"], &NULL_MEMBERS);
        let any = TextRule::max(usize::MAX);
        let published = any.form(|it| EventKind::named(it).is_some(), "a published type of event");
        let names = input.texts("eventsFilter", published).value().unwrap_or_default();
        if input.length("eventsFilter").is_some_and(|length| length > names.len()) {
            input.assume(&EVENT_NAMES);
        }
        let method = input.one_of("method", &METHODS).value();
        if !input.says("method") {
            input.refuse("method", "is required");
        }
        let url = any.form(is_uri, "an absolute address such as http://127.0.0.1:4000/hook");
        Webhook {
            id: id.to_owned(),
            events_filter: names.iter().filter_map(|name| EventKind::named(name)).collect(),
            status: WebhookStatus::read(input),
            method: method.unwrap_or("POST"),
            url: input.required_text("url", url).unwrap_or_default(),
            headers: input.objects("headers", header).value().unwrap_or_default(),
            credential_hash: input.required_text("credentialHash", any).unwrap_or_default(),
            body: input.text("body", any).value(),
            filter: input.text("filter", any).value(),
            created_time: created,
            updated_time: now,
        }
    }

    /// Whether it is told of anything.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == WebhookStatus::Active
    }

    /// Whether it is told of events of that type.
    #[must_use]
    pub fn wants(&self, kind: EventKind) -> bool {
        self.is_active() && (self.events_filter.is_empty() || self.events_filter.contains(&kind))
    }
}

/// Assumed: names and values are what HTTP lets them be; nothing is documented (`webhook-header`).
fn header(input: &Input<'_>) -> WebhookHeader {
    input.assume_beside(&["name", "value", "status"], &UNKNOWN_MEMBERS);
    input.assume_null(&["status"], &NULL_MEMBERS);
    let any = TextRule::max(usize::MAX);
    let name = any.form(is_header_name, "the name of a header");
    let value = any.form(is_header_value, "text that can stand in a header");
    let unfit = |name: &str, holds: fn(&str) -> bool| {
        input.raw(name).and_then(Value::as_text).is_some_and(|text| !holds(text))
    };
    if unfit("name", is_header_name) || unfit("value", is_header_value) {
        input.assume(&WEBHOOK_HEADER);
    }
    WebhookHeader {
        name: input.required_text("name", name).unwrap_or_default(),
        value: input.required_text("value", value).unwrap_or_default(),
        status: WebhookStatus::read(input),
    }
}

fn is_header_name(text: &str) -> bool {
    text.parse::<HeaderName>().is_ok()
}

fn is_header_value(text: &str) -> bool {
    HeaderValue::from_str(text).is_ok()
}

impl Record for Webhook {
    const KIND: &'static str = "Webhook";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object
            .member("eventsFilter")
            .list(&self.events_filter, |writer, kind| writer.text(kind.as_str()));
        object.text("status", self.status.as_str());
        object.text("method", self.method);
        object.text("url", &self.url);
        object.member("headers").list(&self.headers, |writer, header| {
            writer.object(|it| {
                it.text("name", &header.name);
                it.text("value", &header.value);
                it.text("status", header.status.as_str());
            });
        });
        object.text("credentialHash", &self.credential_hash);
        object.text_or_null("body", self.body.as_deref());
        object.text_or_null("filter", self.filter.as_deref());
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.updated_time);
        links(object, &[("self", &["/webhooks/", &self.id])]);
    }
}
