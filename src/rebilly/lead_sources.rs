//! The lead source of a customer: where it came from.

use std::sync::Arc;

use super::assumed::{LEAD_SOURCE_FORGOTTEN, LEAD_SOURCE_REPLACED, LEAD_SOURCE_SILENT};
use super::events;
use super::model::message_kind::MessageKind;
use super::model::{Cell, Customer, LeadSource, LeadSourceData, LeadSourceVisit};
use super::state::{Reading, Writing};
use super::timeline::{Entry, changes, known, record};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::id::Id;
use crate::engine::input::Input;
use crate::engine::table::{Record, Row};

/// `GetCustomerLeadSource`: the most recent visit, and the first under `original`.
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let customer = cx.state.customer(call, cx.path("id"))?;
    Ok(Reply::ok(Body::row(of(&customer.record)?)))
}

/// `PutCustomerLeadSource`: replaces the most recent visit; `201` even when there was one.
pub(super) fn put(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    known(cx.state, call, &id)?;
    let (body, errors) = (call.object()?, Errors::default());
    let data = LeadSourceData::read(&Input::new(&body, &errors));
    call.conclude(errors)?;
    call.assume(&LEAD_SOURCE_SILENT);
    set(cx, call, &id, data)?;
    let location = format!("{}/customers/{id}/lead-source", cx.home);
    let customer = cx.state.customers.get(&id)?;
    Ok(Reply::created(Body::row(of(&customer.record)?), location))
}

/// `DeleteCustomerLeadSource`. Assumed: the original goes with it (`lead-source-forgotten`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let customer = cx.state.customer(call, cx.path("id"))?;
    let (id, before) = (customer.id.clone(), of(customer)?.latest.data.cells());
    call.assume(&LEAD_SOURCE_FORGOTTEN);
    call.assume(&LEAD_SOURCE_SILENT);
    attach(cx, &id, None)?;
    let rows = changes(&before, &LeadSourceData::default().cells());
    tell(cx, call, &id, rows, "Lead source was removed.");
    Ok(Reply::no_content())
}

/// Records a visit. Assumed: it is a new one, not a change of the one before
/// (`lead-source-replaced`), and the customer's revision does not count it (`lead-source-revision`).
pub(super) fn set(
    cx: &mut Writing<'_>,
    call: &Call,
    id: &str,
    data: LeadSourceData,
) -> Result<(), Failure> {
    let customer = cx.state.customers.get(id)?;
    let (id, before) = (customer.id.clone(), customer.lead_source.clone());
    if before.is_some() {
        call.assume(&LEAD_SOURCE_REPLACED);
    }
    let latest = LeadSourceVisit { data, created_time: cx.now, updated_time: cx.now };
    let original =
        before.as_ref().map_or_else(|| latest.clone(), |row| row.record.original.clone());
    let earlier = before.map(|row| row.record.latest.data.cells());
    let earlier = earlier.unwrap_or_else(|| LeadSourceData::default().cells());
    let rows = changes(&earlier, &latest.data.cells());
    attach(cx, &id, Some(LeadSource { customer_id: id.clone(), latest, original }))?;
    tell(cx, call, &id, rows, "Lead source was changed.");
    Ok(())
}

/// Makes a lead source the customer's.
pub(super) fn attach(
    cx: &mut Writing<'_>,
    id: &str,
    lead_source: Option<LeadSource>,
) -> Result<(), Failure> {
    let row = Arc::clone(cx.state.customers.get(id)?);
    let lead_source = lead_source.map(|it| {
        let place = cx.place(cx.now, &row.id);
        Arc::new(Row::new(place, it))
    });
    let record = Customer { lead_source, ..row.record.clone() };
    cx.state.customers.put(Row::new(row.place.clone(), record));
    Ok(())
}

fn tell(
    cx: &mut Writing<'_>,
    call: &Call,
    id: &Id,
    rows: Vec<(String, Cell, Cell)>,
    message: &str,
) {
    if let Some(entry) = Entry::change(MessageKind::LEAD_SOURCE, message, rows) {
        record(cx, call, id, entry);
        events::lead_source_changed(cx, id);
    }
}

fn of(customer: &Customer) -> Result<&Arc<Row<LeadSource>>, Failure> {
    let missing = || Failure::Missing { kind: LeadSource::KIND, id: customer.id.clone().into() };
    customer.lead_source.as_ref().ok_or_else(missing)
}
