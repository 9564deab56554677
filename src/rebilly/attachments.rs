//! Attachments: files that belong to customers and other things.

use super::model::Attachment;
use super::model::attachment::CUSTOMER;
use super::paging::Listing;
use super::resource::Resource;
use super::state::{Reading, Writing};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::Row;

/// Where they are kept.
pub(super) const ATTACHMENTS: Resource<Attachment> = Resource {
    path: "attachments",
    table: |state| &mut state.attachments,
    read: |_, input, id, before, now| Attachment::read(input, id, before, now),
};

/// `GetAttachmentCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(call, cx.realm)?.page(&cx.state.attachments).reply())
}

/// `GetAttachment`
pub(super) fn get(cx: &Reading<'_>, _: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(cx.state.attachments.get(cx.path("id"))?)))
}

/// `PostAttachment`
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.ids.next("att_");
    ATTACHMENTS.write(cx, call, &id)
}

/// `PutAttachment`: creates an unknown id with `201`, replaces a known one with `200`.
pub(super) fn upsert(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    ATTACHMENTS.write(cx, call, &id)
}

/// `DeleteAttachment`
pub(super) fn delete(cx: &mut Writing<'_>, _: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    cx.state.attachments.get(&id)?;
    cx.state.attachments.remove(&id);
    Ok(Reply::no_content())
}

/// Gives all attachments of one customer to another.
pub(super) fn move_all(cx: &mut Writing<'_>, from: &str, to: &str) {
    let is_theirs = |it: &Attachment| it.related_type == CUSTOMER && it.related_id == from;
    let all = cx.state.attachments.newest_first();
    let theirs: Vec<_> = all.filter(|row| is_theirs(row)).cloned().collect();
    for row in theirs {
        let moved = Attachment { related_id: to.to_owned(), ..row.record.clone() };
        cx.state.attachments.put(Row::new(row.place.clone(), moved));
    }
}
