//! [`Fault`]: what can go wrong with a call.

use std::fmt;
use std::time::Duration;

use hyper::header::HeaderValue;

/// What goes wrong with a call. Each has a verb of [`Rule`](crate::Rule)'s,
/// which says more; as values they are what [`Chaos`](crate::Chaos) chooses from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing is done, and answered is this status, with the vendor's own body.
    Status(u16),
    /// Nothing is done, and answered is that these fields are invalid: for each its
    /// name, with dots on the way, and why.
    Invalid(Vec<(String, String)>),
    /// Nothing is done, and answered is `429`, with when to come again.
    RateLimited(Duration),
    /// The answer says that it took so long. Nobody waits.
    Latency(Duration),
    /// The answer takes so long, in real time.
    RealLatency(Duration),
    /// Nothing is done, and the connection is reset.
    ResetBeforeCommit,
    /// Everything is done, and the connection is reset before the answer.
    LoseResponse,
    /// The connection is closed after so many bytes of the answer's body.
    CloseAfter(usize),
    /// The answer's body is no JSON.
    MalformedJson,
    /// The answer's body comes in pieces, with pauses between them in real time.
    SlowBody {
        /// How many bytes a piece has.
        bytes: usize,
        /// How long a pause is.
        pause: Duration,
    },
    /// The answer says that it is of this type, whatever it is.
    ContentType(String),
}

impl Fault {
    /// Whether it strikes before anything is done: no handler runs then.
    #[must_use]
    pub fn is_before_commit(&self) -> bool {
        matches!(
            self,
            Fault::Status(_) | Fault::Invalid(_) | Fault::RateLimited(_) | Fault::ResetBeforeCommit
        )
    }

    /// Why there can be no such fault, if there cannot.
    pub(crate) fn problem(&self) -> Option<String> {
        match self {
            Fault::Status(status) if !(400..600).contains(status) => {
                Some(format!("{status} is no failure: a fault's status is one of 400 to 599"))
            }
            Fault::Invalid(fields) if fields.is_empty() => {
                Some("what is invalid has a field that is; `status(422)` names none".to_owned())
            }
            Fault::SlowBody { bytes: 0, .. } => {
                Some("a body in pieces of no bytes would never end".to_owned())
            }
            Fault::ContentType(kind)
                if kind.trim().is_empty() || HeaderValue::from_str(kind).is_err() =>
            {
                Some(format!("{kind:?} is no content type"))
            }
            _ => None,
        }
    }
}

/// As the journal says it, in brackets: `-> 201 PutCustomer (response lost)`.
impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Status(status) => write!(out, "injected {status}"),
            Fault::Invalid(fields) => {
                let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                write!(out, "injected invalid {}", names.join(", "))
            }
            Fault::RateLimited(wait) => write!(out, "injected 429, to come again in {wait:?}"),
            Fault::Latency(latency) => write!(out, "{latency:?} late, not waited for"),
            Fault::RealLatency(latency) => write!(out, "{latency:?} late"),
            Fault::ResetBeforeCommit => out.write_str("reset before the commit"),
            Fault::LoseResponse => out.write_str("response lost"),
            Fault::CloseAfter(1) => out.write_str("closed after 1 byte of the body"),
            Fault::CloseAfter(bytes) => write!(out, "closed after {bytes} bytes of the body"),
            Fault::MalformedJson => out.write_str("malformed JSON"),
            Fault::SlowBody { bytes, pause } => {
                write!(out, "slow body: {bytes} bytes each {pause:?}")
            }
            Fault::ContentType(kind) => write!(out, "content type {kind}"),
        }
    }
}
