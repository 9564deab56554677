//! Inputs of the customer domain as proptest strategies (feature `proptest`).
//!
//! [`valid`] has inputs that are taken. [`invalid`] has inputs that are just
//! not: each is a valid one in which one thing is wrong, by as little as it
//! takes, and says which; the `422` names that field and no other, once for each
//! rule that it breaks: `GBR` is too long for a country, and no country.
//!
//! ```
//! use mock_rebilly::{MockRebilly, http::Request, strategies::invalid};
//! use proptest::test_runner::TestRunner;
//! use serde_json::Value;
//!
//! let rebilly = MockRebilly::builder().empty().without_socket();
//! TestRunner::deterministic().run(&invalid::customer(), |it| {
//!     let request = Request::post("/customers").header("REB-APIKEY", "sk_sandbox_x");
//!     let answer = rebilly.handle(request.body(it.input.to_string()).unwrap());
//!     assert_eq!(answer.status(), 422);
//!     let problem: Value = serde_json::from_slice(answer.body()).unwrap();
//!     assert_eq!(problem["invalidFields"][0]["field"], it.field);
//!     Ok(())
//! }).unwrap();
//! ```
//!
//! Everything shrinks: to members that are absent, to short texts of the letter
//! `a`. Hosts are those that RFC 2606 keeps for examples.

mod address;
mod contact;
mod custom_field;
mod custom_value;
mod customer;
mod event_type;
mod flaw;
pub mod invalid;
mod lead_source;
mod listing;
mod members;
mod message;
mod name;
mod tagging;
mod tax_number;
mod text;
pub mod valid;

pub use self::flaw::Invalid;
