//! Asking a double without a socket: by a call ([`Mock::handle`]), as a
//! [`Service`], or over a [`Pipe`].

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes};
use hyper::{Request, Response};

use crate::engine::answer::Length;
use crate::engine::answer_body::AnswerBody;
use crate::engine::blocking::block_on;
use crate::engine::broken::Broken;
use crate::engine::double::{Answering, BODY_MAX, Double};
use crate::engine::failure::Failure;
use crate::engine::intake::read;
use crate::engine::pipe::Pipe;
use crate::engine::vendor::Vendor;
use crate::mock::Mock;

impl<V: Vendor> Mock<V> {
    /// Answers a request without a socket: the same journal, the same state,
    /// the same rules and gates.
    ///
    /// The path of the request counts; its host, if it names one, is what links begin with.
    /// A gate, real latency and a slow body block this thread, as they hold up a client.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// let answer = rebilly.handle(request.body("").unwrap());
    /// assert_eq!(answer.status(), 200);
    /// ```
    ///
    /// # Panics
    ///
    /// When a rule or a gate leaves no whole answer to return: see [`Mock::try_handle`].
    #[track_caller]
    pub fn handle<B: Into<Bytes>>(&self, request: Request<B>) -> Response<Bytes> {
        match self.try_handle(request) {
            Ok(answer) => answer,
            Err(broken) => panic!("there is no answer: {broken}; `try_handle` returns that"),
        }
    }

    /// The same where the answer may be lost.
    ///
    /// ```
    /// use mock_rebilly::{Broken, MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::PutCustomer).lose_response();
    /// let request = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    /// let broken = rebilly.try_handle(request.body("{}").unwrap()).unwrap_err();
    /// assert_eq!(broken, Broken::Reset);
    /// assert!(rebilly.customer("eve").is_some());
    /// ```
    ///
    /// # Errors
    ///
    /// When a rule or a gate resets or closes the connection before the whole
    /// answer is there, or a gate holds the call that nobody else lets go.
    pub fn try_handle<B: Into<Bytes>>(
        &self,
        request: Request<B>,
    ) -> Result<Response<Bytes>, Broken> {
        let (head, body) = request.into_parts();
        let body: Bytes = body.into();
        let fits = body.len() <= BODY_MAX;
        let body = if fits { Ok(body) } else { Err(Failure::TooLarge { max: BODY_MAX }) };
        let answering = self.shared.answer(head, body, &self.url, Length::Said);
        match answering {
            Answering::Now(delivery) if delivery.is_there() => delivery.into_whole(),
            answering => block_on(async { answering.delivery().await.received().await }),
        }
    }

    /// The double as a service of tower's and of hyper's: for code that is
    /// generic over its client, and for tests that would rather not pay for a
    /// socket. It may be cloned and sent anywhere, and goes on for as long as the double.
    ///
    /// What a fault breaks is an error: a reset one of the call, a body that
    /// is cut off one of the body. Gates, real latency and slow bodies hold up the
    /// future, on any runtime, and nobody else. A future that is dropped is
    /// a client that went away: its call is carried out all the same.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::{MockRebilly, http::Request};
    /// use tower_service::Service; // or tower's `ServiceExt`, for `oneshot`
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// let mut service = rebilly.service();
    /// let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// let answer = service.call(request.body(String::new()).unwrap()).await.unwrap();
    /// assert_eq!(answer.status(), 200);
    /// # }
    /// ```
    #[must_use]
    pub fn service(&self) -> Service {
        let double = Arc::clone(&self.shared) as Arc<dyn Double>;
        Service { double: Arc::downgrade(&double), base: Arc::clone(&self.url) }
    }

    /// A connection in memory, for clients that take any stream: it is served
    /// like one of a socket, so that resets, cut and slow bodies look the same.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use hyper_util::rt::TokioIo;
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// let pipe = TokioIo::new(rebilly.pipe());
    /// let (mut client, connection) = hyper::client::conn::http1::handshake(pipe).await.unwrap();
    /// tokio::spawn(connection);
    /// let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// let answer = client.send_request(request.body(String::new()).unwrap()).await.unwrap();
    /// assert_eq!(answer.status(), 200);
    /// # }
    /// ```
    ///
    /// hyper-util's pooled client takes `Mock::connector` (feature
    /// `connector`). **reqwest** has no place for a stream of one's own (its
    /// `connector_layer` wraps the connections that it opens itself): give it
    /// the double's [`url`](Mock::url), which costs some microseconds a call;
    /// or let the code under test build its `reqwest::Request`, which
    /// `http::Request` can be made from, and ask [`Mock::handle`].
    ///
    /// # Panics
    ///
    /// When no background thread can be started.
    #[track_caller]
    pub fn pipe(&self) -> Pipe {
        let double = Arc::clone(&self.shared) as Arc<dyn Double>;
        match self.pipes.open(double, Arc::clone(&self.url)) {
            Ok(pipe) => pipe,
            Err(error) => panic!("a connection in memory cannot be served: {error}"),
        }
    }
}

/// A double as a service; see [`Mock::service`].
#[derive(Clone)]
pub struct Service {
    double: Weak<dyn Double>,
    base: Arc<str>,
}

/// An answer to come.
type Answered = Pin<Box<dyn Future<Output = Result<Response<AnswerBody>, Broken>> + Send>>;

impl Service {
    fn ask<B>(&self, request: Request<B>) -> Answered
    where
        B: Body + Send + 'static,
        B::Data: Send,
        B::Error: fmt::Display,
    {
        let Service { double, base } = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = read(body).await;
            // Not held on to: whoever drops the double means it.
            let double = double.upgrade().ok_or(Broken::Gone)?;
            let answering = double.answer(head, body, &base, Length::Said);
            drop(double);
            answering.delivery().await.into_answer()
        })
    }
}

impl<B> tower_service::Service<Request<B>> for Service
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: fmt::Display,
{
    type Response = Response<AnswerBody>;
    type Error = Broken;
    type Future = Answered;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Broken>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Answered {
        self.ask(request)
    }
}

impl<B> hyper::service::Service<Request<B>> for Service
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: fmt::Display,
{
    type Response = Response<AnswerBody>;
    type Error = Broken;
    type Future = Answered;

    fn call(&self, request: Request<B>) -> Answered {
        self.ask(request)
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the service of a double at {}", self.base)
    }
}
