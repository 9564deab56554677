//! The things of Rebilly's customer domain: plain data, read from requests and
//! shown in answers. No handlers, no tables.

pub(super) mod contact;
pub(super) mod customer;
pub(super) mod customer_input;
pub(super) mod event;
pub(super) mod event_kind;
pub(super) mod lead_source;
pub(super) mod link;
pub(super) mod message;
pub(super) mod message_kind;
pub(super) mod payment_method;
pub(super) mod system_event;
pub(super) mod tag;
pub(super) mod webhook;
pub(super) mod webhook_log;

pub use contact::{Contact, ContactEntry};
pub use customer::{Customer, Instrument, Money, TaxNumber, TaxNumberType};
pub(crate) use event::EventLog;
pub use event::{EVENTS_MAX, Event};
pub use event_kind::EventKind;
pub use lead_source::{LeadSource, LeadSourceData, LeadSourceVisit};
pub use message::{Author, Cell, Message, MessageLink, MessageTable, TriggeredBy};
pub use message_kind::MessageKind;
pub use tag::Tag;
pub use webhook::{Webhook, WebhookHeader, WebhookStatus};
pub(crate) use webhook_log::WebhookLogs;
pub use webhook_log::{Sent, WEBHOOK_LOGS_MAX, WebhookLog, WebhookOutcome};
