//! What `filter`, `sort` and `q` see of webhooks and of what they were told.

use super::fields::{field, text};
use super::model::system_event::SystemEvent;
use super::model::{Webhook, WebhookLog};
use super::query::{Datum, Field, Kind, Queryable};

#[rustfmt::skip]
impl Queryable for Webhook {
    const FIELDS: &'static [Field<Webhook>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("eventsFilter", Kind::Text, |it, see| it.events_filter.iter().for_each(|kind| see(Datum::Text(kind.as_str())))),
        field("status", Kind::Text, |it, see| see(Datum::Text(it.status.as_str()))),
        field("method", Kind::Text, |it, see| see(Datum::Text(it.method))),
        field("url", Kind::Text, |it, see| see(Datum::Text(&it.url))),
        field("credentialHash", Kind::Text, |it, see| see(Datum::Text(&it.credential_hash))),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
        field("updatedTime", Kind::Time, |it, see| see(Datum::Time(it.updated_time))),
    ];

    const UNDOCUMENTED: &'static [&'static str] = &["sort", "q"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.url);
    }
}

#[rustfmt::skip]
impl Queryable for WebhookLog {
    const FIELDS: &'static [Field<WebhookLog>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("status", Kind::Number, |it, see| status(it).into_iter().for_each(|status| see(Datum::Number(status)))),
        field("duration", Kind::Number, |_, see| see(Datum::Number(0.0))),
        field("initiatedTime", Kind::Time, |it, see| see(Datum::Time(it.initiated_time))),
        field("url", Kind::Text, |it, see| see(Datum::Text(&it.webhook.url))),
        field("method", Kind::Text, |it, see| see(Datum::Text(it.webhook.method))),
        field("entityId", Kind::Text, |it, see| text(it.customer_id(), see)),
        field("organizationId", Kind::Text, |_, see| see(Datum::Realm)),
        field("eventType", Kind::Text, |it, see| see(Datum::Text(it.kind.as_str()))),
        field("source", Kind::Text, |_, see| see(Datum::Text("webhooks"))),
        #[expect(clippy::cast_precision_loss, reason = "nobody is told 2^53 times")]
        field("attempt", Kind::Number, |it, see| see(Datum::Number(it.attempt as f64))),
        field("sentTime", Kind::Time, |it, see| it.sent.iter().for_each(|sent| see(Datum::Time(sent.time)))),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.initiated_time))),
        field("updatedTime", Kind::Time, |it, see| it.sent.iter().for_each(|sent| see(Datum::Time(sent.time)))),
    ];

    const UNDOCUMENTED: &'static [&'static str] = &["filter", "sort", "q"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.webhook.url);
        see(self.kind.as_str());
        self.customer_id().into_iter().for_each(&mut *see);
        self.sent.iter().filter_map(|sent| sent.body.as_deref()).for_each(see);
    }
}

#[rustfmt::skip]
impl Queryable for SystemEvent {
    const FIELDS: &'static [Field<SystemEvent>] = &[
        field("eventType", Kind::Text, |it, see| see(Datum::Text(it.kind.as_str()))),
        field("title", Kind::Text, |it, see| see(Datum::Text(&it.title))),
        field("category", Kind::Text, |it, see| see(Datum::Text(it.category()))),
    ];

    const UNDOCUMENTED: &'static [&'static str] = &["filter", "sort", "q"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.title);
    }
}

fn status(log: &WebhookLog) -> Option<f64> {
    log.sent.as_ref()?.outcome.status().map(f64::from)
}
