//! Notihub's dialect for saying no: `{"code": …, "message": …}`.

use hyper::{Method, StatusCode};

use super::TOKEN_PATH;
use super::model::wording::is_whole;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::render::Rendered;

/// Says no. The SDK makes an error of the message, and of nothing else.
pub(super) fn refuse(call: &Call, failure: &Failure) -> Reply {
    let (status, message) = said(call, failure);
    let body = Rendered::object(|object| {
        object.whole("code", i64::from(status.as_u16()));
        object.text("message", &message);
    });
    let reply = Reply::new(status, Body::Json(body));
    match failure {
        Failure::NoMethod { allowed } => {
            let names: Vec<&str> = allowed.iter().map(Method::as_str).collect();
            reply.header("allow", &names.join(", "))
        }
        Failure::TooMany { seconds, .. } => reply.header("retry-after", &seconds.to_string()),
        _ => reply,
    }
}

fn said(call: &Call, failure: &Failure) -> (StatusCode, String) {
    match failure {
        Failure::NoRoute => plain(StatusCode::NOT_FOUND),
        Failure::NoMethod { .. } => plain(StatusCode::METHOD_NOT_ALLOWED),
        Failure::NotSimulated { operation } => {
            let message = format!(
                "{operation} is an operation of Notihub's that mock-rebilly does not simulate"
            );
            (StatusCode::NOT_IMPLEMENTED, message)
        }
        // The word is the vendor's.
        Failure::Unauthorized if is_exchange(call) => {
            (StatusCode::UNAUTHORIZED, "Invalid credentals".to_owned())
        }
        Failure::Unauthorized => plain(StatusCode::UNAUTHORIZED),
        Failure::Forbidden(reason) => (StatusCode::FORBIDDEN, reason.clone()),
        Failure::Missing { kind, .. } => (StatusCode::NOT_FOUND, format!("{kind} Not found")),
        Failure::Conflict(reason) => (StatusCode::CONFLICT, reason.clone()),
        Failure::Malformed(reason) => (StatusCode::BAD_REQUEST, reason.clone()),
        Failure::TooLarge { max } => {
            (StatusCode::PAYLOAD_TOO_LARGE, format!("the body has more than {max} bytes"))
        }
        Failure::Invalid(errors) => {
            let message = errors.first().map(|error| match error.message.as_str() {
                whole if is_whole(whole) => whole.to_owned(),
                reason => format!("{} {reason}", error.dotted()),
            });
            (StatusCode::BAD_REQUEST, message.unwrap_or_default())
        }
        Failure::TooMany { .. } => plain(StatusCode::TOO_MANY_REQUESTS),
        // Whoever is not let in is answered the same, whoever wants it.
        Failure::Injected(StatusCode::UNAUTHORIZED) => said(call, &Failure::Unauthorized),
        Failure::Injected(status) => plain(*status),
        Failure::Bug(bug) => {
            (StatusCode::INTERNAL_SERVER_ERROR, format!("this is a bug of mock-rebilly: {bug}"))
        }
    }
}

/// A status in its own words.
fn plain(status: StatusCode) -> (StatusCode, String) {
    (status, status.canonical_reason().unwrap_or("Error").to_owned())
}

fn is_exchange(call: &Call) -> bool {
    call.path.rsplit('/').find(|segment| !segment.is_empty()) == Some(TOKEN_PATH)
}
