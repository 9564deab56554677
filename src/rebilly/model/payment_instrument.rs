//! [`PaymentInstrument`]: what a customer pays with, as little as customers need of it.

use super::link::links;
use super::payment_method::{PAYMENT_METHOD, payment_method};
use crate::engine::clock::Timestamp;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;

/// The few members of a payment instrument that customers lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentInstrument {
    /// `inst_` and 26 characters, or what a client named it.
    pub id: String,
    /// One of the published payment methods.
    pub method: &'static str,
    /// Whose it is, as far as that is known.
    pub customer_id: Option<String>,
    /// When it was first seen.
    pub created_time: Timestamp,
}

impl PaymentInstrument {
    /// Reads a fixture document.
    pub(in crate::rebilly) fn read(
        input: &Input<'_>,
        id: &str,
        before: Option<&PaymentInstrument>,
        now: Timestamp,
    ) -> PaymentInstrument {
        let method = input.required_text("method", PAYMENT_METHOD);
        PaymentInstrument {
            id: id.to_owned(),
            method: method.as_deref().and_then(payment_method).unwrap_or_default(),
            customer_id: input.text("customerId", TextRule::max(50)).value(),
            created_time: before.map_or(now, |it| it.created_time),
        }
    }
}

impl Record for PaymentInstrument {
    const KIND: &'static str = "Payment instrument";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        if let Some(customer_id) = &self.customer_id {
            object.text("customerId", customer_id);
        }
        object.text("method", self.method);
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.created_time);
        links(object, &[("self", &["/payment-instruments/", &self.id])]);
    }
}
