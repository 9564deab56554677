//! [`Api`]: a client that says what it sent and what it got when a status surprises it.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use mock_rebilly::MockRebilly;
use mock_rebilly::http::{Method, Request, Response};
use serde_json::Value;

/// A request as tests write it: its target as it is sent, and headers that may repeat nothing.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

impl Ask {
    pub(crate) fn new(method: &str, target: &str) -> Ask {
        let method = method.parse().expect("a method");
        Ask { method, target: target.to_owned(), headers: Vec::new(), body: None }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Ask {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn key(self) -> Ask {
        self.header("REB-APIKEY", "sk_sandbox_test")
    }

    pub(crate) fn json(mut self, body: &Value) -> Ask {
        self.body = Some(body.to_string().into_bytes());
        self.header("Content-Type", "application/json")
    }

    pub(crate) fn text(mut self, body: &str) -> Ask {
        self.body = Some(body.as_bytes().to_vec());
        self
    }

    pub(crate) fn request(&self, base: &str) -> Request<Vec<u8>> {
        let mut request =
            Request::builder().method(self.method.clone()).uri(format!("{base}{}", self.target));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(self.body.clone().unwrap_or_default()).expect("a request that can be sent")
    }
}

/// How a request reaches the double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Over a loopback connection.
    Socket,
    /// By a function call.
    Direct,
}

/// A blocking client, on purpose: that one works inside an async test is a promise.
#[derive(Clone)]
pub(crate) struct Api<'m> {
    rebilly: &'m MockRebilly,
    way: Way,
    agent: ureq::Agent,
}

impl<'m> Api<'m> {
    pub(crate) fn new(rebilly: &'m MockRebilly) -> Api<'m> {
        Api::by(rebilly, Way::Socket)
    }

    pub(crate) fn direct(rebilly: &'m MockRebilly) -> Api<'m> {
        Api::by(rebilly, Way::Direct)
    }

    pub(crate) fn by(rebilly: &'m MockRebilly, way: Way) -> Api<'m> {
        Api { rebilly, way, agent: agent() }
    }

    /// Sends a request and returns whatever comes back.
    pub(crate) fn ask(&self, ask: &Ask) -> Response<Vec<u8>> {
        let request = ask.request(self.rebilly.url());
        let answer = match self.way {
            Way::Socket => send(&self.agent, request),
            Way::Direct => {
                let (head, body) = self.rebilly.handle(request).into_parts();
                Response::from_parts(head, body.to_vec())
            }
        };
        crate::heard(ask, &answer);
        answer
    }

    #[track_caller]
    pub(crate) fn get(&self, target: &str, status: u16) -> Value {
        self.expect(&Ask::new("GET", target).key(), status)
    }

    #[track_caller]
    pub(crate) fn post(&self, target: &str, body: &Value, status: u16) -> Value {
        self.expect(&Ask::new("POST", target).key().json(body), status)
    }

    #[track_caller]
    pub(crate) fn put(&self, target: &str, body: &Value, status: u16) -> Value {
        self.expect(&Ask::new("PUT", target).key().json(body), status)
    }

    #[track_caller]
    pub(crate) fn delete(&self, target: &str, status: u16) -> Value {
        self.expect(&Ask::new("DELETE", target).key(), status)
    }

    /// The body of an answer that must have this status.
    #[track_caller]
    pub(crate) fn expect(&self, ask: &Ask, status: u16) -> Value {
        let answer = self.ask(ask);
        assert_eq!(answer.status().as_u16(), status, "{}", describe(ask, &answer));
        json(&answer)
    }
}

/// A client that follows nothing, retries nothing and takes every status for an answer.
pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .build()
        .into()
}

pub(crate) fn send(agent: &ureq::Agent, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    let has_body = !request.body().is_empty();
    let bodyless =
        [Method::GET, Method::HEAD, Method::DELETE, Method::OPTIONS].contains(request.method());
    let answer = if has_body && bodyless {
        let (head, body) = request.into_parts();
        let mut forced = match head.method {
            Method::DELETE => agent.delete(head.uri),
            Method::GET => agent.get(head.uri),
            other => panic!("no test sends a body with {other}"),
        };
        for (name, value) in &head.headers {
            forced = forced.header(name, value);
        }
        forced.force_send_body().send(&body)
    } else if bodyless {
        agent.run(request.map(|_| ()))
    } else {
        agent.run(request)
    };
    let mut answer = answer.expect("an answer");
    let body = answer.body_mut().read_to_vec().expect("a whole body");
    let (head, _) = answer.into_parts();
    Response::from_parts(head, body)
}

/// The body as JSON; `null` when there is none.
pub(crate) fn json(answer: &Response<Vec<u8>>) -> Value {
    if answer.body().is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(answer.body())
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(answer.body()).into_owned()))
}

pub(crate) fn header<'a, B>(answer: &'a Response<B>, name: &str) -> Option<&'a str> {
    answer.headers().get(name).and_then(|value| value.to_str().ok())
}

fn describe(ask: &Ask, answer: &Response<Vec<u8>>) -> String {
    let mut text = format!("\n{} {}\n", ask.method, ask.target);
    if let Some(body) = &ask.body {
        let _ = writeln!(text, "{}", String::from_utf8_lossy(body));
    }
    let _ = writeln!(text, "-> {}", answer.status());
    let _ = writeln!(text, "{}", String::from_utf8_lossy(answer.body()));
    text
}

/// A panic, as whoever sees it fail does.
#[derive(Debug)]
pub(crate) struct Caught {
    pub(crate) said: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// What a piece of a test panics with, and where.
#[track_caller]
pub(crate) fn caught<R>(run: impl FnOnce() -> R) -> Caught {
    thread_local! { static PLACE: RefCell<Option<(String, u32)>> = const { RefCell::new(None) } }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map(|it| (it.file().to_owned(), it.line()));
            PLACE.with(|cell| *cell.borrow_mut() = place);
            usual(info);
        }));
    });
    let Err(panic) = panic::catch_unwind(AssertUnwindSafe(run)) else { panic!("it must panic") };
    let said = panic.downcast_ref::<String>().cloned();
    let said = said.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
    let (file, line) = PLACE.with(RefCell::take).expect("the panic had a place");
    Caught { said: said.expect("a panic with a text"), file, line }
}
