//! [`Narrowed`]: anything that is about some exchanges and not about others.

use serde_json::Value;

use super::entry::Exchange;
use super::pattern::Pattern;

/// Something that is about the exchanges that a [`Pattern`] means: a
/// [`Query`](super::query::Query) of a journal, a [`Wait`](crate::Wait), a
/// [`Rule`](crate::Rule), a [`Hold`](crate::Hold). Each of these methods leaves
/// fewer of them. What the answer is like can be asked where there is one: a rule
/// and a gate are about calls that are not answered yet.
#[derive(Clone, Debug)]
#[must_use = "to narrow it is not to use it: count, assert, wait, or say what is to happen"]
pub struct Narrowed<T> {
    pub(crate) subject: T,
    pub(crate) pattern: Pattern,
}

/// What looks at exchanges that have been answered.
pub trait Answered {}

impl<T> Narrowed<T> {
    /// About the exchanges that are meant.
    pub(crate) fn new(subject: T, pattern: impl Into<Pattern>) -> Narrowed<T> {
        Narrowed { subject, pattern: pattern.into() }
    }

    /// Only those for this id: one of the path's variables has this value.
    /// Several ids must all be there.
    pub fn id(mut self, id: &str) -> Narrowed<T> {
        self.pattern = self.pattern.id(id);
        self
    }

    /// Only those in this realm: Rebilly's organization.
    pub fn realm(mut self, realm: &str) -> Narrowed<T> {
        self.pattern = self.pattern.realm(realm);
        self
    }

    /// Only those whose query says this, decoded; see [`Pattern::query`].
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::DeleteCustomer).query("targetCustomerId", "cus_ada").status(503);
    /// # let delete = |target: &str| {
    /// #     let request = Request::delete(target).header("REB-APIKEY", "sk_sandbox_x");
    /// #     rebilly.handle(request.body("").unwrap()).status().as_u16()
    /// # };
    /// // … a merge into anybody else goes well …
    /// # assert_eq!(delete("/customers/cus_grace?targetCustomerId=cus_ada"), 503);
    /// # assert_eq!(delete("/customers/cus_grace?targetCustomerId=cus_alan"), 204);
    /// ```
    pub fn query(mut self, name: &str, value: &str) -> Narrowed<T> {
        self.pattern = self.pattern.query(name, value);
        self
    }

    /// Only those with this header.
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on_any().header("REB-APIKEY", "sk_sandbox_old").status(401);
    /// # let get = |key: &str| {
    /// #     let request = Request::get("/customers/cus_ada").header("REB-APIKEY", key);
    /// #     rebilly.handle(request.body("").unwrap()).status().as_u16()
    /// # };
    /// // … every other key is as good as ever …
    /// # assert_eq!((get("sk_sandbox_old"), get("sk_sandbox_new")), (401, 200));
    /// ```
    ///
    /// # Panics
    ///
    /// When no header can have this name.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Narrowed<T> {
        self.pattern = self.pattern.header(name, value);
        self
    }

    /// Only those whose body has this value at a JSON pointer; see [`Pattern::body`].
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::PutCustomer).body("/primaryAddress/country", "GB").nth(1).lose_response();
    /// # let put = |country: &str| {
    /// #     let request = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    /// #     let body = format!(r#"{{"primaryAddress":{{"country":"{country}"}}}}"#);
    /// #     rebilly.try_handle(request.body(body).unwrap())
    /// # };
    /// // … only the answer to the first customer in Great Britain is lost …
    /// # assert!(put("DE").is_ok() && put("GB").is_err() && put("GB").is_ok());
    /// ```
    ///
    /// # Panics
    ///
    /// As [`Pattern::body`] does.
    #[track_caller]
    pub fn body(mut self, pointer: &str, value: impl Into<Value>) -> Narrowed<T> {
        self.pattern = self.pattern.body(pointer, value);
        self
    }
}

impl<T: Answered> Narrowed<T> {
    /// Only those that were answered with this status.
    pub fn status(mut self, status: u16) -> Narrowed<T> {
        self.pattern = self.pattern.status(status);
        self
    }

    /// Only those whose answer has this value at a JSON pointer; see [`Pattern::body`].
    ///
    /// # Panics
    ///
    /// As [`Pattern::body`] does.
    #[track_caller]
    pub fn answer(mut self, pointer: &str, value: impl Into<Value>) -> Narrowed<T> {
        self.pattern = self.pattern.answer(pointer, value);
        self
    }

    /// Only those of which something holds that only you can say; see [`Pattern::matching`].
    ///
    /// ```
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let rebilly = MockRebilly::builder().without_socket();
    /// # let put = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # rebilly.handle(put.header("traceparent", "00-1").body("{}").unwrap());
    /// // … the code under test does its work …
    /// let journal = rebilly.journal();
    /// journal
    ///     .of(Op::PutCustomer)
    ///     .matching("is part of a trace", |exchange| exchange.header("traceparent").is_some())
    ///     .assert_once();
    /// ```
    pub fn matching(
        mut self,
        sentence: &str,
        holds: impl Fn(&Exchange) -> bool + Send + Sync + 'static,
    ) -> Narrowed<T> {
        self.pattern = self.pattern.matching(sentence, holds);
        self
    }
}
