//! What is reported of one customer: balance, metrics, screening.

use super::assumed::METRICS;
use super::attachments::ATTACHMENTS;
use super::model::Attachment;
use super::model::attachment::CUSTOMER;
use super::state::{Reading, Writing};
use super::timeline::known;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::render::Rendered;
use crate::engine::table::Row;

/// `GetCustomerCreditBalance`: what credit memos have left, by currency. Only fixtures give any.
pub(super) fn credit_balance(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::Json(cx.state.customer(call, cx.path("id"))?.balances())))
}

/// `GetCustomerSummaryMetricReport`. Assumed: `404` for an unknown customer (`unknown-customer`).
pub(super) fn summary_metrics(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let customer = known(cx.state, call, cx.path("customerId"))?;
    call.assume(&METRICS);
    let revenue = &customer.payments.lifetime_revenue;
    Ok(Reply::ok(Body::Json(Rendered::object(|object| {
        object.text("currency", &revenue.currency);
        object.number("refundsAmount", 0.0); // refunds and disputes are not simulated
        object.number("revenueAmount", revenue.amount);
        object.number("disputesAmount", 0.0);
    }))))
}

/// `PostCustomerComplianceScreeningReport`: a report becomes an attachment of the customer.
pub(super) fn screening(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let customer_id = cx.path("id").to_owned();
    cx.state.customer(call, &customer_id)?;
    let (id, file_id) = (ATTACHMENTS.fresh_id(cx), cx.ids.next("file_"));
    let record = Attachment {
        id: id.clone(),
        file_id,
        related_type: CUSTOMER,
        related_id: customer_id,
        name: Some("compliance-screening-report.pdf".to_owned()),
        description: Some("Compliance screening report".to_owned()),
        created_time: cx.now,
        updated_time: cx.now,
    };
    let place = cx.place(cx.now, &id);
    let row = cx.state.attachments.put(Row::new(place, record));
    Ok(Reply::created(Body::row(&row), format!("{}/attachments/{id}", cx.home)))
}
