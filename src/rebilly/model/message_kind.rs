//! [`MessageKind`]: what a timeline message is about.

/// One of the types that the published definition lists for timeline messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageKind(&'static str);

impl MessageKind {
    pub(in crate::rebilly) const COMMENT: MessageKind = MessageKind("customer-comment-created");
    pub(in crate::rebilly) const CREATED: MessageKind = MessageKind("customer-created");
    pub(in crate::rebilly) const CUSTOM_EVENT: MessageKind = MessageKind("custom-event");
    pub(in crate::rebilly) const CUSTOM_FIELDS: MessageKind = MessageKind("custom-fields-changed");
    pub(in crate::rebilly) const INSTRUMENT: MessageKind =
        MessageKind("default-payment-instrument-changed");
    pub(in crate::rebilly) const LEAD_SOURCE: MessageKind = MessageKind("lead-source-changed");
    pub(in crate::rebilly) const MERGED: MessageKind = MessageKind("customer-merged");
    pub(in crate::rebilly) const PRIMARY_ADDRESS: MessageKind =
        MessageKind("primary-address-changed");
    pub(in crate::rebilly) const TAGGED: MessageKind = MessageKind("customer-tagged");
    pub(in crate::rebilly) const UNTAGGED: MessageKind = MessageKind("customer-untagged");

    /// The type as it is written: `customer-created`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The type of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<MessageKind> {
        MESSAGE_KINDS.iter().find(|known| **known == name).map(|known| MessageKind(known))
    }
}

/// Every value of the published enum, in its order.
#[rustfmt::skip]
const MESSAGE_KINDS: [&str; 88] = [
    "account-password-reset-requested", "account-verification-requested",
    "aml-list-was-possibly-matched", "deposit-request-completed", "deposit-request-created",
    "deposit-request-expired", "deposit-request-started", "coupon-applied", "coupon-redeemed",
    "coupon-redemption-canceled", "custom-event", "custom-event-processed", "custom-fields-changed",
    "customer-bank-account-blocked", "customer-blocked", "customer-comment-created",
    "customer-created", "customer-merged", "customer-payment-card-blocked",
    "customer-requested-otp", "customer-tagged", "customer-untagged",
    "default-payment-instrument-changed", "email-message-sent", "experian-check-performed",
    "invoice-abandoned", "invoice-created", "invoice-disputed", "invoice-issued", "invoice-paid",
    "invoice-partially-paid", "invoice-partially-refunded", "invoice-past-due", "invoice-refunded",
    "invoice-reissued", "invoice-revenue-recognized", "invoice-voided", "kyc-document-accepted",
    "kyc-document-created", "kyc-document-modified", "kyc-document-rejected",
    "kyc-document-reviewed", "kyc-request-fulfilled", "lead-source-changed", "order-activated",
    "order-canceled", "order-churned", "order-completed", "order-created", "order-downgraded",
    "order-paid-early", "order-reactivated", "order-renewed", "order-trial-ended", "order-upgraded",
    "payment-card-expiration-was-modified", "payment-card-expired", "payment-instrument-created",
    "payment-instrument-deactivated", "primary-address-changed", "quickbooks-customer-created",
    "quickbooks-customer-task-failed", "quote-canceled", "quote-created", "quote-expired",
    "quote-issued", "quote-order-attached", "quote-recalled", "quote-rejected", "quote-updated",
    "refund-was-reflected-in-invoices", "subscription-pause-created", "subscription-pause-revoked",
    "subscription-paused", "subscription-resumed", "subscription-trial-end-changed",
    "transaction-abandoned", "transaction-amount-discrepancy-found", "transaction-approved",
    "transaction-canceled", "transaction-declined", "transaction-discrepancy-found",
    "transaction-disputed", "transaction-reconciled", "transaction-partially-refunded",
    "transaction-refunded", "transaction-voided", "transaction-waiting-gateway",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_that_we_record_are_published_ones() {
        for kind in [
            MessageKind::COMMENT,
            MessageKind::CREATED,
            MessageKind::CUSTOM_EVENT,
            MessageKind::CUSTOM_FIELDS,
            MessageKind::INSTRUMENT,
            MessageKind::LEAD_SOURCE,
            MessageKind::MERGED,
            MessageKind::PRIMARY_ADDRESS,
            MessageKind::TAGGED,
            MessageKind::UNTAGGED,
        ] {
            assert_eq!(MessageKind::named(kind.as_str()), Some(kind));
        }
    }
}
