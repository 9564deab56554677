//! Which members the documents have, and what is noted of others.

use super::assumed::{NULL_MEMBERS, UNKNOWN_MEMBERS};
use crate::engine::input::Input;

/// Of a customer.
pub(super) const CUSTOMER: &[&str] =
    &["customerId", "externalId", "status", "metadata", "language", "contacts", "contact"];
/// Of a contact; the SDK sends whose it is beside it.
pub(super) const CONTACT: &[&str] =
    &["customerId", "contactId", "type", "value", "primary", "verified"];
/// Of a preference; the SDK sends whose it is beside it.
pub(super) const PREFERENCE: &[&str] =
    &["customerId", "contactId", "templateGroupId", "mechanisms"];
/// Of a message that is to be sent.
pub(super) const MESSAGE: &[&str] = &["customerId", "templateId", "force", "model"];

/// Notes by which guesses a document is read. Assumed: members that no document has are
/// ignored (`unknown-members`), and `null` is as none (`null-members`).
pub(super) fn note(document: &Input<'_>, known: &[&str]) {
    document.assume_beside(known, &UNKNOWN_MEMBERS);
    // The examples show these as `null`, and clients send back what they fetched.
    let shown_null = ["externalId", "language"];
    let others: Vec<&str> =
        known.iter().copied().filter(|name| !shown_null.contains(name)).collect();
    document.assume_null(&others, &NULL_MEMBERS);
}
