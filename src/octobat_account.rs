//! [`OctobatAccount`]: what a test author sees of an account of Octobat's.

use hyper::StatusCode;

use crate::builder::Builder;
use crate::handle_table::handles;
use crate::mock::Mock;
use crate::octobat::model::{Customer, PaymentSource};
use crate::octobat::{LIVE, Octobat, TEST, connected, kinds};
use crate::shelf::Shelf;

/// A test double of Octobat.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// use mock_rebilly::{MockOctobat, OctobatOp};
///
/// let octobat = MockOctobat::start().await;
/// let (url, key) = (octobat.url(), octobat.api_key()); // what the code under test is given
/// // … run the code under test …
/// octobat.journal().of(OctobatOp::CreateCustomer).assert_count(..=1);
/// # drop((url, key));
/// # }
/// ```
pub type MockOctobat = Mock<Octobat>;

impl Mock<Octobat> {
    /// A key for test data that is let in. Unless [`Builder::api_key`] was called, so is any other.
    ///
    /// ```
    /// use mock_rebilly::MockOctobat;
    ///
    /// let octobat = MockOctobat::start_blocking();
    /// assert!(octobat.api_key().starts_with("oc_test_skey_"));
    /// assert!(octobat.live().api_key().starts_with("oc_live_skey_"));
    /// ```
    #[must_use]
    pub fn api_key(&self) -> String {
        self.test().api_key()
    }

    /// The test data: what calls with a test key see.
    #[must_use]
    pub fn test(&self) -> OctobatAccount<'_> {
        OctobatAccount { mock: self, realm: TEST.to_owned() }
    }

    /// The live data: what calls with a live key see, and no others.
    ///
    /// ```
    /// use mock_rebilly::MockOctobat;
    /// use serde_json::json;
    ///
    /// let octobat = MockOctobat::builder().empty().start_blocking();
    /// octobat.live().customers().add(json!({ "billing_address_country": "FR" }));
    /// assert_eq!((octobat.live().customers().len(), octobat.customers().len()), (1, 0));
    /// ```
    #[must_use]
    pub fn live(&self) -> OctobatAccount<'_> {
        OctobatAccount { mock: self, realm: LIVE.to_owned() }
    }
}

impl Builder<Octobat> {
    /// Lets in this key, and of all others only those that are said so, too: the others
    /// are answered with `401`.
    ///
    /// ```
    /// use mock_rebilly::MockOctobat;
    ///
    /// let octobat = MockOctobat::builder().api_key("oc_test_skey_1").api_key("oc_live_skey_1");
    /// let octobat = octobat.start_blocking();
    /// assert_eq!(octobat.api_key(), "oc_test_skey_1");
    /// assert_eq!(octobat.live().api_key(), "oc_live_skey_1");
    /// ```
    pub fn api_key(mut self, key: &str) -> Builder<Octobat> {
        self.vendor.api_keys.push(key.to_owned());
        self
    }

    /// Answers what was created with this status in the place of `201`: a third
    /// party saw `200`, and no document says it of customers.
    ///
    /// ```
    /// use mock_rebilly::{MockOctobat, http::Request};
    ///
    /// let octobat = MockOctobat::builder().create_status(200).without_socket();
    /// let request = Request::post("/customers").header("Authorization", "Basic a2V5Og==");
    /// let answer = octobat.handle(request.body("billing_address_country=FR").unwrap());
    /// assert_eq!(answer.status(), 200);
    /// ```
    ///
    /// # Panics
    ///
    /// When it is none of the statuses that say it was done: 200 to 299.
    #[track_caller]
    pub fn create_status(mut self, status: u16) -> Builder<Octobat> {
        let known = StatusCode::from_u16(status).ok().filter(StatusCode::is_success);
        self.vendor.create_status =
            known.unwrap_or_else(|| panic!("{status} does not say that something was created"));
        self
    }

    /// Lets connections live on after an answer. Without it, every answer closes
    /// its connection, since octobat-npm 2.0.1 sends nothing on one that it used before.
    ///
    /// ```
    /// use mock_rebilly::{MockOctobat, http::Request};
    ///
    /// let ask = |octobat: &MockOctobat| octobat.handle(Request::get("/customers").body("").unwrap());
    /// let octobat = MockOctobat::builder().without_socket();
    /// assert_eq!(ask(&octobat).headers()["connection"], "close");
    /// let octobat = MockOctobat::builder().keep_alive().without_socket();
    /// assert!(!ask(&octobat).headers().contains_key("connection"));
    /// ```
    pub fn keep_alive(mut self) -> Builder<Octobat> {
        self.vendor.keep_alive = true;
        self
    }

