//! [`NotihubEnvironment`]: what a test author sees of one environment of Notihub's.

use crate::builder::Builder;
use crate::engine::json::Json;
use crate::engine::tape::Tape;
use crate::engine::vendor::Writing;
use crate::handle_table::handles;
use crate::mock::Mock;
use crate::notihub::credentials::Keys;
use crate::notihub::model::{Contact, Customer, Message, Preference, Template};
use crate::notihub::{Notihub, State, kinds, tokens};
use crate::shelf::Shelf;

/// A test double of Notihub.
///
/// ```
/// use mock_rebilly::{MockNotihub, http::Request};
///
/// let notihub = MockNotihub::start_blocking();
/// let token = notihub.access_token();
/// // … the code under test is given `notihub.url()` and does its work …
/// # let request = Request::post("/customers/").header("Authorization", format!("Bearer {token}"));
/// # notihub.handle(request.body(r#"{ "externalId": "7" }"#).unwrap());
/// let newest = &notihub.customers().all()[0];
/// assert_eq!(newest.external_id.as_deref(), Some("7"));
/// ```
pub type MockNotihub = Mock<Notihub>;

impl Mock<Notihub> {
    /// A token for the environment that is used unless a test says otherwise. It needs no
    /// exchange, and is good for six hours from the start.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mock_rebilly::{MockNotihub, http::Request};
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let list = || {
    ///     let bearer = format!("Bearer {}", notihub.access_token());
    ///     notihub.handle(Request::get("/customers/").header("Authorization", bearer).body("").unwrap())
    /// };
    /// assert_eq!(list().status(), 200);
    /// notihub.advance(Duration::from_secs(6 * 3_600));
    /// assert_eq!(list().status(), 401);
    /// ```
    #[must_use]
    pub fn access_token(&self) -> &'static str {
        Notihub::ACCESS_TOKEN
    }

    /// What one environment holds, by its client id.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    /// use serde_json::json;
    ///
    /// let notihub = MockNotihub::builder().empty().start_blocking();
    /// notihub.environment("acme").customers().add(json!({ "externalId": "7" }));
    /// assert_eq!((notihub.environment("acme").customers().len(), notihub.customers().len()), (1, 0));
    /// ```
    #[must_use]
    pub fn environment(&self, client_id: &str) -> NotihubEnvironment<'_> {
        NotihubEnvironment { mock: self, realm: client_id.to_owned() }
    }

    fn default_environment(&self) -> NotihubEnvironment<'_> {
        let realm = self.shared.simulation().vendor().environment().to_owned();
        NotihubEnvironment { mock: self, realm }
    }
}

impl Builder<Notihub> {
    /// The environment that is used unless a token says otherwise.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    ///
    /// let notihub = MockNotihub::builder().environment("acme").start_blocking();
    /// assert_eq!(notihub.environment("acme").customers().len(), notihub.customers().len());
    /// ```
    pub fn environment(mut self, client_id: &str) -> Builder<Notihub> {
        self.vendor.environment = Some(client_id.to_owned());
        self
    }

    /// Issues tokens for these credentials, and for no others but those of further calls.
    /// Without it, any four parts will do. The environment of the first call is the one
    /// that is used unless a token says otherwise.
    ///
    /// ```
    /// use mock_rebilly::{MockNotihub, http::Request};
    ///
    /// let notihub = MockNotihub::builder().credentials("pub", "sec", "acme", "sec_acme").start_blocking();
    /// // base64 of pub:sec:acme:wrong
    /// let request = Request::post("/token/").header("Authorization", "Basic cHViOnNlYzphY21lOndyb25n");
    /// assert_eq!(notihub.handle(request.body("").unwrap()).status(), 401);
    /// ```
    pub fn credentials(
        mut self,
        public_key: &str,
        secret_key: &str,
        client_id: &str,
        client_secret: &str,
    ) -> Builder<Notihub> {
        self.vendor.keys.push(Keys {
            public_key: public_key.to_owned(),
            secret_key: secret_key.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
        });
        self
    }

    /// Lets `Bearer undefined` into the environment that is used unless a token says
    /// otherwise: the SDK sends that until its exchange is done, and its documents' samples
    /// do not wait. Without it, that is `401`, as it is where it counts.
    ///
    /// ```
    /// use mock_rebilly::{MockNotihub, http::Request};
    ///
    /// let notihub = MockNotihub::builder().accept_undefined_bearer().start_blocking();
    /// let request = Request::get("//customers/").header("Authorization", "Bearer undefined");
    /// assert_eq!(notihub.handle(request.body("").unwrap()).status(), 200);
    /// ```
    pub fn accept_undefined_bearer(mut self) -> Builder<Notihub> {
        self.vendor.accepts_undefined = true;
        self
    }

