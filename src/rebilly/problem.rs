//! Rebilly's dialect for saying no: problem documents of RFC 9457.

use hyper::StatusCode;

use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::{Failure, FieldError};
use crate::engine::render::Rendered;

/// Says no. The texts of `detail` are ours: clients show them, none parses them.
pub(super) fn refuse(call: &Call, failure: &Failure) -> Reply {
    let (status, title, detail) = said(failure);
    let fields: Option<&[FieldError]> = match failure {
        Failure::Invalid(fields) => Some(fields),
        // Clients look for the list without asking whether there is one.
        Failure::Injected(StatusCode::UNPROCESSABLE_ENTITY) => Some(&[]),
        _ => None,
    };
    let problem = Rendered::object(|object| {
        object.text("type", "about:blank");
        object.whole("status", i64::from(status.as_u16()));
        object.text("title", title);
        object.text("detail", &detail);
        object.text("instance", &call.path);
        if let Some(fields) = fields {
            object.member("invalidFields").list(fields, |writer, field| {
                writer.object(|it| {
                    it.text("field", field.dotted());
                    it.text("message", &field.message);
                });
            });
        }
    });
    let reply = Reply::new(status, Body::Json(problem));
    match failure {
        Failure::NoMethod { allowed } => {
            let names: Vec<&str> = allowed.iter().map(hyper::Method::as_str).collect();
            reply.header("allow", &names.join(", "))
        }
        // Clients in use look for one or the other of these.
        Failure::TooMany { max, until, seconds } => reply
            .header("x-ratelimit-retry-after", &until.to_string())
            .header("retry-after", &seconds.to_string())
            .header("rate-limit-limit", &max.to_string())
            .header("x-ratelimit-limit", &max.to_string())
            .header("x-ratelimit-remaining", "0"),
        _ => reply,
    }
}

fn said(failure: &Failure) -> (StatusCode, &'static str, String) {
    match failure {
        Failure::NoRoute => {
            (StatusCode::NOT_FOUND, "Not Found", "There is nothing at this path.".to_owned())
        }
        Failure::NoMethod { .. } => {
            let detail = "The method is not allowed at this path.".to_owned();
            (StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed", detail)
        }
        Failure::NotSimulated { operation } => {
            let detail = format!(
                "{operation} is an operation of Rebilly's that mock-rebilly does not simulate."
            );
            (StatusCode::NOT_IMPLEMENTED, "Not Implemented", detail)
        }
        Failure::Unauthorized => {
            (StatusCode::UNAUTHORIZED, "Unauthorized", "Missing or invalid credentials.".to_owned())
        }
        Failure::Forbidden(reason) => (StatusCode::FORBIDDEN, "Forbidden", sentence(reason)),
        Failure::Missing { kind, id } => {
            (StatusCode::NOT_FOUND, "Not Found", format!("{kind} '{id}' does not exist."))
        }
        Failure::Conflict(reason) => (StatusCode::CONFLICT, "Conflict", sentence(reason)),
        Failure::Malformed(reason) => (StatusCode::BAD_REQUEST, "Bad Request", sentence(reason)),
        Failure::TooLarge { max } => {
            let detail = format!("The body has more than {max} bytes.");
            (StatusCode::PAYLOAD_TOO_LARGE, "Content Too Large", detail)
        }
        Failure::Invalid(fields) => {
            let detail = match fields.len() {
                1 => "1 field is invalid.".to_owned(),
                count => format!("{count} fields are invalid."),
            };
            (StatusCode::UNPROCESSABLE_ENTITY, "Validation error", detail)
        }
        Failure::TooMany { max, seconds, .. } => {
            let detail = format!(
                "More than {max} calls were made in the present period; it ends in {seconds} seconds."
            );
            (StatusCode::TOO_MANY_REQUESTS, "Rate Limit Exceeded", detail)
        }
        // A key that is not let in is answered the same, whoever wants it.
        Failure::Injected(StatusCode::UNAUTHORIZED) => said(&Failure::Unauthorized),
        Failure::Injected(status) => (*status, title(*status), INJECTED.to_owned()),
        Failure::Bug(bug) => {
            let detail = format!("This is a bug of mock-rebilly: {bug}");
            (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error", detail)
        }
    }
}

/// What a refusal's detail says that a test wanted.
const INJECTED: &str = "The test asked for this answer.";

/// What a problem with that status is called.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        StatusCode::UNPROCESSABLE_ENTITY => "Validation error",
        _ => status.canonical_reason().unwrap_or("Error"),
    }
}

/// Our texts begin in lower case and have no full stop; a problem's detail is a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
