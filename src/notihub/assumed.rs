//! What no document of Notihub's states. A call that leans on a guess notes it.
//!
//! Not among them is what has to have *some* value and where any would do: ids, tokens,
//! the texts of errors that no document shows, which members an answer shows beside those
//! that were sent, which of several mistakes is told. Nor is how a double is set up: which
//! credentials there are, and that any template exists while no fixture names one.

mod contacts;
mod customers;
mod messages;
mod requests;

use std::sync::LazyLock;

pub(super) use self::{contacts::*, customers::*, messages::*, requests::*};
use crate::engine::evidence::Guess;

/// Every guess, room by room.
pub(super) static GUESSES: LazyLock<Vec<&'static Guess>> = LazyLock::new(|| {
    let rooms = [REQUEST_GUESSES, CUSTOMER_GUESSES, CONTACT_GUESSES, MESSAGE_GUESSES];
    rooms.concat()
});
