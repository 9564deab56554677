//! What an account has, thing by thing.

use super::state::State;
use crate::engine::tour::Tour;

/// Leads a tour through everything.
pub(super) fn lead(tour: &mut Tour<'_, '_, State>) {
    tour.table("customers", |state| &state.customers);
    tour.tables("payment_sources", |state| &state.payment_sources);
    tour.table("idempotency_keys", |state| &state.kept);
}
