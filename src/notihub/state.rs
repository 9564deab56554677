//! [`State`]: all that one environment holds, and [`Switches`]: how its double was set up.

use std::sync::Arc;

use super::assumed::IDS_AS_WRITTEN;
use super::model::{Customer, Message, Preference, Template, Token};
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::table::{Row, Settle, Table, Tables};
use crate::engine::vendor;

/// One table for each kind of thing. A value: cloning it is cheap.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The customers by id, with their contacts.
    pub(crate) customers: Table<Customer>,
    /// The preferences of each customer, by the group of templates.
    pub(crate) preferences: Tables<Preference>,
    /// The messages.
    pub(crate) messages: Table<Message>,
    /// The templates; while there are none, any exists.
    pub(crate) templates: Table<Template>,
    /// The tokens that were issued, and planted ones.
    pub(super) tokens: Table<Token>,
    /// The largest number that a contact has.
    pub(super) contacts_made: i64,
    pub(super) switches: Switches,
}

/// What of a double's set-up handlers must know: where documents contradict each other,
/// a test may choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Switches {
    /// The first page is 1.
    pub(crate) one_based_pages: bool,
    /// What an update leaves out stays.
    pub(crate) merges_updates: bool,
    /// An update is answered with 200.
    pub(crate) updates_answer_ok: bool,
    /// What is deleted is not shown.
    pub(crate) deletes_answer_nothing: bool,
}

impl Settle for State {
    fn settle(&mut self) {
        self.customers.settle();
        self.preferences.settle();
        self.messages.settle();
        self.templates.settle();
        self.tokens.settle();
    }
}

impl State {
    /// The customer that a call is about. Assumed: by the vendor's own id, whose case
    /// counts (`ids-as-written`).
    ///
    /// # Errors
    ///
    /// [`Failure::Missing`] when there is none.
    pub(super) fn customer(&self, call: &Call, id: &str) -> Result<&Arc<Row<Customer>>, Failure> {
        self.customers.get(id).inspect_err(|_| {
            let nearly = |row: &Arc<Row<Customer>>| {
                row.customer_id.eq_ignore_ascii_case(id) || row.external_id.as_deref() == Some(id)
            };
            if self.customers.newest_first().any(nearly) {
                call.assume(&IDS_AS_WRITTEN);
            }
        })
    }
}

/// What a read of Notihub's is lent.
pub(super) type Reading<'a> = vendor::Reading<'a, State>;
/// What a write of Notihub's is lent.
pub(super) type Writing<'a> = vendor::Writing<'a, State>;
