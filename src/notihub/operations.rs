//! [`NotihubOp`] and the operation table: what of Notihub's API is simulated.

use super::state::State;
use super::{contacts, customers, messages, preferences, tokens};
use crate::engine::operation_table::operations;
use crate::engine::vendor::Run::{Read, Write};

/// Every operation of Notihub's, as an index: what is not in the table below is answered
/// with `501` and its name.
pub(super) const INDEX: &str = include_str!("../../fixtures/notihub/operations.txt");

operations! {
    /// The operations of Notihub's that are simulated. The vendor numbers and names none;
    /// these names follow the methods of its SDK.
    pub enum NotihubOp of State, in "notihub" {
        POST   "token"                                             CreateToken      Guide Write(tokens::create);
        POST   "customers"                                         CreateCustomer   Guide Write(customers::create);
        GET    "customers"                                         ListCustomers    Guide Read(customers::list);
        GET    "customers/{customerId}"                            GetCustomer      Guide Read(customers::get);
        PUT    "customers/{customerId}"                            UpdateCustomer   Guide Write(customers::update);
        DELETE "customers/{customerId}"                            DeleteCustomer   Guide Write(customers::delete);
        POST   "customers/{customerId}/contacts"                   CreateContact    Guide Write(contacts::create);
        PUT    "customers/{customerId}/contacts/{contactId}"       UpdateContact    Guide Write(contacts::update);
        DELETE "customers/{customerId}/contacts/{contactId}"       DeleteContact    Guide Write(contacts::delete);
        POST   "customers/{customerId}/preferences"                SetPreferences   Guide Write(preferences::set);
        GET    "customers/{customerId}/preferences"                GetPreferences   Guide Read(preferences::get);
        POST   "messages"                                          SendMessage      Guide Write(messages::send);
        GET    "messages"                                          ListMessages     Guide Read(messages::list);
        GET    "messages/{messageId}"                              GetMessage       Guide Read(messages::get);
        // What only the SDK sends.
        DELETE "customers/{customerId}/preferences/{templateGroupId}" DeletePreference Sdk Write(preferences::delete);
    }
    also {
        // The SDK names the contact in the body.
        PUT    "customers/{customerId}/contacts"                   UpdateContact    Sdk   Write(contacts::update_named);
    }
}
