//! The rules that no document of Rebilly's states. A call that leans on one notes it.
//!
//! Not among them is what has to have *some* value and where any would do: ids,
//! contact hashes, the texts of messages and errors, where links lead, whether an
//! unset member is `null` or left out where it may be both, which of several
//! mistakes is told. Nor is how a double is set up: which organizations, keys and
//! users there are, and that whatever is not simulated (files, people, invoices) exists.

mod custom_fields;
mod customers;
mod lists;
mod requests;
mod room;
mod tags;
mod timelines;
mod webhooks;

use std::sync::LazyLock;

pub(super) use self::{
    custom_fields::*, customers::*, lists::*, requests::*, tags::*, timelines::*, webhooks::*,
};
use crate::engine::evidence::Rule;

/// Every rule, room by room.
pub(super) static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let rooms = [
        REQUEST_RULES,
        LIST_RULES,
        CUSTOMER_RULES,
        TIMELINE_RULES,
        TAG_RULES,
        FIELD_RULES,
        WEBHOOK_RULES,
    ];
    rooms.concat()
});
