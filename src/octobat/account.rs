//! Accounts: which data a call is for. Test and live data do not see each other.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::assumed::{ACCOUNT_HEADER, SLASHES};
use super::key::Key;
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::vendor::Located;

/// The realm of test data.
pub(crate) const TEST: &str = "test";
/// The realm of live data.
pub(crate) const LIVE: &str = "live";

/// Whether a realm has live data: that of the vendor's customer, or of a connected account.
pub(super) fn is_live(realm: &str) -> bool {
    realm.split('/').next() == Some(LIVE)
}

/// The realm of a connected account.
pub(crate) fn connected(realm: &str, account: &str) -> String {
    format!("{realm}/{account}")
}

/// The account that a call is for, and its path. Assumed: the header
/// `Octobat-Account` changes nothing unless a test wants that (`octobat-account`).
pub(super) fn locate<'c>(
    call: &'c Call,
    path_prefix: &[String],
    separate_accounts: bool,
) -> Result<Located<'c>, Failure> {
    if call.path.contains("//") {
        call.assume(&SLASHES);
    }
    let mode = if Key::of(call).is_some_and(|key| key.is_live()) { LIVE } else { TEST };
    let mut realm = Cow::Borrowed(mode);
    if let Some(account) = call.header("octobat-account").filter(|account| !account.is_empty()) {
        call.assume(&ACCOUNT_HEADER);
        if separate_accounts {
            realm = Cow::Owned(connected(mode, account));
        }
    }
    let segments = call.path.split('/').filter(|segment| !segment.is_empty());
    let mut segments = segments.map(|segment| percent_decode_str(segment).decode_utf8_lossy());
    if !path_prefix.iter().all(|known| segments.next().is_some_and(|found| found == *known)) {
        return Err(Failure::NoRoute);
    }
    Ok(Located { realm, prefix: String::new(), segments: segments.collect() })
}
