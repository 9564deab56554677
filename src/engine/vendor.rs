//! [`Vendor`]: the contract between an API and the engine that runs it.
//!
//! A vendor is a table of operations, a state, and a dialect for saying no. It
//! knows no socket, lock, clock or dice: handlers are lent all they may use.

use std::fmt;

use hyper::Method;

use super::clock::Timestamp;
use super::evidence::Source;
use super::exchange::{Call, Reply, Variable};
use super::failure::Failure;
use super::ids::Stream;
use super::input::Input;
use super::json::Json;
use super::operation::OperationName;
use super::router::Router;
use super::table::Place;
use super::tour::Tour;

/// An API that can be simulated.
pub trait Vendor: Sized + Send + Sync + 'static {
    /// The names of its operations that are simulated.
    type Op: OperationName;

    /// All that one realm holds. Cloning it must be cheap: a write works on a clone.
    type State: Clone + Default + Send + Sync + fmt::Debug;

    /// What it is called on the command line: `rebilly`.
    const NAME: &'static str;

    /// The fixtures that are there unless a test says otherwise: a file's name and text.
    const STANDARD: (&'static str, &'static str);

    /// The length of the window in which calls are counted against a rate limit, in seconds.
    const WINDOW_SECONDS: i64;

    /// How many calls a window allows, as the vendor says; whether more are
    /// refused is what [`limit`](Vendor::limit) decides.
    const WINDOW_CALLS: u64;

    /// The operation table, built once a process.
    fn routes() -> &'static Routes<Self::State>;

    /// Which realm a call is for, and which path within the API.
    ///
    /// # Errors
    ///
    /// When there cannot be such a realm.
    fn locate(&self, call: &Call) -> Result<Located, Failure>;

    /// Whether the credentials of a call allow this operation at this time.
    ///
    /// # Errors
    ///
    /// [`Failure::Unauthorized`] or [`Failure::Forbidden`].
    fn admit(
        &self,
        call: &Call,
        operation: &Operation<Self::State>,
        now: Timestamp,
    ) -> Result<(), Failure>;

    /// What of a call's credentials shows in what it makes: calls that differ
    /// in nothing else are then not the same call.
    fn caller<'c>(&self, call: &'c Call) -> &'c str;

    /// What is answered before any operation is looked for, if anything is.
    fn preflight(&self, call: &Call) -> Option<Reply>;

    /// Says no in the vendor's dialect.
    fn refuse(&self, call: &Call, failure: &Failure) -> Reply;

    /// How many calls a window allows, if more are to be refused. Unless a
    /// vendor says otherwise, they are only counted.
    fn limit(&self) -> Option<u64> {
        None
    }

    /// Tells the draft of a write what it must know of how the vendor was set up.
    fn equip(&self, _draft: &mut Self::State) {}

    /// Adds what every answer carries.
    fn finish(&self, call: &Call, counted: Counted, reply: &mut Reply);

    /// The realm that a fixture document names, if it names one.
    fn realm_of(document: &Json) -> Option<&str>;

    /// Leads a tour through everything that a realm holds, kind by kind.
    fn tour(tour: &mut Tour<'_, '_, Self::State>);

    /// Puts one fixture document where it belongs. What it refuses and what
    /// `document` notes stops the start.
    ///
    /// # Errors
    ///
    /// When there is no such kind, or when the document does not fit the ones before it.
    fn plant(
        cx: &mut Writing<'_, Self::State>,
        kind: &str,
        document: &Input<'_>,
    ) -> Result<(), Failure>;
}

/// Where a call leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The realm's name.
    pub realm: String,
    /// What stood before the path, as the client wrote it: `/organizations/acme`, or nothing.
    pub prefix: String,
    /// The decoded segments of the path within the API.
    pub segments: Vec<String>,
}

/// A call's place among those that count against a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many calls were counted in the present window, this one included.
    pub calls: u64,
    /// When the window ends.
    pub until: Timestamp,
}

impl Counted {
    /// Refuses a call that is one more than a window allows.
    pub(super) fn within(self, limit: Option<u64>, now: Timestamp) -> Result<(), Failure> {
        let until = self.until.epoch();
        match limit {
            Some(max) if self.calls > max => {
                Err(Failure::TooMany { max, until, seconds: until - now.epoch() })
            }
            _ => Ok(()),
        }
    }
}

/// One operation: its line in the vendor's own index, and what it does.
pub struct Operation<S: 'static> {
    /// The method.
    pub method: Method,
    /// The path: `customers/{id}`.
    pub path: &'static str,
    /// The vendor's name for it: `PutCustomer`.
    pub id: &'static str,
    /// Where what it does is known from.
    pub source: Source,
    /// What it does.
    pub run: Run<S>,
}

