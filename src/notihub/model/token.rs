//! [`Token`]: what lets a caller into an environment.

use std::time::Duration;

use crate::engine::clock::Timestamp;
use crate::engine::render::Object;
use crate::engine::table::Record;

/// How long a token is good for: six hours.
pub const LIFETIME: Duration = Duration::from_secs(6 * 3_600);

/// An access token.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Token {
    /// 64 hexadecimal digits.
    pub access_token: String,
    /// From when on it is no longer good.
    pub expires: Timestamp,
    /// The environment that it opens; `None` is the one that is used unless a test
    /// says otherwise.
    pub client_id: Option<String>,
}

impl Token {
    /// Whether it is good at this time.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        now < self.expires
    }
}

impl Record for Token {
    const KIND: &'static str = "Token";

    fn id(&self) -> &str {
        &self.access_token
    }

    /// The REST documents call the end `expiresAt`, and the SDK reads `expiration`.
    fn write(&self, object: &mut Object<'_>) {
        let end = self.expires.epoch_millis();
        object.text("accessToken", &self.access_token);
        object.whole("expiresAt", end);
        object.whole("expiration", end);
    }
}
