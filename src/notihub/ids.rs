//! [`fresh`]: the ids that the vendor makes up.

use super::state::{State, Writing};
use crate::engine::ids::Stream;
use crate::engine::table::{Record, Table};

/// An id that nothing in a table has.
pub(super) fn fresh<T: Record>(
    cx: &mut Writing<'_>,
    table: fn(&State) -> &Table<T>,
    draw: impl FnMut(&mut Stream) -> String,
) -> String {
    cx.ids.fresh(draw, |id| table(cx.state).find(id).is_some())
}
