//! [`CustomerApi`]: what the model wants of a client.

use std::time::Duration;

use serde_json::Value;

/// What a client returns: what the API showed, or why it did not.
pub type Answer<T = Value> = Result<T, Refusal>;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The API said no.
    Refused {
        /// The status of its answer.
        status: u16,
        /// The fields that it names; empty if the client does not tell.
        fields: Vec<String>,
    },
    /// The client cannot do that, or cannot say such a thing. What would need it is passed over.
    NotOffered,
    /// There was no answer, or none that the client understands.
    Failed(String),
}

impl Refusal {
    /// The API said no with this status.
    #[must_use]
    pub fn status(status: u16) -> Refusal {
        Refusal::Refused { status, fields: Vec::new() }
    }

    /// The API said no with a problem document, whose `invalidFields` are told on.
    ///
    /// ```
    /// use mock_rebilly::model::Refusal;
    /// use serde_json::json;
    ///
    /// let problem = json!({ "invalidFields": [{ "field": "locale", "message": "…" }] });
    /// let fields = vec!["locale".to_owned()];
    /// assert_eq!(Refusal::problem(422, &problem), Refusal::Refused { status: 422, fields });
    /// ```
    #[must_use]
    pub fn problem(status: u16, problem: &Value) -> Refusal {
        let fields = problem["invalidFields"].as_array().into_iter().flatten();
        let fields = fields.filter_map(|field| field["field"].as_str().map(str::to_owned));
        Refusal::Refused { status, fields: fields.collect() }
    }
}

/// A client that the model can be played against.
///
/// Objects are JSON as the API shows them: a typed client serializes its types.
/// A member that it does not show is not checked. The first five methods are
/// needed; of the others, implement what your client has, and what needs the
/// rest is passed over.
///
/// ```
/// use mock_rebilly::http::Request;
/// use mock_rebilly::model::{Answer, Check, CustomerApi, Refusal};
/// use mock_rebilly::{MockRebilly, http::Method};
/// use serde_json::{Value, json};
///
/// /// Stands for a client of yours, and the server that it is given.
/// struct Client {
///     rebilly: MockRebilly,
/// }
///
/// impl Client {
///     fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
///         let request = Request::builder().method(method).uri(path).header("REB-APIKEY", "sk_x");
///         let answer = self.rebilly.handle(request.body(body.to_string()).unwrap());
///         let body = serde_json::from_slice(answer.body()).unwrap_or_default();
///         if answer.status().is_success() {
///             Ok(body)
///         } else {
///             Err(Refusal::problem(answer.status().as_u16(), &body))
///         }
///     }
/// }
///
/// impl CustomerApi for Client {
///     fn create(&mut self, customer: &Value) -> Answer {
///         self.call(Method::POST, "/customers", customer)
///     }
///     fn upsert(&mut self, id: &str, customer: &Value) -> Answer {
///         # let id = id.replace(['%', ' ', '/', 'é'], "!");
///         self.call(Method::PUT, &format!("/customers/{id}"), customer)
///     }
///     fn merge(&mut self, duplicate: &str, target: &str) -> Answer<()> {
///         let path = format!("/customers/{duplicate}?targetCustomerId={target}");
///         self.call(Method::DELETE, &path, &json!({})).map(drop)
///     }
///     fn get(&mut self, id: &str) -> Answer {
///         self.call(Method::GET, &format!("/customers/{id}"), &json!({}))
///     }
///     fn list(&mut self, limit: usize, offset: usize) -> Answer<Vec<Value>> {
///         let path = format!("/customers?limit={limit}&offset={offset}");
///         Ok(self.call(Method::GET, &path, &json!({}))?.as_array().cloned().unwrap_or_default())
///     }
/// }
///
/// Check::seeded(7).cases(4).run(|| Client { rebilly: MockRebilly::builder().empty().without_socket() });
/// ```
pub trait CustomerApi {
    /// Creates a customer, and shows it: `PostCustomer`.
    ///
    /// # Errors
    ///
    /// When it is refused, as with all that follow.
    fn create(&mut self, customer: &Value) -> Answer;

