//! [`Key`]: the API key that a call shows.

use crate::engine::base64::{base64, decoded};
use crate::engine::exchange::Call;

/// An API key. It is the user name of Basic credentials, without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(pub(super) String);

impl Key {
    /// The key of a call, if it shows one.
    pub(super) fn of(call: &Call) -> Option<Key> {
        Key::in_credential(call.header("authorization")?)
    }

    /// The key in a value of `Authorization`. Clients were seen that leave the
    /// colon after it out; a password means nothing.
    pub(super) fn in_credential(value: &str) -> Option<Key> {
        let (scheme, code) = value.trim().split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let code = code.trim().trim_end_matches('=').replace('+', "-").replace('/', "_");
        let text = String::from_utf8(decoded(&code)?).ok()?;
        let key = text.split(':').next().unwrap_or_default();
        (!key.is_empty()).then(|| Key(key.to_owned()))
    }

    /// The value of `Authorization` that shows this key.
    pub(super) fn credential(key: &str) -> String {
        format!("Basic {}", base64(format!("{key}:").as_bytes()))
    }

    /// Whether it is one of those that may stand in a page.
    pub(super) fn is_publishable(&self) -> bool {
        self.0.contains("_pkey_")
    }

    /// Whether it is for live data. Assumed: what says neither is for test data (`other-keys`).
    pub(super) fn is_live(&self) -> bool {
        self.0.starts_with("oc_live_")
    }

    /// Whether it says which of both it is for.
    pub(super) fn says_its_mode(&self) -> bool {
        self.is_live() || self.0.starts_with("oc_test_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: &str) -> Option<String> {
        Key::in_credential(value).map(|key| key.0)
    }

    #[test]
    fn a_key_is_the_user_name_of_basic_credentials() {
        for said in ["k1:", "k1", "k1:password"] {
            let value = format!("Basic {}", base64(said.as_bytes()));
            assert_eq!(key(&value).as_deref(), Some("k1"), "{said}");
        }
        assert_eq!(key(&Key::credential("oc_test_skey_1")).as_deref(), Some("oc_test_skey_1"));
    }

    #[test]
    fn what_is_no_key_is_none() {
        let nobody = format!("Basic {}", base64(b":password"));
        for value in ["", "Basic", "Basic ", "Basic §", "Bearer azE6", "azE6", &nobody] {
            assert_eq!(key(value), None, "{value}");
        }
    }
}
