//! [`WebhookLog`]: one attempt to tell a webhook of an event; and the
//! [`WebhookLogs`].

use std::fmt;
use std::sync::Arc;

use super::event::Event;
use super::event_kind::EventKind;
use super::link::links;
use super::webhook::{Webhook, WebhookStatus};
use crate::engine::clock::Timestamp;
use crate::engine::json::Json;
use crate::engine::render::{Mark, Object, Rendered, Setting};
use crate::engine::table::{Record, Row, Shown, Table};

/// The most attempts that an organization remembers, and the most that may be
/// due in it. Older ones are dropped and counted.
pub const WEBHOOK_LOGS_MAX: usize = 10_000;

/// The published schema `WebhookTracking`, and what it was made from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WebhookLog {
    /// `hook_log_` and 26 characters.
    pub id: String,
    /// The webhook as it was when the event happened.
    pub webhook: Arc<Row<Webhook>>,
    /// The type of the event.
    pub kind: EventKind,
    /// The event; a webhook may be tried out without any.
    pub event: Option<Arc<Row<Event>>>,
    /// 1, and one more with each time it was sent again.
    pub attempt: i64,
    /// When the event happened, or when it was asked for again.
    pub initiated_time: Timestamp,
    /// What was sent and what came of it; nothing while it is due.
    pub sent: Option<Arc<Sent>>,
}

/// What was sent, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// When.
    pub time: Timestamp,
    /// The headers of the request, but for those that frame it.
    pub headers: Vec<(String, String)>,
    /// The body of the request, if it had one.
    pub body: Option<String>,
    /// What came of it.
    pub outcome: WebhookOutcome,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookOutcome {
    /// The receiver answered; any 2xx is an acknowledgement.
    Answered {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// The receiver is not on loopback: nobody was contacted.
    Refused(String),
    /// Nobody was there, or what came back was no answer.
    Failed(String),
}

impl WebhookOutcome {
    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            WebhookOutcome::Answered { status, .. } => Some(*status),
            WebhookOutcome::Refused(_) | WebhookOutcome::Failed(_) => None,
        }
    }

    /// Whether the receiver acknowledged it: with any 2xx.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        self.status().is_some_and(|status| (200..300).contains(&status))
    }
}

/// `200`, or why there was no answer.
impl fmt::Display for WebhookOutcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WebhookOutcome::Answered { status, .. } => write!(out, "{status}"),
            WebhookOutcome::Refused(reason) => write!(out, "refused: {reason}"),
            WebhookOutcome::Failed(reason) => write!(out, "failed: {reason}"),
        }
    }
}

impl WebhookLog {
    /// The customer that the event is about.
    #[must_use]
    pub fn customer_id(&self) -> Option<&str> {
        self.event.as_ref().map(|event| event.customer.id.as_str())
    }

    /// The headers that it is sent with, but for those that frame it. Assumed:
    /// a webhook's own headers win over the usual ones (`webhook-request`).
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        let own = self.webhook.headers.iter().filter(|it| it.status == WebhookStatus::Active);
        let own = own.map(|it| (it.name.clone(), it.value.clone()));
        let own: Vec<_> = own.filter(|(name, _)| !is_one_of(&FRAMING, name)).collect();
        let usual = USUAL.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let kept = usual
            .into_iter()
            .filter(|(name, _)| own.iter().all(|(known, _)| !known.eq_ignore_ascii_case(name)));
        kept.chain(own.iter().cloned()).collect()
    }

    /// The body that it is sent with. Assumed: a `GET` has none (`webhook-request`).
    pub(crate) fn body(&self, setting: Setting<'_>) -> Option<String> {
        if self.webhook.method == "GET" {
            return None;
        }
        let payload = match &self.event {
            Some(event) => event.rendered(),
            None => Rendered::object(|object| object.text("eventType", self.kind.as_str())),
        };
        let mut text = Vec::new();
        payload.show(setting, &mut text);
        let template = self.webhook.body.as_deref();
        Some(match template {
            None => String::from_utf8(text).expect("what we render is text"),
            Some(template) => {
                filled(template, &Json::parse(&text).expect("what we render is JSON"))
            }
        })
    }
}

/// What every delivery says, with any hash in the name of the agent.
const USUAL: [(&str, &str); 2] =
    [("User-Agent", "Rebilly/6d6f636b"), ("Content-Type", "application/json; charset=utf-8")];

