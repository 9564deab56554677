//! What an environment holds, thing by thing.

use super::state::State;
use crate::engine::tour::Tour;

/// Leads a tour through everything. Contacts are shown by their customers.
pub(super) fn lead(tour: &mut Tour<'_, '_, State>) {
    tour.table("customers", |state| &state.customers);
    tour.tables("preferences", |state| &state.preferences);
    tour.table("messages", |state| &state.messages);
    tour.table("templates", |state| &state.templates);
    tour.table("tokens", |state| &state.tokens);
}
