//! Preferences: by which ways customers want what.

use std::sync::Arc;

use hyper::StatusCode;

use super::assumed::{NO_PREFERENCES, PREFERENCE_DELETED, PREFERENCES_ANSWERED};
use super::members;
use super::model::Preference;
use super::state::{Reading, Writing};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::render::Rendered;
use crate::engine::table::{Row, Table};
use crate::engine::value::Value;

/// `GetPreferences`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("customerId");
    cx.state.customer(call, id)?;
    let table = cx.state.preferences.of(id);
    // Assumed: without any, it is an empty list (`no-preferences`).
    if table.is_empty() {
        call.assume(&NO_PREFERENCES);
    }
    Ok(Reply::ok(shown(table.newest_first().rev())))
}

/// `SetPreferences`: one or several, each made or replaced. A list is answered with a list,
/// as the REST documents have it, and a single one with itself, as the SDK's have it.
/// Assumed: with those that were sent (`preferences-answered`).
pub(super) fn set(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("customerId").to_owned();
    cx.state.customer(call, &id)?;
    let (body, errors) = (call.document()?, Errors::default());
    let (items, is_list) = match body.value() {
        Value::List(items) => (items.iter().collect(), true),
        single => (vec![single], false),
    };
    if let Some(unfit) = items.iter().find(|item| !matches!(item, Value::Object(_))) {
        let reason = format!("must be an object, or a list of objects, but has {}", unfit.kind());
        return Err(Failure::field("body", reason));
    }
    let read = |item| {
        let input = Input::of(item, &errors);
        members::note(&input, members::PREFERENCE);
        Preference::read(&input)
    };
    let preferences: Vec<Preference> = items.into_iter().map(read).collect();
    call.conclude(errors)?;
    let rows: Vec<_> = preferences.into_iter().map(|it| put(cx, &id, it)).collect();
    if is_list && cx.state.preferences.of(&id).len() > rows.len() {
        call.assume(&PREFERENCES_ANSWERED);
    }
    let body = match rows.as_slice() {
        [only] if !is_list => Body::row(only),
        rows => shown(rows.iter()),
    };
    Ok(Reply::new(StatusCode::CREATED, body))
}

/// `DeletePreference`, which only the SDK has. Assumed: by its group (`preference-deleted`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    call.assume(&PREFERENCE_DELETED);
    let (id, group) = (cx.path("customerId").to_owned(), cx.path("templateGroupId").to_owned());
    cx.state.customer(call, &id)?;
    cx.state.preferences.of(&id).get(&group)?;
    remove(cx, &id, &group);
    Ok(Reply::ok(Body::Json(Rendered::object(|_| {}))))
}

/// Puts a preference in the place of the one for its group, or after all others.
pub(super) fn put(
    cx: &mut Writing<'_>,
    customer_id: &str,
    preference: Preference,
) -> Arc<Row<Preference>> {
    let table = cx.state.preferences.of(customer_id);
    let group = &preference.template_group_id;
    let place = match table.find(group) {
        Some(before) => before.place.clone(),
        None => cx.place(cx.now, group),
    };
    cx.state.preferences.put(customer_id, Row::new(place, preference))
}

/// Takes a preference away.
pub(super) fn remove(cx: &mut Writing<'_>, customer_id: &str, group: &str) {
    let mut table: Table<Preference> = cx.state.preferences.of(customer_id);
    table.remove(group);
    cx.state.preferences.set(customer_id, table);
}

fn shown<'r>(rows: impl Iterator<Item = &'r Arc<Row<Preference>>>) -> Body {
    Body::rows(rows.cloned().collect())
}
