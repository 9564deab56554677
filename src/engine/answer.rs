//! [`Answer`]: what a simulation has decided, before it is bytes.

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, DATE, HeaderValue};
use hyper::{Method, StatusCode};

use super::broken::Broken;
use super::clock::Timestamp;
use super::delivery::{Delivery, malformed};
use super::exchange::{Call, Header, JSON, Reply, ReplyHeaders};
use super::fault::Fault;
use super::render::Setting;

/// An answer that is not bytes yet: rendering it needs no lock.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub(super) call: &'a Call,
    pub(super) realm: &'a str,
    /// `None` when there never was one: the connection is reset in its place.
    pub(super) reply: Option<&'a Reply>,
    /// What goes wrong with it.
    pub(super) fault: Option<&'a Fault>,
}

impl Answer<'_> {
    /// The answer in bytes, and how they are delivered.
    #[must_use]
    pub fn delivery(self) -> Delivery {
        let Some(reply) = self.reply else { return Delivery::none(Broken::Reset) };
        let answer = self.response(reply);
        match self.fault {
            None => Delivery::whole(answer),
            Some(fault) => Delivery::by(fault, answer),
        }
    }

    fn response(self, reply: &Reply) -> hyper::Response<Bytes> {
        let has_body = reply.status != StatusCode::NO_CONTENT;
        let setting = Setting { base: self.call.base(), realm: self.realm };
        let mut body = reply.body.bytes(setting);
        if self.fault == Some(&Fault::MalformedJson) && has_body {
            body = malformed(&body);
        }
        let mut response = hyper::Response::new(Bytes::new());
        *response.status_mut() = reply.status;
        *response.headers_mut() = if has_body {
            let length = HeaderValue::try_from(body.len().to_string());
            reply.headers.sent(length.expect("digits stand in a header"))
        } else {
            reply.headers.map(1)
        };
        // By `HEAD` the head alone is asked for.
        if self.call.method != Method::HEAD {
            *response.body_mut() = body;
        }
        response
    }
}

/// What answers say of the time, written anew only when the clock has moved.
#[derive(Default)]
pub(super) struct Dating(Option<Second>);

/// A second of the clock.
struct Second {
    epoch: i64,
    date: HeaderValue,
    /// All headers of an answer that has JSON, and none of its own; and whether there was one.
    usual: Option<ReplyHeaders>,
    has_answered: bool,
}

impl Dating {
    /// Adds what all answers say to one, after so many headers of its own.
    pub(super) fn complete(
        &mut self,
        reply: &mut Reply,
        own: usize,
        standing: &[Header],
        now: Timestamp,
    ) {
        let second = self.second(now);
        let kind = reply.body.content_type();
        let is_usual =
            reply.headers.is_empty() && reply.status == StatusCode::OK && kind == Some(JSON);
        if is_usual && let Some(usual) = &second.usual {
            reply.headers = usual.clone();
            return;
        }
        reply.headers.add_after(own, standing);
        reply.headers.insert(DATE, second.date.clone());
        if let Some(kind) = kind {
            reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        if is_usual {
            // Many a double gives but one such answer.
            let is_second = std::mem::replace(&mut second.has_answered, true);
            second.usual = is_second.then(|| reply.headers.clone().usual());
        }
    }

    fn second(&mut self, now: Timestamp) -> &mut Second {
        let epoch = now.epoch();
        if self.0.as_ref().is_some_and(|second| second.epoch != epoch) {
            self.0 = None;
        }
        self.0.get_or_insert_with(|| {
            let date = HeaderValue::from_str(&now.http_date()).expect("a date is visible text");
            Second { epoch, date, usual: None, has_answered: false }
        })
    }
}
