//! [`State`]: all that one organization holds.

use std::sync::Arc;

use super::assumed::{IDS_AS_WRITTEN, MERGED_AWAY};
use super::model::{
    Attachment, CustomField, Customer, EventLog, EventType, Message, PaymentInstrument, Tag,
    Webhook, WebhookLogs, Website,
};
use crate::engine::blocks::Block;
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::table::{Record, Row, Settle, Table, Tables};
use crate::engine::tree::Tree;
use crate::engine::vendor;

/// One table for each kind of thing. A value: cloning it is cheap.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The customers by id, with their lead sources.
    pub(crate) customers: Table<Customer>,
    /// The ids of the customers that were merged into others, until they are put anew.
    pub(super) merged_away: Tree<String, ()>,
    /// The timeline messages of each customer.
    pub(crate) timelines: Tables<Message>,
    /// The ids of the messages that fixtures chose: no two messages have one.
    pub(super) planted_messages: Tree<String, ()>,
    /// The definitions of custom fields, by the resource that has them.
    pub(crate) custom_fields: Tables<CustomField>,
    /// The tags by id. Customers carry copies of them.
    pub(crate) tags: Table<Tag>,
    /// The ids of the tags by the key of their names.
    pub(super) tag_names: Tree<String, String>,
    /// The types of custom events.
    pub(super) event_types: Table<EventType>,
    /// The files of all kinds of things.
    pub(super) attachments: Table<Attachment>,
    /// The websites.
    pub(super) websites: Table<Website>,
    /// The payment instruments that customers ever had, and planted ones.
    pub(super) instruments: Table<PaymentInstrument>,
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
    pub(super) used_tokens: Tree<String, ()>,
}

impl Settle for State {
    fn settle(&mut self) {
        self.customers.settle();
        self.timelines.settle();
        self.custom_fields.settle();
        self.tags.settle();
        self.event_types.settle();
        self.attachments.settle();
        self.websites.settle();
        self.instruments.settle();
        self.events.settle();
        self.webhooks.settle();
        self.due.table.settle();
        self.sent.table.settle();
    }
}

impl State {
    /// The customer that a call is about. Assumed: one that was merged away is
    /// missing like any other (`merged-away`), and case counts (`ids-as-written`).
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`] when there is none.
    pub(super) fn customer(&self, call: &Call, id: &str) -> Result<&Arc<Row<Customer>>, Failure> {
        if self.merged_away.has(id) {
            call.assume(&MERGED_AWAY);
        }
        find(&self.customers, call, id)
    }
}

/// Finds a row whose id somebody wrote by hand.
///
/// # Errors
///
/// [`Failure::Missing`] when there is none.
pub(super) fn find<'t, T: Record>(
    table: &'t Table<T>,
    call: &Call,
    id: &str,
) -> Result<&'t Arc<Row<T>>, Failure> {
    table.get(id).inspect_err(|_| {
        let folded = id.to_ascii_lowercase();
        if table.blocks().iter().any(|block| ids(block).binary_search(&folded).is_ok()) {
            call.assume(&IDS_AS_WRITTEN);
        }
    })
}

/// The ids of a block, in lower case and in order.
fn ids<T: Record>(block: &Block<T>) -> Arc<Vec<String>> {
    block.learn("ids in lower case", |rows| {
        let mut ids: Vec<_> = rows.iter().map(|row| row.record.id().to_ascii_lowercase()).collect();
        ids.sort_unstable();
        ids
    })
}

/// What a read of Rebilly's is lent.
pub(super) type Reading<'a> = vendor::Reading<'a, State>;
/// What a write of Rebilly's is lent.
pub(super) type Writing<'a> = vendor::Writing<'a, State>;
