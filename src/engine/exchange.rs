//! [`Call`] and [`Reply`]: a request as handlers see it, and their answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use hyper::header::{AsHeaderName, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode, Uri};

use super::errors::Errors;
use super::evidence::{Assumed, Guess};
use super::failure::Failure;
use super::form::Query;
use super::json::Json;
use super::render::{Rendered, Setting};
use super::table::Shown;

/// The content type of JSON.
pub const JSON: &str = "application/json";

/// A variable of an operation's path, such as `id`, and its value.
pub type Variable = (&'static str, String);

/// How a vendor understands a body; an error is told in words.
pub type Decode = fn(&Call) -> Result<Json, String>;

/// A whole request, read to its end and never changed.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path as it was sent, before anything was decoded.
    pub path: String,
    /// The query string as it was sent, without the question mark.
    pub query_text: String,
    /// The decoded query.
    pub query: Query,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The address by which the client says it reached us: `http://127.0.0.1:4000`.
    pub base: String,
    /// The guesses that its answer leans on.
    pub assumed: Assumed,
    decode: Decode,
    /// What was read of the body, while it is needed.
    json: Mutex<Option<Result<Arc<Json>, String>>>,
    /// Whether an operation wanted the body.
    wanted: AtomicBool,
}

impl Call {
    /// Puts a call together. `own_base` is our address, for clients that do not say theirs.
    #[must_use]
    pub fn new(
        method: Method,
        uri: &Uri,
        headers: HeaderMap,
        body: Bytes,
        own_base: &str,
        decode: Decode,
    ) -> Call {
        let query_text = uri.query().unwrap_or_default().to_owned();
        let said = headers.get(hyper::header::HOST).and_then(|host| host.to_str().ok());
        let said = said.or_else(|| uri.authority().map(hyper::http::uri::Authority::as_str));
        Call {
            method,
            path: uri.path().to_owned(),
            query: Query::parse(&query_text),
            query_text,
            base: match said.filter(|host| is_host(host)) {
                Some(host) => {
                    let scheme = own_base.split("://").next().unwrap_or("http");
                    [scheme, "://", host].concat()
                }
                None => own_base.to_owned(),
            },
            headers,
            body,
            assumed: Assumed::default(),
            decode,
            json: Mutex::default(),
            wanted: AtomicBool::new(false),
        }
    }

    /// A header's text, if it has one that is text.
    #[must_use]
    pub fn header(&self, name: impl AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
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
        errors.assumed().into_iter().for_each(|guess| self.assume(guess));
        errors.finish()
    }

    /// Whether there is anything in the body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        !self.body.iter().all(u8::is_ascii_whitespace)
    }

    /// Whether the operation asked for the body: by [`Call::object`].
    #[must_use]
    pub fn wanted_body(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    /// The body as JSON, whatever its `Content-Type`: some clients send none.
    ///
    /// # Errors
    ///
    /// In words, when there is no body or when it is not JSON.
    pub fn parsed(&self) -> Result<Json, String> {
        if !self.has_body() {
            return Err("a JSON body is required, but there is none".to_owned());
        }
        Json::parse(&self.body).map_err(|error| format!("the body is not JSON: {error}"))
    }

    /// The body as its vendor understands it. The outcome is kept while the call is answered.
    ///
    /// # Errors
    ///
    /// [`Failure::Malformed`] when it cannot be understood.
    pub fn json(&self) -> Result<Arc<Json>, Failure> {
        let mut read = self.read();
        let read = read.get_or_insert_with(|| (self.decode)(self).map(Arc::new));
        read.clone().map_err(Failure::Malformed)
    }

    /// The same for an operation that wants a body, whatever JSON it is.
    ///
    /// # Errors
    ///
    /// Those of [`Call::json`].
    pub fn document(&self) -> Result<Arc<Json>, Failure> {
        self.wanted.store(true, Ordering::Relaxed);
        self.json()
    }

    /// Lets go of what was read of the body, which takes several times its room: a
    /// journal keeps thousands of calls. Whoever asks again has it read again.
    pub(super) fn forget_json(&self) {
        *self.read() = None;
    }

    fn read(&self) -> MutexGuard<'_, Option<Result<Arc<Json>, String>>> {
        self.json.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The body as an object; PHP's `[]` is an empty one.
    ///
    /// # Errors
    ///
    /// Those of [`Call::json`]; [`Failure::Invalid`] when it is JSON, but not an object.
    pub fn object(&self) -> Result<Arc<Json>, Failure> {
        let json = self.document()?;
        match &*json {
            Json::Object(_) => Ok(json),
            Json::List(items) if items.is_empty() => Ok(json),
            other => {
                Err(Failure::field("body", format!("must be an object, but is {}", other.kind())))
            }
        }
    }
}

