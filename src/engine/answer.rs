//! [`Answer`]: what a simulation has decided, before it is bytes, and [`Length`]: who says how
//! many there are.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};

use super::broken::Broken;
use super::delivery::{Delivery, malformed};
use super::exchange::{Call, Reply};
use super::fault::Fault;
use super::last_list::LastList;
use super::render::Filling;

/// Who says how long the body of an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// The answer, in a header: for whoever takes it without a server.
    Said,
    /// hyper says it when it writes the answer to a line. A header before that would be
    /// made, hashed and read again for nothing.
    Left,
}

/// An answer that is not bytes yet: rendering it needs no lock.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub(super) call: &'a Call,
    /// Where it is shown.
    pub(super) filling: &'a Arc<Filling>,
    /// `None` when there never was one: the connection is reset in its place.
    pub(super) reply: Option<&'a Reply>,
    /// What goes wrong with it.
    pub(super) fault: Option<&'a Fault>,
}

impl Answer<'_> {
    /// The answer in bytes, and how they are delivered.
    #[must_use]
    pub(super) fn delivery(self, length: Length, last_list: &LastList) -> Delivery {
        let Some(reply) = self.reply else { return Delivery::none(Broken::Reset) };
        let body = last_list.bytes(&reply.body, self.filling);
        let answer = self.response(reply, body, length);
        match self.fault {
            None => Delivery::whole(answer),
            Some(fault) => Delivery::by(fault, answer),
        }
    }

    fn response(self, reply: &Reply, mut body: Bytes, length: Length) -> hyper::Response<Bytes> {
        let has_body = reply.status != StatusCode::NO_CONTENT;
        let is_head = self.call.method == Method::HEAD;
        if self.fault == Some(&Fault::MalformedJson) && has_body {
            body = malformed(&body);
        }
        let mut response = hyper::Response::new(Bytes::new());
        *response.status_mut() = reply.status;
        *response.headers_mut() = if !has_body {
            reply.headers.map(1)
        } else if length == Length::Left && !is_head {
            reply.headers.sent_unsized()
        } else {
            // By `HEAD` the head alone is asked for: nobody else knows how long the body is.
            let length = HeaderValue::try_from(body.len().to_string());
            reply.headers.sent(length.expect("digits stand in a header"))
        };
        if !is_head {
            *response.body_mut() = body;
        }
        response
    }
}
