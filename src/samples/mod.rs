//! Made-up customers and what belongs to them (feature `fake`): see
//! [`samples`](samples()) and [`Samples`].
//!
//! Words are those of the crate `fake`; which of them, and everything else, is
//! drawn from a seed. Inside, `tongue`, `country`, `countries` and `elsewhere` know the
//! world; `dice` is chance; `person` is someone, and the rest tells of them.

mod comment;
mod contact;
mod countries;
mod country;
mod custom_field;
mod customer;
mod dice;
mod documents;
mod elsewhere;
mod lead_source;
mod members;
mod person;
mod tag;
mod tongue;
mod website;

pub use self::documents::{Bodies, Documents};
use self::person::Person;
use crate::builder::Builder;
use crate::rebilly::Rebilly;

/// Made-up things, the same ones for the same seed.
///
/// ```
/// use mock_rebilly::{MockRebilly, samples};
///
/// let rebilly = MockRebilly::builder()
///     .samples(samples(7).customers(1_000))
///     .start_blocking();
/// assert_eq!(rebilly.organization("acme").customers().len(), 1_000);
/// ```
#[must_use]
pub fn samples(seed: u64) -> Samples {
    Samples { seed }
}

/// Made-up inputs of every kind. Made by [`samples`].
///
/// They are what real data is like: members are absent, `null` or there;
/// people have no e-mail address or several; names, streets and postal codes
/// are those of 28 countries in a dozen scripts and languages, and now and then
/// of any other country of the world. All of them pass the double's validation,
/// as requests and as documents of a fixture.
///
/// Nobody is real: domains are those that RFC 2606 keeps for examples, phone
/// numbers are of ranges kept free for fiction (in a country without such a
/// range nobody has one), and tax numbers are none that an office issues.
///
/// The same seed gives the same bytes on every platform and with every feature
/// of `serde_json`, as long as the versions of this crate and of `fake` are the
/// same. The first ten of a thousand are the first ten of ten:
///
/// ```
/// use mock_rebilly::samples;
///
/// let few: Vec<_> = samples(7).customers(10).collect();
/// let many: Vec<_> = samples(7).customers(10_000).take(10).collect();
/// assert_eq!(few, many);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Samples {
    seed: u64,
}

impl Samples {
    /// Customers, each with an id. A `POST` ignores it, as it is read-only; for
    /// a `PUT` it belongs in the path.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request, samples};
    ///
    /// let rebilly = MockRebilly::builder().empty().without_socket();
    /// for customer in samples(7).customers(100) {
    ///     let id = customer["id"].as_str().unwrap();
    ///     let request = Request::put(format!("/customers/{id}")).header("REB-APIKEY", "sk_sandbox_x");
    ///     assert_eq!(rebilly.handle(request.body(customer.to_string()).unwrap()).status(), 201);
    /// }
    /// ```
    #[must_use]
    pub fn customers(self, count: usize) -> Documents {
        Documents::new(self.seed, "customers", count, customer::customer)
    }

    /// Contacts: what a customer's `primaryAddress` is.
    ///
    /// ```
    /// use mock_rebilly::samples;
    ///
    /// assert!(samples(7).contacts(100).any(|it| it["emails"].as_array().is_some_and(|it| it.len() > 1)));
    /// ```
    #[must_use]
    pub fn contacts(self, count: usize) -> Bodies {
        Bodies::new(self.seed, "contacts", count, |_, number, dice| {
            contact::contact(&Person::new(dice, number), dice)
        })
    }

    /// Lead sources: bodies of `PutCustomerLeadSource`, and a customer's `leadSource`.
    #[must_use]
    pub fn lead_sources(self, count: usize) -> Bodies {
        Bodies::new(self.seed, "lead sources", count, |_, _, dice| lead_source::lead_source(dice))
    }

    /// Comments: bodies of `PostCustomerTimeline`, and messages of a fixture's `timeline`.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, http::Request, samples};
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let body = samples(7).comments(1).next().unwrap().to_string();
    /// let request = Request::post("/customers/cus_ada/timeline").header("REB-APIKEY", "sk_sandbox_x");
    /// assert_eq!(rebilly.handle(request.body(body).unwrap()).status(), 201);
    /// ```
    #[must_use]
    pub fn comments(self, count: usize) -> Bodies {
        Bodies::new(self.seed, "comments", count, |_, number, dice| comment::comment(number, dice))
    }

    /// Tags, no two of which have the same name.
    #[must_use]
    pub fn tags(self, count: usize) -> Documents {
        Documents::new(self.seed, "tags", count, |_, number, dice| tag::tag(number, dice))
    }

    /// Definitions of custom fields of customers. The first eight, one of each
    /// type, are those that [`customers`](Samples::customers) have values of.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, samples};
    ///
    /// let rebilly = MockRebilly::builder()
    ///     .samples(samples(7).custom_fields(8))
    ///     .samples(samples(7).customers(100))
    ///     .without_socket();
    /// assert!(rebilly.organization("acme").custom_fields("customers").get("seats").is_some());
    /// ```
    #[must_use]
    pub fn custom_fields(self, count: usize) -> Documents {
        Documents::new(self.seed, "customFields", count, |_, number, _| {
            custom_field::definition(number)
        })
    }

    /// Websites.
    #[must_use]
    pub fn websites(self, count: usize) -> Documents {
        Documents::new(self.seed, "websites", count, website::website)
    }
}

impl Builder<Rebilly> {
    /// Adds made-up documents, in place of the standard fixtures. Several
    /// calls, and those of [`fixture`](Builder::fixture), compose in their order.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, samples};
    ///
    /// let made_up = samples(7);
    /// let rebilly = MockRebilly::builder()
    ///     .samples(made_up.tags(5))
    ///     .samples(made_up.customers(20))
    ///     .fixture("ada.json", r#"{ "customers": [{ "id": "ada" }] }"#)
    ///     .without_socket();
    /// assert_eq!(rebilly.organization("acme").customers().len(), 21);
    /// ```
    pub fn samples(self, documents: Documents) -> Builder<Rebilly> {
        let name = format!("{documents:?}");
        self.fixture(&name, &documents.fixture())
    }
}
