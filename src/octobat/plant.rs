//! Fixture documents: what was there before the test.
//!
//! They pass the same validation as requests, and may also say what no request can:
//! ids, when a customer was created, and its payment sources within it. What was
//! copied from an answer can be planted as it is.

use super::ids::fresh;
use super::model::{
    CUSTOMER_PREFIX, Customer, GatewaySource, PAYMENT_SOURCE_PREFIX, PaymentSource,
};
use super::state::Writing;
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::rule::TextRule;
use crate::engine::seating::{self, Planted};
use crate::engine::table::{Row, Table};
use crate::engine::value::Value;

/// What the ids of planted things look like.
const ID: TextRule = TextRule::max(60)
    .form(is_id, "made of letters, digits, hyphens and underscores, and not empty");

fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.bytes().all(fits)
}

/// Plants one document. What stands further up in a file is there for what follows.
pub(super) fn plant(cx: &mut Writing<'_>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
    let plant = match kind {
        "customers" => customer,
        "payment_sources" => payment_source,
        other => {
            return Err(Failure::Conflict(format!(
                "there is no kind `{other}`; the kinds are: customers, payment_sources"
            )));
        }
    };
    plant(cx, Seat::FREE, document).map(drop)
}

/// A customer with its payment sources. One that is replaced leaves none of them behind.
pub(super) fn customer(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> Planted {
    only(document, &[&Customer::WRITABLE[..], &Customer::READ_ONLY, &["created_at"]].concat());
    // What is no list is told where a customer is read, if it is wrong at all.
    if matches!(document.raw("sources"), Some(Value::List(_))) {
        document.objects("sources", |it| only(it, &GatewaySource::MEMBERS));
    }
    document.flag("livemode");
    let id = seating::id(seat, document, "id", ID).unwrap_or_else(|| {
        fresh(cx, CUSTOMER_PREFIX, |state, id| state.customers.find(id).is_some())
    });
    let before = seating::before(seat, document, "id", cx.state.customers.find(&id));
    let created = document.time("created_at").value();
    let created = created.unwrap_or_else(|| seating::since(before.as_ref(), cx.now));
    let customer = Customer::read(document, &id, None, created);
    let place = seating::place(cx, before.as_ref(), created, &id);
    cx.state.customers.put(Row::new(place, customer));
    cx.state.payment_sources.set(&id, Table::default());
    let seat = Seat { owner: &id, id: None };
    let mut within = |it: &Input<'_>| payment_source(cx, seat, it);
    let is_answer = matches!(document.raw("payment_sources"), Some(Value::Object(_)));
    let planted = if is_answer {
        document.within("payment_sources", |list| list.objects("data", &mut within))
    } else {
        document.objects("payment_sources", &mut within)
    };
    planted.value().unwrap_or_default().into_iter().collect::<Result<Vec<_>, _>>()?;
    if is_answer {
        reverse(cx, &id);
    }
    Ok(id)
}

/// Turns the order of a customer's payment sources round: an answer shows the newest
/// first, and what stands first in a fixture is the oldest.
fn reverse(cx: &mut Writing<'_>, customer: &str) {
    let rows: Vec<_> = cx.state.payment_sources.of(customer).newest_first().cloned().collect();
    let mut turned = Table::default();
    for (row, other) in rows.iter().zip(rows.iter().rev()) {
        turned.put(Row::new(other.place.clone(), row.record.clone()));
    }
    cx.state.payment_sources.set(customer, turned);
}

/// A payment source of the seat's owner, or of the customer that it names.
pub(super) fn payment_source(
    cx: &mut Writing<'_>,
    seat: Seat<'_>,
    document: &Input<'_>,
) -> Planted {
    only(
        document,
        &[&PaymentSource::WRITABLE[..], &["id", "object", "customer", "livemode"]].concat(),
    );
    let named = document.text("customer", ID).value();
    if let Some(named) = named.as_deref().filter(|it| !seat.owner.is_empty() && *it != seat.owner) {
        document.refuse("customer", format!("must be `{}`, but is `{named}`", seat.owner));
    }
    let customer = if seat.owner.is_empty() { named.as_deref() } else { Some(seat.owner) };
    let Some(customer) = customer else {
        document.refuse("customer", "is required");
        return Ok(String::new());
    };
    let sources = cx.state.sources_of(customer)?;
    let id = seating::id(seat, document, "id", ID)
        .unwrap_or_else(|| fresh(cx, PAYMENT_SOURCE_PREFIX, |_, id| sources.find(id).is_some()));
    let before = seating::before(seat, document, "id", sources.find(&id));
    let source = PaymentSource::read(document, customer, &id, None);
    let since = seating::since(before.as_ref(), cx.now);
    let place = seating::place(cx, before.as_ref(), since, &id);
    cx.state.payment_sources.put(customer, Row::new(place, source));
    Ok(id)
}

/// Refuses what is not known: a slip of the pen would be a test that passes for the wrong reason.
fn only(document: &Input<'_>, known: &[&str]) {
    for name in document.names().filter(|name| !known.contains(name)) {
        document.refuse(name, format!("is not known here; known are {}", known.join(", ")));
    }
}
