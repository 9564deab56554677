//! How a planted document takes its [`Seat`]: its id, what it replaces, its place in lists.

use std::sync::Arc;

use super::clock::Timestamp;
use super::failure::Failure;
use super::id::Id;
use super::input::Input;
use super::kind::Seat;
use super::rule::TextRule;
use super::table::{Place, Record, Row};
use super::vendor::Writing;

/// What planting a document comes to: the id by which it is found.
pub type Planted = Result<String, Failure>;

/// The id that the seat has, or that the document chooses in `member`, if either does.
#[must_use]
pub fn id(seat: Seat<'_>, document: &Input<'_>, member: &str, rule: TextRule) -> Option<String> {
    let own = document.text(member, rule).value();
    let Some(id) = seat.id else { return own };
    if let Err(reason) = rule.check(id) {
        document.refuse(member, reason);
    } else if let Some(own) = own.filter(|own| own != id) {
        document.refuse(
            member,
            format!("must be `{id}`, under which it is put, or left out, but is `{own}`"),
        );
    }
    Some(id.to_owned())
}

/// What stands there and is replaced. Where the document chose its id itself, in `member`, the
/// seat must be free.
#[must_use]
pub fn before<T: Record>(
    seat: Seat<'_>,
    document: &Input<'_>,
    member: &str,
    found: Option<&Arc<Row<T>>>,
) -> Option<Arc<Row<T>>> {
    let found = found?;
    if seat.id.is_some() {
        return Some(Arc::clone(found));
    }
    let kind = T::KIND.to_lowercase();
    document.refuse(member, format!("there is another {kind} with the id `{}`", found.id()));
    None
}

/// When something came to be: what it replaces did so before.
#[must_use]
pub fn since<T>(before: Option<&Arc<Row<T>>>, now: Timestamp) -> Timestamp {
    before.map_or(now, |row| row.place.time)
}

/// Where it stands in lists: in the place of what it replaces, unless it came to be at another time.
#[must_use]
pub fn place<T, S>(
    cx: &mut Writing<'_, S>,
    before: Option<&Arc<Row<T>>>,
    time: Timestamp,
    id: impl Into<Id>,
) -> Place {
    match before {
        Some(row) if row.place.time == time => row.place.clone(),
        _ => cx.place(time, id),
    }
}
