//! Fixture documents: what was there before the test.
//!
//! They pass the same validation as requests, and may also choose what requests cannot:
//! ids, numbers of contacts, how deliveries went, which templates there are.

#![expect(clippy::unnecessary_wraps, reason = "all kinds are alike to those who call these")]

use std::collections::BTreeSet;
use std::sync::Arc;

use super::model::customer::CustomerInput;
use super::model::list::objects;
use super::model::token::LIFETIME;
use super::model::wording::NEEDS_IDENTITY;
use super::model::{
    Contact, Customer, Delivery, DeliveryStatus, Mechanism, Preference, Template, Token,
};
use super::seat::{self, Planted};
use super::state::Writing;
use super::{contacts, customers, members, messages, preferences, tokens};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::json::EXACT_MAX;
use crate::engine::kind::Seat;
use crate::engine::rule::TextRule;
use crate::engine::table::{Row, Table};
use crate::engine::value::Value;

const ANY: TextRule = TextRule::max(usize::MAX);

/// The environment of a document that names one.
pub(super) const ENVIRONMENT: &str = "clientId";

/// Plants one document. What stands further up in a file is there for what follows.
pub(super) fn plant(cx: &mut Writing<'_>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
    document.text(ENVIRONMENT, ANY);
    let plant = match kind {
        "customers" => customer,
        "messages" => message,
        "templates" => template,
        "tokens" => token,
        other => {
            let known = "customers, messages, templates, tokens";
            return Err(Failure::Conflict(format!(
                "there is no kind `{other}`; the kinds are: {known}"
            )));
        }
    };
    plant(cx, Seat::FREE, document).map(drop)
}

/// A customer, with contacts and preferences. One that is replaced leaves nothing of these
/// behind.
pub(super) fn customer(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &[members::CUSTOMER, &["preferences"]].concat());
    let id = seat::id(seat, document, "customerId").unwrap_or_else(|| customers::fresh_id(cx));
    let before = seat::before(seat, document, "customerId", cx.state.customers.find(&id));
    let mut customer = Customer::new(&id);
    CustomerInput::read(document).replace(&mut customer);
    // The numbers of those whom it replaces are free again.
    cx.state.customers.remove(&id);
    let mut numbers = BTreeSet::new();
    let list = objects(document, customers::contacts_member(document), |it| {
        let contact = numbered(cx, Seat::FREE, it);
        if !numbers.insert(contact.contact_id) {
            it.refuse("contactId", taken(&contact.id));
        }
        contact
    });
    for contact in list.value().unwrap_or_default() {
        let place = cx.place(cx.now, &contact.id);
        contacts::enter(&mut customer, place, contact, || {});
    }
    // One of another type was refused already.
    let is_unfit = |id: Value<'_>| !matches!(id, Value::Text(_) | Value::Null);
    if !customer.has_identity() && !document.raw("externalId").is_some_and(is_unfit) {
        document.refuse("externalId", NEEDS_IDENTITY);
    }
    cx.state.preferences.set(&id, Table::default());
    let list = objects(document, "preferences", |it| {
        only(it, members::PREFERENCE);
        Preference::read(it)
    });
    for preference in list.value().unwrap_or_default() {
        preferences::put(cx, &id, preference);
    }
    let place = seat::place(cx, before.as_ref(), &id);
    cx.state.customers.put(Row::new(place, customer));
    Ok(id)
}

/// A contact of the customer that owns the seat.
pub(super) fn contact(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    let owner = Arc::clone(cx.state.customers.get(seat.owner)?);
    let contact = numbered(cx, seat, document);
    let id = contact.id.clone();
    let place = seat::place(cx, owner.contacts.find(&id), &id);
    let mut customer = owner.record.clone();
    contacts::enter(&mut customer, place, contact, || {});
    cx.state.customers.put(Row::new(owner.place.clone(), customer));
    Ok(id)
}

