//! Where a call leads: prefixes that five generations of clients put before a path.

use percent_encoding::percent_decode_str;

use hyper::Method;

use super::assumed::{OLDER_PREFIX, ORGANIZATION_HEADER, ORGANIZATION_UNFIT, SLASHES};
use super::model::id::is_id;
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::vendor::Located;

/// Takes `/v2.1`, `/organizations/{id}` and `/experimental` off a path, in any
/// of the orders in which clients send them. Empty segments do not count, so a
/// doubled or trailing slash is nothing. Experimental operations keep that
/// word as the first segment of their path.
pub(super) fn locate(call: &Call, default: &str) -> Result<Located, Failure> {
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
    let header = call.headers.get("organization-id");
    let header = header.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned());
    if header.is_some() && header != organization {
        call.assume(&ORGANIZATION_HEADER);
    }
    let header = header.filter(|id| !id.is_empty());
    let realm = organization.or(header).unwrap_or_else(|| default.to_owned());
    if !is_id(&realm) {
        call.assume(&ORGANIZATION_UNFIT);
        return Err(Failure::Missing { kind: "Organization", id: realm });
    }
    let first = experimental.then(|| "experimental".to_owned());
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
fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}
