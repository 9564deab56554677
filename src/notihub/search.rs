//! [`Search`]: which customers are looked for.

use percent_encoding::percent_decode_str;

use super::assumed::{SEARCH, SEARCH_PLUS};
use super::model::{ContactType, Customer};
use crate::engine::exchange::Call;

/// What a customer must have somewhere, in lower case: in one reading or the other.
pub(super) struct Search(Vec<String>);

impl Search {
    /// Reads the query. The SDK encodes no plus. Assumed: one may be a space, as in forms,
    /// and may be meant (`search-plus`).
    pub(super) fn read(call: &Call) -> Search {
        let said = call.query.get("search").unwrap_or_default().to_lowercase();
        if said.is_empty() {
            return Search(Vec::new());
        }
        call.assume(&SEARCH);
        let mut readings = vec![said];
        let raw = call.query_text.split('&').rev().find_map(|it| it.strip_prefix("search="));
        if let Some(raw) = raw.filter(|raw| raw.contains('+')) {
            call.assume(&SEARCH_PLUS);
            readings.push(percent_decode_str(raw).decode_utf8_lossy().to_lowercase());
        }
        Search(readings)
    }

    /// Whether a customer is looked for. Assumed: what is said stands somewhere in the
    /// external id, in an e-mail address or in a phone number (`search-within`).
    pub(super) fn finds(&self, customer: &Customer) -> bool {
        let within = |text: &str| {
            let text = text.to_lowercase();
            self.0.iter().any(|said| text.contains(said))
        };
        self.0.is_empty()
            || customer.external_id.as_deref().is_some_and(within)
            || customer
                .contacts()
                .filter(|it| it.contact_type != ContactType::Push)
                .any(|it| within(&it.value))
    }
}
