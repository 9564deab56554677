//! [`Call`]: a request as handlers see it.

use std::str::from_utf8;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderName};
use hyper::{Method, Uri};

use super::call_headers::CallHeaders;
use super::errors::Errors;
use super::evidence::{Assumed, Guess};
use super::failure::Failure;
use super::form::Query;
use super::json::Json;
use super::tape::Tape;
use super::text::Text;
use super::value::Value;

/// How a vendor understands a body; an error is told in words.
pub type Decode = fn(&Call) -> Result<Tape, String>;

/// A whole request, read to its end and never changed.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path as it was sent, before anything was decoded.
    pub path: Text,
    /// The query string as it was sent, without the question mark.
    pub query_text: Text,
    /// The decoded query.
    pub query: Query,
    /// The body.
    pub body: Bytes,
    /// The guesses that its answer leans on.
    pub assumed: Assumed,
    headers: CallHeaders,
    /// The address by which the client says it reached us; ours, if it says none.
    base: Arc<str>,
    decode: Decode,
    said: Mutex<Said>,
    /// Whether an operation wanted the body.
    wanted: AtomicBool,
}

/// What was read of a body.
#[derive(Debug)]
enum Said {
    /// Nothing yet.
    Unread,
    /// What it says, or why it cannot be understood.
    Kept(Result<Arc<Tape>, String>),
    /// What is read is not kept: the call was answered, or its body is empty.
    NotKept,
}

impl Call {
    /// Puts a call together. `own_base` is our address, for clients that do not say theirs.
    #[must_use]
    pub fn new(
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: Bytes,
        own_base: &Arc<str>,
        decode: Decode,
    ) -> Call {
        let headers = CallHeaders::from(headers);
        let host = headers.get(HOST.as_str()).filter(|host| host.is_ascii());
        let host = host.or_else(|| uri.authority().map(|said| said.as_str().as_bytes()));
        let query_text = uri.query().unwrap_or_default();
        let said = if body.is_empty() { Said::NotKept } else { Said::Unread };
        Call {
            method,
            path: uri.path().into(),
            query: Query::parse(query_text),
            query_text: query_text.into(),
            base: host
                .and_then(|host| another_base(host, own_base))
                .unwrap_or_else(|| Arc::clone(own_base)),
            headers,
            body,
            assumed: Assumed::default(),
            decode,
            said: Mutex::new(said),
            wanted: AtomicBool::new(false),
        }
    }

