//! Custom fields: their definitions, and what these ask of customers and websites.

use super::assumed::{DEFINED_FIELDS, FIELD_IN_USE, FIELD_PATH, FIELD_REPLACED, FREE_FIELDS};
use super::model::CustomField;
use super::model::custom_field::{CUSTOMERS, NAME, Values, WEBSITES, resource, resources};
use super::paging::Listing;
use super::state::{Reading, State, Writing, find};
use crate::engine::errors::Errors;
use crate::engine::evidence::Guess;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::Member;
use crate::engine::table::Row;

/// `GetCustomFieldCollection`. Assumed: in the order of the names (`lists-newest-first`);
/// an unknown resource is `404` (`custom-field-path`).
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let resource = known(cx.path("resource")).inspect_err(|_| call.assume(&FIELD_PATH))?;
    let listing = Listing::read(cx, call)?.or_by("name");
    Ok(listing.page(&cx.state.custom_fields.of(resource)).reply())
}

/// `GetCustomField`.
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let fields = cx.state.custom_fields.of(known(cx.path("resource"))?);
    Ok(Reply::ok(Body::row(find(&fields, call, cx.path("name"))?)))
}

/// `PutCustomField`: creates an unknown name with `201`, alters a known one with `200`.
/// The type never changes, and a schema in use is not tightened.
pub(super) fn put(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let field = read(cx, call)?;
    let (name, resource) = (field.name.clone(), field.resource);
    match cx.state.custom_fields.of(resource).find(&name) {
        None => {
            let place = cx.place(cx.now, &name);
            let row = cx.state.custom_fields.put(resource, Row::new(place, field));
            let location = format!("{}/custom-fields/{resource}/{name}", cx.home);
            Ok(Reply::created(Body::row(&row), location))
        }
        Some(before) => {
            alterable(cx.state, &before.record, &field, |guess| call.assume(guess))?;
            call.assume(&FIELD_REPLACED);
            let row = Row::new(before.place.clone(), field);
            Ok(Reply::ok(Body::row(&cx.state.custom_fields.put(resource, row))))
        }
    }
}

/// An operation of older SDKs, which the definition no longer has: `204`, or
/// `409` while something has a value.
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (resource, name) = (known(cx.path("resource"))?, cx.path("name").to_owned());
    find(&cx.state.custom_fields.of(resource), call, &name)?;
    forget(cx.state, resource, &name).inspect_err(|_| call.assume(&FIELD_IN_USE))?;
    Ok(Reply::no_content())
}

/// Takes a definition away, unless something has a value.
pub(super) fn forget(state: &mut State, resource: &str, name: &str) -> Result<(), Failure> {
    let mut fields = state.custom_fields.of(resource);
    if fields.remove(name).is_some_and(|field| is_used(state, &field.record)) {
        return Err(in_use("it cannot be deleted"));
    }
    state.custom_fields.set(resource, fields);
    Ok(())
}

/// Checks what is said of the custom fields of one of a resource, and completes
/// `fields`, which is what was said without `null`s. `before` is what it held.
///
/// Assumed: fields without a definition are free (`free-custom-fields`); a default is
/// filled in when something is created, unless `null` was said; what is said of a
/// disabled field is ignored, and what it held stays (`defined-custom-fields`).
pub(super) fn enforce(
    state: &State,
    resource: &str,
    input: &Input<'_>,
    before: Option<&Values>,
    fields: &mut Values,
) {
    let definitions = state.custom_fields.of(resource);
    if fields.iter().any(|(name, _)| definitions.find(name).is_none()) {
        input.assume(&FREE_FIELDS);
    }
    if definitions.is_empty() {
        return;
    }
    input.within("customFields", |given| {
        for row in definitions.by_id() {
            given.assume(&DEFINED_FIELDS);
            let field = &row.record;
            let place = fields.iter().position(|(name, _)| *name == field.name);
            if !field.is_enabled {
                let held = before.and_then(|it| it.iter().find(|(name, _)| *name == field.name));
                replace(fields, place, held.cloned());
                continue;
            }
            let schema = field.schema();
            let value = match schema.check(field.kind, given, &field.name) {
                Given::Absent if !given.has(&field.name) && before.is_none() => {
                    schema.default.clone()
                }
                other => other.value(),
            };
            if value.is_none() && place.is_none() && schema.is_required() {
                given.refuse(&field.name, "is required");
            }
            replace(fields, place, value.map(|value| (field.name.as_str().into(), value)));
        }
    });
}

/// Puts a field where it stood, at the end if it stood nowhere, or takes it out.
fn replace(fields: &mut Values, place: Option<usize>, field: Option<Member>) {
    match (place, field) {
        (Some(place), Some(field)) => fields[place] = field,
        (Some(place), None) => drop(fields.remove(place)),
        (None, field) => fields.extend(field),
    }
}

fn known(name: &str) -> Result<&'static str, Failure> {
    let missing = || Failure::Missing { kind: "Resource with custom fields", id: name.to_owned() };
    resource(name).ok_or_else(missing)
}

/// Assumed: a path outside of the published patterns is `422` where something is
/// created (`custom-field-path`).
fn read(cx: &Writing<'_>, call: &Call) -> Result<CustomField, Failure> {
    let (body, errors) = (call.object()?, Errors::default());
    let input = Input::new(&body, &errors);
    let (resource, name) = (resource(cx.path("resource")), cx.path("name"));
    if resource.is_none() {
        input.assume(&FIELD_PATH);
        input.refuse("resource", format!("must be {}", resources()));
    }
    for reason in NAME.faults(name) {
        input.assume(&FIELD_PATH);
        input.refuse("name", reason);
    }
    let field = CustomField::read(&input, resource.unwrap_or_default(), name);
    call.conclude(errors)?;
    Ok(field.expect("a type that cannot be read was noted as an error"))
}

/// Whether a field may be altered so.
pub(super) fn alterable(
    state: &State,
    before: &CustomField,
    after: &CustomField,
    assume: impl FnOnce(&'static Guess),
) -> Result<(), Failure> {
    if before.kind != after.kind {
        return Err(Failure::Conflict(format!(
            "the type of a custom field cannot be changed: it is {}, not {}",
            before.kind.as_str(),
            after.kind.as_str()
        )));
    }
    if !is_used(state, before) {
        return Ok(());
    }
    assume(&FIELD_IN_USE);
    // Assumed: what counts is whether values could become unfit, not whether one does
    // (`custom-field-in-use`).
    match after.schema().tightened(before.schema()) {
        Some(member) => Err(in_use(&format!("its {member} cannot be tightened"))),
        None => Ok(()),
    }
}

fn in_use(so: &str) -> Failure {
    Failure::Conflict(format!(
        "the schema of this custom field is in use, so {so} before its values are removed"
    ))
}

/// Assumed: a field is in use while something has a value of it, enabled or not (`custom-field-in-use`).
fn is_used(state: &State, field: &CustomField) -> bool {
    let is_in = |values: &Values| values.iter().any(|(name, _)| *name == field.name);
    match field.resource {
        CUSTOMERS => state.customers.newest_first().any(|row| is_in(&row.custom_fields)),
        WEBSITES => state.websites.newest_first().any(|row| is_in(&row.custom_fields)),
        // Nothing of the others is simulated.
        _ => false,
    }
}
