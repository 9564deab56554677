//! [`of_write`] and [`of_any`]: what a call says, as one number. The order of
//! JSON members does not count, and neither does when it arrives.

use super::digest::Digest;
use super::exchange::{Call, Variables};
use super::vendor::Located;

/// What a write asks for: what its ids derive from.
pub(super) fn of_write(
    seed: u64,
    realm: &str,
    operation: &str,
    caller: &str,
    path: &Variables,
    call: &Call,
) -> Digest {
    let mut digest = Digest::seeded(seed);
    digest.eat(realm.as_bytes());
    digest.eat(operation.as_bytes());
    digest.eat(caller.as_bytes());
    path.values().for_each(|value| digest.eat(value.as_bytes()));
    eat(&mut digest, call);
    digest
}

/// What any call asks for, whether there is such an operation or not: what
/// chaos decides by.
pub(super) fn of_any(seed: u64, located: Option<&Located<'_>>, caller: &str, call: &Call) -> u128 {
    let mut digest = Digest::seeded(seed);
    digest.eat(call.method.as_str().as_bytes());
    match located {
        Some(located) => {
            digest.eat(located.realm.as_bytes());
            located.segments.iter().for_each(|segment| digest.eat(segment.as_bytes()));
        }
        None => digest.eat(call.path.as_bytes()),
    }
    digest.eat(caller.as_bytes());
    eat(&mut digest, call);
    digest.finish()
}

/// The query and the body.
fn eat(digest: &mut Digest, call: &Call) {
    for (name, value) in call.query.pairs() {
        digest.eat(name.as_bytes());
        digest.eat(value.as_bytes());
    }
    match call.tape() {
        Ok(tape) => digest.eat_json(&tape),
        Err(_) => digest.eat(&call.body),
    }
}
