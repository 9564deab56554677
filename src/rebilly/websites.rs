//! Websites, in the depth that customers need.

use super::assumed::{NULL_MEMBERS, WEBSITE_IN_USE};
use super::custom_fields::enforce;
use super::model::{Website, custom_field};
use super::paging::Listing;
use super::resource::Resource;
use super::state::{Reading, State, Writing, find};
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;

/// Where they are kept.
pub(super) const WEBSITES: Resource<Website> =
    Resource { path: "websites", prefix: "web_", table: |state| &mut state.websites, read };

/// Reads a document; its custom fields are held to their definitions.
fn read(
    state: &State,
    input: &Input<'_>,
    id: &str,
    before: Option<&Website>,
    now: Timestamp,
) -> Website {
    input.assume_null(&["customFields"], &NULL_MEMBERS);
    let mut website = Website::read(input, id, before, now);
    let before = before.map(|it| &it.custom_fields);
    enforce(state, custom_field::WEBSITES, input, before, &mut website.custom_fields);
    website
}

/// `GetWebsiteCollection`
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Listing::read(cx, call)?.page(&cx.state.websites).reply())
}

/// `GetWebsite`
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(find(&cx.state.websites, call, cx.path("id"))?)))
}

/// `PostWebsite`
pub(super) fn create(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    WEBSITES.create(cx, call)
}

/// `PutWebsite`: creates an unknown id with `201`, replaces a known one with `200`.
pub(super) fn upsert(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    WEBSITES.upsert(cx, call)
}

/// `DeleteWebsite`. Assumed: not while customers belong to it (`website-in-use`).
pub(super) fn delete(cx: &mut Writing<'_>, call: &Call) -> Result<Reply, Failure> {
    let id = cx.path("id").to_owned();
    find(&cx.state.websites, call, &id)?;
    forget(cx.state, &id).inspect_err(|_| call.assume(&WEBSITE_IN_USE))?;
    Ok(Reply::no_content())
}

/// Takes a website away, unless customers belong to it.
pub(super) fn forget(state: &mut State, id: &str) -> Result<(), Failure> {
    if state.customers.newest_first().any(|customer| customer.website_id.as_deref() == Some(id)) {
        return Err(Failure::Conflict(format!("website '{id}' has customers")));
    }
    state.websites.remove(id);
    Ok(())
}
