//! [`Customer`]: somebody who is told something.

use std::sync::Arc;

use super::contact::Contact;
use super::mechanism::ContactType;
use super::status::CustomerStatus;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::{Record, Row, Shown, Table};
use crate::engine::text::Text;
use crate::engine::value::Value;
use crate::notihub::assumed::METADATA;

/// A customer, with the contacts by which they are reached.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Customer {
    /// A UUID.
    pub customer_id: String,
    /// What its owner calls it. Nothing keeps two customers from having the same.
    pub external_id: Option<String>,
    /// Whether they take part.
    pub status: CustomerStatus,
    /// Free text; or whatever else was sent.
    pub metadata: Json,
    /// Such as `en_US`; `None` is the environment's.
    pub language: Option<String>,
    /// In the order in which they came.
    pub(in crate::notihub) contacts: Table<Contact>,
}

impl Customer {
    /// Somebody of whom nothing is known.
    pub(in crate::notihub) fn new(customer_id: &str) -> Customer {
        Customer {
            customer_id: customer_id.to_owned(),
            external_id: None,
            status: CustomerStatus::Enabled,
            metadata: Json::Text(Text::default()),
            language: None,
            contacts: Table::default(),
        }
    }

    /// The contacts, the oldest first.
    #[must_use]
    pub fn contacts(&self) -> impl DoubleEndedIterator<Item = &Arc<Row<Contact>>> {
        self.contacts.newest_first().rev()
    }

    /// The contact to use among those of a type: the primary one, else the oldest.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    /// use mock_rebilly::notihub::model::ContactType;
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let ada = notihub.customers().one("5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b");
    /// assert_eq!(ada.contact(ContactType::Email).unwrap().value, "ada@example.com");
    /// ```
    #[must_use]
    pub fn contact(&self, contact_type: ContactType) -> Option<&Arc<Row<Contact>>> {
        let mut fit = self.contacts().filter(|it| it.contact_type == contact_type).peekable();
        let first = fit.peek().copied();
        fit.find(|it| it.primary).or(first)
    }

    /// Whether anybody could be reached by it or recognized as it. A device is not enough.
    #[must_use]
    pub fn has_identity(&self) -> bool {
        let fits = |it: &Arc<Row<Contact>>| it.contact_type != ContactType::Push;
        self.external_id.is_some() || self.contacts().any(fits)
    }
}

/// What a request says of a customer beside contacts.
pub(in crate::notihub) struct CustomerInput {
    pub(in crate::notihub) external_id: Given<String>,
    pub(in crate::notihub) status: Given<CustomerStatus>,
    pub(in crate::notihub) metadata: Given<Json>,
    pub(in crate::notihub) language: Given<String>,
}

impl CustomerInput {
    /// Reads a document. What is noted on the way makes the result worthless.
    pub(in crate::notihub) fn read(input: &Input<'_>) -> CustomerInput {
        let any = TextRule::max(usize::MAX);
        CustomerInput {
            external_id: text(input, "externalId", any),
            status: input.one_of("status", &CustomerStatus::ALL),
            metadata: metadata(input),
            language: text(input, "language", any),
        }
    }

    /// Makes a customer what a request says: what it does not say takes its default.
    pub(in crate::notihub) fn replace(self, customer: &mut Customer) {
        customer.external_id = self.external_id.value();
        customer.status = self.status.value().unwrap_or_default();
        customer.metadata = self.metadata.value().unwrap_or_else(|| Json::Text(Text::default()));
        customer.language = self.language.value();
    }

    /// The same, but what it does not say stays.
    pub(in crate::notihub) fn merge(self, customer: &mut Customer) {
        customer.external_id = self.external_id.or_keep(customer.external_id.take());
        customer.status = self.status.or_keep(Some(customer.status)).unwrap_or_default();
        let before = Some(customer.metadata.clone());
        customer.metadata =
            self.metadata.or_keep(before).unwrap_or_else(|| Json::Text(Text::default()));
        customer.language = self.language.or_keep(customer.language.take());
    }
}

/// A text; an empty one is none.
fn text(input: &Input<'_>, name: &str, rule: TextRule) -> Given<String> {
    match input.text(name, rule) {
        Given::Value(text) if text.is_empty() => Given::Null,
        given => given,
    }
}

/// Assumed: it may be any JSON and is shown as it was sent (`metadata-any`).
fn metadata(input: &Input<'_>) -> Given<Json> {
    match input.raw("metadata") {
        None => Given::Absent,
        Some(Value::Null) => Given::Null,
        Some(said) => {
            if said.as_text().is_none() {
                input.assume(&METADATA);
            }
            Given::Value(said.to_json())
        }
    }
}

impl Record for Customer {
    const KIND: &'static str = "Customer";

    fn id(&self) -> &str {
        &self.customer_id
    }

    fn alias(&self) -> Option<&str> {
        self.external_id.as_deref()
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("customerId", &self.customer_id);
        object.text_or_null("externalId", self.external_id.as_deref());
        object.text("status", self.status.as_str());
        object.member("metadata").json(&self.metadata);
        object.text_or_null("language", self.language.as_deref());
        object
            .member("contacts")
            .list(self.contacts(), |writer, contact| writer.rendered(&contact.rendered()));
    }
}
