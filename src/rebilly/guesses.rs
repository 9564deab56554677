//! [`note_answered`] and [`note_refused`]: the guesses of calls that hold
//! whatever the operation is.

use hyper::Method;
use hyper::header::HeaderName;

use super::assumed;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::{Failure, FieldError};

/// What clients send so that a write happens once.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Notes by which guesses a call was answered as it was, if it was not refused.
pub(super) fn note_answered(call: &Call, reply: &Reply) {
    if !reply.status.is_success() || call.method == Method::OPTIONS {
        return;
    }
    if call.query.has_unread() {
        call.assume(&assumed::UNKNOWN_PARAMETERS);
    }
    if call.header(IDEMPOTENCY_KEY).is_some() {
        call.assume(&assumed::IDEMPOTENCY_KEY);
    }
    if call.has_body() {
        match call.wanted_body() {
            false => call.assume(&assumed::BODY_IGNORED),
            true if is_said_to_be_another(call) => call.assume(&assumed::CONTENT_TYPE),
            true => {}
        }
    }
}

/// Notes by which guesses a call is refused as it is.
pub(super) fn note_refused(call: &Call, failure: &Failure) {
    match failure {
        Failure::Malformed(_) => call.assume(&assumed::MALFORMED),
        Failure::TooLarge { .. } => call.assume(&assumed::BODY_SIZE),
        Failure::TooMany { .. } => call.assume(&assumed::RATE_WINDOW),
        Failure::NoMethod { .. } => call.assume(&assumed::METHODS),
        Failure::Invalid(fields) => {
            if fields.iter().any(FieldError::is_about_an_item) {
                call.assume(&assumed::INVALID_ITEM);
            }
            if call.wanted_body()
                && call.tape().is_ok_and(|tape| tape.value().as_php_object().is_none())
            {
                call.assume(&assumed::NOT_AN_OBJECT);
            }
        }
        _ => {}
    }
}

/// Whether a body calls itself something else than JSON. Saying nothing does
/// not count: that is what the PHP SDK does.
fn is_said_to_be_another(call: &Call) -> bool {
    let kind = call.content_type();
    let is_json = kind.is_empty() || kind.eq_ignore_ascii_case("application/json");
    !is_json && !kind.to_ascii_lowercase().ends_with("+json")
}
