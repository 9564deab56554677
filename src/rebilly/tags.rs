//! Tags: labels that are made once, and how they come on customers and off them.

use std::sync::Arc;

use super::assumed;
use super::events;
use super::model::message_kind::MessageKind;
use super::model::tag::NAME;
use super::model::{Cell, Customer, MessageTable, Tag, TagType};
use super::paging::Listing;
use super::seat;
use super::state::{Reading, State, Writing};
use super::timeline::{Entry, record};
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::ids;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::table::{Place, Row};

/// `GetTagCollection`.
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(cx, call)?.page(&cx.state.tags).reply())
}

/// `GetTag`: by name, whatever the case of its letters.
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(find(cx.state, call, cx.path("tag"))?)))
}

/// `PostTag`: `409` when there is a tag of that name. Assumed: whatever its type is (`tag-taken`).
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let (body, errors) = (call.object()?, Errors::default());
    let tag = Tag::read(&Input::new(&body, &errors), cx.now);
    call.conclude(errors)?;
    if let Some(other) = named(cx.state, &tag.name) {
        return Err(taken(call, other, &tag));
    }
    note_likeness(cx.state, call, &tag);
    let tag = Tag { id: fresh_id(cx), ..tag };
    let location = format!("{}{}", cx.home, tag.path());
    let place = cx.place(tag.created_time, &tag.id);
    Ok(Reply::created(Body::row(&add(cx.state, place, tag)), location))
}

/// `PatchTag`: renames it, on every customer at once. Assumed: that is no
/// modification of those customers, so their revisions do not count it (`tag-counts`).
pub(super) fn rename(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let before = Arc::clone(find(cx.state, call, cx.path("tag"))?);
    let (body, errors) = (call.object()?, Errors::default());
    let input = Input::new(&body, &errors);
    input.assume_beside(&Tag::MEMBERS, &assumed::UNKNOWN_MEMBERS);
    let name = input.required_text("name", NAME).unwrap_or_default();
    call.conclude(errors)?;
    let tag = Tag { name, updated_time: cx.now, ..before.record.clone() };
    if let Some(other) = named(cx.state, &tag.name).filter(|other| other.id != tag.id) {
        return Err(taken(call, other, &tag));
    }
    note_likeness(cx.state, call, &tag);
    if !carriers(cx.state, &tag.id).is_empty() {
        call.assume(&assumed::TAG_COUNTS);
    }
    Ok(Reply::ok(Body::row(&replace(cx.state, &before, before.place.clone(), tag))))
}

/// Puts a tag in place of what it was before, also on everyone who carries it.
fn replace(state: &mut State, before: &Tag, place: Place, tag: Tag) -> Arc<Row<Tag>> {
    for customer in carriers(state, &tag.id) {
        let mut record = customer.record.clone();
        for carried in record.tags.iter_mut().filter(|carried| carried.id == tag.id) {
            *carried = Arc::new(Row::new(carried.place.clone(), tag.clone()));
        }
        state.customers.put(Row::new(customer.place.clone(), record));
    }
    state.tag_names.remove(&Tag::key(&before.name));
    state.tag_names.insert(Tag::key(&tag.name), tag.id.clone());
    state.tags.put(Row::new(place, tag))
}

/// `DeleteTag`: no customer carries it any more; Rebilly takes its time for
/// that, here it is done at once. Assumed: the customers are modified, and their
/// timelines say nothing (`tag-counts`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let tag = Arc::clone(find(cx.state, call, cx.path("tag"))?);
    for customer in carriers(cx.state, &tag.id) {
        take_off(cx, call, &tag, &customer, None);
    }
    forget(cx.state, &tag);
    Ok(Reply::no_content())
}