/// Whether it can stand in a link as it is.
fn is_host(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    !text.is_empty() && text.bytes().all(known)
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// Headers in the order in which they were added, without those that every answer carries.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

/// The body of an answer. Rows are shared and rendered when the answer is sent.
#[derive(Clone)]
pub enum Body {
    /// No bytes.
    Empty,
    /// One row.
    Row(Arc<dyn Shown>),
    /// A JSON list of rows.
    Rows(Vec<Arc<dyn Shown>>),
    /// JSON text.
    Json(Rendered),
    /// A JSON list of texts.
    JsonList(Vec<Rendered>),
    /// What takes time to write, of that content type. It is written when the
    /// answer is sent, where it holds up nobody.
    Later(&'static str, Arc<dyn Fn(Setting<'_>) -> Vec<u8> + Send + Sync>),
}

impl Reply {
    /// `200` with a body.
    #[must_use]
    pub fn ok(body: Body) -> Reply {
        Reply::new(StatusCode::OK, body)
    }

    /// `201` with a body and the place of what was created.
    #[must_use]
    pub fn created(body: Body, location: &str) -> Reply {
        Reply::new(StatusCode::CREATED, body).header("location", location)
    }

    /// `204`.
    #[must_use]
    pub fn no_content() -> Reply {
        Reply::new(StatusCode::NO_CONTENT, Body::Empty)
    }

    /// Any status.
    #[must_use]
    pub fn new(status: StatusCode, body: Body) -> Reply {
        Reply { status, headers: HeaderMap::new(), body }
    }

    /// One more header.
    ///
    /// # Panics
    ///
    /// When the value cannot stand in a header: a bug of the handler, who must
    /// encode what clients said.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Reply {
        let value = HeaderValue::from_str(value).expect("a header's value is visible text");
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }
}

impl Body {
    /// One row.
    pub fn row(row: &Arc<impl Shown + 'static>) -> Body {
        Body::Row(Arc::clone(row) as Arc<dyn Shown>)
    }

    /// What is written when the answer is sent.
    pub fn later(
        content_type: &'static str,
        write: impl Fn(Setting<'_>) -> Vec<u8> + Send + Sync + 'static,
    ) -> Body {
        Body::Later(content_type, Arc::new(write))
    }

    /// What the `Content-Type` header says of it.
    #[must_use]
    pub fn content_type(&self) -> Option<&'static str> {
        match self {
            Body::Empty => None,
            Body::Later(kind, _) => Some(kind),
            Body::Row(_) | Body::Rows(_) | Body::Json(_) | Body::JsonList(_) => Some(JSON),
        }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self, setting: Setting<'_>) -> Bytes {
        match self {
            Body::Empty => Bytes::new(),
            Body::Later(_, write) => write(setting).into(),
            Body::Row(row) => row.filled(&setting.filling()),
            Body::Rows(rows) => {
                let filling = setting.filling();
                let texts: Vec<Bytes> = rows.iter().map(|row| row.filled(&filling)).collect();
                let size: usize = texts.iter().map(|text| text.len() + 1).sum();
                list(size, texts.iter(), |text, out| out.extend_from_slice(text))
            }
            Body::Json(rendered) => {
                let mut out = Vec::with_capacity(rendered.size(setting));
                rendered.show(setting, &mut out);
                out.into()
            }
            Body::JsonList(all) => list(0, all.iter(), |rendered, out| rendered.show(setting, out)),
        }
    }
}

/// A JSON list of what `write` adds for each item, likely that many bytes together.
fn list<T>(size: usize, items: impl Iterator<Item = T>, write: impl Fn(T, &mut Vec<u8>)) -> Bytes {
    let mut out = Vec::with_capacity(size + 2);
    out.push(b'[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(item, &mut out);
    }
    out.push(b']');
    out.into()
}

impl std::fmt::Debug for Body {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&String::from_utf8_lossy(&self.bytes(Setting { base: "", realm: "" })))
    }
}
