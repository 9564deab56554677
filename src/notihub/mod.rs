//! Notihub's customers and who they are told by: environments, tokens, and how it says no.
//!
//! Inside, imports point down: `assumed` → `model` → `state` → `credentials`, `paging`,
//! `search`, `members` → `tokens`, `contacts`, `preferences`, `messages` → `customers` →
//! `plant` → `kinds`, `operations`.

mod assumed;
mod contacts;
pub(crate) mod credentials;
mod customers;
mod fidelity;
mod guesses;
pub(crate) mod kinds;
mod locate;
mod members;
mod messages;
pub mod model;
mod operations;
mod paging;
mod plant;
mod preferences;
mod problem;
mod search;
mod seat;
mod state;
pub(crate) mod tokens;
mod tour;

use std::sync::LazyLock;

use hyper::Method;

use self::credentials::{Keys, bearer};
pub use self::operations::NotihubOp;
use self::operations::{INDEX, OPERATIONS};
pub use self::state::State;
use self::state::Switches;
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::tape::Tape;
use crate::engine::tour::Tour;
use crate::engine::vendor::{Counted, Known, Located, Operation, Routes, Vendor, Writing};

/// The path at which tokens are issued.
const TOKEN_PATH: &str = "token";

/// What the SDK shows in the place of a token before it has one.
const UNDEFINED: &str = "undefined";

/// The token of the fixture that is always there.
macro_rules! access_token {
    () => {
        "5a17cafe0ddba11ca5cade0fba5eba11decade0fb1ade5feed5e1ec7edfacade"
    };
}

/// The Notihub API, as one account sees it.
#[derive(Clone, Debug, Default)]
pub struct Notihub {
    /// The environment that is used unless a token says otherwise.
    pub(crate) environment: Option<String>,
    /// The only credentials for which tokens are issued, if a test wants some only.
    pub(crate) keys: Vec<Keys>,
    /// What stands before every path, in segments.
    pub(crate) prefix: String,
    /// Whether the SDK is let in before it has a token.
    pub(crate) accepts_undefined: bool,
    pub(crate) switches: Switches,
}

impl Notihub {
    /// A public key for which tokens are issued unless a test says otherwise. So are they
    /// for any other.
    pub const PUBLIC_KEY: &'static str = "pub_mock";
    /// A secret key that goes with it.
    pub const SECRET_KEY: &'static str = "sec_mock";
    /// The environment that is used unless a test says otherwise.
    pub const CLIENT_ID: &'static str = "env_default";
    /// A secret that goes with it.
    pub const CLIENT_SECRET: &'static str = "sec_env_default";
    /// A token that opens that environment without an exchange, for six hours from the
    /// double's start.
    pub const ACCESS_TOKEN: &'static str = access_token!();

    /// The operations that are simulated: method, path (`customers/{customerId}`), and our
    /// name for it (`GetCustomer`).
    ///
    /// ```
    /// use mock_rebilly::Notihub;
    ///
    /// assert!(Notihub::operations().any(|(_, path, id)| (path, id) == ("messages", "SendMessage")));
    /// ```
    pub fn operations() -> impl Iterator<Item = (&'static Method, &'static str, &'static str)> {
        OPERATIONS.iter().map(|it| (&it.method, it.path, it.id))
    }

    /// The environment that is used unless a token says otherwise.
    pub(crate) fn environment(&self) -> &str {
        let first = self.keys.first().map(|keys| keys.client_id.as_str());
        self.environment.as_deref().or(first).unwrap_or(Notihub::CLIENT_ID)
    }

    /// Whether tokens are issued for these credentials.
    fn lets_in(&self, keys: &Keys) -> bool {
        self.keys.is_empty() || self.keys.contains(keys)
    }
}

impl Vendor for Notihub {
    type Op = NotihubOp;
    type State = State;

    const TITLE: &'static str = "Notihub";
    const CREDENTIAL: &'static str = "authorization";
    const STANDARD: (&'static str, &'static str) =
        ("standard.json", include_str!("../../fixtures/notihub/standard.json"));
    const ALWAYS: Option<(&'static str, &'static str)> = Some((
        "a token for tests",
        concat!(r#"{"tokens":[{"accessToken":""#, access_token!(), r#""}]}"#),
    ));
    /// 429 is on a list of statuses, and no document says when it comes.
    const WINDOW_SECONDS: i64 = 60;
    const WINDOW_CALLS: u64 = u64::MAX;
    const EQUIPS_READS: bool = true;

    fn routes() -> &'static Routes<State> {
        static ROUTES: LazyLock<Routes<State>> = LazyLock::new(|| Routes::new(OPERATIONS, INDEX));
        &ROUTES
    }

    /// JSON whatever the `Content-Type`, which curl examples leave to curl. Assumed: a body
    /// that is missing is an empty object (`no-body`).
    fn decode(call: &Call) -> Result<Tape, String> {
        if call.has_body() { call.parsed() } else { Ok(Tape::of(&Json::Object(Vec::new()))) }
    }

    fn locate<'c>(
        &'c self,
        call: &'c Call,
        known: &dyn Known<State>,
    ) -> Result<Located<'c>, Failure> {
        locate::locate(self, call, known)
    }

    fn admit(
        &self,
        call: &Call,
        operation: &Operation<State>,
        state: &State,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let is_let_in = if operation.id == NotihubOp::CreateToken.name() {
            Keys::of(call).is_some_and(|keys| self.lets_in(&keys))
        } else {
            match bearer(call) {
                Some(UNDEFINED) => self.accepts_undefined,
                Some(token) => state.tokens.find(token).is_some_and(|token| token.is_good(now)),
                None => false,
            }
        };
        if is_let_in { Ok(()) } else { Err(Failure::Unauthorized) }
    }

    fn credential(&self) -> String {
        format!("Bearer {}", Notihub::ACCESS_TOKEN)
    }

    /// Nothing in a token or in credentials says whose environment they open.
    fn is_live(_: &str) -> bool {
        false
    }

    fn refuse(&self, call: &Call, failure: &Failure) -> Reply {
        guesses::note_refused(call, failure);
        problem::refuse(call, failure)
    }

    fn equip(&self, draft: &mut State) {
        draft.switches = self.switches;
    }

    fn finish(&self, call: &Call, _: Counted, reply: &mut Reply) {
        guesses::note_answered(call, reply);
    }

    fn realm_of(document: &Json) -> Option<&str> {
        document.get(plant::ENVIRONMENT).and_then(Json::as_text)
    }

    fn tour(tour: &mut Tour<'_, '_, State>) {
        tour::lead(tour);
    }

    fn plant(cx: &mut Writing<'_, State>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
        plant::plant(cx, kind, document)
    }
}
