//! [`Kept`]: an answer that waits for its idempotency key to come again.

use hyper::StatusCode;

use crate::engine::exchange::Body;
use crate::engine::render::Object;
use crate::engine::table::Record;

/// An answer that is kept for the next call with its key.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The key, and whose: the API key by a name that does not tell it.
    pub(super) id: String,
    /// The key alone.
    pub(super) key: String,
    /// What was asked for: method, path and parameters.
    pub(super) asked: u128,
    /// How it was answered.
    pub(super) status: StatusCode,
    /// With what.
    pub(super) body: Body,
}

impl Record for Kept {
    const KIND: &'static str = "Idempotency key";

    fn id(&self) -> &str {
        &self.id
    }

    fn alias(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("key", &self.key);
        object.text("asked", format!("{:032x}", self.asked));
        object.whole("status", self.status.as_u16());
        object.text("answer", format!("{:?}", self.body));
    }
}
