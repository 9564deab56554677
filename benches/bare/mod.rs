//! What the benches of the wire share: a bare hyper server that answers every
//! request with the same bytes, a client that measures nothing but the wire,
//! and medians of interleaved rounds.

use std::convert::Infallible;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::runtime::{Builder, Handle};

/// How often contenders take turns. Medians of an odd number are rounds that happened.
pub(crate) const ROUNDS: usize = 15;

/// One background thread for all bare servers: what a careful user of hyper would write.
pub(crate) fn runtime() -> Handle {
    let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
    let handle = runtime.handle().clone();
    std::thread::spawn(move || runtime.block_on(std::future::pending::<Infallible>()));
    handle
}

/// A bare hyper server, as long as the process runs or until it is aborted.
pub(crate) fn serve(
    runtime: &Handle,
    status: u16,
    body: Bytes,
) -> (SocketAddr, tokio::task::AbortHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket that does not block");
    let address = listener.local_addr().expect("an address");
    let inside = runtime.enter();
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    drop(inside);
    let accept = async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            let body = body.clone();
            let answer = service_fn(move |request: Request<Incoming>| {
                let body = body.clone();
                async move {
                    let _ = request.into_body().collect().await;
                    let mut answer = Response::new(Full::new(body));
                    *answer.status_mut() = hyper::StatusCode::from_u16(status).expect("a status");
                    let kind = hyper::header::HeaderValue::from_static("application/json");
                    answer.headers_mut().insert("content-type", kind);
                    Ok::<_, Infallible>(answer)
                }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            tokio::spawn(connection.serve_connection(TokioIo::new(stream), answer));
        }
    };
    (address, runtime.spawn(accept).abort_handle())
}

/// One connection that sends the same bytes again and again.
pub(crate) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Client {
        let stream = TcpStream::connect(address).expect("a server");
        stream.set_nodelay(true).expect("a socket");
        Client { stream, buffer: vec![0; 1 << 20] }
    }

    /// Sends a request, reads its whole answer, and returns the body.
    pub(crate) fn ask(&mut self, request: &[u8]) -> &[u8] {
        self.stream.write_all(request).expect("a server that reads");
        let mut read = 0;
        loop {
            let more = self.stream.read(&mut self.buffer[read..]).expect("a server that answers");
            assert!(more > 0, "the server hung up");
            read += more;
            let Some(head) = self.buffer[..read].windows(4).position(|four| four == b"\r\n\r\n")
            else {
                continue;
            };
            let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
            let length =
                text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            let length: usize = length.and_then(|text| text.parse().ok()).unwrap_or(0);
            if read >= head + 4 + length {
                return &self.buffer[head + 4..head + 4 + length];
            }
        }
    }
}

/// The bytes of a request.
pub(crate) fn request(method: &str, path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nREB-APIKEY: sk_sandbox_bench\r\nAccept: application/json\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// How long something takes.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
pub(crate) fn timed(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Two contenders in turn; the medians of both, and the median of their ratios.
pub(crate) fn beside(mut ours: impl FnMut(), mut bare: impl FnMut()) -> (Duration, Duration, f64) {
    // Warm caches and connections.
    ours();
    bare();
    let mut rounds: Vec<(Duration, Duration)> = Vec::new();
    for _ in 0..ROUNDS {
        let bare = timed(&mut bare);
        rounds.push((timed(&mut ours), bare));
    }
    let mut ratios: Vec<f64> =
        rounds.iter().map(|(ours, bare)| ours.as_secs_f64() / bare.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times[ROUNDS / 2]
    };
    let ours = median(rounds.iter().map(|(ours, _)| *ours).collect());
    (ours, median(rounds.iter().map(|(_, bare)| *bare).collect()), ratios[ROUNDS / 2])
}
