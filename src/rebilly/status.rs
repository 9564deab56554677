//! The status of the service.

use super::state::Reading;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::render::Rendered;

/// `GetStatus`: always well. It needs no credentials.
#[expect(clippy::unnecessary_wraps, reason = "all handlers have this signature")]
pub(super) fn get(cx: &Reading<'_>, _: &Call) -> Result<Reply, Failure> {
    Ok(Reply::ok(Body::Json(Rendered::object(|object| {
        object.text("status", "ok");
        object.time("time", cx.now);
        object.text("release", concat!("mock-", env!("CARGO_PKG_VERSION")));
    }))))
}
