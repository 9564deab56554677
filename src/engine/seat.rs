//! [`Seat`]: what every request of a connection is answered with, and [`Serving`]: an answer
//! that may take its time.

use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Request, Response};

use super::answer::Length;
use super::broken::Broken;
use super::delivery::Delivery;
use super::double::{Answering, Double};
use super::intake::read;
use super::wire::{Switch, WireBody};

/// What hyper is given for a request.
type Served = Result<Response<WireBody>, Broken>;

/// What every request of a connection is answered with.
pub(super) struct Seat {
    pub(super) double: Arc<dyn Double>,
    pub(super) base: Arc<str>,
    pub(super) switch: Arc<Switch>,
}

impl Seat {
    /// Serves a request. One without a body is answered here and now: all that would have to
    /// be kept to go on later is never made.
    pub(super) fn serve(self: &Arc<Seat>, request: Request<Incoming>) -> Serving {
        if self.switch.is_turned() {
            // An answer before this one ends the connection: nobody is served on it any more.
            return Serving::later(pending());
        }
        let (head, body) = request.into_parts();
        if !body.is_end_stream() {
            return Serving::later(Arc::clone(self).read_and_serve(head, body));
        }
        match self.double.answer(head, Ok(Bytes::new()), &self.base, Length::Left) {
            Answering::Now(delivery) if delivery.is_there() => {
                Serving::Now(Some(self.served(delivery)))
            }
            answering => {
                let seat = Arc::clone(self);
                Serving::later(async move { seat.served(answering.delivery().await) })
            }
        }
    }

    async fn read_and_serve(self: Arc<Seat>, head: Parts, body: Incoming) -> Served {
        let body = read(body).await;
        let unread = body.is_err();
        let answering = self.double.answer(head, body, &self.base, Length::Left);
        let delivery = answering.delivery().await;
        let mut served = self.served(delivery);
        if unread && let Ok(response) = &mut served {
            // Nobody can tell where the next request would begin.
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        served
    }

    /// An answer as hyper takes it.
    fn served(&self, delivery: Delivery) -> Served {
        let closing = delivery.closes().then(|| Arc::clone(&self.switch));
        // hyper lets go of the line by an error, and then it is reset.
        let response = delivery.into_answer().inspect_err(|_| self.switch.reset())?;
        Ok(response.map(|body| WireBody::new(body, closing)))
    }
}

/// What is served, mostly at once. hyper moves this about, so what takes its time is boxed.
pub(super) enum Serving {
    /// It is there, until hyper has taken it.
    Now(Option<Served>),
    /// It comes.
    Later(Pin<Box<dyn Future<Output = Served> + Send>>),
}

impl Serving {
    fn later(future: impl Future<Output = Served> + Send + 'static) -> Serving {
        Serving::Later(Box::pin(future))
    }
}

impl Future for Serving {
    type Output = Served;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Served> {
        match self.get_mut() {
            Serving::Now(served) => served.take().map_or(Poll::Pending, Poll::Ready),
            Serving::Later(future) => future.as_mut().poll(cx),
        }
    }
}
