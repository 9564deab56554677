//! [`Answer`]: what a simulation has decided, before it is bytes.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderValue};
use hyper::{Method, StatusCode};

use super::broken::Broken;
use super::clock::Timestamp;
use super::delivery::{Delivery, malformed};
use super::exchange::{Call, Reply};
use super::fault::Fault;
use super::render::Setting;

/// An answer that is not bytes yet: rendering it needs no lock.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `None` when there never was one: the connection is reset in its place.
    pub(super) reply: Option<Arc<Reply>>,
    pub(super) call: Arc<Call>,
    pub(super) realm: String,
    /// What goes wrong with it.
    pub(super) fault: Option<Fault>,
}

impl Answer {
    /// The answer in bytes, and how they are delivered.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        let Some(reply) = &self.reply else { return Delivery::none(Broken::Reset) };
        let answer = self.response(reply);
        match &self.fault {
            None => Delivery::whole(answer),
            Some(fault) => Delivery::by(fault, answer),
        }
    }

    fn response(&self, reply: &Reply) -> hyper::Response<Bytes> {
        let has_body = reply.status != StatusCode::NO_CONTENT;
        let mut body = reply.body.bytes(Setting { base: &self.call.base, realm: &self.realm });
        if self.fault == Some(Fault::MalformedJson) && has_body {
            body = malformed(&body);
        }
        let mut response = hyper::Response::new(Bytes::new());
        *response.status_mut() = reply.status;
        *response.headers_mut() = reply.headers.clone();
        if has_body {
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        // By `HEAD` the head alone is asked for.
        if self.call.method != Method::HEAD {
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
