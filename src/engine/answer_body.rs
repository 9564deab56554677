//! [`AnswerBody`]: the body of an answer, as it arrives.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::broken::Broken;
use super::hosts::elapsed;

/// The body of an answer. It comes in one piece, unless a fault makes it slow,
/// and to its end, unless a fault breaks it off.
pub struct AnswerBody {
    left: Bytes,
    length: usize,
    /// How many bytes there are before it breaks off, if it does.
    broken_after: Option<usize>,
    pace: Option<Pace>,
}

/// How a slow body comes.
struct Pace {
    bytes: usize,
    pause: Duration,
    /// Under way between two pieces.
    waiting: Option<Pin<Box<dyn Future<Output = ()> + Send + Sync>>>,
}

impl AnswerBody {
    pub(super) fn new(
        whole: Bytes,
        broken_after: Option<usize>,
        pace: Option<(usize, Duration)>,
    ) -> AnswerBody {
        let length = whole.len();
        let broken_after = broken_after.filter(|bytes| *bytes < length);
        let mut left = whole;
        left.truncate(broken_after.unwrap_or(length));
        let pace = pace.map(|(bytes, pause)| Pace { bytes, pause, waiting: None });
        AnswerBody { left, length, broken_after, pace }
    }

    /// Whether all bytes that will ever come have come.
    pub(super) fn has_come(&self) -> bool {
        self.left.is_empty()
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let AnswerBody { left, length, broken_after, pace } = &mut *self;
        if left.is_empty() {
            let broken = broken_after.take().map(|bytes| Broken::Closed { bytes, of: *length });
            return Poll::Ready(broken.map(Err));
        }
        let Some(Pace { bytes, pause, waiting }) = pace else {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(left)))));
        };
        if let Some(wait) = waiting {
            ready!(wait.as_mut().poll(cx));
        }
        let piece = left.split_to(left.len().min(*bytes));
        *waiting = (!left.is_empty()).then(|| Box::pin(elapsed(*pause)) as _);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty() && self.broken_after.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        // What the head promises: of a body that breaks off, too.
        let missing = self.broken_after.map_or(0, |bytes| self.length - bytes);
        SizeHint::with_exact((self.left.len() + missing) as u64)
    }
}

impl fmt::Debug for AnswerBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "AnswerBody({} of {} bytes to come)", self.left.len(), self.length)
    }
}
