//! [`Request`]: what a step asks.

use std::collections::BTreeSet;

use hyper::Method;
use hyper::http::{self, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::check_name;
use super::node::Node;
use super::text::{Names, Template, Text};
use crate::engine::json::Json;
use crate::engine::nested::to_form;
use crate::engine::wording::shown;

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
    Form(Template),
    Text(Text),
}

impl Content {
    /// What the `Content-Type` header says of it, unless a step says otherwise.
    fn kind(&self) -> Option<&'static str> {
        match self {
            Content::Json(_) => Some("application/json"),
            Content::Form(_) => Some("application/x-www-form-urlencoded"),
            Content::Text(_) => None,
        }
    }
}

/// Who asks, and where.
pub(super) struct Caller {
    /// The address, without a slash at its end.
    pub(super) base: String,
    /// What stands before a path.
    pub(super) prefix: String,
    /// The header that lets in, unless a step says otherwise.
    pub(super) header: &'static str,
    pub(super) credential: String,
}

impl Request {
    pub(super) fn read(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Request> {
        let members = ["method", "path", "target", "query", "headers", "body", "form", "text"];
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
        let body = node.member("body").and_then(|body| Template::read(&body, known));
        let form = node.member("form").and_then(|form| read_form(&form, known));
        let raw = node.member("text").and_then(|raw| text(&raw));
        let mut before = None;
        for name in ["body", "form", "text"] {
            match (node.member(name), before) {
                (Some(it), Some(before)) => {
                    it.refuse(format!("stands in the place of `{before}`, not beside it"));
                }
                (Some(_), None) => before = Some(name),
                (None, _) => {}
            }
        }
        let content = body.map(Content::Json).or(form.map(Content::Form));
        let content = content.or(raw.map(Content::Text));
        Some(Request { method: method?, address: address?, query, headers, content })
    }

    /// The request of a caller.
    pub(super) fn fill(
        &self,
        caller: &Caller,
        names: &Names,
    ) -> Result<http::Request<Vec<u8>>, String> {
        let prefix = match &self.address {
            Address::Path(_) => &*caller.prefix,
            Address::Target(_) => "",
        };
        let uri = format!("{}{prefix}{}", caller.base, self.target(names));
        let mut request = http::Request::builder().method(self.method.clone()).uri(uri);
        let says = |name: &str| self.headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        if !says(caller.header) {
            request = request.header(caller.header, &caller.credential);
        }
        if let Some(kind) = self.content.as_ref().and_then(Content::kind)
            && !says("Content-Type")
        {
            request = request.header("Content-Type", kind);
        }
        for (name, value) in &self.headers {
            if let Some(value) = value {
                request = request.header(name, value.fill(names));
            }
        }
        let body = match &self.content {
            None => Vec::new(),
            Some(Content::Json(body)) => shown(&body.fill(names)).into_bytes(),
            Some(Content::Form(form)) => to_form(&form.fill(names)).into_bytes(),
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

/// A form: an object, whose values may be nested.
fn read_form(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Template> {
    if !matches!(node.json, Json::Object(_)) {
        node.refuse(format!("must be an object, but is {}", node.json.kind()));
        return None;
    }
    Template::read(node, known)
}

/// A value of the query: a text, a number or a boolean.
fn read_value(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Text> {
    match node.json {
        Json::Bool(_) | Json::Whole(_) | Json::Float(_) => Text::parse(&shown(node.json)).ok(),
        _ => Text::read(node.text()?, node, known),
    }
}