    /// What stands before every path: the SDK takes it as a part of its host. Nothing is
    /// found elsewhere.
    ///
    /// ```
    /// use mock_rebilly::{MockNotihub, http::Request};
    ///
    /// let notihub = MockNotihub::builder().path_prefix("/eu").start_blocking();
    /// let bearer = format!("Bearer {}", notihub.access_token());
    /// let request = Request::get("/eu//customers/").header("Authorization", bearer);
    /// assert_eq!(notihub.handle(request.body("").unwrap()).status(), 200);
    /// ```
    pub fn path_prefix(mut self, prefix: &str) -> Builder<Notihub> {
        prefix.clone_into(&mut self.vendor.prefix);
        self
    }

    /// Numbers pages from 1, as the SDK's samples do. Without it, the first page is 0, as
    /// documented, and a sample that asks for page 1 of a few customers is given none.
    pub fn one_based_pages(mut self) -> Builder<Notihub> {
        self.vendor.switches.one_based_pages = true;
        self
    }

    /// Lets an update keep what it does not name. Without it, that takes its default.
    pub fn merge_updates(mut self) -> Builder<Notihub> {
        self.vendor.switches.merges_updates = true;
        self
    }

    /// Answers an update with `200`. Without it, that is `201`, as documented.
    pub fn updates_answer_ok(mut self) -> Builder<Notihub> {
        self.vendor.switches.updates_answer_ok = true;
        self
    }

    /// Answers `{}` when a customer is deleted, as the REST documents have it. Without it,
    /// the answer is the customer, whose id the SDK's documents read.
    pub fn deletes_answer_nothing(mut self) -> Builder<Notihub> {
        self.vendor.switches.deletes_answer_nothing = true;
        self
    }
}

/// What one environment holds, as it is at each call.
#[derive(Clone, Debug)]
pub struct NotihubEnvironment<'m> {
    mock: &'m MockNotihub,
    realm: String,
}

impl NotihubEnvironment<'_> {
    /// A new token for this environment, as an exchange would issue one now. It stands in
    /// no journal.
    ///
    /// ```
    /// use mock_rebilly::{MockNotihub, http::Request};
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let bearer = format!("Bearer {}", notihub.environment("acme").issue_token());
    /// let request = Request::post("/customers/").header("Authorization", bearer);
    /// notihub.handle(request.body(r#"{ "externalId": "7" }"#).unwrap());
    /// assert_eq!(notihub.environment("acme").customers().len(), 4);
    /// ```
    ///
    /// # Panics
    ///
    /// When the double has a bug: a token needs nothing.
    #[must_use]
    pub fn issue_token(&self) -> String {
        let issue = |cx: &mut Writing<'_, State>| Ok(tokens::issue(cx).access_token.clone());
        let mut world = self.mock.shared.simulation();
        let issued = world.plant(&self.realm, &["tokens"], &Tape::of(&Json::Null), issue);
        issued.expect("a token needs nothing")
    }
}

handles! {
    NotihubEnvironment of Notihub, else default_environment,
    "Of the environment that is used unless a token says otherwise.";

    /// The customers.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let ada = notihub.customers().one("5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b");
    /// assert_eq!(ada.external_id.as_deref(), Some("ada"));
    /// ```
    customers(): Shelf of Customer in CUSTOMERS;

    /// The contacts of a customer, by their numbers and by their values; none if there is
    /// no such customer.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    /// use serde_json::json;
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let contacts = notihub.contacts("5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b");
    /// assert!(contacts.one("ada@example.com").primary);
    /// contacts.add(json!({ "type": "EMAIL", "value": "ada@example.org", "primary": true }));
    /// assert!(!contacts.one("ada@example.com").primary);
    /// ```
    contacts(customer_id): Shelf of Contact in CONTACTS;

    /// The preferences of a customer, by the groups of templates that they are about.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    /// use mock_rebilly::notihub::model::Mechanism;
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let preferences = notihub.preferences("5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b");
    /// assert_eq!(preferences.one("invoices").mechanisms, [Mechanism::Email]);
    /// ```
    preferences(customer_id): Shelf of Preference in PREFERENCES;

    /// The messages.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    /// use mock_rebilly::notihub::model::DeliveryStatus;
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// let [invoice] = &notihub.messages().all()[..] else { panic!("there is one") };
    /// assert_eq!(invoice.deliveries[0].status, DeliveryStatus::WaitingInQueue);
    /// ```
    messages(): Shelf of Message in MESSAGES;

    /// The templates. While there are none, messages can be made from any.
    ///
    /// ```
    /// use mock_rebilly::MockNotihub;
    /// use serde_json::json;
    ///
    /// let notihub = MockNotihub::start_blocking();
    /// notihub.templates().put("welcome-de", json!({
    ///     "templateGroupId": "welcome", "language": "de_DE", "supportedMechanisms": ["EMAIL"]
    /// }));
    /// // from now on, no other template exists
    /// assert_eq!(notihub.templates().len(), 1);
    /// ```
    templates(): Shelf of Template in TEMPLATES;
}
