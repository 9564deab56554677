//! The guesses that no document of Rebilly's states. A call that leans on one notes it.
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
mod tags;
mod timelines;
mod webhooks;

use std::sync::LazyLock;

pub(super) use self::{
    custom_fields::*, customers::*, lists::*, requests::*, tags::*, timelines::*, webhooks::*,
};
use crate::engine::evidence::Guess;

/// Every guess, room by room.
pub(super) static GUESSES: LazyLock<Vec<&'static Guess>> = LazyLock::new(|| {
    let rooms = [
        REQUEST_GUESSES,
        LIST_GUESSES,
        CUSTOMER_GUESSES,
        TIMELINE_GUESSES,
        TAG_GUESSES,
        FIELD_GUESSES,
        WEBHOOK_GUESSES,
    ];
    rooms.concat()
});