/// What a webhook's own headers cannot change: they would break the request.
const FRAMING: [&str; 6] =
    ["host", "content-length", "connection", "transfer-encoding", "expect", "upgrade"];

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Puts parts of the payload in the place of `{{customer.email}}`. Assumed: a
/// placeholder is a path within the payload or what it embeds; what leads nowhere is
/// empty, as documented; texts are put in as they are (`webhook-request`).
fn filled(template: &str, payload: &Json) -> String {
    let mut pieces = template.split("{{");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let Some((path, rest)) = piece.split_once("}}") else {
            text.push_str("{{");
            text.push_str(piece);
            continue;
        };
        let at = |root: &Json| {
            let mut names = path.trim().split('.');
            names.try_fold(root, |json, name| json.get(name)).cloned()
        };
        match at(payload).or_else(|| payload.get("_embedded").and_then(at)) {
            None | Some(Json::Null) => {}
            Some(Json::Text(value)) => text.push_str(&value),
            Some(value) => text.push_str(&Rendered::json(&value).plain()),
        }
        text.push_str(rest);
    }
    text
}

impl Record for WebhookLog {
    const KIND: &'static str = "Webhook tracking log";

    fn id(&self) -> &str {
        &self.id
    }

    /// Assumed: where there was no answer there is no status, and the reason
    /// stands in place of the response (`webhook-tracked`).
    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        if let Some(status) = self.sent.as_ref().and_then(|sent| sent.outcome.status()) {
            object.whole("status", i64::from(status));
        }
        object.whole("duration", 0); // time stands still meanwhile
        object.time("initiatedTime", self.initiated_time);
        object.text("url", &self.webhook.url);
        object.text("method", self.webhook.method);
        if let Some(sent) = &self.sent {
            sent.write(object);
        }
        if let Some(id) = self.customer_id() {
            object.text("entityId", id);
        }
        object.member("organizationId").quoted(|quoted| quoted.mark(Mark::Realm));
        object.text("eventType", self.kind.as_str());
        object.text("source", "webhooks");
        object.whole("attempt", self.attempt);
        let sent = self.sent.as_ref().map_or(self.initiated_time, |sent| sent.time);
        object.time("sentTime", sent);
        object.time("createdTime", self.initiated_time);
        object.time("updatedTime", sent);
        links(object, &[("self", &["/tracking/webhooks/", &self.id])]);
    }
}

impl Sent {
    fn write(&self, object: &mut Object<'_>) {
        object.text("request", self.body.as_deref().unwrap_or_default());
        let none = Vec::new();
        let (response, headers) = match &self.outcome {
            WebhookOutcome::Answered { headers, body, .. } => (body.as_str(), headers),
            WebhookOutcome::Refused(reason) | WebhookOutcome::Failed(reason) => {
                (reason.as_str(), &none)
            }
        };
        object.text("response", response);
        object.member("requestHeaders").object(|it| write_headers(it, &self.headers));
        object.member("responseHeaders").object(|it| write_headers(it, headers));
    }
}

/// A header that was said more than once stands there once, with its last value.
fn write_headers(object: &mut Object<'_>, headers: &[(String, String)]) {
    for (index, (name, value)) in headers.iter().enumerate() {
        if headers[index + 1..].iter().all(|(later, _)| !later.eq_ignore_ascii_case(name)) {
            object.named(name).text(value);
        }
    }
}

/// The attempts that are due, or those that were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct WebhookLogs {
    pub(crate) table: Table<WebhookLog>,
    dropped: u64,
}

impl WebhookLogs {
    /// One more; it may cost the oldest its place.
    pub(crate) fn keep(&mut self, row: Row<WebhookLog>) -> Arc<Row<WebhookLog>> {
        if self.table.len() == WEBHOOK_LOGS_MAX {
            let oldest = self.table.newest_first().next_back().map(|row| row.id.clone());
            oldest.and_then(|id| self.table.remove(&id));
            self.dropped += 1;
        }
        self.table.put(row)
    }

    /// How many older ones were dropped.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_lead_into_the_payload_and_what_it_embeds() {
        let payload = br#"{"eventType":"x","_embedded":{"customer":{"email":"a@b","tags":[1],"n":null,"revision":3}}}"#;
        let payload = Json::parse(payload).unwrap();
        let said = |template: &str| filled(template, &payload);
        assert_eq!(said("{{eventType}}: {{ customer.email }}!"), "x: a@b!");
        assert_eq!(said("{{customer.revision}}{{customer.tags}}"), "3[1]");
        assert_eq!(said("a{{invalid.placeholder}}b{{customer.n}}c"), "abc");
        assert_eq!(said("{} {{open {{eventType}}"), "{} {{open x");
    }
}
