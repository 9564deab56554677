//! [`note_answered`] and [`note_refused`]: the guesses of calls that hold whatever the
//! operation is.

use hyper::Method;

use super::assumed;
use super::model::wording::is_whole;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;

/// Notes by which guesses a call was answered as it was.
pub(super) fn note_answered(call: &Call, reply: &Reply) {
    if call.method == Method::HEAD {
        call.assume(&assumed::HEAD);
    }
    if call.wanted_body() && !call.has_body() {
        call.assume(&assumed::NO_BODY);
    }
    if !reply.status.is_success() {
        return;
    }
    if call.query.has_unread() {
        call.assume(&assumed::UNKNOWN_PARAMETERS);
    }
    if call.has_body() && !call.wanted_body() {
        call.assume(&assumed::BODY_IGNORED);
    }
}

/// Notes by which guesses a call is refused as it is.
pub(super) fn note_refused(call: &Call, failure: &Failure) {
    let guess = match failure {
        Failure::NoRoute => &assumed::UNKNOWN_PATHS,
        Failure::NoMethod { .. } => &assumed::METHODS,
        Failure::Malformed(_) => &assumed::MALFORMED,
        Failure::TooLarge { .. } => &assumed::BODY_SIZE,
        Failure::Invalid(errors) => match errors.first() {
            Some(error) if is_whole(&error.message) => return,
            Some(error) if error.path == ["body"] => &assumed::NOT_AN_OBJECT,
            _ => &assumed::UNFIT_MEMBERS,
        },
        _ => return,
    };
    call.assume(guess);
}
