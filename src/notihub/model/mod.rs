//! What an environment of Notihub's holds: plain data, read from requests and shown in answers.
//!
//! Members stand in the order of the documented examples. No handler is in this room.

pub mod contact;
pub mod customer;
pub(super) mod list;
pub mod mechanism;
pub mod message;
pub mod preference;
pub mod status;
pub mod template;
pub mod token;
pub(super) mod wording;

pub use self::contact::Contact;
pub use self::customer::Customer;
pub use self::mechanism::{ContactType, Mechanism};
pub use self::message::{Delivery, DeliveryStatus, Message};
pub use self::preference::Preference;
pub use self::status::CustomerStatus;
pub use self::template::Template;
pub use self::token::Token;
