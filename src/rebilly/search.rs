//! The search over several kinds of things, of which customers are simulated.

use super::assumed::{LIST_PARAMETERS, SEARCH_TOTAL};
use super::model::Customer;
use super::paging::Listing;
use super::shape::note_tags;
use super::state::Reading;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::failure::Failure;
use crate::engine::render::{Rendered, Writer};
use crate::engine::table::Shown;

/// What is searched. Only the first ever finds anything here.
const SEARCHED: [&str; 4] = ["customers", "invoices", "orders", "transactions"];

/// `GetSearch`: a list of one result, as the definition has it.
/// Assumed: the total counts what was found (`search-total`), and that can be
/// filtered as a list is (`list-parameters-added`).
pub(super) fn get(cx: &Reading<'_>, call: &Call) -> Result<Reply, Failure> {
    call.assume(&SEARCH_TOTAL);
    if call.query.joined("filter", ";").is_some() {
        call.assume(&LIST_PARAMETERS);
    }
    let page = Listing::<Customer>::read(cx, call)?.page(&cx.state.customers);
    note_tags(call, page.rows.iter().map(|row| &row.record));
    let result = Rendered::object(|object| {
        let [customers, others @ ..] = SEARCHED;
        object
            .member(customers)
            .list(page.rows.iter(), |writer, row| writer.rendered(&row.rendered()));
        for other in others {
            object.member(other).list([(); 0], |_, ()| ());
        }
        object.member("searched").list(SEARCHED, Writer::text);
    });
    Ok(page.reply_as(|_| Body::JsonList(vec![result])))
}
