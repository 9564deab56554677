//! [`Organization`]: what a test author sees of one organization of Rebilly's.

use std::sync::Arc;

use crate::builder::Builder;
use crate::engine::table::Row;
use crate::mock::Mock;
use crate::rebilly::Rebilly;
use crate::rebilly::model::{CustomField, Customer, LeadSource, Message};

/// A test double of Rebilly.
pub type MockRebilly = Mock<Rebilly>;

impl Mock<Rebilly> {
    /// A secret key that is let in. Unless [`Builder::api_key`] was called, so is any other.
    #[must_use]
    pub fn api_key(&self) -> String {
        let world = self.shared.world();
        world.vendor().api_key.clone().unwrap_or_else(|| Rebilly::API_KEY.to_owned())
    }

    /// The state of one organization. Calls that name none are for
    /// [`Rebilly::ORGANIZATION`], unless [`Builder::organization`] says otherwise.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let ada = rebilly.organization("acme").customer("cus_ada").expect("the standard fixtures have her");
    /// assert_eq!(ada.email(), Some("ada@example.com"));
    /// ```
    #[must_use]
    pub fn organization(&self, id: &str) -> Organization<'_> {
        Organization { mock: self, id: id.to_owned() }
    }

    /// A customer of the organization that calls are for when they name none.
    #[must_use]
    pub fn customer(&self, id: &str) -> Option<Arc<Row<Customer>>> {
        self.default_organization().customer(id)
    }

    /// A timeline of the same organization; see [`Organization::timeline`].
    #[must_use]
    pub fn timeline(&self, customer_id: &str) -> Vec<Arc<Row<Message>>> {
        self.default_organization().timeline(customer_id)
    }

    fn default_organization(&self) -> Organization<'_> {
        let id = self.shared.world().vendor().organization.clone();
        Organization { mock: self, id }
    }
}

impl Builder<Rebilly> {
    /// Lets in this secret key and nothing else: other keys, and session tokens, are answered with `401`.
    pub fn api_key(mut self, key: &str) -> Builder<Rebilly> {
        self.vendor.api_key = Some(key.to_owned());
        self
    }

    /// Takes the compliance products away: a screening report is then refused with `403`.
    pub fn without_compliance_products(mut self) -> Builder<Rebilly> {
        self.vendor.compliance_products = false;
        self
    }

    /// The organization of calls that name none.
    pub fn organization(mut self, id: &str) -> Builder<Rebilly> {
        id.clone_into(&mut self.vendor.organization);
        self
    }
}

/// The state of one organization, as it is at each call.
#[derive(Clone, Debug)]
pub struct Organization<'m> {
    mock: &'m MockRebilly,
    id: String,
}

impl Organization<'_> {
    /// A customer, shared and immutable: later calls do not change it.
    #[must_use]
    pub fn customer(&self, id: &str) -> Option<Arc<Row<Customer>>> {
        self.mock.shared.world().state(&self.id).customers.find(id).cloned()
    }

    /// All customers, the newest first.
    #[must_use]
    pub fn customers(&self) -> Vec<Arc<Row<Customer>>> {
        self.mock.shared.world().state(&self.id).customers.newest_first().cloned().collect()
    }

    /// Where a customer came from.
    #[must_use]
    pub fn lead_source(&self, customer_id: &str) -> Option<Arc<Row<LeadSource>>> {
        self.customer(customer_id)?.lead_source.clone()
    }

    /// The definition of a custom field of a resource, such as `customers`.
    #[must_use]
    pub fn custom_field(&self, resource: &str, name: &str) -> Option<Arc<Row<CustomField>>> {
        self.mock.shared.world().state(&self.id).custom_fields.of(resource).find(name).cloned()
    }

    /// A customer's timeline, the newest message first; empty if there is no such customer.
    #[must_use]
    pub fn timeline(&self, customer_id: &str) -> Vec<Arc<Row<Message>>> {
        self.mock
            .shared
            .world()
            .state(&self.id)
            .timelines
            .of(customer_id)
            .newest_first()
            .cloned()
            .collect()
    }
}