/// Reads a contact with the number that its seat has, or that it chooses, or the next one.
/// No two contacts of an environment have one.
fn numbered(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Contact {
    only(document, members::CONTACT);
    let own = document.whole("contactId", 1..=EXACT_MAX).value();
    let seated = seat.id.map(|id| id.parse::<i64>().ok().filter(|it| (1..=EXACT_MAX).contains(it)));
    let chosen = match seated {
        None => own,
        Some(None) => {
            document.refuse("contactId", "must be a whole number from 1 on");
            None
        }
        Some(Some(number)) => {
            if own.is_some_and(|own| own != number) {
                document.refuse("contactId", format!("must be {number}, under which it is put"));
            }
            Some(number)
        }
    };
    let Some(number) = chosen else {
        let next = contacts::next_number(cx);
        return Contact::read(document, next);
    };
    let id = number.to_string();
    let replaces = |it: &Row<Customer>| seat.id.is_some() && it.customer_id == seat.owner;
    let has_it = |it: &Arc<Row<Customer>>| it.contacts.find(&id).is_some() && !replaces(it);
    if cx.state.customers.newest_first().any(has_it) {
        document.refuse("contactId", taken(&id));
    }
    cx.state.contacts_made = cx.state.contacts_made.max(number);
    Contact::read(document, number)
}

fn taken(number: &str) -> String {
    format!("there is another contact with the number {number}")
}

/// A preference of the customer that owns the seat.
pub(super) fn preference(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, members::PREFERENCE);
    cx.state.customers.get(seat.owner)?;
    let id = seat::id(seat, document, "templateGroupId");
    if id.is_none() && !document.says("templateGroupId") {
        document.refuse("templateGroupId", "is required");
    }
    let group = id.unwrap_or_default();
    let table = cx.state.preferences.of(seat.owner);
    let _replaced = seat::before(seat, document, "templateGroupId", table.find(&group));
    preferences::put(cx, seat.owner, Preference::about(&group, document));
    Ok(group)
}

/// A template. Once there is one, there are no others than those that are planted.
pub(super) fn template(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    const MEMBERS: [&str; 5] =
        ["templateId", "templateGroupId", "version", "language", "supportedMechanisms"];
    only(document, &MEMBERS);
    let id = seat::id(seat, document, "templateId")
        .unwrap_or_else(|| cx.fresh(|state| &state.templates, |ids| ids.uuid("template")));
    let before = seat::before(seat, document, "templateId", cx.state.templates.find(&id));
    let place = seat::place(cx, before.as_ref(), &id);
    cx.state.templates.put(Row::new(place, Template::read(document, &id)));
    Ok(id)
}

/// A message that was sent before. What it does not say of its deliveries is as if it were
/// sent now.
pub(super) fn message(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &[members::MESSAGE, &["messageId", "deliveries"]].concat());
    let id = seat::id(seat, document, "messageId").unwrap_or_else(|| messages::fresh_id(cx));
    let before = seat::before(seat, document, "messageId", cx.state.messages.find(&id));
    let text = |name| document.required_text(name, ANY).unwrap_or_default();
    let (customer_id, template_id) = (text("customerId"), text("templateId"));
    let forced = Mechanism::ways(document, "force").unwrap_or_default();
    let model = messages::model(document);
    let told = objects(document, "deliveries", delivery).value();
    let customer = Arc::clone(cx.state.customers.get(&customer_id)?);
    let template = messages::template(cx.state, &template_id)?;
    let mut message = messages::compose(cx.state, &id, &customer, template, model, &forced);
    if let Some(told) = told {
        message.deliveries = told;
    }
    let place = seat::place(cx, before.as_ref(), &id);
    cx.state.messages.put(Row::new(place, message));
    Ok(id)
}

fn delivery(document: &Input<'_>) -> Delivery {
    only(document, &["mechanism", "provider", "status"]);
    let mechanism = document.required_text("mechanism", Mechanism::WAYS).unwrap_or_default();
    let status = document.one_of("status", &DeliveryStatus::ALL).value();
    Delivery {
        mechanism: Mechanism::parse(&mechanism).unwrap_or(Mechanism::None),
        status: status.unwrap_or(DeliveryStatus::WaitingInQueue),
    }
}

/// A token that somebody has already: for the environment that it names, or for the one
/// that is used unless a test says otherwise.
fn token(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &["accessToken", "expiresAt"]);
    let id = seat::id(seat, document, "accessToken").unwrap_or_else(|| tokens::fresh_token(cx));
    let before = seat::before(seat, document, "accessToken", cx.state.tokens.find(&id));
    let expires = document.time("expiresAt").value().unwrap_or_else(|| cx.now.plus(LIFETIME));
    let client_id = document.text(ENVIRONMENT, ANY).value();
    let place = seat::place(cx, before.as_ref(), &id);
    cx.state.tokens.put(Row::new(place, Token { access_token: id.clone(), expires, client_id }));
    Ok(id)
}

/// Refuses members that mean nothing: in a fixture they are slips of the pen.
fn only(document: &Input<'_>, known: &[&str]) {
    for name in document.names().filter(|name| *name != ENVIRONMENT && !known.contains(name)) {
        document.refuse(name, format!("is not known; the members are: {}", known.join(", ")));
    }
}
