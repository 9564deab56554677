//! [`Call`] and [`Reply`]: a request as handlers see it, and their answer.

pub use super::call::{Call, Decode, Variable, is_object};
pub use super::reply::{Body, JSON, Reply};
pub use super::reply_headers::ReplyHeaders;
