//! Attachments: files that belong to customers and other things.

use super::assumed::REFERENCES;
use super::model::Attachment;
use super::model::attachment::CUSTOMER;
use super::paging::Listing;
use super::resource::Resource;
use super::state::{Reading, State, Writing, find};
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;

/// Where they are kept.
pub(super) const ATTACHMENTS: Resource<Attachment> =
    Resource { path: "attachments", prefix: "att_", table: |state| &mut state.attachments, read };

/// Reads a document. Assumed: the customer that it names need not exist (`references-unchecked`).
fn read(
    state: &State,
    input: &Input<'_>,
    id: &str,
    before: Option<&Attachment>,
    now: Timestamp,
) -> Attachment {
    let attachment = Attachment::read(input, id, before, now);
    let is_customers = attachment.related_type == CUSTOMER;
    if is_customers && state.customers.find(&attachment.related_id).is_none() {
        input.assume(&REFERENCES);
    }
    attachment
}

/// `GetAttachmentCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(cx, call)?.page(&cx.state.attachments).reply())
}

/// `GetAttachment`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(find(&cx.state.attachments, call, cx.path("id"))?)))
}

/// `PostAttachment`
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    ATTACHMENTS.create(cx, call)
}

/// `PutAttachment`: creates an unknown id with `201`, replaces a known one with `200`.
pub(super) fn upsert(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    ATTACHMENTS.upsert(cx, call)
}

/// `DeleteAttachment`
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    find(&cx.state.attachments, call, &id)?;
    cx.state.attachments.remove(&id);
    Ok(Reply::no_content())
}

/// Gives all attachments of one customer to another.
pub(super) fn move_all(cx: &mut Writing<'_>, from: &str, to: &str) {
    ATTACHMENTS.change_all(cx, |it| {
        let is_theirs = it.related_type == CUSTOMER && it.related_id == from;
        is_theirs.then(|| Attachment { related_id: to.to_owned(), ..it.clone() })
    });
}
