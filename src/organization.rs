//! [`Organization`]: what a test author sees of one organization of Rebilly's.

use crate::builder::Builder;
use crate::engine::vendor::Vendor;
use crate::event_log::Events;
use crate::mock::Mock;
use crate::rebilly::Rebilly;

/// A test double of Rebilly.
pub type MockRebilly = Mock<Rebilly>;

impl Mock<Rebilly> {
    /// A secret key that is let in. Unless [`Builder::api_key`] was called, so is any other.
    #[must_use]
    pub fn api_key(&self) -> String {
        self.shared.simulation().vendor().credential()
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
        Organization { mock: self, realm: id.to_owned() }
    }

    /// The events of the organization that calls are for when they name none; see
    /// [`Organization::events`].
    #[must_use]
    pub fn events(&self) -> Events {
        self.default_organization().events()
    }

    pub(crate) fn default_organization(&self) -> Organization<'_> {
        let realm = self.shared.simulation().vendor().organization.clone();
        Organization { mock: self, realm }
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

    /// The organization of calls that name none: 1 to 50 letters, digits and `@ ~ - . _`.
    /// With any other, the double does not start.
    pub fn organization(mut self, id: &str) -> Builder<Rebilly> {
        id.clone_into(&mut self.vendor.organization);
        self
    }

    /// Refuses what is more than this many writes of an organization in ten
    /// minutes of the double's clock, with `429`. Without it, they are counted
    /// (down from Rebilly's 3000) and never refused.
    ///
    /// Every call that is not a `GET` counts, whether it is refused or not; no
    /// `GET` ever does. With [`order_independent`](Builder::order_independent)
    /// nothing is counted, so nothing is refused: who comes too late would
    /// depend on who came first.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::{MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().rate_limit(1).without_socket();
    /// let put = || {
    ///     let request = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    ///     rebilly.handle(request.body("{}").unwrap())
    /// };
    /// assert_eq!(put().status(), 201);
    /// let refused = put();
    /// assert_eq!((refused.status().as_u16(), &refused.headers()["Retry-After"]), (429, &"600".parse().unwrap()));
    /// rebilly.advance(Duration::from_secs(600));
    /// assert_eq!(put().status(), 200);
    /// ```
    pub fn rate_limit(mut self, max: u64) -> Builder<Rebilly> {
        self.vendor.rate_limit = Some(max);
        self
    }

    /// Lets events become due for the webhooks that want them, to be sent by
    /// [`Mock::deliver`]. Without it, webhooks are kept and shown and told of nothing.
    pub fn deliver_webhooks(mut self) -> Builder<Rebilly> {
        self.vendor.delivers = true;
        self
    }
}

/// The state of one organization, as it is at each call.
#[derive(Clone, Debug)]
pub struct Organization<'m> {
    pub(crate) mock: &'m MockRebilly,
    pub(crate) realm: String,
}

impl Organization<'_> {
    /// What happened to its customers, the oldest event first: all that
    /// webhooks would be told, whether there are any or not. Fixtures emit
    /// nothing, and neither does a call that is refused. The newest
    /// [`EVENTS_MAX`](crate::rebilly::model::EVENTS_MAX) are kept.
    ///
    /// ```
    /// use mock_rebilly::{EventKind, MockRebilly, http::Request};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// // … the code under test does its work …
    /// # let request = Request::put("/organizations/acme/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(request.body(r#"{"primaryAddress":{"firstName":"Ada"}}"#).unwrap());
    /// let events = rebilly.organization("acme").events();
    /// let event = events.last().expect("something happened");
    /// assert_eq!((event.kind(), event.customer_id()), (EventKind::CUSTOMER_UPDATED, "cus_ada"));
    /// assert_eq!(event.payload()["_embedded"]["customer"]["firstName"], "Ada");
    /// assert_eq!(events.to_string(), "#1 2024-01-01T00:00:00Z customer-updated cus_ada\n");
    /// ```
    #[must_use]
    pub fn events(&self) -> Events {
        let simulation = self.mock.shared.simulation();
        let log = &simulation.state(&self.realm).events;
        Events::new(log.oldest_first(), log.dropped(), &self.mock.url, &self.realm)
    }
}
