//! Payment instruments, as far as a customer's default one leads to them.

use super::assumed::UNSEEN_INSTRUMENT;
use super::model::customer::UNKNOWN;
use super::model::{Customer, Instrument, PaymentInstrument};
use super::resource::Resource;
use super::state::{Reading, State, Writing, find};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::Row;

/// Where they are kept. Only fixtures write them as documents of their own.
pub(super) const INSTRUMENTS: Resource<PaymentInstrument> = Resource {
    path: "payment-instruments",
    prefix: "inst_",
    table: |state| &mut state.instruments,
    read: |_, input, id, before, now| PaymentInstrument::read(input, id, before, now),
};

/// `GetPaymentInstrument`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(find(&cx.state.instruments, call, cx.path("id"))?)))
}

/// Takes an instrument away, unless it is some customer's default: their links lead to it.
pub(super) fn forget(state: &mut State, id: &str) -> Result<(), Failure> {
    let mut defaults =
        state.customers.newest_first().filter_map(|it| it.default_payment_instrument.as_ref());
    if defaults.any(|it| it.payment_instrument_id == id) {
        return Err(Failure::Conflict(format!(
            "payment instrument '{id}' is a customer's default"
        )));
    }
    drop(defaults);
    state.instruments.remove(id);
    Ok(())
}

/// Gives all instruments of one customer to another.
pub(super) fn move_all(cx: &mut Writing<'_>, from: &str, to: &str) {
    INSTRUMENTS.change_all(cx, |it| {
        let is_theirs = it.customer_id.as_deref() == Some(from);
        is_theirs.then(|| PaymentInstrument { customer_id: Some(to.to_owned()), ..it.clone() })
    });
}

/// Makes a customer's default instrument known. One that was named by its id
/// alone takes its method from what is known.
pub(super) fn settle(cx: &mut Writing<'_>, call: &Call, customer: &mut Customer) {
    let Some(instrument) = &mut customer.default_payment_instrument else { return };
    let known = cx.state.instruments.find(&instrument.payment_instrument_id);
    if instrument.method == UNKNOWN && known.is_none() {
        call.assume(&UNSEEN_INSTRUMENT);
    }
    resolve(cx, customer);
}

/// The same for a fixture's customer. Assumed: what was never seen is a card (`unseen-instrument`).
pub(super) fn resolve(cx: &mut Writing<'_>, customer: &mut Customer) {
    let Some(Instrument { method, payment_instrument_id: id }) =
        customer.default_payment_instrument.as_deref_mut()
    else {
        return;
    };
    let known = cx.state.instruments.find(id);
    if *method == UNKNOWN {
        *method = known.map_or("payment-card", |known| known.method);
    }
    if known.is_some() {
        return;
    }
    let record = PaymentInstrument {
        id: id.clone(),
        method,
        customer_id: Some(customer.id.clone().into()),
        created_time: cx.now,
    };
    let place = cx.place(cx.now, &*id);
    cx.state.instruments.put(Row::new(place, record));
}
