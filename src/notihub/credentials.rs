//! [`Keys`]: what a token is exchanged for, and [`bearer`]: the token of a call.

use super::assumed::CREDENTIAL_PARTS;
use crate::engine::base64::decoded;
use crate::engine::exchange::Call;

/// The four parts of the credentials for which a token is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Keys {
    pub(crate) public_key: String,
    pub(crate) secret_key: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

impl Keys {
    /// Reads `Authorization: Basic …`. Assumed: all parts are there and none is empty
    /// (`credential-parts`).
    pub(super) fn of(call: &Call) -> Option<Keys> {
        let text = after(call, "basic")?;
        let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
        let text = String::from_utf8(decoded(&text)?).ok()?;
        let parts: Vec<&str> = text.splitn(4, ':').collect();
        match parts.as_slice() {
            [public_key, secret_key, client_id, client_secret]
                if parts.iter().all(|part| !part.is_empty()) =>
            {
                if client_secret.contains(':') {
                    call.assume(&CREDENTIAL_PARTS);
                }
                Some(Keys {
                    public_key: (*public_key).to_owned(),
                    secret_key: (*secret_key).to_owned(),
                    client_id: (*client_id).to_owned(),
                    client_secret: (*client_secret).to_owned(),
                })
            }
            _ => {
                call.assume(&CREDENTIAL_PARTS);
                None
            }
        }
    }
}

/// The token that a call shows. The SDK sends `undefined` before it has one.
pub(super) fn bearer(call: &Call) -> Option<&str> {
    after(call, "bearer").filter(|token| !token.is_empty())
}

/// What the credentials say after the name of their scheme.
fn after<'c>(call: &'c Call, scheme: &str) -> Option<&'c str> {
    let said = call.header("authorization")?.trim();
    let (known, rest) = said.split_once(' ')?;
    known.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}
