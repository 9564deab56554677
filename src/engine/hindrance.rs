//! [`Hindrance`]: what keeps an answer from arriving as others do.

use std::time::Duration;

/// What keeps an answer from arriving whole and at once.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hindrance {
    /// The connection is closed after so many bytes of the body.
    ClosedAfter(usize),
    /// So many bytes are sent at a time, with a pause between them.
    Slow(usize, Duration),
    /// It takes so long in real time.
    Late(Duration),
}
