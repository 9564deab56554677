//! [`OverHttp`]: the plainest client there is, and the double behind it.

use std::time::Duration;

use hyper::http::{Request, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::api::{Answer, CustomerApi, Refusal};
use crate::organization::MockRebilly;

/// How a request reaches the double.
type Send = dyn FnMut(&MockRebilly, Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String>;

/// Says everything over HTTP, to a double of its own.
///
/// Put a proxy or an HTTP client of yours between the two to check that.
pub struct OverHttp {
    rebilly: MockRebilly,
    send: Box<Send>,
}

impl OverHttp {
    /// Without a socket.
    #[must_use]
    pub fn direct(rebilly: MockRebilly) -> OverHttp {
        OverHttp::through(rebilly, |rebilly, request| {
            let (head, body) = rebilly.handle(request).into_parts();
            Ok(Response::from_parts(head, body.to_vec()))
        })
    }

    /// Through a closure around an HTTP client. It sends a request as it is, and
    /// takes every status for an answer; `Err` says in words why there is none.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use mock_rebilly::http::Response;
    /// use mock_rebilly::model::{Check, Invariant, OverHttp};
    ///
    /// // A client that always asks for the first page.
    /// let fresh = || {
    ///     OverHttp::through(MockRebilly::builder().empty().without_socket(), |rebilly, mut request| {
    ///         let target = request.uri().to_string();
    ///         let (target, _) = target.split_once("&offset=").unwrap_or((&target, ""));
    ///         *request.uri_mut() = target.parse().unwrap();
    ///         let (head, body) = rebilly.handle(request).into_parts();
    ///         Ok(Response::from_parts(head, body.to_vec()))
    ///     })
    /// };
    /// let violation = Check::seeded(7).try_run(fresh).unwrap_err();
    /// assert_eq!(violation.invariant, Invariant::PagesPartition);
    /// println!("{violation}");
    /// ```
    pub fn through(
        rebilly: MockRebilly,
        send: impl FnMut(&MockRebilly, Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
    ) -> OverHttp {
        OverHttp { rebilly, send: Box::new(send) }
    }

    fn ask(&mut self, method: &str, target: &str, body: Option<&Value>) -> Answer {
        let uri = format!("{}{target}", self.rebilly.url());
        let request = Request::builder().method(method).uri(uri);
        let request = request.header("REB-APIKEY", self.rebilly.api_key());
        let request = match body {
            Some(body) => request
                .header("Content-Type", "application/json")
                .body(body.to_string().into_bytes()),
            None => request.body(Vec::new()),
        };
        let request = request.map_err(|error| Refusal::Failed(error.to_string()))?;
        let answer = (self.send)(&self.rebilly, request).map_err(Refusal::Failed)?;
        let body = match answer.body().as_slice() {
            [] => Value::Null,
            body => serde_json::from_slice(body)
                .map_err(|error| Refusal::Failed(format!("the answer is not JSON: {error}")))?,
        };
        let status = answer.status();
        if status.is_success() { Ok(body) } else { Err(Refusal::problem(status.as_u16(), &body)) }
    }

    fn page(&mut self, path: &str, limit: usize, offset: usize) -> Answer<Vec<Value>> {
        match self.ask("GET", &format!("{path}?limit={limit}&offset={offset}"), None)? {
            Value::Array(rows) => Ok(rows),
            other => Err(Refusal::Failed(format!("a list was expected, and this came: {other}"))),
        }
    }
}

/// The path of a customer, or below it.
fn customer(id: &str, below: &str) -> String {
    format!("/customers/{}{below}", encoded(id))
}

fn tagging(name: &str, id: &str) -> String {
    format!("/tags/{}/customers/{}", encoded(name), encoded(id))
}

/// All but the characters that RFC 3986 has no other use for.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, &ENCODED).to_string()
}

impl CustomerApi for OverHttp {
    fn create(&mut self, body: &Value) -> Answer {
        self.ask("POST", "/customers", Some(body))
    }

    fn upsert(&mut self, id: &str, body: &Value) -> Answer {
        self.ask("PUT", &customer(id, ""), Some(body))
    }

    fn merge(&mut self, duplicate: &str, target: &str) -> Answer<()> {
        let target = format!("?targetCustomerId={}", encoded(target));
        self.ask("DELETE", &customer(duplicate, &target), None).map(drop)
    }

    fn get(&mut self, id: &str) -> Answer {
        self.ask("GET", &customer(id, ""), None)
    }

    fn list(&mut self, limit: usize, offset: usize) -> Answer<Vec<Value>> {
        self.page("/customers", limit, offset)
    }

    fn comment(&mut self, id: &str, text: &str) -> Answer {
        self.ask("POST", &customer(id, "/timeline"), Some(&json!({ "message": text })))
    }

    fn timeline(&mut self, id: &str, limit: usize, offset: usize) -> Answer<Vec<Value>> {
        self.page(&customer(id, "/timeline"), limit, offset)
    }

    fn delete_message(&mut self, id: &str, message_id: &str) -> Answer<()> {
        let below = format!("/timeline/{}", encoded(message_id));
        self.ask("DELETE", &customer(id, &below), None).map(drop)
    }

    fn lead_source(&mut self, id: &str) -> Answer {
        self.ask("GET", &customer(id, "/lead-source"), None)
    }

    fn put_lead_source(&mut self, id: &str, lead_source: &Value) -> Answer {
        self.ask("PUT", &customer(id, "/lead-source"), Some(lead_source))
    }

    fn delete_lead_source(&mut self, id: &str) -> Answer<()> {
        self.ask("DELETE", &customer(id, "/lead-source"), None).map(drop)
    }

    fn create_tag(&mut self, name: &str) -> Answer {
        self.ask("POST", "/tags", Some(&json!({ "name": name, "type": "customer" })))
    }

    fn tag(&mut self, id: &str, name: &str) -> Answer<()> {
        self.ask("POST", &tagging(name, id), None).map(drop)
    }

    fn untag(&mut self, id: &str, name: &str) -> Answer<()> {
        self.ask("DELETE", &tagging(name, id), None).map(drop)
    }

    fn advance(&mut self, step: Duration) {
        self.rebilly.advance(step);
    }
}
