//! Contacts: made, altered and deleted; read through their customer.

use std::sync::Arc;

use hyper::StatusCode;

use super::assumed::{
    CONTACT_REPLACED, CONTACT_UNNAMED, LAST_CONTACT, ONE_PRIMARY, OWN_CONTACT_ID,
};
use super::members;
use super::model::{Contact, Customer};
use super::state::Writing;
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::render::Rendered;
use crate::engine::table::{Place, Row};
use crate::engine::value::Value;

/// `CreateContact`
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("customerId").to_owned();
    let owner = Arc::clone(cx.state.customer(call, &id)?);
    let (body, errors) = (call.json_object()?, Errors::default());
    let contact = read_new(cx, &Input::new(&body, &errors));
    call.conclude(errors)?;
    let mut customer = owner.record.clone();
    let place = cx.place(cx.now, &contact.id);
    let row = enter(&mut customer, place, contact, || call.assume(&ONE_PRIMARY));
    keep(cx, &owner, customer);
    Ok(Reply::new(StatusCode::CREATED, Body::row(&row)))
}

/// `UpdateContact`: the one that the path names, or the body where the path names none,
/// which is what the SDK sends.
pub(super) fn update(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("contactId").to_owned();
    alter(cx, call, Some(id))
}

/// The same as the SDK sends it.
pub(super) fn update_named(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    alter(cx, call, None)
}

fn alter(cx: &mut Writing<'_>, call: &Call, named: Option<String>) -> Result<Reply, Failure> {
    let owner = Arc::clone(cx.state.customer(call, cx.path("customerId"))?);
    let (body, errors) = (call.json_object()?, Errors::default());
    let said = body.value().get("contactId").and_then(said_id);
    // Assumed: beside one in the path, one in the body has no effect (`own-contact-id`).
    if named.is_some() && said.is_some() && named != said {
        call.assume(&OWN_CONTACT_ID);
    }
    let id = named.or(said).ok_or_else(|| {
        call.assume(&CONTACT_UNNAMED);
        Failure::field("contactId", "is required")
    })?;
    let before = Arc::clone(owner.contacts.get(&id)?);
    let input = Input::new(&body, &errors);
    members::note(&input, members::CONTACT);
    let contact = Contact::read(&input, before.contact_id);
    note_replaced(&input, &before, &contact);
    call.conclude(errors)?;
    let mut customer = owner.record.clone();
    let row = enter(&mut customer, before.place.clone(), contact, || call.assume(&ONE_PRIMARY));
    keep(cx, &owner, customer);
    Ok(Reply::ok(Body::row(&row)))
}

/// `DeleteContact`. Assumed: also the last one by which a customer is known (`last-contact`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let owner = Arc::clone(cx.state.customer(call, cx.path("customerId"))?);
    let id = cx.path("contactId").to_owned();
    owner.contacts.get(&id)?;
    let customer = remove(cx, &owner, &id);
    if !customer.has_identity() {
        call.assume(&LAST_CONTACT);
    }
    Ok(Reply::ok(Body::Json(Rendered::object(|_| {}))))
}

/// Takes a contact off a customer.
pub(super) fn remove(
    cx: &mut Writing<'_>,
    owner: &Arc<Row<Customer>>,
    id: &str,
) -> Arc<Row<Customer>> {
    let mut customer = owner.record.clone();
    customer.contacts.remove(id);
    keep(cx, owner, customer)
}

/// Reads a contact that gets the next number. Assumed: one that it brings has no effect
/// (`own-contact-id`).
pub(super) fn read_new(cx: &mut Writing<'_>, input: &Input<'_>) -> Contact {
    members::note(input, members::CONTACT);
    if input.says("contactId") {
        input.assume(&OWN_CONTACT_ID);
    }
    let number = next_number(cx);
    Contact::read(input, number)
}

/// Contacts are numbered within their environment, whoever has them.
pub(super) fn next_number(cx: &mut Writing<'_>) -> i64 {
    cx.state.contacts_made += 1;
    cx.number("contact", cx.state.contacts_made)
}

/// Puts a contact among a customer's. Assumed: it takes the place of the primary one of
/// its type, if it is one (`one-primary`), and `demoted` hears of that.
pub(super) fn enter(
    customer: &mut Customer,
    place: Place,
    contact: Contact,
    demoted: impl FnOnce(),
) -> Arc<Row<Contact>> {
    let is_rival = |it: &&Arc<Row<Contact>>| {
        it.primary && it.contact_type == contact.contact_type && it.contact_id != contact.contact_id
    };
    // There is one at most. In a long list it is the last that was put here.
    let find = || customer.contacts.newest_first().find(is_rival).cloned();
    if let Some(rival) = contact.primary.then(find).flatten() {
        demoted();
        customer.contacts.put(Row::new(rival.place.clone(), rival.demoted()));
    }
    customer.contacts.put(Row::new(place, contact))
}

/// Puts a customer back in their place.
fn keep(
    cx: &mut Writing<'_>,
    before: &Arc<Row<Customer>>,
    customer: Customer,
) -> Arc<Row<Customer>> {
    cx.state.customers.put(Row::new(before.place.clone(), customer))
}

/// A number, or a text that is one.
fn said_id(said: Value<'_>) -> Option<String> {
    match said {
        Value::Text(text) if !text.is_empty() => Some(text.into()),
        said => said.as_whole().map(|number| number.to_string()),
    }
}

/// Assumed: a flag that an update leaves out takes its default (`contact-replaced`).
fn note_replaced(input: &Input<'_>, before: &Contact, after: &Contact) {
    let primary = !input.says("primary") && before.primary != after.primary;
    let verified = !input.says("verified") && before.verified != after.verified;
    if primary || verified {
        input.assume(&CONTACT_REPLACED);
    }
}
