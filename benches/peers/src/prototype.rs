//! [`Prototype`]: the least that can be called stateful, on hyper and serde_json.
//!
//! What the double does beyond this, and what any such server costs beside one that
//! only sends bytes, cannot be told apart without it. It reads a body as a tree, puts
//! an id and times into it, keeps it as text, remembers the call, and answers with what
//! it keeps. It checks nothing, merges nothing, has one table and no timeline, and knows
//! neither credentials nor queries.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::Value;

use crate::bare::Said;
use crate::contender::Canned;

/// As many calls as the double remembers.
const CALLS: usize = 10_000;

/// What is kept, behind one lock.
pub struct Prototype {
    /// What every answer says beside its body.
    canned: Canned,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Texts by path.
    customers: BTreeMap<String, Bytes>,
    calls: VecDeque<Call>,
    created: u32,
}

struct Call {
    method: Method,
    path: String,
    body: Bytes,
}

impl Prototype {
    /// One that keeps what is canned.
    pub fn of(canned: &Canned) -> Prototype {
        let customers = BTreeMap::from([(canned.path.to_owned(), canned.body.clone())]);
        let state = Mutex::new(State { customers, ..State::default() });
        Prototype { canned: canned.clone(), state }
    }

    /// Answers a request.
    pub async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Said {
        let (head, body) = request.into_parts();
        let body = body.collect().await.expect("a body that ends").to_bytes();
        let call = Call { method: head.method, path: head.uri.path().to_owned(), body };
        let (status, text) = self.state.lock().expect("a state in order").answer(call);
        let mut answer = Response::new(Full::new(text));
        *answer.status_mut() = status;
        answer.headers_mut().clone_from(&self.canned.headers);
        answer
    }
}

impl State {
    fn answer(&mut self, call: Call) -> (StatusCode, Bytes) {
        let answer = match call.method {
            Method::GET => match self.customers.get(&call.path) {
                Some(text) => (StatusCode::OK, text.clone()),
                None => (StatusCode::NOT_FOUND, Bytes::new()),
            },
            Method::POST => {
                self.created += 1;
                let id = format!("cus_{}", self.created);
                self.keep(format!("{}/{id}", call.path), &id, &call.body)
            }
            _ => {
                let id = call.path.rsplit('/').next().unwrap_or_default();
                self.keep(call.path.clone(), id, &call.body)
            }
        };
        if self.calls.len() == CALLS {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
        answer
    }

    fn keep(&mut self, path: String, id: &str, body: &[u8]) -> (StatusCode, Bytes) {
        let Ok(Value::Object(mut customer)) = serde_json::from_slice(body) else {
            return (StatusCode::BAD_REQUEST, Bytes::new());
        };
        customer.insert("id".to_owned(), id.into());
        for time in ["createdTime", "updatedTime"] {
            customer.insert(time.to_owned(), "2026-01-01T00:00:00Z".into());
        }
        let text = Bytes::from(Value::Object(customer).to_string());
        match self.customers.insert(path, text.clone()) {
            None => (StatusCode::CREATED, text),
            Some(_) => (StatusCode::OK, text),
        }
    }
}
