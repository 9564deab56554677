//! Where a call leads: prefixes that five generations of clients put before a path.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use hyper::Method;
use hyper::header::HeaderName;

use super::assumed::{OLDER_PREFIX, ORGANIZATION_HEADER, ORGANIZATION_UNFIT, SLASHES};
use super::model::id::is_id;
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::vendor::Located;

/// Where clients that put it nowhere else name the organization.
const ORGANIZATION_ID: HeaderName = HeaderName::from_static("organization-id");

/// For how many segments there is room from the start: few paths have more.
const SEGMENTS: usize = 4;

/// Takes `/v2.1`, `/organizations/{id}` and `/experimental` off a path, in any
/// of the orders in which clients send them. Empty segments do not count, so a
/// doubled or trailing slash is nothing. Experimental operations keep that
/// word as the first segment of their path.
pub(super) fn locate<'c>(call: &'c Call, default: &'c str) -> Result<Located<'c>, Failure> {
    note_slashes(call);
    let mut rest = call.path.split('/').filter(|segment| !segment.is_empty()).peekable();
    let mut prefix = String::new();
    let mut organization = None;
    if rest.next_if_eq(&"v2.1").is_some() {
        call.assume(&OLDER_PREFIX);
        prefix.push_str("/v2.1");
    }
    let mut experimental = rest.next_if_eq(&"experimental");
    if rest.peek() == Some(&"organizations") {
        let mut after = rest.clone();
        // `/organizations/{id}` alone is a path of its own.
        if let (_, Some(id), Some(_)) = (after.next(), after.next(), after.peek()) {
            prefix.push_str("/organizations/");
            prefix.push_str(id);
            organization = Some(decoded(id));
            rest = after;
        }
    }
    experimental = experimental.or_else(|| rest.next_if_eq(&"experimental"));
    // Assumed: an empty header is like none; one that is no text names nobody (`organization-header`).
    let header = call.header_bytes(ORGANIZATION_ID);
    let header = header.map(|value| trimmed(String::from_utf8_lossy(value)));
    if header.is_some() && header != organization {
        call.assume(&ORGANIZATION_HEADER);
    }
    let header = header.filter(|id| !id.is_empty());
    let realm = organization.or(header).unwrap_or(Cow::Borrowed(default));
    if !is_id(&realm) {
        call.assume(&ORGANIZATION_UNFIT);
        return Err(Failure::Missing { kind: "Organization", id: realm.into_owned() });
    }
    let mut segments = Vec::with_capacity(SEGMENTS);
    segments.extend(experimental.map(Cow::Borrowed));
    for segment in rest {
        segments.push(decoded(segment));
    }
    Ok(Located { realm, prefix, segments })
}

/// The JavaScript SDK creates customers at `/customers/`, so that much is known.
/// Assumed: other slashes mean as little (`slashes`).
fn note_slashes(call: &Call) {
    let is_trailing = call.path.len() > 1 && call.path.ends_with('/');
    if call.path.contains("//") || (is_trailing && call.method != Method::POST) {
        call.assume(&SLASHES);
    }
}

/// `+` in a path is a plus.
fn decoded(segment: &str) -> Cow<'_, str> {
    // Most have nothing to decode, which is told at a glance.
    if segment.contains('%') {
        percent_decode_str(segment).decode_utf8_lossy()
    } else {
        Cow::Borrowed(segment)
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
