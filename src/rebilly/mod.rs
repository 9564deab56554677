//! Rebilly's customer domain: organizations, keys, and what every answer carries.
//!
//! Inside, imports point down: `model` → `state` → `query`, `fields`, `paging`,
//! `shape`, `credentials` → `events`, `timeline` → `lead_sources`, `custom_fields` → `customers` →
//! `tags` → `tagging`, `merge`, `webhooks` → `plant`, `uproot` → `kinds`, `operations`. A customer's creation records a
//! timeline message and emits an event, never the other way round.

mod assumed;
mod attachments;
mod comments;
mod credentials;
mod custom_events;
mod custom_fields;
mod customers;
mod events;
mod fidelity;
mod fields;
mod guesses;
mod instruments;
pub(crate) mod kinds;
mod lead_sources;
mod locate;
mod merge;
pub mod model;
mod neighbour_fields;
mod operations;
mod paging;
mod plant;
mod problem;
mod query;
mod reports;
mod resource;
mod search;
mod seat;
mod shape;
mod state;
mod status;
mod system_events;
mod tagging;
mod tags;
mod timeline;
mod tour;
mod uproot;
mod webhook_fields;
mod webhook_tracking;
mod webhooks;
mod websites;

use std::sync::LazyLock;

use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HeaderName, HeaderValue,
};
use hyper::{Method, StatusCode};

use self::credentials::{Credentials, expired};
use self::model::id::is_id;
pub use self::operations::Op;
use self::operations::{INDEX, OPERATIONS};
pub use self::state::State;
use crate::engine::clock::Timestamp;
use crate::engine::exchange::{Call, Header, Reply, header_number};
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::tour::Tour;
use crate::engine::vendor::{Counted, Known, Located, Operation, Routes, Vendor, Writing};

/// The Rebilly API, as one project sees it.
#[derive(Clone, Debug)]
pub struct Rebilly {
    /// The organization of calls that name none.
    pub(crate) organization: String,
    /// The only secret key that is let in, if a test wants one only.
    pub(crate) api_key: Option<String>,
    /// Whether the organization has the products that screening needs.
    pub(crate) compliance_products: bool,
    /// How many writes a window allows, if a test wants more to be refused.
    pub(crate) rate_limit: Option<u64>,
    /// Whether events are queued for the webhooks that want them.
    pub(crate) delivers: bool,
}

impl Rebilly {
    /// The organization of calls that name none, unless a test says otherwise.
    pub const ORGANIZATION: &'static str = "org_default";
    /// A secret key that is let in unless a test says otherwise. So is any other.
    pub const API_KEY: &'static str = "sk_sandbox_mock";

    /// The operations that are simulated: method, path (`customers/{id}`), and
    /// the vendor's name for it (`PutCustomer`).
    ///
    /// ```
    /// use mock_rebilly::Rebilly;
    ///
    /// assert!(Rebilly::operations().any(|(_, path, id)| (path, id) == ("customers/{id}", "PutCustomer")));
    /// ```
    pub fn operations() -> impl Iterator<Item = (&'static Method, &'static str, &'static str)> {
        OPERATIONS.iter().map(|it| (&it.method, it.path, it.id))
    }
}

const UNFIT_ORGANIZATION: &str = "the organization of calls that name none must have an id of 1 to 50 letters, digits and @ ~ - . _";

impl Default for Rebilly {
    fn default() -> Rebilly {
        Rebilly {
            organization: Rebilly::ORGANIZATION.to_owned(),
            api_key: None,
            compliance_products: true,
            rate_limit: None,
            delivers: false,
        }
    }
}

impl Vendor for Rebilly {
    type Op = Op;
    type State = State;

    const TITLE: &'static str = "Rebilly";
    const CREDENTIAL: &'static str = "reb-apikey";
    const STANDARD: (&'static str, &'static str) =
        ("standard.json", include_str!("../../fixtures/rebilly/standard.json"));
    /// Of Rebilly's sandbox: writes, in ten minutes.
    const WINDOW_SECONDS: i64 = 600;
    const WINDOW_CALLS: u64 = 3_000;