/// Takes a tag away, and off everyone who carries it without a word of it.
pub(super) fn forget(state: &mut State, tag: &Tag) {
    state.tags.remove(&tag.id);
    state.tag_names.remove(&Tag::key(&tag.name));
    for customer in carriers(state, &tag.id) {
        let mut record = customer.record.clone();
        record.tags.list().retain(|carried| carried.id != tag.id);
        state.customers.put(Row::new(customer.place.clone(), record));
    }
}

/// Plants a tag of a fixture, which may also set its id and its times.
pub(super) fn plant(cx: &mut Writing<'_>, seat: Seat<'_>, document: &Input<'_>) -> String {
    let mut tag = Tag::read(document, cx.now);
    let id = seat::id(seat, document, "id", seat::ID).unwrap_or_else(|| fixture_id(cx, &tag.name));
    tag.id.clone_from(&id);
    let replaced = |other: &&Arc<Row<Tag>>| seat.id.is_some() && other.id == id;
    if named(cx.state, &tag.name).is_some_and(|other| !replaced(&other)) {
        let said = "a tag stands before the customers that carry it";
        document.refuse("name", format!("there is another tag `{}`; {said}", tag.name));
        return id;
    }
    let before = seat::before(seat, document, "id", cx.state.tags.find(&id));
    let created = document.time("createdTime").value();
    tag.created_time = created.unwrap_or_else(|| seat::since(before.as_ref(), cx.now));
    tag.updated_time = document.time("updatedTime").value().unwrap_or(tag.created_time);
    if let Some(reason) = misfit(&tag).filter(|_| !carriers(cx.state, &id).is_empty()) {
        document.refuse("type", format!("{reason}, and customers carry it"));
    }
    let place = seat::place(cx, before.as_ref(), tag.created_time, &id);
    match before {
        Some(before) => drop(replace(cx.state, &before, place, tag)),
        None if tag.name.is_empty() => {}
        None => drop(add(cx.state, place, tag)),
    }
    id
}

/// Puts the tags that a fixture names on its customer. One that was not planted before is made.
pub(super) fn carry(cx: &mut Writing<'_>, document: &Input<'_>, customer: &mut Customer) {
    let time = customer.created_time;
    for name in document.texts("tags", NAME).value().unwrap_or_default() {
        let tag = named(cx.state, &name).cloned().unwrap_or_else(|| {
            let (id, kind) = (fixture_id(cx, &name), TagType::Customer);
            let place = cx.place(time, &id);
            add(cx.state, place, Tag { id, name, kind, created_time: time, updated_time: time })
        });
        if let Some(reason) = misfit(&tag) {
            document.refuse("tags", reason);
        }
        if customer.carries(&tag.id) {
            document.refuse("tags", format!("names the tag `{}` twice", tag.name));
        }
        let place = cx.place(time, &tag.id);
        customer.add_tag(Arc::new(Row::new(place, tag.record.clone())));
    }
}

/// It derives from the name, so that a tag is the same in all fixtures, unless a tag has it that
/// was renamed since.
fn fixture_id(cx: &mut Writing<'_>, name: &str) -> String {
    let id = ids::named("tag_", &Tag::key(name));
    let is_free = cx.state.tags.find(&id).is_none();
    if is_free { id } else { fresh_id(cx) }
}

/// An id that no tag has.
fn fresh_id(cx: &mut Writing<'_>) -> String {
    cx.fresh(|state| &state.tags, |ids| ids.next("tag_"))
}

/// The tag of that name.
fn named<'s>(state: &'s State, name: &str) -> Option<&'s Arc<Row<Tag>>> {
    state.tags.find(state.tag_names.get(&Tag::key(name))?)
}

/// Adds a tag whose name and id no other has.
fn add(state: &mut State, place: Place, tag: Tag) -> Arc<Row<Tag>> {
    state.tag_names.insert(Tag::key(&tag.name), tag.id.clone());
    state.tags.put(Row::new(place, tag))
}

