//! [`State`]: all that one organization holds.

use rpds::RedBlackTreeMapSync;

use super::model::{Customer, EventLog, Message, Webhook, WebhookLogs};
use crate::engine::table::{Table, Tables};
use crate::engine::vendor;

/// One table for each kind of thing. A value: cloning it is cheap.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The customers by id, with their lead sources.
    pub(crate) customers: Table<Customer>,
    /// The timeline messages of each customer.
    pub(crate) timelines: Tables<Message>,
    /// What happened, as webhooks would be told.
    pub(crate) events: EventLog,
    /// Who wants to be told.
    pub(super) webhooks: Table<Webhook>,
    /// What webhooks are still to be told, and what they were.
    pub(crate) due: WebhookLogs,
    pub(crate) sent: WebhookLogs,
    /// Whether anything ever becomes due: how this double was set up.
    pub(super) delivers: bool,
    /// The payment tokens that were used: each works once.
    pub(super) used_tokens: RedBlackTreeMapSync<String, ()>,
}

/// What a read of Rebilly's is lent.
pub(super) type Reading<'a> = vendor::Reading<'a, State>;
/// What a write of Rebilly's is lent.
pub(super) type Writing<'a> = vendor::Writing<'a, State>;