    fn check(&self) -> Result<(), &'static str> {
        if is_id(&self.organization) { Ok(()) } else { Err(UNFIT_ORGANIZATION) }
    }

    fn routes() -> &'static Routes<State> {
        static ROUTES: LazyLock<Routes<State>> = LazyLock::new(|| Routes::new(OPERATIONS, INDEX));
        &ROUTES
    }

    fn locate<'c>(&'c self, call: &'c Call, _: &dyn Known<State>) -> Result<Located<'c>, Failure> {
        locate::locate(call, &self.organization)
    }

    fn admit(
        &self,
        call: &Call,
        operation: &Operation<State>,
        _: &State,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if call.method == Method::HEAD {
            call.assume(&assumed::HEAD);
        }
        if operation.id == Op::GetStatus.name() {
            return Ok(());
        }
        match Credentials::of(call) {
            Credentials::None => Err(Failure::Unauthorized),
            // Assumed: such a key is known and not allowed, rather than unknown (`publishable-key`).
            Credentials::PublishableKey => {
                call.assume(&assumed::PUBLISHABLE_KEY);
                Err(Failure::Forbidden("a publishable key does not open this operation".to_owned()))
            }
            Credentials::SecretKey(key)
                if self.api_key.as_ref().is_some_and(|only| only.as_bytes() != key) =>
            {
                Err(Failure::Unauthorized)
            }
            _ if operation.id == Op::PostCustomerComplianceScreeningReport.name()
                && !self.compliance_products =>
            {
                Err(Failure::Forbidden(
                    "screening is not among the organization's products".to_owned(),
                ))
            }
            Credentials::Token(_) if self.api_key.is_some() => Err(Failure::Unauthorized),
            Credentials::Token(token) if expired(token, now) => Err(Failure::Unauthorized),
            // Any token is somebody's, since nobody here could check it.
            Credentials::SecretKey(_) | Credentials::Token(_) => Ok(()),
        }
    }

    fn credential(&self) -> String {
        self.api_key.clone().unwrap_or_else(|| Rebilly::API_KEY.to_owned())
    }

    fn is_live(credential: &str) -> bool {
        credential.starts_with("sk_live")
    }

    fn address(realm: &str) -> String {
        format!("/organizations/{realm}")
    }

    /// A timeline shows who signed in. Of secret keys it shows only that one was used.
    fn caller<'c>(&self, call: &'c Call) -> &'c str {
        match Credentials::of(call) {
            Credentials::Token(token) => token,
            Credentials::SecretKey(_) | Credentials::PublishableKey | Credentials::None => "",
        }
    }

    /// Assumed: browsers are let in from everywhere; the JavaScript SDK runs in them (`cors`).
    fn preflight(&self, call: &Call) -> Option<Reply> {
        (call.method == Method::OPTIONS).then(|| {
            call.assume(&assumed::CORS);
            Reply::no_content()
                .header("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD")
                .header(
                    "access-control-allow-headers",
                    "REB-APIKEY, REB-API-CONSUMER, Authorization, Content-Type, Accept, Organization-Id, *",
                )
                .header("access-control-max-age", "86400")
        })
    }

    fn refuse(&self, call: &Call, failure: &Failure) -> Reply {
        guesses::note_refused(call, failure);
        problem::refuse(call, failure)
    }

    fn limit(&self) -> Option<u64> {
        self.rate_limit
    }

    fn equip(&self, draft: &mut State) {
        draft.delivers = self.delivers;
    }

    fn standing_headers() -> &'static [Header] {
        static EVERYWHERE: [Header; 2] = [
            (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
            (
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(
                    "Location, Pagination-Total, Pagination-Limit, Pagination-Offset, \
                     X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Retry-After, \
                     Retry-After",
                ),
            ),
        ];
        &EVERYWHERE
    }

    fn finish(&self, call: &Call, counted: Counted, reply: &mut Reply) {
        const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
        const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
        static WINDOW_CALLS: LazyLock<HeaderValue> = LazyLock::new(|| Rebilly::WINDOW_CALLS.into());
        guesses::note_answered(call, reply);
        let headers = &mut reply.headers;
        let writes = !matches!(call.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if writes {
            let (max, said) = match self.rate_limit {
                Some(max) => (max, max.into()),
                None => (Rebilly::WINDOW_CALLS, WINDOW_CALLS.clone()),
            };
            let left = max.saturating_sub(counted.calls);
            // A refusal for too many calls has said it already.
            headers.insert_new(LIMIT, said);
            headers.insert_new(REMAINING, header_number(left));
        }
        debug_assert!(reply.status != StatusCode::CREATED || headers.get("location").is_some());
    }

    fn realm_of(document: &Json) -> Option<&str> {
        document.get("organizationId").and_then(Json::as_text)
    }

    fn tour(tour: &mut Tour<'_, '_, State>) {
        tour::lead(tour);
    }

    fn plant(cx: &mut Writing<'_, State>, kind: &str, document: &Input<'_>) -> Result<(), Failure> {
        plant::plant(cx, kind, document)
    }
}