/// Why customers cannot carry a tag.
pub(super) fn misfit(tag: &Tag) -> Option<String> {
    let kind = tag.kind.as_str();
    let misfit =
        || format!("must be a tag of type customer, but \"{}\" is of type {kind}", tag.name);
    (tag.kind != TagType::Customer).then(misfit)
}

/// The tag of that name. Assumed: or of that id, which clients are shown and may
/// well send (`tag-by-id`).
pub(super) fn find<'s>(
    state: &'s State,
    call: &Call,
    tag: &str,
) -> Result<&'s Arc<Row<Tag>>, Failure> {
    if let Some(row) = named(state, tag) {
        if state.tags.find(tag).is_some_and(|other| other.id != row.id) {
            call.assume(&assumed::TAG_BY_ID);
        }
        return Ok(row);
    }
    let row = state.tags.get(tag)?;
    call.assume(&assumed::TAG_BY_ID);
    Ok(row)
}

/// Notes that a tag may be called like the id of another one.
fn note_likeness(state: &State, call: &Call, tag: &Tag) {
    if state.tags.find(&tag.name).is_some_and(|other| other.id != tag.id) {
        call.assume(&assumed::TAG_BY_ID);
    }
}

fn taken(call: &Call, other: &Tag, tag: &Tag) -> Failure {
    if other.name != tag.name || other.kind != tag.kind {
        call.assume(&assumed::TAG_TAKEN);
    }
    Failure::Conflict(format!("there is another tag \"{}\"", tag.name))
}

/// Everyone who carries a tag: a walk through all customers, which only what changes the tag itself needs.
fn carriers(state: &State, tag_id: &str) -> Vec<Arc<Row<Customer>>> {
    state.customers.newest_first().filter(|customer| customer.carries(tag_id)).cloned().collect()
}

/// Puts a tag on a customer who does not carry it yet.
pub(super) fn put_on(cx: &mut Writing<'_>, call: &Call, tag: &Row<Tag>, customer: &Row<Customer>) {
    if customer.carries(&tag.id) {
        return;
    }
    let place = cx.place(cx.now, &tag.id);
    let mut tagged = customer.record.clone();
    tagged.add_tag(Arc::new(Row::new(place, tag.record.clone())));
    change(
        cx,
        call,
        customer,
        tagged,
        Some(told(MessageKind::TAGGED, "Customer was tagged.", tag)),
    );
}

/// Takes a tag off a customer who carries it. The timeline tells of it by `entry`.
pub(super) fn take_off(
    cx: &mut Writing<'_>,
    call: &Call,
    tag: &Tag,
    customer: &Row<Customer>,
    entry: Option<Entry>,
) {
    if customer.carries(&tag.id) {
        let mut untagged = customer.record.clone();
        untagged.tags.list().retain(|carried| carried.id != tag.id);
        change(cx, call, customer, untagged, entry);
    }
}

/// Makes `after` of a customer whose tags are others now. Every modification
/// of a customer that tags cause comes through here, and through nothing else.
fn change(
    cx: &mut Writing<'_>,
    call: &Call,
    before: &Row<Customer>,
    mut after: Customer,
    entry: Option<Entry>,
) {
    call.assume(&assumed::TAG_COUNTS);
    after.revision += 1;
    after.updated_time = cx.now;
    cx.state.customers.put(Row::new(before.place.clone(), after));
    if let Some(entry) = entry {
        record(cx, call, &before.id, entry);
    }
    events::customer_updated(cx, &before.id);
}

/// What a timeline tells of a tag that was taken off.
pub(super) fn untagged(tag: &Tag) -> Entry {
    told(MessageKind::UNTAGGED, "Customer was untagged.", tag)
}

fn told(kind: MessageKind, message: &str, tag: &Tag) -> Entry {
    let rows = vec![("Tag".to_owned(), Cell::text(&tag.name))];
    let table = MessageTable::TwoColumns("Tag".to_owned(), rows);
    Entry { tables: vec![table], ..Entry::new(kind, message) }
}
