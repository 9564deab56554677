//! Bare hyper servers: [`OwnThread`] with a thread and a runtime of its own, and a
//! [`Task`] on a runtime that runs already.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::OnceLock;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::contender::Canned;

/// What a server says.
pub type Said = Response<Full<Bytes>>;

impl Canned {
    /// Reads a request to its end, and answers what is always answered.
    pub async fn answer(self, request: Request<Incoming>) -> Said {
        let _ = request.into_body().collect().await;
        let mut answer = Response::new(Full::new(self.body));
        *answer.status_mut() = StatusCode::from_u16(self.status).expect("a status");
        *answer.headers_mut() = self.headers;
        answer
    }
}

/// One background thread for all bare servers: what a careful user of hyper would write.
fn shared() -> &'static Handle {
    static SHARED: OnceLock<Handle> = OnceLock::new();
    SHARED.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
        let handle = runtime.handle().clone();
        std::thread::spawn(move || runtime.block_on(std::future::pending::<Infallible>()));
        handle
    })
}

/// A task of the shared runtime that serves until this is dropped.
pub struct Task(tokio::task::AbortHandle);

impl Task {
    /// A server that answers by a function.
    pub fn start<F>(
        answer: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static,
    ) -> (SocketAddr, Task)
    where
        F: Future<Output = Said> + Send + 'static,
    {
        let (listener, address) = listener();
        let task = shared().spawn(accept(listener, answer));
        (address, Task(task.abort_handle()))
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A thread that serves until its sender is dropped.
pub struct OwnThread {
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl OwnThread {
    /// A server of what is canned.
    pub fn start(canned: Canned) -> (SocketAddr, OwnThread) {
        let (listener, address) = listener();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
            runtime.spawn(accept(listener, move |request| canned.clone().answer(request)));
            let _ = runtime.block_on(stopped);
        });
        (address, OwnThread { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for OwnThread {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().expect("a server that does not panic");
        }
    }
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket that does not block");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

async fn accept<F>(
    listener: TcpListener,
    answer: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static,
) where
    F: Future<Output = Said> + Send + 'static,
{
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let answer = answer.clone();
        let service = service_fn(move |request| {
            let answered = answer(request);
            async { Ok::<_, Infallible>(answered.await) }
        });
        let mut connection = hyper::server::conn::http1::Builder::new();
        connection.auto_date_header(false); // the date is among the headers
        tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
    }
}
