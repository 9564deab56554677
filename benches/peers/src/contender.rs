//! [`Server`]: who takes part, each started and told to answer one request with given bytes.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use mock_rebilly::MockRebilly;
use tokio::runtime::{Builder, Runtime};

use crate::bare::{OwnThread, Task};
use crate::client::Question;
use crate::prototype::Prototype;

/// In the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contender {
    /// Bare hyper on a thread and a runtime of its own.
    OwnThread,
    /// Bare hyper on a runtime that runs already.
    SharedRuntime,
    /// The least that is stateful, on that runtime.
    Prototype,
    /// The double.
    Ours,
    /// The crate `wiremock`, of which servers are pooled.
    Wiremock,
    /// The crate `httpmock`, of which servers are pooled.
    Httpmock,
    /// The crate `mockito`, of which servers are pooled.
    Mockito,
}

/// All, in the order of the table's columns.
pub const CONTENDERS: [Contender; 7] = [
    Contender::OwnThread,
    Contender::SharedRuntime,
    Contender::Prototype,
    Contender::Ours,
    Contender::Wiremock,
    Contender::Httpmock,
    Contender::Mockito,
];

/// What a server that knows only one answer answers.
#[derive(Clone)]
pub struct Canned {
    /// The method it is asked by.
    pub method: &'static str,
    /// The path it is asked for, without its query.
    pub path: &'static str,
    /// The status.
    pub status: u16,
    /// The headers, but for the length.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Canned {
    /// Empty JSON.
    pub fn empty(Question { method, path, .. }: Question) -> Canned {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Canned { method, path, status: 200, headers, body: Bytes::from_static(b"{}") }
    }

    /// Names and values of the headers.
    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.to_str().expect("text")))
    }
}

/// A running server of a contender. It is gone when this is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    #[expect(dead_code, reason = "held until it is dropped")]
    running: Running,
}

#[expect(dead_code, reason = "held until they are dropped")]
enum Running {
    OwnThread(OwnThread),
    SharedRuntime(Task),
    Ours(Box<MockRebilly>),
    Wiremock(wiremock::MockServer),
    Httpmock(httpmock::MockServer),
    Mockito(mockito::ServerGuard),
}

impl Contender {
    /// Its name, also in the table.
    pub fn name(self) -> &'static str {
        match self {
            Contender::OwnThread => "bare hyper, own thread",
            Contender::SharedRuntime => "bare hyper, shared runtime",
            Contender::Prototype => "prototype",
            Contender::Ours => "mock-rebilly",
            Contender::Wiremock => "wiremock",
            Contender::Httpmock => "httpmock",
            Contender::Mockito => "mockito",
        }
    }

    /// The contender of a name.
    pub fn named(name: &str) -> Contender {
        let found = CONTENDERS.into_iter().find(|contender| contender.name() == name);
        found.unwrap_or_else(|| panic!("{name} takes no part"))
    }

    /// Whether it has an answer to a question: the prototype cannot list.
    pub fn knows(self, question: Question) -> bool {
        self != Contender::Prototype || question.query.is_empty()
    }

    /// Whether its servers share a runtime, so that there can be as many as there can be files.
    pub fn is_on_shared_runtime(self) -> bool {
        matches!(self, Contender::SharedRuntime | Contender::Prototype | Contender::Ours)
    }

    /// Starts a server. The double knows its answers itself.
    pub fn start(self, canned: &Canned) -> Server {
        match self {
            Contender::OwnThread => {
                let (address, thread) = OwnThread::start(canned.clone());
                Server { address, running: Running::OwnThread(thread) }
            }
            Contender::SharedRuntime => {
                let canned = canned.clone();
                let (address, task) = Task::start(move |request| canned.clone().answer(request));
                Server { address, running: Running::SharedRuntime(task) }
            }
            Contender::Prototype => {
                let prototype = Arc::new(Prototype::of(canned));
                let (address, task) =
                    Task::start(move |request| Arc::clone(&prototype).answer(request));
                Server { address, running: Running::SharedRuntime(task) }
            }
            Contender::Ours => {
                let rebilly = MockRebilly::start_blocking();
                let address = rebilly.address().expect("a socket");
                Server { address, running: Running::Ours(Box::new(rebilly)) }
            }
            Contender::Wiremock => {
                let server = local().block_on(wiremock::MockServer::start());
                let mut answer = wiremock::ResponseTemplate::new(canned.status)
                    .set_body_raw(canned.body.to_vec(), "application/json");
                // The kind of the body came with it.
                for (name, value) in canned.headers().filter(|(name, _)| *name != CONTENT_TYPE) {
                    answer = answer.append_header(name, value);
                }
                let mock = wiremock::Mock::given(wiremock::matchers::method(canned.method))
                    .and(wiremock::matchers::path(canned.path))
                    .respond_with(answer);
                local().block_on(mock.mount(&server));
                Server { address: *server.address(), running: Running::Wiremock(server) }
            }
            Contender::Httpmock => {
                let server = httpmock::MockServer::start();
                server.mock(|when, then| {
                    when.method(canned.method).path(canned.path);
                    let then = then.status(canned.status).body(&canned.body);
                    canned.headers().fold(then, |then, (name, value)| then.header(name, value));
                });
                Server { address: *server.address(), running: Running::Httpmock(server) }
            }
            Contender::Mockito => {
                let mut server = mockito::Server::new();
                let path = mockito::Matcher::Regex(format!("^{}", canned.path));
                let mock = server.mock(canned.method, path).with_status(canned.status.into());
                let mock = mock.with_body(&canned.body);
                let headers = canned.headers();
                headers.fold(mock, |mock, (name, value)| mock.with_header(name, value)).create();
                Server { address: server.socket_address(), running: Running::Mockito(server) }
            }
        }
    }
}

/// The runtime that a test of a peer's would bring along.
fn local() -> &'static Runtime {
    static LOCAL: OnceLock<Runtime> = OnceLock::new();
    LOCAL.get_or_init(|| Builder::new_current_thread().enable_all().build().expect("a runtime"))
}
