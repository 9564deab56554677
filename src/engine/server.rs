//! [`Server`]: a loopback port in front of a double.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, ready};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinSet, yield_now};

use super::dormant::Dormant;
use super::double::Double;
use super::hosts;
use super::ports;
use super::scheme::Scheme;
use super::seat::Seat;
use super::wire::Line;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1_024;

/// How long a server waits at most that is out of file descriptors, before it looks again.
const PAUSE: Duration = Duration::from_millis(5);

/// Held by every connection of a server. What is received at the other end of the
/// channel is that the last one is gone.
type Alive = Sender<Infallible>;

/// A running server. Dropping it closes the port and every connection before it returns.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    base: Arc<str>,
    port: Arc<Port>,
    accepting: Arc<Dormant>,
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
        let (socket, address) = ports::bind(host, port)?;
        let listener = {
            let _inside = runtime.enter();
            socket.listen(BACKLOG)?
        };
        let (alive, gone) = channel();
        let base: Arc<str> = format!("{scheme}://{address}").into();
        let open = Open { listener, double, base: Arc::clone(&base), alive };
        let port = Arc::new(Port(Mutex::new(Some(open))));
        let accepting = Dormant::lay(runtime, accept(Arc::clone(&port), scheme));
        Ok(Server { address, base, port, accepting, gone: Mutex::new(gone) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same as an address that clients ask: `http://127.0.0.1:4000`.
    pub(crate) fn base(&self) -> &Arc<str> {
        &self.base
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The port is closed here and now. What is left to wait for is connections, if
        // there are any: most tests' are closed by then, and a wait is two changes of threads.
        drop(self.port.open().take());
        self.accepting.abort();
        // Nothing is ever sent: this ends when the last connection has dropped its sender,
        // and before that its socket.
        let gone = self.gone.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = gone.recv();
    }
}

/// A port that is open until its server takes away what it is made of.
struct Port(Mutex<Option<Open>>);

struct Open {
    listener: TcpListener,
    double: Arc<dyn Double>,
    /// By what address the double is known to clients that name none.
    base: Arc<str>,
    alive: Alive,
}

/// Fields are dropped in this order: first all that a connection holds, then that is said.
pub(super) struct Connection<S> {
    pub(super) line: S,
    pub(super) double: Arc<dyn Double>,
    pub(super) base: Arc<str>,
    pub(super) alive: Alive,
}

impl Port {
    /// The next connection, as long as the port is open. It is made under the lock, so
    /// that whoever closes the port knows of it.
    async fn accept(&self) -> Option<io::Result<Connection<TcpStream>>> {
        poll_fn(|cx| {
            let open = self.open();
            let Some(Open { listener, double, base, alive }) = &*open else {
                return Poll::Ready(None);
            };
            let accepted = ready!(listener.poll_accept(cx));
            let (double, base, alive) = (Arc::clone(double), Arc::clone(base), alive.clone());
            let connection = accepted.map(|(line, _)| Connection { line, double, base, alive });
            Poll::Ready(Some(connection))
        })
        .await
    }

    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Port {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(if self.open().is_some() { "open" } else { "closed" })
    }
}

async fn accept(port: Arc<Port>, scheme: Scheme) {
    let mut connections = JoinSet::new();
    while let Some(accepted) = port.accept().await {
        match accepted {
            Ok(connection) => {
                let _ = connection.line.set_nodelay(true);
                connections.spawn(welcome(connection, scheme));
                // Served before it is looked for the next one, of which there mostly is none.
                yield_now().await;
            }
            // The client gave up before it was accepted.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            // We are out of file descriptors, which passes when a connection closes, or
            // whatever else has files open.
            Err(_) => {
                hosts::within(PAUSE, one_ends(&mut connections)).await;
                // Where not even a timer can be had, others of this thread have their turns.
                yield_now().await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Is ready when one of these connections has ended; never, where there is none.
async fn one_ends(connections: &mut JoinSet<()>) {
    if connections.join_next().await.is_none() {
        std::future::pending::<()>().await;
    }
}

/// Serves a client that speaks as it must.
async fn welcome(connection: Connection<TcpStream>, scheme: Scheme) {
    // While a handshake lasts, the socket is its, and gone before `alive` is.
    if let Some(line) = scheme.line(connection.line).await {
        let Connection { double, base, alive, .. } = connection;
        serve(Connection { line, double, base, alive }).await;
    }
}

/// Serves a connection to its end.
pub(super) async fn serve(connection: Connection<Line>) {
    let Connection { line, double, base, alive } = connection;
    let _alive = alive; // Declared before all that is made of the others, so dropped after it.
    let title_case = double.has_title_case();
    let seat = Arc::new(Seat { double, base, switch: line.switch() });
    let service = service_fn(move |request| seat.serve(request));
    let mut connection = http1::Builder::new()
        .auto_date_header(false) // time is virtual
        .header_read_timeout(None) // a half-sent request may stay: it holds up nobody
        .half_close(true)
        .title_case_headers(title_case)
        .serve_connection(TokioIo::new(line), service);
    // An error here is the client's: a malformed request, which hyper has
    // answered with 400, or a connection that broke. Or it is a fault.
    let _ = (&mut connection).await;
    connection.into_parts().io.into_inner().end().await;
}
