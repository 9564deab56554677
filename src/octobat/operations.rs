//! [`OctobatOp`] and the operation table: what of Octobat's API is simulated.

use super::idempotency::once;
use super::state::State;
use super::{balance_transactions, customers, payment_sources};
use crate::engine::operation_table::operations;
use crate::engine::vendor::Run::{Read, Write};

/// Every operation of Octobat's that its documents and its clients name, as an
/// index: what is not in the table below is answered with `501` and its name.
pub(super) const INDEX: &str = include_str!("../../fixtures/octobat/operations.txt");

operations! {
    /// The operations of Octobat's that are simulated. The vendor has no names for
    /// them; these are the titles of its documents.
    pub enum OctobatOp of State, in "octobat" {
        GET    "customers"                                  ListCustomers                   Guide Read(customers::list);
        POST   "customers"                                  CreateCustomer                  Guide Write(|cx, call| once(cx, call, customers::create));
        GET    "customers/{id}"                             RetrieveCustomer                Guide Read(customers::retrieve);
        PATCH  "customers/{id}"                             UpdateCustomer                  Guide Write(|cx, call| once(cx, call, customers::update));
        DELETE "customers/{id}"                             DeleteCustomer                  Sdk   Write(|cx, call| once(cx, call, customers::delete));
        GET    "customers/{id}/payment_sources"             ListPaymentSources              Guide Read(payment_sources::list);
        POST   "customers/{id}/payment_sources"             CreatePaymentSource             Guide Write(|cx, call| once(cx, call, payment_sources::create));
        GET    "customers/{id}/payment_sources/{source_id}" RetrievePaymentSource           Guide Read(payment_sources::retrieve);
        PATCH  "customers/{id}/payment_sources/{source_id}" UpdatePaymentSource             Sdk   Write(|cx, call| once(cx, call, payment_sources::update));
        GET    "customers/{id}/customer_balance_transactions" ListCustomerBalanceTransactions Sdk Read(balance_transactions::list);
    }
    also {
        // The documented command line names no method, and so it posts.
        POST   "customers/{id}"                             UpdateCustomer                  Guide   Write(|cx, call| once(cx, call, customers::update));
        PUT    "customers/{id}"                             UpdateCustomer                  Assumed Write(|cx, call| once(cx, call, customers::update));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_in_the_index() {
        for operation in &OPERATIONS[..OctobatOp::ALL.len()] {
            let line =
                format!("{:<6} /{} {}", operation.method.as_str(), operation.path, operation.id);
            assert!(INDEX.lines().any(|known| known == line), "the index has no `{line}`");
        }
    }
}