    /// Serves everything below this path and nothing beside it: for clients whose
    /// base address has one.
    ///
    /// ```
    /// use mock_rebilly::{MockOctobat, http::Request};
    ///
    /// let octobat = MockOctobat::builder().path_prefix("/octobat").without_socket();
    /// let request = Request::get("/octobat/customers").header("Authorization", "Basic a2V5Og==");
    /// assert_eq!(octobat.handle(request.body("").unwrap()).status(), 200);
    /// ```
    pub fn path_prefix(mut self, prefix: &str) -> Builder<Octobat> {
        let segments = prefix.split('/').filter(|segment| !segment.is_empty());
        self.vendor.path_prefix = segments.map(str::to_owned).collect();
        self
    }

    /// Gives each account that the header `Octobat-Account` names data of its own:
    /// see [`OctobatAccount::connected`]. Without it the header changes nothing, for
    /// octobat-ruby forgets it when it updates a customer.
    ///
    /// ```
    /// use mock_rebilly::{MockOctobat, OctobatOp, http::Request};
    ///
    /// let octobat = MockOctobat::builder().separate_accounts().without_socket();
    /// let request = Request::get("/customers").header("Authorization", "Basic a2V5Og==");
    /// octobat.handle(request.header("Octobat-Account", "acct_1").body("").unwrap());
    /// octobat.journal().of(OctobatOp::ListCustomers).realm("test/acct_1").assert_once();
    /// ```
    pub fn separate_accounts(mut self) -> Builder<Octobat> {
        self.vendor.separate_accounts = true;
        self
    }
}

/// The data of an account in one mode, test or live, as it is at each call.
#[derive(Clone, Debug)]
pub struct OctobatAccount<'m> {
    mock: &'m MockOctobat,
    realm: String,
}

impl<'m> OctobatAccount<'m> {
    /// A key for this data that is let in.
    #[must_use]
    pub fn api_key(&self) -> String {
        let is_live = self.realm.split('/').next() == Some(LIVE);
        self.mock.shared.simulation().vendor().key(is_live).to_owned()
    }

    /// The data of a connected account in the same mode, which calls reach by the
    /// header `Octobat-Account` if [`Builder::separate_accounts`] was called.
    ///
    /// ```
    /// use mock_rebilly::MockOctobat;
    /// use serde_json::json;
    ///
    /// let octobat = MockOctobat::builder().empty().separate_accounts().start_blocking();
    /// octobat.test().connected("acct_1").customers().add(json!({ "billing_address_country": "FR" }));
    /// assert!(octobat.customers().is_empty());
    /// ```
    #[must_use]
    pub fn connected(&self, account: &str) -> OctobatAccount<'m> {
        OctobatAccount { mock: self.mock, realm: connected(&self.realm, account) }
    }
}

handles! {
    OctobatAccount of Octobat, else test, "Of the test data.";

    /// The customers, each without its payment sources.
    ///
    /// ```
    /// use mock_rebilly::MockOctobat;
    /// use mock_rebilly::octobat::model::BusinessType;
    ///
    /// let octobat = MockOctobat::start_blocking();
    /// let engines = octobat.customers().one("oc_cu_1675242000a1b20000ada1");
    /// assert_eq!(engines.business_type, BusinessType::B2B);
    /// ```
    customers(): Shelf of Customer in CUSTOMERS;

    /// The payment sources of a customer; none if there is no such customer.
    ///
    /// ```
    /// use mock_rebilly::MockOctobat;
    /// use serde_json::json;
    ///
    /// let octobat = MockOctobat::start_blocking();
    /// let check = json!({ "payment_source_type": "Check" });
    /// octobat.payment_sources("oc_cu_1677661200a1b20000b0b1").put("oc_ps_check", check);
    /// assert_eq!(octobat.payment_sources("oc_cu_1677661200a1b20000b0b1").len(), 1);
    /// ```
    payment_sources(customer): Shelf of PaymentSource in PAYMENT_SOURCES;
}
