//! The kinds of things that a test author handles: where they are kept, how they
//! are planted, how they are taken away.

use super::customers::forget;
use super::model::{Customer, PaymentSource};
use super::plant;
use super::state::State;
use crate::engine::kind::Kind;

pub(crate) static CUSTOMERS: Kind<State, Customer> = Kind {
    name: "customers",
    table: |state, _| state.customers.clone(),
    called: None,
    put: plant::customer,
    remove: |cx, _, id| {
        forget(cx.state, id);
        Ok(())
    },
};

/// The owner is the customer.
pub(crate) static PAYMENT_SOURCES: Kind<State, PaymentSource> = Kind {
    name: "payment_sources",
    table: |state, customer| state.payment_sources.of(customer),
    called: None,
    put: plant::payment_source,
    remove: |cx, customer, id| {
        let mut sources = cx.state.payment_sources.of(customer);
        sources.remove(id);
        cx.state.payment_sources.set(customer, sources);
        Ok(())
    },
};
