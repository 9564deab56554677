//! [`AnswerBody`]: the body of an answer, as it arrives.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::broken::Broken;
use super::hindrance::Hindrance;
use super::hosts::elapsed;

/// The body of an answer. It comes in one piece, unless a fault makes it slow,
/// and to its end, unless a fault breaks it off.
pub struct AnswerBody {
    left: Bytes,
    /// Boxed: it is rare, and every answer would have to carry it.
    flaw: Option<Box<Flaw>>,
}

/// What is wrong with a body.
enum Flaw {
    /// It breaks off after so many bytes of how many it has.
    Broken { bytes: usize, of: usize },
    /// It comes in pieces of so many bytes.
    Slow {
        bytes: usize,
        pause: Duration,
        /// Under way between two pieces.
        waiting: Option<Pin<Box<dyn Future<Output = ()> + Send + Sync>>>,
    },
}

impl AnswerBody {
    pub(super) fn new(whole: Bytes, hindrance: Option<&Hindrance>) -> AnswerBody {
        let of = whole.len();
        let mut left = whole;
        let flaw = match hindrance {
            Some(&Hindrance::ClosedAfter(bytes)) if bytes < of => {
                left.truncate(bytes);
                Some(Flaw::Broken { bytes, of })
            }
            Some(&Hindrance::Slow(bytes, pause)) => {
                Some(Flaw::Slow { bytes, pause, waiting: None })
            }
            Some(Hindrance::ClosedAfter(_) | Hindrance::Late(_)) | None => None,
        };
        AnswerBody { left, flaw: flaw.map(Box::new) }
    }

    /// Whether all bytes that will ever come have come.
    pub(super) fn has_come(&self) -> bool {
        self.left.is_empty()
    }

    /// How many bytes are promised that will never come.
    fn missing(&self) -> usize {
        match self.flaw.as_deref() {
            Some(Flaw::Broken { bytes, of }) => of - bytes,
            _ => 0,
        }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let AnswerBody { left, flaw } = &mut *self;
        if left.is_empty() {
            let Some(&Flaw::Broken { bytes, of }) = flaw.as_deref() else {
                return Poll::Ready(None);
            };
            *flaw = None;
            return Poll::Ready(Some(Err(Broken::Closed { bytes, of })));
        }
        let Some(Flaw::Slow { bytes, pause, waiting }) = flaw.as_deref_mut() else {
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
        self.left.is_empty() && self.missing() == 0
    }

    fn size_hint(&self) -> SizeHint {
        // What the head promises: of a body that breaks off, too.
        SizeHint::with_exact((self.left.len() + self.missing()) as u64)
    }
}

impl fmt::Debug for AnswerBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "AnswerBody({} bytes to come)", self.left.len())
    }
}
