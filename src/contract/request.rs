//! [`Request`]: what a step asks.

use std::collections::BTreeSet;

use hyper::Method;
use hyper::http::{self, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::check_name;
use super::node::Node;
use super::text::{Names, Template, Text};
use crate::engine::json::Json;
use crate::engine::wording::shown;

/// The header that carries the target's key unless a step says otherwise.
const KEY: &str = "REB-APIKEY";

/// What need not be encoded in a query.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'[').remove(b']');

#[derive(Clone, Debug)]
pub(super) struct Request {
    method: Method,
    address: Address,
    query: Vec<(String, Text)>,
    /// `None` leaves a header out that would be sent otherwise.
    headers: Vec<(String, Option<Text>)>,
    content: Option<Content>,
}

#[derive(Clone, Debug)]
enum Address {
    /// Below the organization.
    Path(Text),
    /// As it is sent.
    Target(Text),
}

#[derive(Clone, Debug)]
enum Content {
    Json(Template),
    Text(Text),
}

impl Request {
    pub(super) fn read(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Request> {
        let members = ["method", "path", "target", "query", "headers", "body", "text"];
        let node = node.object("a request", &members)?;
        let text = |node: &Node<'_>| Text::read(node.text()?, node, known);
        let method = node.needed("method").and_then(|method| read_method(&method));
        let address = match (node.member("path"), node.member("target")) {
            (Some(path), None) => read_address(&path, known).map(Address::Path),
            (None, Some(target)) => {
                if let Some(query) = node.member("query") {
                    query.refuse("goes with `path`; a target brings its own");
                }
                read_address(&target, known).map(Address::Target)
            }
            _ => {
                node.refuse("needs either `path`, below the organization, or `target`");
                None
            }
        };
        let mut query = Vec::new();
        for (name, value) in node.member("query").map_or(Vec::new(), |query| query.members()) {
            let values =
                if matches!(value.json, Json::List(_)) { value.items() } else { vec![value] };
            query.extend(
                values.iter().filter_map(|it| Some((name.to_owned(), read_value(it, known)?))),
            );
        }
        let mut headers = Vec::new();
        for (name, value) in node.member("headers").map_or(Vec::new(), |all| all.members()) {
            check_name(name, &value);
            if *value.json == Json::Null {
                headers.push((name.to_owned(), None));
            } else if let Some(value) = text(&value) {
                headers.push((name.to_owned(), Some(value)));
            }
        }
        let content = match (node.member("body"), node.member("text")) {
            (Some(_), Some(text)) => {
                text.refuse("stands in the place of `body`, not beside it");
                None
            }
            (Some(body), None) => Template::read(&body, known).map(Content::Json),
            (None, raw) => raw.and_then(|raw| text(&raw)).map(Content::Text),
        };
        Some(Request { method: method?, address: address?, query, headers, content })
    }

    /// The request to an organization behind an address.
    pub(super) fn fill(
        &self,
        base: &str,
        organization: &str,
        key: &str,
        names: &Names,
    ) -> Result<http::Request<Vec<u8>>, String> {
        let target = match &self.address {
            Address::Path(_) => format!("/organizations/{organization}{}", self.target(names)),
            Address::Target(_) => self.target(names),
        };
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(format!("{}{target}", base.trim_end_matches('/')));
        let says = |name: &str| self.headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        if !says(KEY) {
            request = request.header(KEY, key);
        }
        if matches!(self.content, Some(Content::Json(_))) && !says("Content-Type") {
            request = request.header("Content-Type", "application/json");
        }
        for (name, value) in &self.headers {
            if let Some(value) = value {
                request = request.header(name, value.fill(names));
            }
        }
        let body = match &self.content {
            None => Vec::new(),
            Some(Content::Json(body)) => shown(&body.fill(names)).into_bytes(),
            Some(Content::Text(text)) => text.fill(names).into_bytes(),
        };
        request.body(body).map_err(|error| error.to_string())
    }

    /// The request's first line, without the organization: `PUT /customers/ada`.
    pub(super) fn line(&self, names: &Names) -> String {
        format!("{} {}", self.method, self.target(names))
    }

    fn target(&self, names: &Names) -> String {
        let (Address::Path(text) | Address::Target(text)) = &self.address;
        let mut target = text.fill(names);
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.extend(utf8_percent_encode(name, KEPT));
            target.push('=');
            target.extend(utf8_percent_encode(&value.fill(names), KEPT));
        }
        target
    }
}

fn read_method(node: &Node<'_>) -> Option<Method> {
    let method = node.text()?.parse();
    method.map_err(|_| node.refuse("is not a method")).ok()
}

/// A path or a target: it may have names, and must be one that can be sent.
fn read_address(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Text> {
    let address = node.text()?;
    if !address.starts_with('/') {
        node.refuse("must begin with `/`");
        return None;
    }
    let text = Text::read(address, node, known)?;
    let sample = text.fill_all("x");
    if format!("http://localhost{sample}").parse::<Uri>().is_err() {
        node.refuse("cannot be sent: percent-encode what an address cannot hold");
        return None;
    }
    Some(text)
}

/// A value of the query: a text, a number or a boolean.
fn read_value(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Text> {
    match node.json {
        Json::Bool(_) | Json::Whole(_) | Json::Float(_) => Text::parse(&shown(node.json)).ok(),
        _ => Text::read(node.text()?, node, known),
    }
}
