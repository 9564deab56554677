//! Customers: create, retrieve, update, list, delete.

use hyper::{Method, StatusCode};

use super::account::is_live;
use super::assumed::{DELETED, EXPAND, NOTHING_CHANGED, PUT};
use super::ids::fresh;
use super::listing::{self, Listing, envelope, note_order};
use super::model::{CUSTOMER_PREFIX, Customer};
use super::params::Params;
use super::payment_sources::address;
use super::state::{Reading, State, Writing};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::render::{Object, Rendered};
use crate::engine::table::{Row, Shown, Table};

/// By what is shown more of a customer than its own members.
const EXPANDING: [&str; 2] = ["expand", "include"];

/// `ListCustomers`: never refused. `source` is what a payment gateway calls one.
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    params.note_beside(call, &[&listing::MEMBERS[..], &["source"], &EXPANDING].concat());
    let source = params.text("source");
    let keeps = |it: &Customer| source.is_none_or(|source| it.is_known_as(source));
    let page = Listing::of(call, &params).page(&cx.state.customers, keeps);
    Ok(page.reply("/customers", |row| show(cx.state, cx.realm, call, &params, row)))
}

/// `CreateCustomer`: nothing but a country is required.
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    let id = fresh(cx, CUSTOMER_PREFIX, |state, id| state.customers.find(id).is_some());
    let customer =
        read(call, &params, |errors| Customer::read(&params.input(errors), &id, None, cx.now))?;
    let place = cx.place(cx.now, &id);
    let row = cx.state.customers.put(Row::new(place, customer));
    let shown = show(cx.state, cx.realm, call, &params, &row);
    Ok(Reply::new(StatusCode::CREATED, Body::Json(shown)))
}

/// `RetrieveCustomer`.
pub(super) fn retrieve(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    let row = cx.state.customers.get(cx.path("id"))?;
    params.note_beside(call, &EXPANDING);
    Ok(Reply::ok(Body::Json(show(cx.state, cx.realm, call, &params, row))))
}

/// `UpdateCustomer`: what is not named stays. Assumed: `PUT` does no more
/// (`put-updates`), and nothing at all is no mistake (`update-of-nothing`).
pub(super) fn update(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let params = Params::of(call)?;
    if call.method == Method::PUT {
        call.assume(&PUT);
    }
    let before = cx.state.customers.get(cx.path("id"))?.clone();
    if params.is_empty() {
        call.assume(&NOTHING_CHANGED);
    }
    let customer = read(call, &params, |errors| {
        Customer::read(&params.input(errors), &before.id, Some(&before), before.created_at)
    })?;
    let row = if customer == before.record {
        before
    } else {
        cx.state.customers.put(Row::new(before.place.clone(), customer))
    };
    Ok(Reply::ok(Body::Json(show(cx.state, cx.realm, call, &params, &row))))
}

/// `DeleteCustomer`. Assumed: what is answered, and that its payment sources go
/// with it (`delete-answer`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    cx.state.customers.get(&id)?;
    call.assume(&DELETED);
    forget(cx.state, &id);
    Ok(Reply::ok(Body::Json(Rendered::object(|object| {
        object.text("id", &id);
        object.flag("deleted", true);
    }))))
}

/// Takes a customer away, and all that it has.
pub(super) fn forget(state: &mut State, id: &str) {
    state.customers.remove(id);
    state.payment_sources.set(id, Table::default());
}

/// Reads a customer, or says all that is wrong with it.
fn read(
    call: &Call,
    params: &Params,
    read: impl FnOnce(&Errors) -> Customer,
) -> Result<Customer, Failure> {
    let known = [&Customer::WRITABLE[..], &Customer::READ_ONLY, &EXPANDING].concat();
    params.note_beside(call, &known);
    let errors = Errors::default();
    let customer = read(&errors);
    call.conclude(errors)?;
    Ok(customer)
}

/// What is shown of a customer, and of what belongs to it.
fn show(
    state: &State,
    realm: &str,
    call: &Call,
    params: &Params,
    customer: &Row<Customer>,
) -> Rendered {
    customer.shown(is_live(realm), |object| {
        let sources = state.payment_sources.of(&customer.id);
        note_order(call, sources.len());
        object.member("payment_sources").object(|list| {
            list.text("object", "list");
            list.text("request_url", address(&customer.id));
            list.member("data").list(sources.newest_first(), |writer, row| {
                writer.rendered(&row.rendered());
            });
        });
        expand(call, params, object);
    })
}

/// Assumed: what can be expanded is there and empty (`expand`).
fn expand(call: &Call, params: &Params, object: &mut Object<'_>) {
    let names: Vec<&str> = EXPANDING.iter().flat_map(|name| params.texts(name)).collect();
    if names.is_empty() {
        return;
    }
    call.assume(&EXPAND);
    if names.contains(&"invoices") {
        object.member("invoices").object(|list| {
            envelope(list, "/invoices", [false, false], 0);
            list.member("data").list([], |_, ()| {});
        });
    }
}
