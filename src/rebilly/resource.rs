//! What plain resources share: a document that is posted, put, read and deleted.

use std::sync::Arc;

use super::assumed::{PUT_ID, RESOURCE_REPLACED};
use super::model::id::{ID_FORM, is_id};
use super::seat;
use super::state::{State, Writing};
use crate::engine::clock::Timestamp;
use crate::engine::errors::Errors;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::table::{Record, Row, Table};

/// Where a kind of thing is kept, and how it is read.
pub(super) struct Resource<T> {
    /// The path of the collection: `websites`.
    pub(super) path: &'static str,
    /// What an id begins with that nobody chose: `web_`.
    pub(super) prefix: &'static str,
    /// Its table.
    pub(super) table: fn(&mut State) -> &mut Table<T>,
    /// Reads a document, beside all else there is: its id, what it replaces, and the time.
    pub(super) read: fn(&State, &Input<'_>, &str, Option<&T>, Timestamp) -> T,
}

impl<T: Record> Resource<T> {
    /// Creates one under an id of its own.
    pub(super) fn create(&self, cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
        let id = self.fresh_id(cx);
        self.write(cx, call, &id)
    }

    /// An id that none of them has.
    pub(super) fn fresh_id(&self, cx: &mut Writing<'_>) -> String {
        let is_taken = |id: &str| (self.table)(cx.state).find(id).is_some();
        cx.ids.fresh(|ids| ids.next(self.prefix), is_taken)
    }

    /// Changes all of which there is another form, in their places.
    pub(super) fn change_all(&self, cx: &mut Writing<'_>, other: impl Fn(&T) -> Option<T>) {
        let table = (self.table)(cx.state);
        let changed = |row: &Arc<Row<T>>| Some(Row::new(row.place.clone(), other(&row.record)?));
        let changed: Vec<_> = table.newest_first().filter_map(changed).collect();
        changed.into_iter().for_each(|row| drop(table.put(row)));
    }

    /// Creates an unknown id with `201`, replaces a known one with `200`.
    /// Assumed: what is not named is reset then, as with customers (`resource-replaced`).
    pub(super) fn upsert(&self, cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
        let id = cx.path("id").to_owned();
        self.write(cx, call, &id)
    }

    fn write(&self, cx: &mut Writing<'_>, call: &Call, id: &str) -> Result<Reply, Failure> {
        let (body, errors) = (call.object()?, Errors::default());
        let input = Input::new(&body, &errors);
        if !is_id(id) {
            input.assume(&PUT_ID);
            input.refuse("id", format!("must be {ID_FORM}"));
        }
        let before = (self.table)(cx.state).find(id).cloned();
        let replaced = before.as_ref().map(|row| &row.record);
        let record = (self.read)(cx.state, &input, id, replaced, cx.now);
        call.conclude(errors)?;
        if let Some(before) = before {
            call.assume(&RESOURCE_REPLACED);
            let row = (self.table)(cx.state).put(Row::new(before.place.clone(), record));
            return Ok(Reply::ok(Body::row(&row)));
        }
        let place = cx.place(cx.now, id);
        let row = (self.table)(cx.state).put(Row::new(place, record));
        Ok(Reply::created(Body::row(&row), format!("{}/{}/{id}", cx.home, self.path)))
    }

    /// Plants a document and returns its id. What it notes makes that worthless.
    pub(super) fn plant(
        &self,
        cx: &mut Writing<'_>,
        seat: Seat<'_>,
        document: &Input<'_>,
    ) -> String {
        let id = seat::id(seat, document, "id", seat::ID).unwrap_or_else(|| self.fresh_id(cx));
        let before = seat::before(seat, document, "id", (self.table)(cx.state).find(&id));
        let since = seat::since(before.as_ref(), cx.now);
        let record = (self.read)(cx.state, document, &id, None, since);
        let place = seat::place(cx, before.as_ref(), since, &id);
        (self.table)(cx.state).put(Row::new(place, record));
        id
    }
}
