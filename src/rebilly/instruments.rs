//! Payment instruments, as far as a customer's default one leads to them.

use super::assumed::UNSEEN_INSTRUMENT;
use super::model::{Customer, Instrument, PaymentInstrument};
use super::resource::Resource;
use super::state::{Reading, Writing};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::Row;

/// Where they are kept. Only fixtures write them as documents of their own.
pub(super) const INSTRUMENTS: Resource<PaymentInstrument> = Resource {
    path: "payment-instruments",
    table: |state| &mut state.instruments,
    read: PaymentInstrument::read,
};

/// `GetPaymentInstrument`
pub(super) fn get(cx: &Reading<'_>, _: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(cx.state.instruments.get(cx.path("id"))?)))
}

/// Makes a customer's default instrument known, or takes its method from what is known.
pub(super) fn settle(cx: &mut Writing<'_>, call: &Call, customer: &mut Customer) {
    let Some(instrument) = &mut customer.default_payment_instrument else { return };
    if let Some(known) = cx.state.instruments.find(&instrument.payment_instrument_id) {
        instrument.method = known.method;
    } else {
        call.assume(&UNSEEN_INSTRUMENT);
        learn(cx, customer);
    }
}

/// Makes a customer's default instrument known, if it is not.
pub(super) fn learn(cx: &mut Writing<'_>, customer: &Customer) {
    let Some(Instrument { method, payment_instrument_id: id }) =
        &customer.default_payment_instrument
    else {
        return;
    };
    if cx.state.instruments.find(id).is_some() {
        return;
    }
    let record = PaymentInstrument {
        id: id.clone(),
        method,
        customer_id: Some(customer.id.clone()),
        created_time: cx.now,
    };
    let place = cx.place(cx.now, id);
    cx.state.instruments.put(Row::new(place, record));
}
