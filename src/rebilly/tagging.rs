//! Tagging: what clients do with a tag and with one or many customers.

use std::sync::Arc;

use super::assumed::{TAG_MISFIT, TAG_STRANGERS, TAG_TWICE, TAG_UNKNOWN, UNKNOWN_MEMBERS};
use super::model::{Customer, Tag, TagType};
use super::state::Writing;
use super::tags::{find, misfit, put_on, take_off, untagged};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;
use crate::engine::table::Row;

/// The one member of a call for many.
const CUSTOMER_IDS: &str = "customerIds";

/// The most customers that one call may name.
const CUSTOMERS_MAX: usize = 1_000;

/// `PostTagCustomer`: `204` also when the customer carries the tag already.
/// Assumed: a tag of another type than `customer` is `422` (`tag-misfit`).
pub(super) fn tag_one(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let tag = Arc::clone(find(cx.state, call, cx.path("tag"))?);
    let customer = Arc::clone(cx.state.customer(call, cx.path("customerId"))?);
    if let Some(reason) = misfit(&tag) {
        call.assume(&TAG_MISFIT);
        return Err(Failure::field("tag", reason));
    }
    if customer.carries(&tag.id) {
        call.assume(&TAG_TWICE);
    }
    put_on(cx, call, &tag, &customer);
    Ok(Reply::no_content())
}

/// `DeleteTagCustomer`: `204` also when the customer does not carry it.
/// Assumed: so too when it never could, because the tag is of another type (`tag-misfit`).
pub(super) fn untag_one(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let tag = Arc::clone(find(cx.state, call, cx.path("tag"))?);
    let customer = Arc::clone(cx.state.customer(call, cx.path("customerId"))?);
    if tag.kind != TagType::Customer {
        call.assume(&TAG_MISFIT);
    } else if !customer.carries(&tag.id) {
        call.assume(&TAG_TWICE);
    }
    take_off(cx, call, &tag, &customer, Some(untagged(&tag)));
    Ok(Reply::no_content())
}

/// `PostTagCustomerCollection`: whoever carries the tag already is passed
/// over. Assumed: so is whoever is not known, since Rebilly answers before it looks (`tag-strangers`).
pub(super) fn tag_many(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (tag, ids) = read_many(cx, call, |tag, input| {
        if let Some(reason) = misfit(tag) {
            input.assume(&TAG_MISFIT);
            input.refuse("tag", reason);
        }
    })?;
    for id in ids {
        if let Some(customer) = known(cx, call, &id) {
            put_on(cx, call, &tag, &customer);
        }
    }
    Ok(Reply::no_content())
}

/// `DeleteTagCustomerCollection`: with a body, like its counterpart.
pub(super) fn untag_many(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (tag, ids) = read_many(cx, call, |tag, input| {
        if tag.kind != TagType::Customer {
            input.assume(&TAG_MISFIT);
        }
    })?;
    for id in ids {
        if let Some(customer) = known(cx, call, &id) {
            take_off(cx, call, &tag, &customer, Some(untagged(&tag)));
        }
    }
    Ok(Reply::no_content())
}

/// The tag of the path and the customers of the body. Assumed: an unknown tag
/// is `404`, though that is not documented; `204` would hide the mistake (`tag-unknown`).
fn read_many(
    cx: &Writing<'_>,
    call: &Call,
    check: impl FnOnce(&Tag, &Input<'_>),
) -> Result<(Arc<Row<Tag>>, Vec<String>), Failure> {
    let found = find(cx.state, call, cx.path("tag"));
    let tag = Arc::clone(found.inspect_err(|_| call.assume(&TAG_UNKNOWN))?);
    let (body, errors) = (call.object()?, Errors::default());
    let input = Input::new(&body, &errors);
    input.assume_beside(&[CUSTOMER_IDS], &UNKNOWN_MEMBERS);
    let ids = customer_ids(&input);
    check(&tag, &input);
    call.conclude(errors)?;
    Ok((tag, ids))
}

fn customer_ids(input: &Input<'_>) -> Vec<String> {
    let ids = input.texts(CUSTOMER_IDS, TextRule::max(usize::MAX)).value().unwrap_or_default();
    match input.length(CUSTOMER_IDS) {
        None if !input.says(CUSTOMER_IDS) => input.refuse(CUSTOMER_IDS, "is required"),
        None | Some(1..=CUSTOMERS_MAX) => {}
        Some(count) => {
            input.refuse(
                CUSTOMER_IDS,
                format!("must have 1 to {CUSTOMERS_MAX} items, but has {count}"),
            );
        }
    }
    ids
}

/// One of the many, as the one before has left it. Assumed: ids that no
/// customer can have are as good as those that none has (`tag-strangers`).
fn known(cx: &Writing<'_>, call: &Call, id: &str) -> Option<Arc<Row<Customer>>> {
    let found = cx.state.customers.find(id).cloned();
    if found.is_none() {
        call.assume(&TAG_STRANGERS);
    }
    found
}
