//! [`Way`] and [`Found`]: where a call leads, and what answers it there; [`Note`]: what the
//! journal says of that; and [`instead`]: what is answered in its place.

use hyper::StatusCode;

use super::clock::Timestamp;
use super::entry::Unmatched;
use super::exchange::{Call, Reply, Variables};
use super::failure::{Failure, FieldError};
use super::fault::Fault;
use super::vendor::{Known, Located, Operation, Route, Vendor};

/// Where a call leads, and what is there. Rules, gates and the answer itself all ask
/// that; it is found out once.
pub(super) struct Way<'c, S: 'static> {
    pub(super) located: Located<'c>,
    pub(super) route: Route<S>,
}

impl<'c, S> Way<'c, S> {
    /// Finds the way of a call.
    ///
    /// # Errors
    ///
    /// When it leads to no realm.
    pub(super) fn find<V: Vendor<State = S>>(
        vendor: &'c V,
        call: &'c Call,
        known: &dyn Known<S>,
    ) -> Result<Way<'c, S>, Failure> {
        let located = vendor.locate(call, known)?;
        let route = V::routes().find(&call.method, &located.segments);
        Ok(Way { located, route })
    }
}

/// What answers a call.
pub(super) enum Found<S: 'static> {
    /// It is answered already.
    Reply(Reply),
    /// An operation.
    Operation(&'static Operation<S>),
}

/// What the journal says of a call beside its answer.
#[derive(Default)]
pub(super) struct Note {
    pub(super) operation: Option<&'static str>,
    pub(super) path: Variables,
    pub(super) unmatched: Option<Unmatched>,
}

impl Note {
    /// Notes what a call's route is.
    ///
    /// # Errors
    ///
    /// When there is no operation that could be served.
    pub(super) fn take<S>(&mut self, route: Route<S>) -> Result<Found<S>, Failure> {
        match route {
            Route::Operation(operation, path) => {
                self.operation = Some(operation.id);
                self.path = path;
                Ok(Found::Operation(operation))
            }
            Route::Refused(failure) => {
                self.unmatched = match &failure {
                    Failure::NotSimulated { operation } => {
                        self.operation = Some(operation);
                        Some(Unmatched::NotSimulated)
                    }
                    Failure::NoMethod { .. } => Some(Unmatched::WrongMethod),
                    _ => Some(Unmatched::UnknownPath),
                };
                Err(failure)
            }
        }
    }
}

/// What a fault has said in place of the vendor, if it has anything said. Its
/// window allows so many calls, until then.
pub(super) fn instead(
    fault: &Fault,
    until: Timestamp,
    max: u64,
    now: Timestamp,
) -> Option<Failure> {
    let too_many = |until: i64| {
        let seconds = until.saturating_sub(now.epoch());
        Some(Failure::TooMany { max, until, seconds })
    };
    match fault {
        Fault::Status(429) => too_many(until.epoch()),
        Fault::Status(status) => {
            let status = StatusCode::from_u16(*status).expect("a fault that makes sense");
            Some(Failure::Injected(status))
        }
        Fault::Invalid(fields) => {
            let error = |(name, reason): &(String, String)| FieldError {
                path: name.split('.').map(str::to_owned).collect(),
                message: reason.clone(),
            };
            Some(Failure::Invalid(fields.iter().map(error).collect()))
        }
        Fault::RateLimited(wait) => {
            // Whoever comes again after so many whole seconds is not too early.
            let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
            too_many(now.epoch().saturating_add_unsigned(seconds))
        }
        _ => None,
    }
}
