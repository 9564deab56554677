//! Customers: create, get, update, delete, list.

use std::sync::Arc;

use hyper::StatusCode;

use super::assumed::{
    ACTIVES, CONTACTS_WIN, DELETE_ANSWER, DEVICE_ALONE, EMPTY_TEXTS, MESSAGES_STAY, OLDEST_FIRST,
    ONE_PRIMARY, OWN_ID, PUT_REPLACES, SAME_EXTERNAL_ID,
};
use super::model::customer::CustomerInput;
use super::model::list::objects;
use super::model::wording::NEEDS_IDENTITY;
use super::model::{Customer, CustomerStatus};
use super::paging::Page;
use super::search::Search;
use super::state::{Reading, State, Writing};
use super::{contacts, members};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::render::Rendered;
use crate::engine::table::{Row, Table};
use crate::engine::value::Value;

/// `ListCustomers`: a bare array. Assumed: the oldest first (`customers-oldest-first`).
#[expect(clippy::unnecessary_wraps, reason = "that is what a handler is like")]
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let (search, page) = (Search::read(call), Page::read(call, cx.state.switches));
    let only_actives = match call.query.get("actives") {
        Some("true") => true,
        None | Some("false") => false,
        // Assumed: no other word has an effect (`actives`).
        Some(_) => {
            call.assume(&ACTIVES);
            false
        }
    };
    let kept = |row: &&Arc<Row<Customer>>| {
        (!only_actives || row.status == CustomerStatus::Enabled) && search.finds(row)
    };
    let rows = page.of(cx.state.customers.newest_first().rev().filter(kept));
    if rows.len() > 1 {
        call.assume(&OLDEST_FIRST);
    }
    Ok(Reply::ok(Body::rows(rows.into_iter().cloned().collect())))
}

/// `GetCustomer`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(cx.state.customer(call, cx.path("customerId"))?)))
}

/// An id that no customer has.
pub(super) fn fresh_id(cx: &mut Writing<'_>) -> String {
    cx.fresh(|state| &state.customers, |ids| ids.uuid("customer"))
}

/// `CreateCustomer`: always a new one.
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (body, errors) = (call.json_object()?, Errors::default());
    let input = Input::new(&body, &errors);
    note_document(&input);
    if input.says("customerId") {
        input.assume(&OWN_ID);
    }
    let mut customer = Customer::new(&fresh_id(cx));
    CustomerInput::read(&input).replace(&mut customer);
    read_contacts(cx, &input, &mut customer);
    call.conclude(errors)?;
    check_identity(call, &customer)?;
    note_twin(cx.state, call, &customer);
    let place = cx.place(cx.now, &customer.customer_id);
    let row = cx.state.customers.put(Row::new(place, customer));
    Ok(Reply::new(StatusCode::CREATED, Body::row(&row)))
}

/// `UpdateCustomer`: everything but contacts. Assumed: what is left out takes its default
/// (`put-replaces`), and the path says who it is (`own-id`).
pub(super) fn update(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("customerId").to_owned();
    let before = Arc::clone(cx.state.customer(call, &id)?);
    let (body, errors) = (call.json_object()?, Errors::default());
    let input = Input::new(&body, &errors);
    note_document(&input);
    if input.raw("customerId").is_some_and(|said| said.as_text() != Some(&id)) {
        input.assume(&OWN_ID);
    }
    let mut customer = before.record.clone();
    let said = CustomerInput::read(&input);
    if cx.state.switches.merges_updates {
        said.merge(&mut customer);
    } else {
        said.replace(&mut customer);
    }
    call.conclude(errors)?;
    check_identity(call, &customer)?;
    if !cx.state.switches.merges_updates && is_replaced(body.value(), &before, &customer) {
        call.assume(&PUT_REPLACES);
    }
    note_twin(cx.state, call, &customer);
    let is_ok = cx.state.switches.updates_answer_ok;
    let status = if is_ok { StatusCode::OK } else { StatusCode::CREATED };
    let row = cx.state.customers.put(Row::new(before.place.clone(), customer));
    Ok(Reply::new(status, Body::row(&row)))
}

/// `DeleteCustomer`: with the preferences. Assumed: messages stay (`messages-stay`), and who
/// was deleted is shown (`delete-answer`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("customerId").to_owned();
    let row = Arc::clone(cx.state.customer(call, &id)?);
    if cx.state.messages.newest_first().any(|message| message.customer_id == id) {
        call.assume(&MESSAGES_STAY);
    }
    forget(cx.state, &id);
    if cx.state.switches.deletes_answer_nothing {
        return Ok(Reply::ok(Body::Json(Rendered::object(|_| {}))));
    }
    call.assume(&DELETE_ANSWER);
    Ok(Reply::ok(Body::row(&row)))
}

/// Takes a customer away, with their preferences.
pub(super) fn forget(state: &mut State, id: &str) {
    state.customers.remove(id);
    state.preferences.set(id, Table::default());
}

/// The member that holds contacts: the REST documents say `contacts`, the SDK's `contact`.
/// Assumed: where both are there, the former counts (`contacts-win`).
pub(super) fn contacts_member(input: &Input<'_>) -> &'static str {
    match (input.says("contacts"), input.says("contact")) {
        (true, true) => {
            input.assume(&CONTACTS_WIN);
            "contacts"
        }
        (false, true) => "contact",
        (_, false) => "contacts",
    }
}

fn read_contacts(cx: &mut Writing<'_>, input: &Input<'_>, customer: &mut Customer) {
    let list = objects(input, contacts_member(input), |it| contacts::read_new(cx, it));
    for contact in list.value().unwrap_or_default() {
        let place = cx.place(cx.now, &contact.id);
        contacts::enter(customer, place, contact, || input.assume(&ONE_PRIMARY));
    }
}

/// Somebody must be reachable or recognizable. Assumed: a device alone is not enough
/// (`device-alone`).
pub(super) fn check_identity(call: &Call, customer: &Customer) -> Result<(), Failure> {
    if customer.has_identity() {
        return Ok(());
    }
    if customer.contacts().next().is_some() {
        call.assume(&DEVICE_ALONE);
    }
    Err(Failure::field("externalId", NEEDS_IDENTITY))
}

/// Notes what holds for every document of a customer. Assumed: an empty text is none
/// (`empty-texts`).
fn note_document(input: &Input<'_>) {
    members::note(input, members::CUSTOMER);
    let is_empty = |name| input.raw(name).and_then(Value::as_text) == Some("");
    if is_empty("externalId") || is_empty("language") {
        input.assume(&EMPTY_TEXTS);
    }
}

/// Assumed: external ids may be shared (`same-external-id`).
fn note_twin(state: &State, call: &Call, customer: &Customer) {
    let own = &customer.customer_id;
    if customer.external_id.as_ref().is_some_and(|it| state.customers.has_namesake(it, own)) {
        call.assume(&SAME_EXTERNAL_ID);
    }
}

/// Whether an update has taken anything back that it does not name.
fn is_replaced(body: Value<'_>, before: &Customer, after: &Customer) -> bool {
    let lost = [
        ("externalId", before.external_id != after.external_id),
        ("status", before.status != after.status),
        ("metadata", before.metadata != after.metadata),
        ("language", before.language != after.language),
    ];
    lost.iter().any(|(name, differs)| *differs && body.get(name).is_none())
}
