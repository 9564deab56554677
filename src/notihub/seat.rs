//! How a planted document takes its [`Seat`]: its id, and what it replaces.

use std::sync::Arc;

use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::rule::TextRule;
use crate::engine::table::{Record, Row, Table};

/// What planting a document comes to: the id by which it is found.
pub(super) type Planted = Result<String, Failure>;

/// What can stand in a path as it is.
const ID: TextRule = TextRule::max(200).form(is_id, "letters, digits, `-`, `_`, `.` and `~`");

fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

/// The id that the seat has, or that the document chooses in `member`, if either does.
pub(super) fn id(seat: Seat<'_>, document: &Input<'_>, member: &str) -> Option<String> {
    let own = document.text(member, ID).value();
    let Some(id) = seat.id else { return own };
    if let Err(reason) = ID.check(id) {
        document.refuse(member, reason);
    }
    if let Some(own) = own.filter(|own| own != id) {
        let reason = format!("must be `{id}`, under which it is put, or left out, but is `{own}`");
        document.refuse(member, reason);
    }
    Some(id.to_owned())
}

/// What stands there and is replaced. Where the document chose its id itself, the seat
/// must be free.
pub(super) fn before<T: Record>(
    seat: Seat<'_>,
    document: &Input<'_>,
    member: &str,
    table: &Table<T>,
    id: &str,
) -> Option<Arc<Row<T>>> {
    let found = table.find(id)?;
    if seat.id.is_some() {
        return Some(Arc::clone(found));
    }
    let kind = T::KIND.to_lowercase();
    document.refuse(member, format!("there is another {kind} with the id `{id}`"));
    None
}
