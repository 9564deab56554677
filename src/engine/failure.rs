//! [`Failure`]: every way to say no, in no vendor's dialect.
//!
//! Handlers return it, `Vendor::refuse` translates it once. Texts are lower
//! case and without a full stop; the vendor decides how they are framed.

use hyper::{Method, StatusCode};

use super::pointer::below;

/// Why a call is refused. Whatever was written on the way is dropped with it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Failure {
    /// No operation of the vendor has such a path.
    NoRoute,
    /// The path exists, but not with this method.
    NoMethod {
        /// The methods that it has.
        allowed: Vec<Method>,
    },
    /// The vendor has this operation and the double does not simulate it.
    NotSimulated {
        /// The vendor's name for it.
        operation: &'static str,
    },
    /// There are no credentials, or none that count.
    Unauthorized,
    /// The credentials do not allow this call.
    Forbidden(String),
    /// The thing does not exist.
    Missing {
        /// What kind of thing, as the vendor calls it.
        kind: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// The request does not fit the present state.
    Conflict(String),
    /// The body cannot be understood at all.
    Malformed(String),
    /// The body is larger than the double accepts.
    TooLarge {
        /// The most it accepts, in bytes.
        max: usize,
    },
    /// One message for each offending field.
    Invalid(Vec<FieldError>),
    /// More calls were counted than the present window allows.
    TooMany {
        /// How many it allows.
        max: u64,
        /// When it ends, in seconds since 1970 began in UTC.
        until: i64,
        /// How many seconds are left until then.
        seconds: i64,
    },
    /// A test wants it refused with this status, 400 to 599, whatever it asks for.
    Injected(StatusCode),
    /// A handler panicked: a bug in the double, never in the caller.
    Bug(String),
}

impl Failure {
    /// A single offending field.
    #[must_use]
    pub fn field(name: &str, message: impl Into<String>) -> Failure {
        Failure::Invalid(vec![FieldError { path: vec![name.to_owned()], message: message.into() }])
    }
}

impl Failure {
    /// What is wrong with a document that is refused so: where in it, as a JSON
    /// pointer, and why.
    pub(crate) fn problems(&self) -> Vec<(String, String)> {
        let whole = |reason: String| vec![(String::new(), reason)];
        match self {
            Failure::Invalid(errors) => {
                errors.iter().map(|error| (error.pointer(), error.message.clone())).collect()
            }
            Failure::Conflict(reason) | Failure::Malformed(reason) => whole(reason.clone()),
            Failure::Missing { kind, id } => {
                whole(format!("there is no {} `{id}`", kind.to_lowercase()))
            }
            other => whole(format!("{other:?}")),
        }
    }
}

/// What is wrong with one field of a request, or of a fixture document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The names on the way to it; a list's item is its number.
    pub path: Vec<String>,
    /// What was found and what was expected.
    pub message: String,
}

impl FieldError {
    /// The path with dots: `primaryAddress.emails.0.value`.
    #[must_use]
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }

    /// Whether the path leads into an item of a list.
    #[must_use]
    pub fn is_about_an_item(&self) -> bool {
        let number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
        self.path.iter().any(|name| !name.is_empty() && number(name))
    }

    /// The path as a JSON pointer: `/primaryAddress/emails/0/value`.
    #[must_use]
    pub fn pointer(&self) -> String {
        self.path.iter().fold(String::new(), |pointer, name| below(&pointer, name))
    }
}
