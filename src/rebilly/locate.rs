//! Where a call leads: prefixes that five generations of clients put before a path.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use hyper::Method;
use hyper::header::HeaderName;

use super::assumed::{OLDER_PREFIX, ORGANIZATION_HEADER, ORGANIZATION_UNFIT, SLASHES};
use super::model::id::is_id;
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::vendor::{Located, Segments};

/// Where clients that put it nowhere else name the organization.
const ORGANIZATION_ID: HeaderName = HeaderName::from_static("organization-id");

/// Takes `/v2.1`, `/organizations/{id}` and `/experimental` off a path, in any
/// of the orders in which clients send them. Empty segments do not count, so a
/// doubled or trailing slash is nothing. Experimental operations keep that
/// word as the first segment of their path.
pub(super) fn locate<'c>(call: &'c Call, default: &'c str) -> Result<Located<'c>, Failure> {
    let is_encoded = glance(call);
    let decoded = |segment| if is_encoded { decoded(segment) } else { Cow::Borrowed(segment) };
    let mut walk = Walk::along(&call.path);
    let mut prefix = String::new();
    let mut organization = None;
    if walk.passes("v2.1") {
        call.assume(&OLDER_PREFIX);
        prefix.push_str("/v2.1");
    }
    let mut is_experimental = walk.passes("experimental");
    if walk.here == "organizations" {
        let id = walk.next();
        let after = id.next();
        // `/organizations/{id}` alone is a path of its own.
        if !after.is_over() {
            prefix.push_str("/organizations/");
            prefix.push_str(id.here);
            organization = Some(decoded(id.here));
            walk = after;
        }
    }
    is_experimental = is_experimental || walk.passes("experimental");
    // Assumed: an empty header is like none; one that is no text names nobody (`organization-header`).
    let header = call.header_bytes(ORGANIZATION_ID);
    let header = header.map(|value| trimmed(String::from_utf8_lossy(value)));
    if header.is_some() && header != organization {
        call.assume(&ORGANIZATION_HEADER);
    }
    let header = header.filter(|id| !id.is_empty());
    let realm = match organization.or(header) {
        Some(id) if !is_id(&id) => {
            call.assume(&ORGANIZATION_UNFIT);
            return Err(Failure::Missing { kind: "Organization", id: id.into_owned() });
        }
        Some(id) => id,
        None => Cow::Borrowed(default),
    };
    let mut segments = Segments::default();
    if is_experimental {
        segments.push(Cow::Borrowed("experimental"));
    }
    while !walk.is_over() {
        segments.push(decoded(walk.here));
        walk = walk.next();
    }
    Ok(Located { realm, prefix, segments })
}

/// A walk along a path, from segment to segment.
#[derive(Clone, Copy)]
struct Walk<'c> {
    /// The segment where it is, as it was sent; nothing at the end.
    here: &'c str,
    rest: &'c str,
}

impl<'c> Walk<'c> {
    fn along(path: &'c str) -> Walk<'c> {
        Walk { here: "", rest: path }.next()
    }

    /// One segment further. Empty ones are no segments.
    fn next(self) -> Walk<'c> {
        let (bytes, mut start) = (self.rest.as_bytes(), 0);
        while start < bytes.len() && bytes[start] == b'/' {
            start += 1;
        }
        let mut end = start;
        while end < bytes.len() && bytes[end] != b'/' {
            end += 1;
        }
        Walk { here: &self.rest[start..end], rest: &self.rest[end..] }
    }

    /// Goes on if it is at this word.
    fn passes(&mut self, word: &str) -> bool {
        let is_there = self.here == word;
        if is_there {
            *self = self.next();
        }
        is_there
    }

    fn is_over(self) -> bool {
        self.here.is_empty()
    }
}

/// Looks at a path once: notes slashes that no document has, and tells whether anything
/// is encoded. Few paths have either.
///
/// The JavaScript SDK creates customers at `/customers/`, so that much is known.
/// Assumed: other slashes mean as little (`slashes`).
fn glance(call: &Call) -> bool {
    let (mut is_doubled, mut is_encoded, mut before) = (false, false, b' ');
    for &byte in call.path.as_bytes() {
        is_doubled |= byte == b'/' && before == b'/';
        is_encoded |= byte == b'%';
        before = byte;
    }
    let is_trailing = before == b'/' && call.path.len() > 1;
    if is_doubled || (is_trailing && call.method != Method::POST) {
        call.assume(&SLASHES);
    }
    is_encoded
}

/// `+` in a path is a plus.
fn decoded(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
