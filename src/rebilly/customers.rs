//! Customers: list, get, create, upsert.

use super::assumed;
use super::custom_fields;
use super::events;
use super::instruments::{self, INSTRUMENTS};
use super::lead_sources;
use super::model::custom_field::CUSTOMERS;
use super::model::customer_input::CustomerInput;
use super::model::id::{ID_FORM, is_id};
use super::model::message_kind::MessageKind;
use super::model::{Cell, Customer};
use super::paging::Listing;
use super::shape::Shape;
use super::state::{Reading, Writing};
use super::timeline::{Entry, changes, record};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::id::Id;
use crate::engine::input::Input;
use crate::engine::json::Member;
use crate::engine::table::Row;
use crate::engine::value::Value;

/// `GetCustomerCollection`. CSV, which old clients ask for, is what `Accept: text/csv` gets.
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let page = Listing::read(cx, call)?.page(&cx.state.customers);
    let shape = Shape::of_read(call, cx.state);
    Ok(page.reply_as(|rows| if wants_csv(call) { shape.csv(rows) } else { shape.many(rows) }))
}

/// `GetCustomer`: `404` also when it was merged away.
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let row = cx.state.customer(call, cx.path("id"))?;
    Ok(Reply::ok(Shape::of_read(call, cx.state).one(row)))
}

/// `PostCustomer`: nothing is required; an id in the body is read-only, and so ignored.
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let input = read(cx, call, None)?;
    let id = fresh_id(cx);
    insert(cx, call, &id, input)
}

/// An id that no customer has, nor one who is merged away.
pub(super) fn fresh_id(cx: &mut Writing<'_>) -> Id {
    let is_taken = |id: &str| cx.state.customers.find(id).is_some() || cx.state.merged_away.has(id);
    cx.ids.fresh(|ids| ids.id("cus_"), is_taken)
}

/// `PutCustomer`: creates an unknown id with `201`, replaces a known one with `200`.
pub(super) fn upsert(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    let input = read(cx, call, Some(&id))?;
    match cx.state.customers.find(&id).cloned() {
        None => insert(cx, call, &id.into(), input),
        Some(before) => replace(cx, call, &before, input),
    }
}

fn read(cx: &Writing<'_>, call: &Call, id: Option<&str>) -> Result<CustomerInput, Failure> {
    let (body, errors) = (call.object()?, Errors::default());
    let input = Input::new(&body, &errors);
    if id.is_some_and(|id| !is_id(id)) {
        input.assume(&assumed::PUT_ID);
        input.refuse("id", format!("must be {ID_FORM}"));
    }
    let mut read = CustomerInput::read(&input);
    let before = id.and_then(|id| cx.state.customers.find(id)).map(|row| &row.custom_fields);
    custom_fields::enforce(cx.state, CUSTOMERS, &input, before, &mut read.custom_fields);
    if let Some(token) = &read.payment_token
        && cx.state.used_tokens.has(token)
    {
        input.assume(&assumed::TOKEN);
        input.refuse("paymentToken", "was used before; a token works once");
    }
    note_values(cx, &input, &read);
    call.conclude(errors)?;
    Ok(read)
}

/// Notes what is guessed of single values. Assumed: nobody looks up what they
/// refer to (`references-unchecked`), and anyone may be born tomorrow (`day-of-birth`).
fn note_values(cx: &Writing<'_>, input: &Input<'_>, read: &CustomerInput) {
    let names = |name: &str| input.raw(name).and_then(Value::as_text);
    let website = names("websiteId").is_some_and(|id| cx.state.websites.find(id).is_none());
    let payout = names("preferredPayoutInstrumentId")
        .is_some_and(|id| cx.state.instruments.find(id).is_none());
    if website || payout {
        input.assume(&assumed::REFERENCES);
    }
    if read.dob().is_some_and(|dob| dob.midnight() > cx.now) {
        input.assume(&assumed::DAY_OF_BIRTH);
    }
}

