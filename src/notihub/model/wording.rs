//! The vendor's own texts for what is wrong with a request, as its documents spell them.

/// Of a customer that nobody could be reached by or recognized as.
pub(in crate::notihub) const NEEDS_IDENTITY: &str =
    "Customer requires at least a valid email, phone or external id.";

/// Of a contact whose value is no e-mail address.
pub(in crate::notihub) const INVALID_EMAIL: &str = "Invalid email";

/// Of a contact whose value is no telephone number. Assumed, after that of an e-mail address
/// (`blank-value`).
pub(in crate::notihub) const INVALID_PHONE: &str = "Invalid phone";

/// Whether a text is a whole sentence of the vendor's, which stands for itself.
pub(in crate::notihub) fn is_whole(text: &str) -> bool {
    [NEEDS_IDENTITY, INVALID_EMAIL, INVALID_PHONE].contains(&text)
}
