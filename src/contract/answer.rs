//! [`Answer`]: what a step expects of status, headers and body.

use std::collections::BTreeSet;

use hyper::http::{HeaderName, Response};

use super::expected::{Expected, Mismatch, Tell};
use super::node::Node;
use super::text::{Names, Text};
use crate::engine::json::Json;
use crate::engine::pointer::below;
use crate::engine::wording::shown;

#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, Expected)>,
    body: Option<Body>,
}

#[derive(Clone, Debug)]
enum Body {
    Empty,
    /// The whole text, whatever it is.
    Text(Text),
    Json(Expected),
}

impl Answer {
    pub(super) fn read(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Answer> {
        let node = node.object("an answer", &["status", "headers", "body"])?;
        let status = node.needed("status").and_then(|status| read_status(&status));
        let headers = node.member("headers").map_or(Some(Vec::new()), |headers| {
            let read = headers.members().into_iter().map(|(name, wanted)| {
                check_name(name, &wanted);
                read_header(&wanted, known).map(|wanted| (name.to_owned(), wanted))
            });
            read.collect::<Vec<_>>().into_iter().collect()
        });
        let body = node.member("body").map(|body| read_body(&body, known));
        let body = match body {
            Some(None) => return None,
            body => body.flatten(),
        };
        Some(Answer { status: status?, headers: headers?, body })
    }

    /// Tells every place where the answer is not as expected.
    pub(super) fn compare(&self, found: &Response<Vec<u8>>, names: &Names, tell: &mut Tell<'_>) {
        let status = found.status().as_u16();
        if status != self.status {
            let expected = self.status.to_string();
            tell(Mismatch::new("/status".to_owned(), &expected, status.to_string()));
        }
        for (name, wanted) in &self.headers {
            let header = header(found, name).map(|text| Json::Text(text.into()));
            wanted.compare(header.as_ref(), &below("/headers", name), names, tell);
        }
        let text = String::from_utf8_lossy(found.body());
        let mut differs = |expected: &str| {
            let found = if text.is_empty() {
                "an empty body".to_owned()
            } else {
                shown(&Json::Text(text.to_string().into()))
            };
            tell(Mismatch::new("/body".to_owned(), expected, found));
        };
        match &self.body {
            None => {}
            Some(Body::Empty) if text.is_empty() => {}
            Some(Body::Empty) => differs("an empty body"),
            Some(Body::Text(wanted)) => {
                let wanted = wanted.fill(names);
                if wanted != text {
                    differs(&shown(&Json::Text(wanted.into())));
                }
            }
            Some(Body::Json(wanted)) if text.is_empty() => differs(&wanted.shown(names)),
            Some(Body::Json(wanted)) => wanted.compare(Some(&json(&text)), "/body", names, tell),
        }
    }
}

/// A body as JSON; a text that is none stands for itself.
pub(super) fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).unwrap_or_else(|_| Json::Text(text.into()))
}

/// A header's value; the values of one that is sent repeatedly, with commas between.
fn header(found: &Response<Vec<u8>>, name: &str) -> Option<String> {
    let values = found.headers().get_all(name).iter();
    let values: Vec<_> = values.map(|it| String::from_utf8_lossy(it.as_bytes())).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Refuses a name that no header can have.
pub(super) fn check_name(name: &str, node: &Node<'_>) {
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        node.refuse("is not a header's name");
    }
}

fn read_status(node: &Node<'_>) -> Option<u16> {
    let status = match node.json {
        Json::Whole(status) => u16::try_from(*status).ok(),
        _ => None,
    };
    let status = status.filter(|status| (100..600).contains(status));
    if status.is_none() {
        node.refuse("must be a status: a whole number from 100 to 599");
    }
    status
}

fn read_header(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Expected> {
    node.text()?;
    Expected::read(node, known)
}

fn read_body(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Body> {
    match node.json.as_text() {
        Some("$empty") => Some(Body::Empty),
        Some("$absent") => {
            node.refuse("a body is never absent; one that has no content is `$empty`");
            None
        }
        Some(_) => Some(match Expected::read(node, known)? {
            Expected::Text(text) => Body::Text(text),
            matcher => Body::Json(matcher),
        }),
        None => Expected::read(node, known).map(Body::Json),
    }
}
