//! [`Delivery`]: what becomes of an answer on its way to the client.

use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::answer_body::AnswerBody;
use super::broken::Broken;
use super::fault::Fault;
use super::hindrance::Hindrance;
use super::hosts::elapsed;

/// The header that says how many milliseconds an answer would have taken, rounded up.
pub const LATENCY_HEADER: &str = "x-mock-latency-ms";

/// An answer on its way, which may not arrive, or not whole.
#[derive(Debug)]
pub struct Delivery {
    /// Why there is none, where there is none.
    answer: Result<Response<Bytes>, Broken>,
    /// What keeps it from arriving whole and at once, if anything does. Boxed: it is rare,
    /// and every answer would have to carry it.
    hindrance: Option<Box<Hindrance>>,
}

impl Delivery {
    /// An answer that arrives as it is.
    #[must_use]
    pub fn whole(answer: Response<Bytes>) -> Delivery {
        Delivery { answer: Ok(answer), hindrance: None }
    }

    /// No answer.
    #[must_use]
    pub fn none(why: Broken) -> Delivery {
        Delivery { answer: Err(why), hindrance: None }
    }

    /// What becomes of an answer by a fault.
    pub(super) fn by(fault: &Fault, answer: Response<Bytes>) -> Delivery {
        let mut delivery = Delivery::whole(answer);
        match fault {
            Fault::ResetBeforeCommit | Fault::LoseResponse => return Delivery::none(Broken::Reset),
            Fault::Latency(latency) => {
                let milliseconds = latency.as_nanos().div_ceil(1_000_000);
                let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX);
                let name = HeaderName::from_static(LATENCY_HEADER);
                delivery.say(name, HeaderValue::from(milliseconds));
            }
            Fault::RealLatency(latency) => delivery.hinder(Hindrance::Late(*latency)),
            Fault::CloseAfter(bytes) => delivery.hinder(Hindrance::ClosedAfter(*bytes)),
            Fault::SlowBody { bytes, pause } => {
                delivery.hinder(Hindrance::Slow(*bytes, *pause));
            }
            Fault::ContentType(kind) => {
                let kind = HeaderValue::from_str(kind).expect("a fault that makes sense");
                delivery.say(CONTENT_TYPE, kind);
            }
            // These change what is answered, not how it is delivered.
            Fault::Status(_) | Fault::Invalid(_) | Fault::RateLimited(_) | Fault::MalformedJson => {
            }
        }
        delivery
    }

    fn say(&mut self, name: HeaderName, value: HeaderValue) {
        if let Ok(answer) = &mut self.answer {
            answer.headers_mut().insert(name, value);
        }
    }

    fn hinder(&mut self, hindrance: Hindrance) {
        self.hindrance = Some(Box::new(hindrance));
    }

    /// Whether it is all there: it is not cut off, and nothing has to be waited for.
    pub(crate) fn is_there(&self) -> bool {
        self.hindrance.is_none()
    }

    /// Whether the connection is closed before the body's end.
    pub(super) fn closes(&self) -> bool {
        self.hindrance.as_deref().is_some_and(|it| matches!(it, Hindrance::ClosedAfter(_)))
    }

    /// The answer that is all there.
    ///
    /// # Errors
    ///
    /// When there never will be one.
    pub(crate) fn into_whole(self) -> Result<Response<Bytes>, Broken> {
        self.answer
    }

    /// Waits as long as it takes, in real time.
    pub(super) async fn after_its_latency(mut self) -> Delivery {
        if let Some(&Hindrance::Late(latency)) = self.hindrance.as_deref() {
            elapsed(latency).await;
            self.hindrance = None;
        }
        self
    }

    /// The answer, its body as it arrives.
    ///
    /// # Errors
    ///
    /// When none arrives.
    pub(crate) fn into_answer(self) -> Result<Response<AnswerBody>, Broken> {
        let Delivery { answer, hindrance } = self;
        answer.map(|answer| answer.map(|body| AnswerBody::new(body, hindrance.as_deref())))
    }

    /// The whole answer.
    ///
    /// # Errors
    ///
    /// When it does not arrive, or not whole.
    pub(crate) async fn received(self) -> Result<Response<Bytes>, Broken> {
        if self.is_there() {
            return self.answer;
        }
        let (head, body) = self.into_answer()?.into_parts();
        Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
    }

    /// What of the answer reaches the client in the end, if anything does.
    pub(super) fn arrived(self) -> Option<Response<Bytes>> {
        let mut answer = self.answer.ok()?;
        if let Some(&Hindrance::ClosedAfter(bytes)) = self.hindrance.as_deref() {
            answer.body_mut().truncate(bytes);
        }
        Some(answer)
    }
}

/// A body that no parser takes for JSON, whatever it was.
pub(super) fn malformed(body: &Bytes) -> Bytes {
    // A brace in front is wrong from the second byte on, also to those who
    // read the first value and leave the rest.
    [b"{", body.as_ref()].concat().into()
}
