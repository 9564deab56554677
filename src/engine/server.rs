//! [`Server`]: a loopback port in front of a double.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::broken::Broken;
use super::double::Double;
use super::hosts;
use super::intake::{own, read};
use super::ports;
use super::scheme::Scheme;
use super::wire::{Line, Switch, WireBody};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1_024;

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
    pub fn start(
        double: Arc<dyn Double>,
        scheme: Scheme,
        host: IpAddr,
        port: u16,
    ) -> io::Result<Server> {
        let runtime = hosts::host()?;
        let socket = ports::bind(host, port)?;
        let listener = {
            let _inside = runtime.enter();
            socket.listen(BACKLOG)?
        };
        let address = listener.local_addr()?;
        let (alive, gone) = channel();
        let base: Arc<str> = format!("{scheme}://{address}").into();
        let port = Port { listener, alive };
        let accepting = runtime.spawn(accept(port, scheme, double, base)).abort_handle();
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
pub(super) struct Connection<S> {
    pub(super) line: S,
    pub(super) alive: Alive,
}

async fn accept(port: Port, scheme: Scheme, double: Arc<dyn Double>, base: Arc<str>) {
    let mut connections = JoinSet::new();
    loop {
        match port.listener.accept().await {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                let connection = Connection { line: stream, alive: port.alive.clone() };
                let (double, base) = (Arc::clone(&double), Arc::clone(&base));
                connections.spawn(welcome(connection, scheme, double, base));
            }
            // The client gave up before it was accepted, or we are out of file
            // descriptors; the latter passes when connections close.
            Err(_) if connections.is_empty() => tokio::task::yield_now().await,
            Err(_) => drop(connections.join_next().await),
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Serves a client that speaks as it must.
async fn welcome(
    connection: Connection<TcpStream>,
    scheme: Scheme,
    double: Arc<dyn Double>,
    base: Arc<str>,
) {
    let Connection { line, alive } = connection;
    // While a handshake lasts, the socket is its, and gone before `alive` is.
    if let Some(line) = scheme.line(line).await {
        serve(Connection { line, alive }, double, base).await;
    }
}

/// Serves a connection to its end.
pub(super) async fn serve(connection: Connection<Line>, double: Arc<dyn Double>, base: Arc<str>) {
    let Connection { line, alive } = connection;
    let _alive = alive; // Declared before the connection, so dropped after it.
    let switch = line.switch();
    let service = service_fn(move |request| {
        answer(request, Arc::clone(&double), Arc::clone(&base), Arc::clone(&switch))
    });
    let mut connection = http1::Builder::new()
        .auto_date_header(false) // time is virtual
        .header_read_timeout(None) // a half-sent request may stay: it holds up nobody
        .half_close(true)
        .serve_connection(TokioIo::new(line), service);
    // An error here is the client's: a malformed request, which hyper has
    // answered with 400, or a connection that broke. Or it is a fault.
    let _ = (&mut connection).await;
    connection.into_parts().io.into_inner().end().await;
}

async fn answer(
    request: Request<Incoming>,
    double: Arc<dyn Double>,
    base: Arc<str>,
    switch: Arc<Switch>,
) -> Result<Response<WireBody>, Broken> {
    if switch.is_turned() {
        // An answer before this one ends the connection: nobody is served on it any more.
        std::future::pending::<()>().await;
    }
    let (mut head, body) = request.into_parts();
    own(&mut head.headers);
    let body = read(body).await;
    let unread = body.is_err();
    let delivery = double.answer(head, body, &base).delivery().await;
    let closing = delivery.closed_after.is_some().then(|| Arc::clone(&switch));
    // hyper lets go of the line by an error, and then it is reset.
    let mut response = delivery.into_answer().inspect_err(|_| switch.reset())?;
    if unread {
        // Nobody can tell where the next request would begin.
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response.map(|body| WireBody::new(body, closing)))
}
