//! The kinds of things that a test author handles: where they are kept, how they are
//! planted, how they are taken away.

use std::sync::Arc;

use super::model::{Contact, Customer, Message, Preference, Template};
use super::state::State;
use super::{contacts, customers, plant, preferences};
use crate::engine::kind::Kind;

pub(crate) static CUSTOMERS: Kind<State, Customer> = Kind {
    name: "customers",
    table: |state, _| state.customers.clone(),
    called: None,
    put: plant::customer,
    remove: |cx, _, id| {
        customers::forget(cx.state, id);
        Ok(())
    },
};

/// The owner is the customer.
pub(crate) static CONTACTS: Kind<State, Contact> = Kind {
    name: "contacts",
    table: |state, customer_id| {
        let customer = state.customers.find(customer_id);
        customer.map(|customer| customer.contacts.clone()).unwrap_or_default()
    },
    called: Some(|contact| &contact.value),
    put: plant::contact,
    remove: |cx, customer_id, id| {
        let owner = Arc::clone(cx.state.customers.get(customer_id)?);
        contacts::remove(cx, &owner, id);
        Ok(())
    },
};

/// The owner is the customer.
pub(crate) static PREFERENCES: Kind<State, Preference> = Kind {
    name: "preferences",
    table: |state, customer_id| state.preferences.of(customer_id),
    called: None,
    put: plant::preference,
    remove: |cx, customer_id, id| {
        preferences::remove(cx, customer_id, id);
        Ok(())
    },
};

pub(crate) static MESSAGES: Kind<State, Message> = Kind {
    name: "messages",
    table: |state, _| state.messages.clone(),
    called: None,
    put: plant::message,
    remove: |cx, _, id| {
        cx.state.messages.remove(id);
        Ok(())
    },
};

pub(crate) static TEMPLATES: Kind<State, Template> = Kind {
    name: "templates",
    table: |state, _| state.templates.clone(),
    called: None,
    put: plant::template,
    remove: |cx, _, id| {
        cx.state.templates.remove(id);
        Ok(())
    },
};
