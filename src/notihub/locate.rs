//! Where a call leads: the environment that its token belongs to, and its path.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::credentials::{Keys, bearer};
use super::state::State;
use super::{Notihub, TOKEN_PATH};
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::vendor::{Known, Located, Segments};

/// The environment of the token, or of the credentials that are exchanged for one; where
/// neither is known, the one that is used unless a test says otherwise. Empty segments do
/// not count: the SDK begins every path but one with two slashes, and the documents end
/// some with one.
pub(super) fn locate<'c>(
    notihub: &'c Notihub,
    call: &'c Call,
    known: &dyn Known<State>,
) -> Result<Located<'c>, Failure> {
    let raw: Vec<&str> = call.path.split('/').filter(|segment| !segment.is_empty()).collect();
    let prefix: Vec<&str> = notihub.prefix.split('/').filter(|it| !it.is_empty()).collect();
    let rest = raw.strip_prefix(prefix.as_slice()).ok_or(Failure::NoRoute)?;
    let segments: Segments<'_> = rest.iter().map(|segment| decoded(segment)).collect();
    let realm = if *segments == [TOKEN_PATH] {
        Keys::of(call).filter(|keys| notihub.lets_in(keys)).map(|keys| keys.client_id)
    } else {
        // A planted token that names no environment is in all of them, and opens one.
        bearer(call).and_then(|token| {
            let issued = |state: &State| {
                state.tokens.find(token).is_some_and(|token| token.client_id.is_some())
            };
            known.realm_where(&mut { issued }).map(str::to_owned)
        })
    };
    let realm = realm.map_or_else(|| Cow::Borrowed(notihub.environment()), Cow::Owned);
    let prefix = prefix.iter().fold(String::new(), |path, segment| format!("{path}/{segment}"));
    Ok(Located { realm, prefix, segments })
}

/// `+` in a path is a plus.
fn decoded(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}
