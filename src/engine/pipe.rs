//! [`Pipe`]: a connection in memory, and `Pipes`: those of one double.

use std::convert::Infallible;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::task::AbortHandle;

use super::double::Double;
use super::hosts;
use super::server::{Connection, serve};
use super::wire::Line;

/// How many bytes may be under way in each direction.
const PIPE_BYTES: usize = 64 * 1024;

/// A connection to a double that needs no network: what is written into it
/// reaches the same server as over a socket, and a reset, a body that is cut
/// off, or a slow one look the same. Dropping it closes it.
#[derive(Debug)]
#[must_use = "a connection that is dropped is closed"]
pub struct Pipe {
    stream: DuplexStream,
    was_reset: Arc<AtomicBool>,
}

/// The pipes of one double.
#[derive(Debug)]
pub(crate) struct Pipes {
    /// `None` when they are closed for good. Those whose client has gone are
    /// taken out when another is opened.
    open: Mutex<Option<Vec<Open>>>,
}

/// What serves a pipe.
#[derive(Debug)]
struct Open {
    task: AbortHandle,
    /// Nothing is ever sent: the task's end is what is received.
    gone: Receiver<Infallible>,
}

impl Pipes {
    pub(crate) fn new() -> Pipes {
        Pipes { open: Mutex::new(Some(Vec::new())) }
    }

    /// Opens a pipe.
    ///
    /// # Errors
    ///
    /// When they are closed for good, or no background thread can be started.
    pub(crate) fn open(&self, double: Arc<dyn Double>, base: Arc<str>) -> io::Result<Pipe> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let open = open.as_mut().ok_or(io::ErrorKind::ConnectionRefused)?;
        open.retain(|pipe| !pipe.task.is_finished());
        let (near, far) = tokio::io::duplex(PIPE_BYTES);
        let was_reset = Arc::new(AtomicBool::new(false));
        let line = Line::pipe(far, Arc::clone(&was_reset));
        let (alive, gone) = channel();
        let task = hosts::host()?.spawn(serve(Connection { line, double, base, alive }));
        open.push(Open { task: task.abort_handle(), gone });
        Ok(Pipe { stream: near, was_reset })
    }

    /// Closes all of them for good. None is there any more when this returns.
    pub(crate) fn close(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        let open = open.unwrap_or_default();
        open.iter().for_each(|pipe| pipe.task.abort());
        for pipe in open {
            let _ = pipe.gone.recv();
        }
    }
}

impl Pipe {
    fn reset_or(&self, other: io::Error) -> io::Error {
        if self.was_reset.load(Ordering::Acquire) {
            io::ErrorKind::ConnectionReset.into()
        } else {
            other
        }
    }
}

impl AsyncRead for Pipe {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (room, before) = (into.remaining(), into.filled().len());
        ready!(Pin::new(&mut self.stream).poll_read(cx, into))?;
        // What arrived before the reset is read before it is seen.
        let at_the_end = room > 0 && into.filled().len() == before;
        let was_reset = at_the_end && self.was_reset.load(Ordering::Acquire);
        Poll::Ready(if was_reset { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) })
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, from));
        Poll::Ready(written.map_err(|error| self.reset_or(error)))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, from));
        Poll::Ready(written.map_err(|error| self.reset_or(error)))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
