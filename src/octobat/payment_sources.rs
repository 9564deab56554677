//! Payment sources of a customer: create, list, retrieve, update.

use hyper::StatusCode;

use super::assumed::SOURCE_UPDATED;
use super::ids::fresh;
use super::listing::{self, Listing};
use super::model::{PAYMENT_SOURCE_PREFIX, PaymentSource};
use super::params::Params;
use super::state::{Reading, Writing};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::{Row, Shown};

/// Where the payment sources of a customer are: what clients append to their base address.
pub(super) fn address(customer: &str) -> String {
    format!("/customers/{customer}/payment_sources")
}

/// `ListPaymentSources`.
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    let customer = cx.path("id");
    let sources = cx.state.sources_of(customer)?;
    params.note_beside(call, &listing::MEMBERS);
    let page = Listing::of(call, &params).page(&sources, |_| true);
    Ok(page.reply(&address(customer), Shown::rendered))
}

/// `CreatePaymentSource`: nothing is required.
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    let customer = cx.path("id").to_owned();
    let sources = cx.state.sources_of(&customer)?;
    let id = fresh(cx, PAYMENT_SOURCE_PREFIX, |_, id| sources.find(id).is_some());
    let source = read(call, &params, &customer, &id, None)?;
    let place = cx.place(cx.now, &id);
    let row = cx.state.payment_sources.put(&customer, Row::new(place, source));
    Ok(Reply::new(StatusCode::CREATED, Body::row(&row)))
}

/// `RetrievePaymentSource`.
pub(super) fn retrieve(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    let row = cx.state.source(cx.path("id"), cx.path("source_id"))?;
    params.note_beside(call, &[]);
    Ok(Reply::ok(Body::row(&row)))
}

/// `UpdatePaymentSource`, which only clients have. Assumed: it is like that of a
/// customer (`payment-source-updates`).
pub(super) fn update(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    let customer = cx.path("id").to_owned();
    let before = cx.state.source(&customer, cx.path("source_id"))?;
    call.assume(&SOURCE_UPDATED);
    let source = read(call, &params, &customer, &before.id, Some(&before))?;
    let row = cx.state.payment_sources.put(&customer, Row::new(before.place.clone(), source));
    Ok(Reply::ok(Body::row(&row)))
}

/// Reads a payment source, or says all that is wrong with it.
fn read(
    call: &Call,
    params: &Params,
    customer: &str,
    id: &str,
    before: Option<&PaymentSource>,
) -> Result<PaymentSource, Failure> {
    params.note_beside(call, &PaymentSource::WRITABLE);
    let errors = Errors::default();
    let source = PaymentSource::read(&params.input(&errors), customer, id, before);
    call.conclude(errors)?;
    Ok(source)
}
