//! [`Vendor`]: the contract between an API and the engine that runs it.
//!
//! A vendor is a table of operations, a state, and a dialect for saying no. It
//! knows no socket, lock, clock or dice: handlers are lent all they may use. What
//! it is written with stands here, too.

use std::borrow::Cow;
use std::fmt;

use super::clock::Timestamp;
use super::exchange::{Call, Header, Reply};
use super::failure::Failure;
use super::input::Input;
use super::json::Json;
use super::operation::OperationName;
use super::table::Settle;
use super::tape::Tape;
use super::tour::Tour;

pub use super::handler::{Cx, Operation, Reading, Run, Writing};
pub use super::routes::{Route, Routes};
pub use super::segments::Segments;

/// An API that can be simulated.
pub trait Vendor: Sized + Send + Sync + 'static {
    /// The names of its operations that are simulated.
    type Op: OperationName;

    /// All that one realm holds. Cloning it must be cheap: a write works on a clone.
    type State: Clone + Default + Settle + Send + Sync + fmt::Debug;

    /// What it is called on the command line: `rebilly`.
    const NAME: &'static str = <Self::Op as OperationName>::VENDOR;

    /// What it is called in prose: `Rebilly`.
    const TITLE: &'static str;

    /// The header that lets a call in, in lower case.
    const CREDENTIAL: &'static str;

    /// Whether the names of its headers are written as `Request-Id`. They mean the same
    /// in any case, but not every client knows that.
    const TITLE_CASE: bool = false;

    /// The fixtures that are there unless a test says otherwise: a file's name and text.
    const STANDARD: (&'static str, &'static str);

    /// What is there in any case, also where a test leaves all fixtures out: what lets it in.
    const ALWAYS: Option<(&'static str, &'static str)> = None;

    /// The length of the window in which calls are counted against a rate limit, in seconds.
    const WINDOW_SECONDS: i64;

    /// How many calls a window allows, as the vendor says; whether more are
    /// refused is what [`limit`](Vendor::limit) decides.
    const WINDOW_CALLS: u64;

    /// Looks over the vendor's own settings before a double starts with them.
    ///
    /// # Errors
    ///
    /// What is wrong with them, in words.
    fn check(&self) -> Result<(), &'static str> {
        Ok(())
    }

    /// The operation table, built once a process.
    fn routes() -> &'static Routes<Self::State>;

    /// What a body says. Unless a vendor says otherwise, it is JSON whatever its
    /// `Content-Type`.
    ///
    /// # Errors
    ///
    /// In words, when it cannot be understood.
    fn decode(call: &Call) -> Result<Tape, String> {
        call.parsed()
    }

    /// Which realm a call is for, and which path within the API. Where a realm
    /// has issued what the call shows, it is found by that among the known ones.
    ///
    /// # Errors
    ///
    /// When there cannot be such a realm.
    fn locate<'c>(
        &'c self,
        call: &'c Call,
        known: &dyn Known<Self::State>,
    ) -> Result<Located<'c>, Failure>;

    /// Whether the credentials of a call allow this operation in its realm at this time.
    ///
    /// # Errors
    ///
    /// [`Failure::Unauthorized`] or [`Failure::Forbidden`].
    fn admit(
        &self,
        call: &Call,
        operation: &Operation<Self::State>,
        state: &Self::State,
        now: Timestamp,
    ) -> Result<(), Failure>;

    /// A value of the header [`CREDENTIAL`](Vendor::CREDENTIAL) that lets a test author in.
    fn credential(&self) -> String;

    /// Whether a value of that header could open what real customers are in.
    fn is_live(credential: &str) -> bool;

    /// What stands before a path that is for this realm. Unless a vendor says otherwise,
    /// nothing: credentials say whose it is.
    #[must_use]
    fn address(_realm: &str) -> String {
        String::new()
    }

    /// What of a call's credentials shows in what it makes: calls that differ
    /// in nothing else are then not the same call. Unless a vendor says otherwise,
    /// nothing does.
    fn caller<'c>(&self, _call: &'c Call) -> &'c str {
        ""
    }

    /// What is answered before any operation is looked for, if anything is.
    fn preflight(&self, _call: &Call) -> Option<Reply> {
        None
    }

    /// Says no in the vendor's dialect.
    fn refuse(&self, call: &Call, failure: &Failure) -> Reply;

    /// How many calls a window allows, if more are to be refused. Unless a
    /// vendor says otherwise, they are only counted.
    fn limit(&self) -> Option<u64> {
        None
    }

    /// Whether reads must know, too, what [`equip`](Vendor::equip) tells: each is lent a
    /// copy of the state then.
    const EQUIPS_READS: bool = false;

    /// Tells the draft of a write what it must know of how the vendor was set up.
    fn equip(&self, _draft: &mut Self::State) {}

    /// The headers that every answer carries, the same in all of them. They stand before
    /// those that [`finish`](Vendor::finish) adds.
    #[must_use]
    fn standing_headers() -> &'static [Header] {
        &[]
    }

    /// Adds what else every answer carries.
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

/// The realms of a simulation, as far as finding one needs them.
pub trait Known<S> {
    /// The name of the first, by name, that holds what is looked for.
    fn realm_where(&self, holds: &mut dyn FnMut(&S) -> bool) -> Option<&str>;
}

/// Where a call leads. Mostly it is said in the call's own words, which are lent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located<'c> {
    /// The realm's name.
    pub realm: Cow<'c, str>,
    /// What stood before the path, as the client wrote it: `/organizations/acme`, or nothing.
    pub prefix: String,
    /// The decoded segments of the path within the API.
    pub segments: Segments<'c>,
}

impl Located<'_> {
    /// What a link to something of this realm begins with, on a server of that address.
    pub(super) fn home<'b>(&self, base: &'b str) -> Cow<'b, str> {
        if self.prefix.is_empty() {
            Cow::Borrowed(base)
        } else {
            Cow::Owned([base, &self.prefix].concat())
        }
    }

    /// The segments, to be kept.
    pub(super) fn into_segments(self) -> Vec<String> {
        self.segments.iter().map(|segment| segment.as_ref().to_owned()).collect()
    }
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
