//! [`State`]: what an account has in one of its modes.

use std::sync::Arc;

use super::kept::Kept;
use super::model::{Customer, PaymentSource};
use crate::engine::failure::Failure;
use crate::engine::table::{Row, Settle, Table, Tables};
use crate::engine::vendor;

/// One table for each kind of thing. A value: cloning it is cheap.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The customers.
    pub(crate) customers: Table<Customer>,
    /// The payment sources of each customer.
    pub(crate) payment_sources: Tables<PaymentSource>,
    /// The answers that wait for their idempotency keys to come again.
    pub(super) kept: Table<Kept>,
}

impl Settle for State {
    fn settle(&mut self) {
        self.customers.settle();
        self.payment_sources.settle();
        self.kept.settle();
    }
}

impl State {
    /// The payment sources of a customer that must be there.
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`] when the customer is not.
    pub(super) fn sources_of(&self, customer: &str) -> Result<Table<PaymentSource>, Failure> {
        self.customers.get(customer)?;
        Ok(self.payment_sources.of(customer))
    }

    /// One of them.
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`] when it or the customer is not there.
    pub(super) fn source(
        &self,
        customer: &str,
        id: &str,
    ) -> Result<Arc<Row<PaymentSource>>, Failure> {
        self.sources_of(customer)?.get(id).cloned()
    }
}

/// What a read of Octobat's is lent.
pub(super) type Reading<'a> = vendor::Reading<'a, State>;
/// What a write of Octobat's is lent.
pub(super) type Writing<'a> = vendor::Writing<'a, State>;