fn insert(
    cx: &mut Writing<'_>,
    call: &Call,
    id: &Id,
    mut input: CustomerInput,
) -> Result<Reply, Failure> {
    let lead_source = input.lead_source.take();
    use_token(cx, call, &input);
    let mut customer = input.written_to(&Customer::new(id, cx.now), || INSTRUMENTS.fresh_id(cx));
    instruments::settle(cx, call, &mut customer);
    if cx.state.merged_away.remove(id.as_str()) {
        call.assume(&assumed::MERGED_AWAY);
    }
    let place = cx.place(cx.now, id);
    cx.state.customers.put(Row::new(place, customer));
    record(cx, call, id, Entry::new(MessageKind::CREATED, "Customer was created."));
    events::customer_created(cx, id);
    if let Some(data) = lead_source {
        lead_sources::set(cx, call, id, data)?;
    }
    let row = cx.state.customers.get(id)?;
    let location = [&*cx.home, "/customers/", id].concat();
    Ok(Reply::created(Shape::of_write(call, cx.state).one(row), location))
}

/// Assumed: every successful `PUT` counts as a revision, also one that changes nothing (`put-counts`).
fn replace(
    cx: &mut Writing<'_>,
    call: &Call,
    before: &Row<Customer>,
    mut input: CustomerInput,
) -> Result<Reply, Failure> {
    let lead_source = input.lead_source.take();
    use_token(cx, call, &input);
    let mut customer = input.written_to(before, || INSTRUMENTS.fresh_id(cx));
    instruments::settle(cx, call, &mut customer);
    call.assume(&assumed::PUT_REPLACES);
    call.assume(&assumed::PUT_COUNTS);
    if before.company.is_some() {
        call.assume(&assumed::COMPANY);
        customer.find_company(&[before]);
    }
    customer.revision += 1;
    customer.updated_time = cx.now;
    let id = customer.id.clone();
    let entries = told(&before.record, &customer);
    cx.state.customers.put(Row::new(before.place.clone(), customer));
    for entry in entries {
        record(cx, call, &id, entry);
    }
    events::customer_updated(cx, &id);
    if let Some(data) = lead_source {
        lead_sources::set(cx, call, &id, data)?;
    }
    let row = cx.state.customers.get(&id)?;
    Ok(Reply::ok(Shape::of_write(call, cx.state).one(row)))
}

fn use_token(cx: &mut Writing<'_>, call: &Call, input: &CustomerInput) {
    if let Some(token) = &input.payment_token {
        call.assume(&assumed::TOKEN);
        cx.state.used_tokens.insert(token.clone(), ());
    }
}

/// What the timeline says of a change. Other members change without a word.
fn told(before: &Customer, after: &Customer) -> Vec<Entry> {
    let mut entries = Vec::new();
    if before.primary_address != after.primary_address {
        let cells = |it: &Customer| it.primary_address.clone().unwrap_or_default().cells();
        let rows = changes(&cells(before), &cells(after));
        let said = "Primary address was changed.";
        entries.extend(Entry::change(MessageKind::PRIMARY_ADDRESS, said, rows));
    }
    if before.custom_fields != after.custom_fields {
        let cell = |(name, value): &Member| (name.clone(), Cell::of(value));
        let cells = |it: &Customer| it.custom_fields.iter().map(cell).collect::<Vec<_>>();
        let rows = changes(&cells(before), &cells(after));
        let said = "Custom fields were changed.";
        entries.extend(Entry::change(MessageKind::CUSTOM_FIELDS, said, rows));
    }
    if before.default_payment_instrument != after.default_payment_instrument {
        let id = |it: &Customer| {
            let instrument = it.default_payment_instrument.as_ref();
            let id = instrument.map(|it| it.payment_instrument_id.as_str());
            [("paymentInstrumentId", Cell::text(id.unwrap_or_default()))]
        };
        let rows = changes(&id(before), &id(after));
        let said = "Default payment instrument was changed.";
        entries.extend(Entry::change(MessageKind::INSTRUMENT, said, rows));
    }
    entries
}

/// Assumed: JSON unless CSV is what the client names first (`csv`).
fn wants_csv(call: &Call) -> bool {
    let accepted = call.header("accept").unwrap_or_default();
    // What nearly all clients say is not taken apart.
    if ["application/json", "*/*"].contains(&accepted) {
        return false;
    }
    let is_csv = |kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case("text/csv")
    };
    let mut accepted = accepted.split(',').map(is_csv);
    let first = accepted.next().unwrap_or_default();
    if first || accepted.any(|is_csv| is_csv) {
        call.assume(&assumed::CSV);
    }
    first
}
