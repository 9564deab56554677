//! The guesses that no document of Octobat's states. A call that leans on one notes it.
//!
//! Not among them is what has to have *some* value and where any would do: ids,
//! `Request-Id`, the texts of errors, which of several mistakes is told. What
//! clients of the vendor's need to work (the form of errors, `request_url`) is
//! known from them. Nor is how a double is set up: which keys are let in, and
//! that test and live data do not see each other.

mod customers;
mod lists;
mod payment_sources;
mod requests;

use std::sync::LazyLock;

pub(super) use self::{customers::*, lists::*, payment_sources::*, requests::*};
use crate::engine::evidence::Guess;

/// Every guess, room by room.
pub(super) static GUESSES: LazyLock<Vec<&'static Guess>> = LazyLock::new(|| {
    [REQUEST_GUESSES, LIST_GUESSES, CUSTOMER_GUESSES, PAYMENT_SOURCE_GUESSES].concat()
});
