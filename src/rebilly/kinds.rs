//! The kinds of things that a test author handles: where they are kept, how they
//! are planted, how they are taken away.

use super::model::{
    Attachment, CustomField, Customer, EventType, LeadSource, Message, PaymentInstrument, Tag,
    Webhook, Website,
};
use super::state::State;
use super::{plant, uproot};
use crate::engine::kind::Kind;
use crate::engine::table::Table;

pub(crate) static CUSTOMERS: Kind<State, Customer> = Kind {
    name: "customers",
    table: |state, _| state.customers.clone(),
    called: None,
    put: plant::customer,
    remove: uproot::customer,
};

/// The owner is the customer, and so is the id of its only row.
pub(crate) static LEAD_SOURCES: Kind<State, LeadSource> = Kind {
    name: "leadSources",
    table: |state, customer_id| {
        let customer = state.customers.find(customer_id);
        let lead_source = customer.and_then(|customer| customer.lead_source.as_ref());
        lead_source.map(Table::only).unwrap_or_default()
    },
    called: None,
    put: plant::source_of,
    remove: uproot::lead_source,
};

/// The owner is the customer.
pub(crate) static TIMELINES: Kind<State, Message> = Kind {
    name: "timelines",
    table: |state, customer_id| state.timelines.of(customer_id),
    called: None,
    put: plant::message,
    remove: uproot::message,
};

pub(crate) static TAGS: Kind<State, Tag> = Kind {
    name: "tags",
    table: |state, _| state.tags.clone(),
    called: Some(|tag| &tag.name),
    put: plant::tag,
    remove: uproot::tag,
};

/// The owner is the resource that has the fields.
pub(crate) static CUSTOM_FIELDS: Kind<State, CustomField> = Kind {
    name: "customFields",
    table: |state, resource| state.custom_fields.of(resource),
    called: None,
    put: plant::custom_field,
    remove: uproot::custom_field,
};

pub(crate) static WEBSITES: Kind<State, Website> = Kind {
    name: "websites",
    table: |state, _| state.websites.clone(),
    called: None,
    put: plant::website,
    remove: uproot::website,
};

pub(crate) static ATTACHMENTS: Kind<State, Attachment> = Kind {
    name: "attachments",
    table: |state, _| state.attachments.clone(),
    called: None,
    put: plant::attachment,
    remove: uproot::attachment,
};

pub(crate) static PAYMENT_INSTRUMENTS: Kind<State, PaymentInstrument> = Kind {
    name: "paymentInstruments",
    table: |state, _| state.instruments.clone(),
    called: None,
    put: plant::instrument,
    remove: uproot::instrument,
};

pub(crate) static CUSTOM_EVENT_TYPES: Kind<State, EventType> = Kind {
    name: "customEventTypes",
    table: |state, _| state.event_types.clone(),
    called: Some(|event_type| &event_type.name),
    put: plant::event_type,
    remove: uproot::event_type,
};

pub(crate) static WEBHOOKS: Kind<State, Webhook> = Kind {
    name: "webhooks",
    table: |state, _| state.webhooks.clone(),
    called: None,
    put: plant::webhook,
    remove: uproot::webhook,
};
