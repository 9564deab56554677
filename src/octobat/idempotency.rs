//! [`once`]: a write that comes again under its `Idempotency-Key` is not done
//! again; its first answer is. Keys are kept in the state, so that snapshots
//! and forks have them, too.

use std::sync::Arc;
use std::time::Duration;

use hyper::Method;

use super::assumed::{KEY_ELSEWHERE, KEY_OF_REFUSED, KEY_REFUSED, KEY_SCOPE};
use super::kept::Kept;
use super::key::Key;
use super::params::Params;
use super::state::Writing;
use crate::engine::digest::Digest;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::ids::named;
use crate::engine::table::Row;

/// How long an answer is kept.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs a write, or answers as it was answered before. Assumed: other methods
/// than `POST` have keys, too (`idempotency-of-other-methods`), keys belong to API
/// keys (`idempotency-scope`), other parameters are `409` (`idempotency-conflict`),
/// and only what succeeds is kept (`idempotency-of-refusals`). Ids do not derive from
/// keys: clients draw those at random.
pub(super) fn once(
    cx: &mut Writing<'_>,
    call: &Call,
    run: fn(&mut Writing<'_>, &Call) -> Result<Reply, Failure>,
) -> Result<Reply, Failure> {
    let Some(key) = call.header("idempotency-key").filter(|key| !key.is_empty()) else {
        return run(cx, call);
    };
    if call.method != Method::POST {
        call.assume(&KEY_ELSEWHERE);
    }
    forget_the_old(cx);
    let asked = asked(call)?;
    let owner = Key::of(call).map(|key| key.0).unwrap_or_default();
    let id = format!("{key} of {}", named("key_", &owner));
    if let Some(kept) = cx.state.kept.find(&id) {
        if kept.asked != asked {
            call.assume(&KEY_REFUSED);
            let reason = format!("the idempotency key '{key}' was used with other parameters");
            return Err(Failure::Conflict(reason));
        }
        return Ok(Reply::new(kept.status, kept.body.clone()));
    }
    if cx.state.kept.has_namesake(key, &id) {
        call.assume(&KEY_SCOPE);
    }
    let reply = run(cx, call).inspect_err(|_| call.assume(&KEY_OF_REFUSED))?;
    let (status, body) = (reply.status, reply.body.clone());
    let place = cx.place(cx.now, &id);
    cx.state.kept.put(Row::new(place, Kept { id, key: key.to_owned(), asked, status, body }));
    Ok(reply)
}

/// What a call asks for, as one number.
fn asked(call: &Call) -> Result<u128, Failure> {
    let mut digest = Digest::seeded(0);
    digest.eat(call.method.as_str().as_bytes());
    let segments = call.path.split('/').filter(|segment| !segment.is_empty());
    segments.for_each(|segment| digest.eat(segment.as_bytes()));
    Params::of(call)?.feed(&mut digest);
    Ok(digest.finish())
}

/// Lets go of every key whose time is over. The oldest stand at the end of the list.
fn forget_the_old(cx: &mut Writing<'_>) {
    let now = cx.now;
    let is_over = |row: &&Arc<Row<Kept>>| row.place.time.plus(LIFE) <= now;
    loop {
        let oldest = cx.state.kept.newest_first().next_back().filter(is_over).cloned();
        let Some(oldest) = oldest else { return };
        cx.state.kept.remove(&oldest.id);
    }
}
