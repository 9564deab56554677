//! What the ids of planted documents look like, and how such a document takes its seat.

use super::model::id::{ID_FORM, is_id};
use crate::engine::rule::TextRule;

pub(super) use crate::engine::seating::{Planted, before, id, place, since};

/// What the ids of most things look like.
pub(super) const ID: TextRule = TextRule::max(50).form(is_id, ID_FORM);
