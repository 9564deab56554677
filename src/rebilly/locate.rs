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
    let mut walk = Walk::along(call);
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
            organization = Some(id.decoded());
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
        segments.push(walk.decoded());
        walk = walk.next();
    }
    Ok(Located { realm, prefix, segments })
}

/// A walk along a call's path, from segment to segment.
#[derive(Clone, Copy)]
struct Walk<'c> {
    call: &'c Call,
    /// The segment where it is, as it was sent; nothing before the beginning and at the end.
    here: &'c str,
    /// Whether something is encoded in it, which is so in few.
    is_encoded: bool,
    rest: &'c str,
}

impl<'c> Walk<'c> {
    fn along(call: &'c Call) -> Walk<'c> {
        Walk { call, here: "", is_encoded: false, rest: &call.path }.next()
    }

    /// One segment further. Empty ones are no segments.
    ///
    /// The JavaScript SDK creates customers at `/customers/`, so that much is known.
    /// Assumed: other slashes that no document has mean as little (`slashes`).
    fn next(self) -> Walk<'c> {
        let (bytes, mut start) = (self.rest.as_bytes(), 0);
        while start < bytes.len() && bytes[start] == b'/' {
            start += 1;
        }
        let (mut end, mut is_encoded) = (start, false);
        while end < bytes.len() && bytes[end] != b'/' {
            is_encoded |= bytes[end] == b'%';
            end += 1;
        }
        let is_trailing = start == 1 && end == start && !self.here.is_empty();
        if start > 1 || (is_trailing && self.call.method != Method::POST) {
            self.call.assume(&SLASHES);
        }
        Walk { here: &self.rest[start..end], is_encoded, rest: &self.rest[end..], ..self }
    }

    /// What the segment says. `+` in a path is a plus.
    fn decoded(self) -> Cow<'c, str> {
        if self.is_encoded {
            percent_decode_str(self.here).decode_utf8_lossy()
        } else {
            Cow::Borrowed(self.here)
        }
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

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
