//! [`Answer`]: what a world has decided, before it is bytes.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderValue};

use super::clock::Timestamp;
use super::exchange::Reply;
use super::render::Setting;

/// An answer that is not bytes yet: rendering it needs no lock.
pub struct Answer {
    pub(super) reply: Arc<Reply>,
    pub(super) base: String,
    pub(super) realm: String,
    /// Whether the head alone is sent, because it was asked for by `HEAD`.
    pub(super) head_only: bool,
}

impl Answer {
    /// The answer in bytes.
    #[must_use]
    pub fn response(&self) -> hyper::Response<Bytes> {
        let body = self.reply.body.bytes(Setting { base: &self.base, realm: &self.realm });
        let mut response = hyper::Response::new(Bytes::new());
        *response.status_mut() = self.reply.status;
        *response.headers_mut() = self.reply.headers.clone();
        if self.reply.status != hyper::StatusCode::NO_CONTENT {
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        if !self.head_only {
            *response.body_mut() = body;
        }
        response
    }
}

/// The `Date` header, written anew only when the clock has moved.
#[derive(Default)]
pub(super) struct DateHeader(Option<(i64, HeaderValue)>);

impl DateHeader {
    /// What it says at that time.
    pub(super) fn at(&mut self, now: Timestamp) -> HeaderValue {
        match &self.0 {
            Some((second, value)) if *second == now.epoch() => value.clone(),
            _ => {
                let value =
                    HeaderValue::from_str(&now.http_date()).expect("a date is visible text");
                self.0 = Some((now.epoch(), value.clone()));
                value
            }
        }
    }
}
