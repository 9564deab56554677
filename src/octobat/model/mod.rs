//! Octobat's things: plain data, read from requests and shown in answers.

mod customer;
mod gateway_source;
mod payment_source;
mod reading;

pub(crate) use self::customer::PREFIX as CUSTOMER_PREFIX;
pub use self::customer::{BusinessType, Customer};
pub use self::gateway_source::GatewaySource;
pub(crate) use self::payment_source::PREFIX as PAYMENT_SOURCE_PREFIX;
pub use self::payment_source::PaymentSource;
pub(crate) use self::reading::clears;
