//! Octobat's dialect for saying no: an object of errors by field.
//!
//! The form is what all clients read: each field's errors are a list of objects
//! with `details`, and what is no field's stands under `global`.

use hyper::{Method, StatusCode};

use super::assumed::{BODY_SIZE, MALFORMED, METHODS, NOT_AN_OBJECT};
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::{Failure, FieldError};
use crate::engine::render::Rendered;

/// Says no. The texts are ours.
pub(super) fn refuse(call: &Call, failure: &Failure) -> Reply {
    note(call, failure);
    let (status, reason) = match failure {
        Failure::Invalid(fields) => {
            return Reply::new(StatusCode::UNPROCESSABLE_ENTITY, by_field(fields));
        }
        other => said(other),
    };
    let reply = Reply::new(status, global(&reason));
    match failure {
        Failure::NoMethod { allowed } => {
            let names: Vec<&str> = allowed.iter().map(Method::as_str).collect();
            reply.header("allow", &names.join(", "))
        }
        Failure::TooMany { seconds, .. } => reply.header("retry-after", &seconds.to_string()),
        _ => reply,
    }
}

/// Notes by which guesses a call is refused as it is.
fn note(call: &Call, failure: &Failure) {
    match failure {
        Failure::NoMethod { .. } => call.assume(&METHODS),
        Failure::Malformed(_) => call.assume(&MALFORMED),
        Failure::TooLarge { .. } => call.assume(&BODY_SIZE),
        // No parameter is called so: it is what `Call::json_object` says of the whole.
        Failure::Invalid(errors) if errors.iter().any(|error| error.path == ["body"]) => {
            call.assume(&NOT_AN_OBJECT);
        }
        _ => {}
    }
}

fn global(reason: &str) -> Body {
    Body::Json(Rendered::object(|object| {
        object.member("errors").object(|errors| {
            errors.member("global").list([reason], |writer, reason| {
                writer.object(|error| error.text("details", reason));
            });
        });
    }))
}

/// The errors of each field, in the order in which the first was found.
fn by_field(fields: &[FieldError]) -> Body {
    let mut grouped: Vec<(String, Vec<&str>)> = Vec::new();
    for field in fields {
        let name = field.dotted();
        match grouped.iter_mut().find(|(known, _)| *known == name) {
            Some((_, messages)) => messages.push(&field.message),
            None => grouped.push((name, vec![&field.message])),
        }
    }
    Body::Json(Rendered::object(|object| {
        object.member("errors").object(|errors| {
            for (name, messages) in &grouped {
                errors.named(name).list(messages, |writer, message| {
                    writer.object(|error| error.text("details", message));
                });
            }
        });
    }))
}

fn said(failure: &Failure) -> (StatusCode, String) {
    match failure {
        Failure::NoRoute => (StatusCode::NOT_FOUND, "there is nothing at this path".to_owned()),
        Failure::NoMethod { .. } => {
            (StatusCode::METHOD_NOT_ALLOWED, "the method is not allowed at this path".to_owned())
        }
        Failure::NotSimulated { operation } => (
            StatusCode::NOT_IMPLEMENTED,
            format!("{operation} is an operation of Octobat's that mock-rebilly does not simulate"),
        ),
        Failure::Unauthorized => {
            (StatusCode::UNAUTHORIZED, "missing or unknown API key".to_owned())
        }
        Failure::Forbidden(reason) => (StatusCode::FORBIDDEN, reason.clone()),
        Failure::Missing { kind, id } => {
            (StatusCode::NOT_FOUND, format!("there is no {} '{id}'", kind.to_lowercase()))
        }
        Failure::Conflict(reason) => (StatusCode::CONFLICT, reason.clone()),
        Failure::Malformed(reason) => (StatusCode::BAD_REQUEST, reason.clone()),
        Failure::TooLarge { max } => {
            (StatusCode::PAYLOAD_TOO_LARGE, format!("the body has more than {max} bytes"))
        }
        Failure::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, String::new()),
        Failure::TooMany { max, seconds, .. } => (
            StatusCode::TOO_MANY_REQUESTS,
            format!("more than {max} calls were made; the period ends in {seconds} seconds"),
        ),
        Failure::Injected(StatusCode::UNAUTHORIZED) => said(&Failure::Unauthorized),
        Failure::Injected(status) => (*status, "the test asked for this answer".to_owned()),
        Failure::Bug(bug) => {
            (StatusCode::INTERNAL_SERVER_ERROR, format!("this is a bug of mock-rebilly: {bug}"))
        }
    }
}
