//! [`Line`]: a connection's stream, which ends as a fault wants it to.
//!
//! hyper has no word for a connection that is cut in the midst of an answer.
//! So the stream has one: whoever sends an answer turns the [`Switch`] that
//! both share, and as soon as all that was written is sent, the stream
//! reports an error to hyper, which lets go of it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf};
use tokio::net::TcpStream;
#[cfg(feature = "tls")]
use tokio_rustls::server::TlsStream;

use super::answer_body::AnswerBody;
use super::broken::Broken;

/// How much of what a client still sends is read and thrown away when its
/// connection is closed: 64 MiB. Who sends more sees it reset.
const DRAIN_MAX: u64 = 64 * 1024 * 1024;

/// How a connection is to end. Both sides of it run in one task.
#[derive(Debug, Default)]
pub(super) struct Switch(AtomicU8);

/// As hyper and the client see fit.
const USUAL: u8 = 0;
/// When all is sent that was written.
const CLOSED: u8 = 1;
/// Without another byte.
const RESET: u8 = 2;

impl Switch {
    /// Closes the connection when all is sent that was written.
    pub(super) fn close(&self) {
        self.0.store(CLOSED, Ordering::Relaxed);
    }

    /// Resets the connection, as soon as hyper lets go of it.
    pub(super) fn reset(&self) {
        self.0.store(RESET, Ordering::Relaxed);
    }

    /// Whether the connection is about to end.
    pub(super) fn is_turned(&self) -> bool {
        self.ending() != USUAL
    }

    fn ending(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A connection's stream, as hyper holds it.
pub(super) struct Line {
    stream: Stream,
    switch: Arc<Switch>,
}

/// What a connection is made of.
enum Stream {
    Socket(TcpStream),
    /// Boxed: it is many times as large as the others.
    #[cfg(feature = "tls")]
    Tls(Box<TlsStream<TcpStream>>),
    /// The other end knows by the flag that it was reset.
    Pipe(DuplexStream, Arc<AtomicBool>),
}

/// All that hyper needs of a stream.
trait Both: AsyncRead + AsyncWrite + Unpin {}

impl<S: AsyncRead + AsyncWrite + Unpin> Both for S {}

impl Line {
    pub(super) fn socket(stream: TcpStream) -> Line {
        Line { stream: Stream::Socket(stream), switch: Arc::default() }
    }

    #[cfg(feature = "tls")]
    pub(super) fn tls(stream: TlsStream<TcpStream>) -> Line {
        Line { stream: Stream::Tls(Box::new(stream)), switch: Arc::default() }
    }

    pub(super) fn pipe(stream: DuplexStream, was_reset: Arc<AtomicBool>) -> Line {
        Line { stream: Stream::Pipe(stream, was_reset), switch: Arc::default() }
    }

    /// How it ends is decided by this.
    pub(super) fn switch(&self) -> Arc<Switch> {
        Arc::clone(&self.switch)
    }

    /// Ends it.
    pub(super) async fn end(mut self) {
        match self.switch.ending() {
            RESET => self.stream.will_reset(),
            CLOSED => {
                // What the client has sent must be read, or the system resets the
                // connection, and the client may lose what it was sent.
                let _ = self.shutdown().await;
                let mut rest = self.take(DRAIN_MAX);
                let _ = tokio::io::copy(&mut rest, &mut tokio::io::sink()).await;
            }
            _ => {}
        }
    }

    fn stream(&mut self) -> Pin<&mut dyn Both> {
        match &mut self.stream {
            Stream::Socket(stream) => Pin::new(stream),
            #[cfg(feature = "tls")]
            Stream::Tls(stream) => Pin::new(&mut **stream),
            Stream::Pipe(stream, _) => Pin::new(stream),
        }
    }
}

impl Stream {
    /// Lets the other end see a reset when this is dropped.
    fn will_reset(&self) {
        let socket = match self {
            Stream::Socket(socket) => socket,
            #[cfg(feature = "tls")]
            Stream::Tls(stream) => stream.get_ref().0,
            Stream::Pipe(_, was_reset) => return was_reset.store(true, Ordering::Release),
        };
        // To linger for no time is to send RST.
        #[expect(deprecated, reason = "its successor is younger than the tokio we need")]
        let _ = socket.set_linger(Some(Duration::ZERO));
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(cx, into)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write(cx, from)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write_vectored(cx, from)
    }

    fn is_write_vectored(&self) -> bool {
        match &self.stream {
            Stream::Socket(stream) => stream.is_write_vectored(),
            #[cfg(feature = "tls")]
            Stream::Tls(stream) => stream.is_write_vectored(),
            Stream::Pipe(stream, _) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // hyper asks for this only when it has written all that it had.
        ready!(self.stream().poll_flush(cx))?;
        let ends = self.switch.is_turned();
        Poll::Ready(if ends { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(()) })
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(cx)
    }
}

/// An answer's body on a line, which is closed after it if that is wanted.
pub(super) struct WireBody {
    body: AnswerBody,
    closing: Option<Arc<Switch>>,
}

impl WireBody {
    /// A body; with a switch, the line is closed when it has come.
    pub(super) fn new(body: AnswerBody, closing: Option<Arc<Switch>>) -> WireBody {
        let body = WireBody { body, closing };
        // Nobody asks for the bytes of a body that has none.
        body.close_if_it_has_come();
        body
    }

    fn close_if_it_has_come(&self) {
        if let Some(switch) = self.closing.as_ref().filter(|_| self.body.has_come()) {
            switch.close();
        }
    }
}

impl Body for WireBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if self.closing.is_some() && self.body.has_come() {
            // The line ends when this is sent; hyper must not go on before.
            return Poll::Pending;
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        self.close_if_it_has_come();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
