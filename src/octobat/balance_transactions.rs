//! Balance transactions of a customer, which only one client asks for.

use super::assumed::NO_TRANSACTIONS;
use super::listing::envelope;
use super::state::Reading;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::render::Rendered;

/// `ListCustomerBalanceTransactions`. Assumed: there are none (`balance-transactions-none`).
pub(super) fn list(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    let customer = cx.path("id");
    cx.state.customers.get(customer)?;
    call.assume(&NO_TRANSACTIONS);
    let address = format!("/customers/{customer}/customer_balance_transactions");
    Ok(Reply::ok(Body::Json(Rendered::object(|object| {
        envelope(object, &address, [false, false], 0);
        object.member("data").list([], |_, ()| {});
    }))))
}
