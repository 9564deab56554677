//! [`Reply`]: what a call is answered with, and its [`Body`].

use std::sync::Arc;

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue, LOCATION};

use super::render::{Filling, Rendered, Setting};
use super::reply_headers::ReplyHeaders;
use super::table::{Listed, Record, Selection, Shown};

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

/// What writes a body when it is wanted.
pub type Written = dyn Fn(&Arc<Filling>) -> Vec<u8> + Send + Sync;

/// The body of an answer. Rows are shared and rendered when the answer is sent.
#[derive(Clone)]
pub enum Body {
    /// No bytes.
    Empty,
    /// One row.
    Row(Arc<dyn Shown>),
    /// A JSON list of rows.
    Rows(Arc<dyn Listed>),
    /// JSON text.
    Json(Rendered),
    /// A JSON list of texts.
    JsonList(Vec<Rendered>),
    /// What takes time to write, of that content type. It is written when the
    /// answer is sent, where it holds up nobody.
    Later(&'static str, Arc<Written>),
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

    /// A JSON list of rows.
    #[must_use]
    pub fn rows<T: Record>(rows: Selection<T>) -> Body {
        Body::Rows(Arc::new(rows))
    }

    /// What is written when the answer is sent.
    pub fn later(
        content_type: &'static str,
        write: impl Fn(&Arc<Filling>) -> Vec<u8> + Send + Sync + 'static,
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

    /// The bytes, with these fillings.
    #[must_use]
    pub fn bytes(&self, filling: &Arc<Filling>) -> Bytes {
        let setting = filling.setting();
        match self {
            Body::Empty => Bytes::new(),
            Body::Later(_, write) => write(filling).into(),
            Body::Row(row) => row.filled(filling),
            Body::Rows(rows) => rows.filled(filling),
            Body::Json(rendered) => {
                let mut out = Vec::with_capacity(rendered.size(setting));
                rendered.show(setting, &mut out);
                out.into()
            }
            Body::JsonList(all) => list(all, setting),
        }
    }
}

/// A JSON list of texts.
fn list(texts: &[Rendered], setting: Setting<'_>) -> Bytes {
    let room: usize = texts.iter().map(|text| text.size(setting) + 1).sum();
    let mut out = Vec::with_capacity(room + 2);
    out.push(b'[');
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        text.show(setting, &mut out);
    }
    out.push(b']');
    out.into()
}

impl std::fmt::Debug for Body {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.bytes(Filling::none());
        out.write_str(&String::from_utf8_lossy(&text))
    }
}
