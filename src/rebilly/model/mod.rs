//! The things of Rebilly's customer domain: plain data, read from requests and
//! shown in answers. No handlers, no tables.

pub(super) mod additional_schema;
pub(super) mod attachment;
pub(super) mod contact;
pub(super) mod custom_field;
pub(super) mod custom_field_type;
pub(super) mod customer;
pub(super) mod customer_input;
pub(super) mod event;
pub(super) mod event_kind;
pub(super) mod event_type;
pub(super) mod id;
pub(super) mod lead_source;
pub(super) mod link;
pub(super) mod message;
pub(super) mod message_kind;
pub(super) mod pattern;
pub(super) mod payment_instrument;
pub(super) mod payment_method;
pub(super) mod system_event;
pub(super) mod tag;
pub(super) mod webhook;
pub(super) mod webhook_log;
pub(super) mod website;

pub use additional_schema::AdditionalSchema;
pub use attachment::Attachment;
pub use contact::{Contact, ContactEntry};
pub use custom_field::CustomField;
pub use custom_field_type::CustomFieldType;
pub use customer::{Customer, Instrument, Money, TaxNumber, TaxNumberType};
pub(crate) use event::EventLog;
pub use event::{EVENTS_MAX, Event};
pub use event_kind::EventKind;
pub use event_type::EventType;
pub use lead_source::{LeadSource, LeadSourceData, LeadSourceVisit};
pub use message::{Author, Cell, Message, MessageLink, MessageTable, TriggeredBy};
pub use message_kind::MessageKind;
pub use pattern::Pattern;
pub use payment_instrument::PaymentInstrument;
pub use tag::{Tag, TagType};
pub use webhook::{Webhook, WebhookHeader, WebhookStatus};
pub(crate) use webhook_log::WebhookLogs;
pub use webhook_log::{Sent, WEBHOOK_LOGS_MAX, WebhookLog, WebhookOutcome};
pub use website::Website;
