//! Octobat's customers: keys, accounts, and what every answer carries.
//!
//! Inside, imports point down: `assumed` → `model`, `kept`, `key`, `params` → `state`
//! → `account`, `ids`, `listing`, `idempotency` → `payment_sources` → `customers` →
//! `plant` → `kinds`, `operations`.

mod account;
mod assumed;
mod balance_transactions;
mod customers;
mod fidelity;
mod idempotency;
mod ids;
mod kept;
mod key;
pub(crate) mod kinds;
mod listing;
pub mod model;
mod operations;
mod params;
mod payment_sources;
mod plant;
mod refusal;
mod state;
mod tour;

use std::sync::LazyLock;

use hyper::header::{CONNECTION, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};

pub(crate) use self::account::{LIVE, TEST, connected};
use self::assumed::{HEAD, OTHER_KEYS, PUBLISHABLE_KEY};
use self::key::Key;
pub use self::operations::OctobatOp;
use self::operations::{INDEX, OPERATIONS};
pub use self::state::State;
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::ids::named;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::tape::Tape;
use crate::engine::tour::Tour;
use crate::engine::vendor::{Counted, Known, Located, Operation, Routes, Vendor, Writing};

/// The Octobat API, as one business sees it.
#[derive(Clone, Debug)]
pub struct Octobat {
    /// The only keys that are let in, if a test wants these only.
    pub(crate) api_keys: Vec<String>,
    /// What is answered when something was created.
    pub(crate) create_status: StatusCode,
    /// Whether a connection lives on after an answer.
    pub(crate) keep_alive: bool,
    /// What stands before every path.
    pub(crate) path_prefix: Vec<String>,
    /// Whether each account that a header names has data of its own.
    pub(crate) separate_accounts: bool,
}

impl Octobat {
    /// A key for test data that is let in unless a test says otherwise. So is any other.
    pub const API_KEY: &'static str = "oc_test_skey_mockmockmockmockmockmott";
    /// The same for live data.
    pub const LIVE_KEY: &'static str = "oc_live_skey_mockmockmockmockmockmock";

    /// The operations that are simulated: method, path (`customers/{id}`), and our name
    /// for it (`RetrieveCustomer`).
    ///
    /// ```
    /// use mock_rebilly::Octobat;
    ///
    /// assert!(Octobat::operations().any(|(_, path, id)| (path, id) == ("customers", "ListCustomers")));
    /// ```
    pub fn operations() -> impl Iterator<Item = (&'static Method, &'static str, &'static str)> {
        OPERATIONS.iter().map(|it| (&it.method, it.path, it.id))
    }
}

impl Default for Octobat {
    fn default() -> Octobat {
        Octobat {
            api_keys: Vec::new(),
            create_status: StatusCode::CREATED,
            keep_alive: false,
            path_prefix: Vec::new(),
            separate_accounts: false,
        }
    }
}

impl Octobat {
    /// A key that is let in, for the live data or the test data.
    pub(crate) fn key(&self, live: bool) -> &str {
        let mut own = self.api_keys.iter();
        let own = own.find(|key| Key((*key).clone()).is_live() == live).map(String::as_str);
        own.unwrap_or(if live { Octobat::LIVE_KEY } else { Octobat::API_KEY })
    }
}

impl Vendor for Octobat {
    type Op = OctobatOp;
    type State = State;

    const TITLE: &'static str = "Octobat";
    const CREDENTIAL: &'static str = "authorization";
    /// Its PHP client looks for `Request-Id`, and for no other spelling.
    const TITLE_CASE: bool = true;
    const STANDARD: (&'static str, &'static str) =
        ("standard.json", include_str!("../../fixtures/octobat/standard.json"));
    /// No document says how many calls are too many: what a test injects says so.
    const WINDOW_SECONDS: i64 = 60;
    const WINDOW_CALLS: u64 = 100;

    fn routes() -> &'static Routes<State> {
        static ROUTES: LazyLock<Routes<State>> = LazyLock::new(|| Routes::new(OPERATIONS, INDEX));
        &ROUTES
    }

    fn decode(call: &Call) -> Result<Tape, String> {
        params::decode(call)
    }

    fn locate<'c>(&'c self, call: &'c Call, _: &dyn Known<State>) -> Result<Located<'c>, Failure> {
        account::locate(call, &self.path_prefix, self.separate_accounts)
    }

    fn admit(
        &self,
        call: &Call,
        _: &Operation<State>,
        _: &State,
        _: Timestamp,
    ) -> Result<(), Failure> {
        if call.method == Method::HEAD {
            call.assume(&HEAD);
        }
        let key = Key::of(call).ok_or(Failure::Unauthorized)?;
        // Assumed: such a key is known and not allowed, rather than unknown (`publishable-key`).
        if key.is_publishable() {
            call.assume(&PUBLISHABLE_KEY);
            return Err(Failure::Forbidden("a publishable key does not open this".to_owned()));
        }
        if !self.api_keys.is_empty() && !self.api_keys.contains(&key.0) {
            return Err(Failure::Unauthorized);
        }
        if !key.says_its_mode() {
            call.assume(&OTHER_KEYS);
        }
        Ok(())
    }

    fn credential(&self) -> String {
        Key::credential(self.key(false))
    }

    /// Older keys do not say which data they open, so only those that say it is test data do not.
    fn is_live(credential: &str) -> bool {
        Key::in_credential(credential).is_none_or(|key| !key.0.contains("test"))
    }

    fn refuse(&self, call: &Call, failure: &Failure) -> Reply {
        refusal::refuse(call, failure)
    }

    /// One client sends nothing on a connection that was used before, so each is closed.
    fn finish(&self, call: &Call, counted: Counted, reply: &mut Reply) {
        const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
        if reply.status == StatusCode::CREATED {
            reply.status = self.create_status;
        }
        let id = HeaderValue::from_str(&request_id(call, counted));
        reply.headers.insert(REQUEST_ID, id.expect("letters and digits stand in a header"));
        if !self.keep_alive {
            reply.headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }

    fn realm_of(document: &Json) -> Option<&str> {
        match document.get("livemode") {
            Some(Json::Bool(true)) => Some(LIVE),
            Some(Json::Bool(false)) => Some(TEST),
            _ => None,
        }
    }

    fn tour(tour: &mut Tour<'_, '_, State>) {
        tour::lead(tour);
    }

    fn plant(cx: &mut Writing<'_, State>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
        plant::plant(cx, kind, document)
    }
}

/// What a request is called: a name that derives from what it asks and from when; that of a
/// write also from how many there were. Reads are not counted: the same one at the same time
/// is called the same.
fn request_id(call: &Call, counted: Counted) -> String {
    let Call { method, path, query_text, body, .. } = call;
    let body = String::from_utf8_lossy(body);
    let Counted { calls, until } = counted;
    named("req_", &format!("{method} {path}?{query_text}\n{body}\n{calls} {until}"))
}
