//! Tokens: how they are issued.

use std::sync::Arc;

use super::model::Token;
use super::model::token::LIFETIME;
use super::state::Writing;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::table::Row;

/// `CreateToken`: another token for the environment; those before it stay good.
#[expect(clippy::unnecessary_wraps, reason = "that is what a handler is like")]
pub(super) fn create(cx: &mut Writing<'_>, _: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::row(&issue(cx))))
}

/// A token that nobody has.
pub(super) fn fresh_token(cx: &mut Writing<'_>) -> String {
    cx.fresh(|state| &state.tokens, |ids| ids.hex("token", 64))
}

/// Makes a token for this environment that is good from now on.
pub(crate) fn issue(cx: &mut Writing<'_>) -> Arc<Row<Token>> {
    let token = Token {
        access_token: fresh_token(cx),
        expires: cx.now.plus(LIFETIME),
        client_id: Some(cx.realm.to_owned()),
    };
    let place = cx.place(cx.now, &token.access_token);
    cx.state.tokens.put(Row::new(place, token))
}
