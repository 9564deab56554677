//! [`Call`] and [`Reply`]: a request as handlers see it, and their answer.

pub use super::call::{Call, Decode};
pub use super::reply::{Body, JSON, Reply, Written};
pub use super::reply_headers::{Header, ReplyHeaders, header_number, header_numbers};
pub use super::variables::{Variable, Variables};
