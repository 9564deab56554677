//! [`Server`]: a loopback port in front of a double.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::double::{BODY_MAX, Double};
use super::failure::Failure;
use super::hosts;
use super::ports;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1_024;

/// How much of a body that is too large is still read, and thrown away, so
/// that the client gets to see its answer.
const DRAIN_MAX: usize = 16 * BODY_MAX;

/// Held by every task of a server. What is received at the other end of the
/// channel is that the last one is gone.
type Alive = Sender<Infallible>;

/// A running server. Dropping it closes the port and every connection before it returns.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    accepting: AbortHandle,
    /// Behind a lock only because a receiver cannot be shared, and a double can.
    gone: Mutex<Receiver<Infallible>>,
}

impl Server {
    /// Serves a double on a port, or on a fresh one if `port` is 0. The port
    /// accepts connections when this returns.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on, or no background thread can be started.
    pub fn start(double: Arc<dyn Double>, host: IpAddr, port: u16) -> io::Result<Server> {
        let runtime = hosts::host()?;
        let socket = ports::bind(host, port)?;
        let listener = {
            let _inside = runtime.enter();
            socket.listen(BACKLOG)?
        };
        let address = listener.local_addr()?;
        let (alive, gone) = channel();
        let base: Arc<str> = format!("http://{address}").into();
        let accepting =
            runtime.spawn(accept(Port { listener, alive }, double, base)).abort_handle();
        Ok(Server { address, accepting, gone: Mutex::new(gone) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
        // Nothing is ever sent: this ends when the last task has dropped its sender,
        // and with it its socket.
        let gone = self.gone.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = gone.recv();
    }
}

/// Fields are dropped in this order: first the port is closed, then that is said.
struct Port {
    listener: TcpListener,
    alive: Alive,
}

/// See [`Port`].
struct Connection {
    stream: TcpStream,
    alive: Alive,
}

async fn accept(port: Port, double: Arc<dyn Double>, base: Arc<str>) {
    let mut connections = JoinSet::new();
    loop {
        match port.listener.accept().await {
            Ok((stream, _)) => {
                let connection = Connection { stream, alive: port.alive.clone() };
                connections.spawn(serve(connection, Arc::clone(&double), Arc::clone(&base)));
            }
            // The client gave up before it was accepted, or we are out of file
            // descriptors; the latter passes when connections close.
            Err(_) if connections.is_empty() => tokio::task::yield_now().await,
            Err(_) => drop(connections.join_next().await),
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(connection: Connection, double: Arc<dyn Double>, base: Arc<str>) {
    let Connection { stream, alive } = connection;
    let _alive = alive; // Declared before the connection, so dropped after it.
    let _ = stream.set_nodelay(true);
    let service =
        service_fn(move |request| answer(request, Arc::clone(&double), Arc::clone(&base)));
    let connection = http1::Builder::new()
        .auto_date_header(false) // time is virtual
        .header_read_timeout(None) // a half-sent request may stay: it holds up nobody
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    // An error here is the client's: a malformed request, which hyper has
    // answered with 400, or a connection that broke.
    let _ = connection.await;
}

async fn answer(
    request: Request<Incoming>,
    double: Arc<dyn Double>,
    base: Arc<str>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let body = read(body).await;
    let unread = body.is_err();
    let mut response = double.answer(head, body, &base);
    if unread {
        // Nobody can tell where the next request would begin.
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response.map(Full::new))
}

/// Reads a body to its end.
async fn read(mut body: Incoming) -> Result<Bytes, Failure> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let (mut parts, mut size) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame
            .map_err(|error| Failure::Malformed(format!("the body cannot be read: {error}")))?;
        let Ok(part) = frame.into_data() else { continue };
        size += part.len();
        if size > DRAIN_MAX {
            break;
        }
        if size > BODY_MAX {
            parts.clear();
        } else {
            parts.push(part);
        }
    }
    match parts.as_slice() {
        _ if size > BODY_MAX => Err(Failure::TooLarge { max: BODY_MAX }),
        [only] => Ok(only.clone()),
        _ => Ok(parts.concat().into()),
    }
}