impl<S> fmt::Debug for Operation<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.method, self.path, self.id)
    }
}

/// A handler. A read is lent nothing that it could write to.
pub enum Run<S: 'static> {
    /// Looks at the state.
    Read(fn(&Reading<'_, S>, &Call) -> Result<Reply, Failure>),
    /// Works on a draft of the state, which counts only if it succeeds.
    Write(fn(&mut Writing<'_, S>, &Call) -> Result<Reply, Failure>),
}

/// What a read is lent.
pub type Reading<'a, S> = Cx<'a, &'a S>;
/// What a write is lent.
pub type Writing<'a, S> = Cx<'a, &'a mut S>;

/// What a handler is lent for the time of one call.
pub struct Cx<'a, S> {
    /// The realm's state.
    pub state: S,
    /// The time, which stands still during a call.
    pub now: Timestamp,
    /// Where new ids come from.
    pub ids: Stream,
    /// The realm's name.
    pub realm: &'a str,
    /// What a link to something of this realm begins with, as this client wrote it.
    pub home: String,
    pub(super) path: &'a [Variable],
    pub(super) turn: u64,
    pub(super) made: u32,
}

impl<S> Cx<'_, S> {
    /// The value of a variable of the path.
    ///
    /// # Panics
    ///
    /// When the operation's path has no such variable: a bug of its handler.
    #[must_use]
    pub fn path(&self, name: &str) -> &str {
        let mut variables = self.path.iter();
        let found = variables.find(|(known, _)| *known == name);
        &found.expect("the operation's path has this variable").1
    }

    /// The place of the next thing that this call makes.
    #[must_use]
    pub fn place(&mut self, time: Timestamp, id: &str) -> Place {
        self.made += 1;
        Place::new(time, self.turn, self.made, id)
    }
}

/// The operation table as a router, and the names of what is not simulated.
pub struct Routes<S: 'static> {
    simulated: Router<&'static Operation<S>>,
    known: Router<(Method, &'static str)>,
    operations: &'static [Operation<S>],
    index: &'static str,
}

/// What is at a path.
pub enum Route<S: 'static> {
    /// An operation that is simulated, with the values of its path's variables.
    Operation(&'static Operation<S>, Vec<Variable>),
    /// Nothing that could be served, and why.
    Refused(Failure),
}

impl<S> Routes<S> {
    /// The operations that are simulated, and an index of all that the vendor
    /// has: lines of `METHOD path operationId`, where `#` starts a comment.
    ///
    /// # Panics
    ///
    /// When a line of the index has another form: the index is part of the crate.
    #[must_use]
    pub fn new(operations: &'static [Operation<S>], index: &'static str) -> Routes<S> {
        let (simulated, known) = (Router::default(), Router::default());
        let mut routes = Routes { simulated, known, operations, index };
        for operation in operations {
            routes.simulated.add(operation.path, operation);
        }
        for (method, path, id) in routes.index() {
            let method = method.parse().expect("the index names known methods");
            routes.known.add(path, (method, id));
        }
        routes
    }

    /// The operations that are simulated.
    pub(super) fn operations(&self) -> &'static [Operation<S>] {
        self.operations
    }

    /// All that the vendor has: method, path without its first slash, name.
    pub(super) fn index(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + use<S> {
        self.index.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let mut words = line.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (Some(method), Some(path), Some(id)) => (method, path.trim_start_matches('/'), id),
                _ => panic!("`{line}` is not `METHOD path operationId`"),
            }
        })
    }

    /// Finds the operation for a method and a path. `HEAD` is `GET`.
    #[must_use]
    pub fn find(&self, method: &Method, segments: &[String]) -> Route<S> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let simulated = self.simulated.find(segments);
        if let Some(found) = &simulated
            && let Some((operation, names)) = found.here.iter().find(|(it, _)| it.method == *method)
        {
            let path = names.iter().copied().zip(found.values.iter().cloned()).collect();
            return Route::Operation(operation, path);
        }
        let known = self.known.find(segments);
        let known = known.as_ref().map_or(&[][..], |found| found.here);
        if let Some(((_, operation), _)) = known.iter().find(|((it, _), _)| it == method) {
            return Route::Refused(Failure::NotSimulated { operation });
        }
        let here = simulated.as_ref().map_or(&[][..], |found| found.here);
        let mut allowed: Vec<Method> =
            here.iter().map(|(operation, _)| operation.method.clone()).collect();
        for ((method, _), _) in known {
            if !allowed.contains(method) {
                allowed.push(method.clone());
            }
        }
        if allowed.is_empty() {
            return Route::Refused(Failure::NoRoute);
        }
        allowed.sort_by(|one, two| one.as_str().cmp(two.as_str()));
        Route::Refused(Failure::NoMethod { allowed })
    }
}
