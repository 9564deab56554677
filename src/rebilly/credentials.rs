//! [`Credentials`]: who is calling.

use std::sync::{Arc, LazyLock};

use hyper::header::{self, HeaderName};

use super::assumed::{AUTHORIZATION, SECRET_KEY_WINS};
use super::model::{Author, TriggeredBy};
use crate::engine::base64::decoded;
use crate::engine::clock::Timestamp;
use crate::engine::exchange::Call;
use crate::engine::ids::named;
use crate::engine::json::Json;

/// Where clients put a secret key.
const REB_APIKEY: HeaderName = HeaderName::from_static("reb-apikey");

/// Whether a session token is a JWT that says by itself (`exp`, RFC 7519) that it is
/// no longer good. Any other is good for ever, since nobody here issued it.
pub(super) fn expired(token: &str, now: Timestamp) -> bool {
    let claims = token.split('.').nth(1).and_then(decoded);
    let claims = claims.and_then(|claims| Json::parse(&claims).ok());
    let end = claims.and_then(|claims| claims.get("exp")?.as_whole());
    end.is_some_and(|end| end <= now.epoch())
}

/// What a call shows to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Credentials<'c> {
    /// A secret API key: `REB-APIKEY`.
    SecretKey(&'c [u8]),
    /// A session token: `Authorization: Bearer …`.
    Token(&'c str),
    /// A publishable API key: `Authorization: pk_…`. It opens nothing here.
    PublishableKey,
    /// Nothing, or what a client sends that has nothing.
    None,
}

impl Credentials<'_> {
    /// Reads the headers. Assumed: of several credentials the secret key counts
    /// (`secret-key-wins`), and a token may come without its scheme (`authorization-header`).
    pub(super) fn of(call: &Call) -> Credentials<'_> {
        let key = call.ascii_header(REB_APIKEY).unwrap_or_default().trim_ascii();
        let authorization = call.header(header::AUTHORIZATION).unwrap_or_default().trim_ascii();
        if key.starts_with(b"pk_") {
            return Credentials::PublishableKey;
        }
        if !key.is_empty() {
            if !authorization.is_empty() {
                call.assume(&SECRET_KEY_WINS);
            }
            return Credentials::SecretKey(key);
        }
        let (scheme, token) = authorization.split_once(' ').unwrap_or((authorization, ""));
        let is_bearer = scheme.eq_ignore_ascii_case("bearer");
        let credentials = match if is_bearer { token.trim() } else { authorization } {
            // What JavaScript clients send before anyone has signed in.
            "" | "undefined" | "null" => Credentials::None,
            token if token.starts_with("pk_") => Credentials::PublishableKey,
            token => Credentials::Token(token),
        };
        let says_something =
            [REB_APIKEY, header::AUTHORIZATION].map(|name| call.header(name).is_some());
        match credentials {
            Credentials::Token(_) if !is_bearer => call.assume(&AUTHORIZATION),
            Credentials::None if says_something.contains(&true) => call.assume(&AUTHORIZATION),
            _ => {}
        }
        credentials
    }

    /// How a timeline names the cause of what this call does.
    pub(super) fn cause(self) -> (TriggeredBy, Option<Arc<Author>>) {
        // Whichever key it is, it is the same author: of every message there is, mostly.
        static PROGRAM: LazyLock<Arc<Author>> = LazyLock::new(|| author("API key", "api-key"));
        match self {
            Credentials::SecretKey(_) => (TriggeredBy::DirectApi, Some(Arc::clone(&PROGRAM))),
            Credentials::Token(token) => (TriggeredBy::App, Some(author("Signed-in user", token))),
            Credentials::PublishableKey | Credentials::None => (TriggeredBy::Rebilly, None),
        }
    }
}

fn author(name: &str, id: &str) -> Arc<Author> {
    Arc::new(Author { user_full_name: name.into(), user_id: named("usr_", id) })
}
