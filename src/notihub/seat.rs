//! How a planted document takes its [`Seat`]: what ids look like here, and that nothing of
//! Notihub's says when it came to be.

use std::sync::Arc;

use super::state::Writing;
use crate::engine::input::Input;
use crate::engine::kind::Seat;
use crate::engine::rule::TextRule;
use crate::engine::seating;
use crate::engine::table::{Place, Row};

pub(super) use crate::engine::seating::{Planted, before};

/// What can stand in a path as it is.
const ID: TextRule = TextRule::max(200).form(is_id, "letters, digits, `-`, `_`, `.` and `~`");

fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

/// The id that the seat has, or that the document chooses in `member`, if either does.
pub(super) fn id(seat: Seat<'_>, document: &Input<'_>, member: &str) -> Option<String> {
    seating::id(seat, document, member, ID)
}

/// Where it stands in lists: in the place of what it replaces, else after all others.
pub(super) fn place<T>(cx: &mut Writing<'_>, before: Option<&Arc<Row<T>>>, id: &str) -> Place {
    let since = seating::since(before, cx.now);
    seating::place(cx, before, since, id)
}