    /// Creates a customer of that id or replaces it, and shows it: `PutCustomer`.
    ///
    /// # Errors
    ///
    /// When it is refused.
    fn upsert(&mut self, id: &str, customer: &Value) -> Answer;

    /// Merges a duplicate into the customer that stays: `DeleteCustomer`.
    ///
    /// # Errors
    ///
    /// When it is refused.
    fn merge(&mut self, duplicate: &str, target: &str) -> Answer<()>;

    /// Shows a customer: `GetCustomer`.
    ///
    /// # Errors
    ///
    /// When there is none.
    fn get(&mut self, id: &str) -> Answer;

    /// Shows a page of all customers: `GetCustomerCollection`.
    ///
    /// # Errors
    ///
    /// When it is refused.
    fn list(&mut self, limit: usize, offset: usize) -> Answer<Vec<Value>>;

    /// Comments on a timeline, and shows the message: `PostCustomerTimeline`.
    ///
    /// # Errors
    ///
    /// When it is refused.
    fn comment(&mut self, id: &str, text: &str) -> Answer {
        let _ = (id, text);
        Err(Refusal::NotOffered)
    }

    /// Shows a page of a timeline: `GetCustomerTimelineCollection`. Without it, no message is checked.
    ///
    /// # Errors
    ///
    /// When there is no such customer.
    fn timeline(&mut self, id: &str, limit: usize, offset: usize) -> Answer<Vec<Value>> {
        let _ = (id, limit, offset);
        Err(Refusal::NotOffered)
    }

    /// Deletes a message of a timeline: `DeleteCustomerTimeline`.
    ///
    /// # Errors
    ///
    /// When it is refused.
    fn delete_message(&mut self, id: &str, message_id: &str) -> Answer<()> {
        let _ = (id, message_id);
        Err(Refusal::NotOffered)
    }

    /// Shows where a customer came from: `GetCustomerLeadSource`.
    ///
    /// # Errors
    ///
    /// With status 404 when that is not known.
    fn lead_source(&mut self, id: &str) -> Answer {
        let _ = id;
        Err(Refusal::NotOffered)
    }

    /// Says where a customer came from, and shows it: `PutCustomerLeadSource`.
    ///
    /// # Errors
    ///
    /// When it is refused.
    fn put_lead_source(&mut self, id: &str, lead_source: &Value) -> Answer {
        let _ = (id, lead_source);
        Err(Refusal::NotOffered)
    }

    /// Forgets where a customer came from: `DeleteCustomerLeadSource`.
    ///
    /// # Errors
    ///
    /// With status 404 when that is not known.
    fn delete_lead_source(&mut self, id: &str) -> Answer<()> {
        let _ = id;
        Err(Refusal::NotOffered)
    }

    /// Makes a tag of type `customer`, and shows it: `PostTag`.
    ///
    /// # Errors
    ///
    /// With status 409 when there is one.
    fn create_tag(&mut self, name: &str) -> Answer {
        let _ = name;
        Err(Refusal::NotOffered)
    }

    /// Puts a tag on a customer: `PostTagCustomer`.
    ///
    /// # Errors
    ///
    /// When there is no such tag, or no such customer.
    fn tag(&mut self, id: &str, name: &str) -> Answer<()> {
        let _ = (id, name);
        Err(Refusal::NotOffered)
    }

    /// Takes a tag off a customer: `DeleteTagCustomer`.
    ///
    /// # Errors
    ///
    /// When there is no such tag, or no such customer.
    fn untag(&mut self, id: &str, name: &str) -> Answer<()> {
        let _ = (id, name);
        Err(Refusal::NotOffered)
    }

    /// Moves the clock of what is behind the client, if anyone can.
    fn advance(&mut self, step: Duration) {
        let _ = step;
    }
}