    /// The address by which the client says it reached us: `http://127.0.0.1:4000`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// All headers, as they were sent.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.headers.map()
    }

    /// A header's text, if it has one that is text.
    #[must_use]
    pub fn header(&self, name: impl AsRef<str>) -> Option<&str> {
        self.headers.text(name.as_ref())
    }

    /// A header's bytes; of several, the first's.
    #[must_use]
    pub fn header_bytes(&self, name: impl AsRef<str>) -> Option<&[u8]> {
        self.headers.get(name.as_ref())
    }

    /// A header's text in bytes, if it has one that is text: for whoever but compares it.
    #[must_use]
    pub fn ascii_header(&self, name: impl AsRef<str>) -> Option<&[u8]> {
        self.headers.ascii(name.as_ref())
    }

    /// The bytes of all headers of a name.
    pub(super) fn headers_of(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        self.headers.all(name)
    }

    /// What the body is said to be, without what is said of that: `application/json`.
    #[must_use]
    pub fn content_type(&self) -> &str {
        let said = self.header(CONTENT_TYPE).unwrap_or_default();
        said.split_once(';').map_or(said, |(kind, _)| kind).trim_ascii()
    }

    /// Notes that the answer leans on a guess.
    pub fn assume(&self, guess: &'static Guess) {
        self.assumed.note(guess);
    }

    /// Ends the reading of the body.
    ///
    /// # Errors
    ///
    /// [`Failure::Invalid`] with everything that was noted, if anything was.
    pub fn conclude(&self, errors: Errors) -> Result<(), Failure> {
        errors.assumed.each(|guess| self.assume(guess));
        errors.finish()
    }

    /// Whether there is anything in the body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        !self.body.iter().all(u8::is_ascii_whitespace)
    }

    /// Whether the operation asked for the body: by [`Call::object`], [`Call::json_object`] or [`Call::document`].
    #[must_use]
    pub fn wanted_body(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    /// The body as JSON, whatever its `Content-Type`: some clients send none.
    ///
    /// # Errors
    ///
    /// In words, when there is no body or when it is not JSON.
    pub fn parsed(&self) -> Result<Tape, String> {
        if !self.has_body() {
            return Err("a JSON body is required, but there is none".to_owned());
        }
        Tape::parse(&self.body).map_err(|error| format!("the body is not JSON: {error}"))
    }

    /// The body as its vendor understands it. The outcome is kept until the call is answered;
    /// whoever asks after that has it read anew.
    ///
    /// # Errors
    ///
    /// [`Failure::Malformed`] when it cannot be understood.
    pub fn tape(&self) -> Result<Arc<Tape>, Failure> {
        let read = || (self.decode)(self).map(Arc::new);
        let mut said = self.said();
        let tape = match &*said {
            Said::Kept(tape) => tape.clone(),
            Said::Unread => {
                let tape = read();
                *said = Said::Kept(tape.clone());
                tape
            }
            Said::NotKept => {
                drop(said);
                read()
            }
        };
        tape.map_err(Failure::Malformed)
    }

    /// The same as a value of its own, which is made for whoever asks.
    ///
    /// # Errors
    ///
    /// Those of [`Call::tape`].
    pub fn json(&self) -> Result<Json, Failure> {
        Ok(self.tape()?.value().to_json())
    }

    /// The same for an operation that wants a body, whatever JSON it is.
    ///
    /// # Errors
    ///
    /// Those of [`Call::tape`].
    pub fn document(&self) -> Result<Arc<Tape>, Failure> {
        self.wanted.store(true, Ordering::Relaxed);
        self.tape()
    }

    /// Lets go for good of what was read of the body, which takes several times its room: a
    /// journal keeps thousands of calls. Where there is no body, there is nothing to let go of.
    pub(super) fn forget_tape(&self) {
        if !self.body.is_empty() {
            *self.said() = Said::NotKept;
        }
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The body as an object; PHP's `[]` is an empty one.
    ///
    /// # Errors
    ///
    /// Those of [`Call::tape`]; [`Failure::Invalid`] when it is JSON, but not an object.
    pub fn object(&self) -> Result<Arc<Tape>, Failure> {
        let tape = self.document()?;
        if tape.value().as_php_object().is_some() {
            return Ok(tape);
        }
        Err(no_object(&tape))
    }

    /// The body as what JSON calls an object: `[]` is a list.
    ///
    /// # Errors
    ///
    /// Those of [`Call::object`].
    pub fn json_object(&self) -> Result<Arc<Tape>, Failure> {
        let tape = self.document()?;
        match tape.value() {
            Value::Object(_) => Ok(tape),
            _ => Err(no_object(&tape)),
        }
    }
}

fn no_object(tape: &Tape) -> Failure {
    Failure::field("body", format!("must be an object, but is {}", tape.value().kind()))
}

/// The address that has this host and our scheme, if it is not ours.
fn another_base(host: &[u8], own_base: &str) -> Option<Arc<str>> {
    let scheme = own_base.as_bytes().strip_suffix(host);
    if scheme.is_some_and(|scheme| scheme.ends_with(b"://")) || !is_host(host) {
        return None;
    }
    let scheme = own_base.split("://").next().unwrap_or("http");
    Some([scheme, "://", from_utf8(host).ok()?].concat().into())
}

/// Whether it can stand in a link as it is.
fn is_host(text: &[u8]) -> bool {
    let known = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(byte);
    !text.is_empty() && text.iter().all(known)
}
