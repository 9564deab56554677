//! [`Reply`]: what a call is answered with, and its [`Body`].

use std::sync::Arc;

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue, LOCATION};

use super::render::{Rendered, Setting};
use super::reply_headers::ReplyHeaders;
use super::table::Shown;

/// The content type of JSON.
pub const JSON: &str = "application/json";

/// What is answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// Headers in the order in which they were added, without those that every answer carries.
    pub headers: ReplyHeaders,
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
    ///
    /// # Panics
    ///
    /// When that cannot stand in a header; see [`Reply::header`].
    #[must_use]
    pub fn created(body: Body, location: impl Into<String>) -> Reply {
        let location = HeaderValue::try_from(location.into()).expect("an address is visible text");
        let mut reply = Reply::new(StatusCode::CREATED, body);
        reply.headers.insert(LOCATION, location);
        reply
    }

    /// `204`.
    #[must_use]
    pub fn no_content() -> Reply {
        Reply::new(StatusCode::NO_CONTENT, Body::Empty)
    }

    /// Any status.
    #[must_use]
    pub fn new(status: StatusCode, body: Body) -> Reply {
        Reply { status, headers: ReplyHeaders::new(), body }
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
                list(rows, |row, out| row.append(&filling, out))
            }
            Body::Json(rendered) => {
                let mut out = Vec::with_capacity(rendered.size(setting));
                rendered.show(setting, &mut out);
                out.into()
            }
            Body::JsonList(all) => list(all, |one, out| one.show(setting, out)),
        }
    }
}

/// The most room that a list is given before it is written.
const ROOM_MAX: usize = 1 << 20;

/// A JSON list of what `write` adds for each item.
fn list<T>(items: &[T], write: impl Fn(&T, &mut Vec<u8>)) -> Bytes {
    let Some((first, others)) = items.split_first() else { return Bytes::from_static(b"[]") };
    let mut out = vec![b'['];
    write(first, &mut out);
    // The others are likely no longer than the first and a quarter; where that is much, the
    // list grows as it is written.
    let room = (out.len() + out.len() / 4).saturating_mul(others.len());
    out.reserve(room.min(ROOM_MAX));
    for item in others {
        out.push(b',');
        write(item, &mut out);
    }
    out.push(b']');
    out.into()
}

impl std::fmt::Debug for Body {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.bytes(Setting { base: "", realm: "" });
        out.write_str(&String::from_utf8_lossy(&text))
    }
}
