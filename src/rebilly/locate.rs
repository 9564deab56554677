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

/// Takes `/v2.1`, `/organizations/{id}` and `/experimental` off a path, in any
/// of the orders in which clients send them. Empty segments do not count, so a
/// doubled or trailing slash is nothing. Experimental operations keep that
/// word as the first segment of their path.
pub(super) fn locate<'c>(call: &'c Call, default: &'c str) -> Result<Located<'c>, Failure> {
    note_slashes(call);
    let raw: Vec<&str> = call.path.split('/').filter(|segment| !segment.is_empty()).collect();
    let mut rest = raw.as_slice();
    let mut prefix = String::new();
    let mut experimental = false;
    let mut organization = None;
    if let ["v2.1", after @ ..] = rest {
        call.assume(&OLDER_PREFIX);
        prefix.push_str("/v2.1");
        rest = after;
    }
    if let ["experimental", after @ ..] = rest {
        experimental = true;
        rest = after;
    }
    // `/organizations/{id}` alone is a path of its own.
    if let ["organizations", id, after @ ..] = rest
        && !after.is_empty()
    {
        prefix.push_str("/organizations/");
        prefix.push_str(id);
        organization = Some(decoded(id));
        rest = after;
    }
    if let (false, ["experimental", after @ ..]) = (experimental, rest) {
        experimental = true;
        rest = after;
    }
    // Assumed: an empty header is like none; one that is no text names nobody (`organization-header`).
    let header = call.header_bytes(&ORGANIZATION_ID);
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
    let first = experimental.then_some(Cow::Borrowed("experimental"));
    let segments = first.into_iter().chain(rest.iter().map(|segment| decoded(segment))).collect();
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
