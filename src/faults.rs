//! The verbs of a [`Rule`](crate::Rule): what goes wrong.

use std::time::Duration;

use crate::engine::chaos::Chaos;
use crate::engine::fault::Fault;
use crate::engine::narrowed::Narrowed;
use crate::engine::rulebook::Effect;
use crate::engine::vendor::Vendor;
use crate::rules::Ruling;

impl<V: Vendor> Narrowed<Ruling<'_, V>> {
    /// Nothing is done, and answered is this status, with the vendor's own
    /// body for it. `429` says that the present window of the rate limit is used up.
    ///
    /// ```
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::DeleteCustomerLeadSource).status(409);
    /// # let request = Request::delete("/customers/cus_ada/lead-source").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("").unwrap());
    /// # assert_eq!(answer.status(), 409);
    /// # assert!(String::from_utf8_lossy(answer.body()).contains(r#""title":"Conflict""#));
    /// ```
    ///
    /// # Panics
    ///
    /// When it is none of 400 to 599.
    #[track_caller]
    pub fn status(self, status: u16) {
        self.fault(Fault::Status(status));
    }

    /// Nothing is done, and answered is that these fields are invalid: for each its name, with
    /// dots on the way, and why. A `422` as for what is invalid indeed, for what the double
    /// does not find so.
    ///
    /// ```
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::PutCustomer).invalid([("primaryAddress.emails.0.value", "is not accepted")]);
    /// # let request = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("{}").unwrap());
    /// # let problem: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    /// # assert_eq!(answer.status(), 422);
    /// # assert_eq!(problem["invalidFields"][0]["field"], "primaryAddress.emails.0.value");
    /// ```
    ///
    /// # Panics
    ///
    /// When there are none.
    #[track_caller]
    pub fn invalid<F, R>(self, fields: impl IntoIterator<Item = (F, R)>)
    where
        F: Into<String>,
        R: Into<String>,
    {
        let fields = fields.into_iter().map(|(name, reason)| (name.into(), reason.into()));
        self.fault(Fault::Invalid(fields.collect()));
    }

    /// Nothing is done, and answered is `429` with every header by which any
    /// client learns when to come again: after so long, rounded up to seconds.
    /// The double does not hold whoever comes sooner to it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::PutCustomer).nth(1).rate_limited(Duration::from_secs(30));
    /// # let request = Request::put("/customers/ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("{}").unwrap());
    /// # assert_eq!((answer.status().as_u16(), &answer.headers()["Retry-After"]), (429, &"30".parse().unwrap()));
    /// ```
    #[track_caller]
    pub fn rate_limited(self, come_again_in: Duration) {
        self.fault(Fault::RateLimited(come_again_in));
    }

    /// The answer says that it took so long, in the header `x-mock-latency-ms`,
    /// and so does [`Exchange::latency`](crate::Exchange::latency). Nobody
    /// waits, and the clock does not move.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).latency(Duration::from_secs(90));
    /// # let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("").unwrap());
    /// # assert_eq!(&answer.headers()["x-mock-latency-ms"], &"90000".parse::<mock_rebilly::http::HeaderValue>().unwrap());
    /// # assert_eq!(rebilly.journal().last().unwrap().latency(), Some(Duration::from_secs(90)));
    /// ```
    #[track_caller]
    pub fn latency(self, latency: Duration) {
        self.fault(Fault::Latency(latency));
    }

    /// The answer comes so much later, in real time. What was asked for is done
    /// at once: a client that gives up waiting has made its change all the same.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use mock_rebilly::{MockRebilly, Op};
    /// # let rebilly = MockRebilly::start_blocking();
    /// rebilly.on(Op::PutCustomer).nth(1).real_latency(Duration::from_millis(200));
    /// ```
    #[track_caller]
    pub fn real_latency(self, latency: Duration) {
        self.fault(Fault::RealLatency(latency));
    }

    /// Nothing is done, and the connection is reset.
    ///
    /// ```
    /// # use mock_rebilly::{Broken, MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::PutCustomer).nth(1).reset_before_commit();
    /// # let request = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    /// # assert_eq!(rebilly.try_handle(request.body("{}").unwrap()).unwrap_err(), Broken::Reset);
    /// # assert!(rebilly.customer("eve").is_none());
    /// ```
    #[track_caller]
    pub fn reset_before_commit(self) {
        self.fault(Fault::ResetBeforeCommit);
    }

    /// Everything is done, and then the connection is reset before a byte of
    /// the answer: the client cannot know, and its retry must not do it twice.
    ///
    /// ```
    /// # use mock_rebilly::{Broken, MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::PutCustomer).nth(1).lose_response();
    /// # let request = Request::put("/customers/eve").header("REB-APIKEY", "sk_sandbox_x");
    /// # assert_eq!(rebilly.try_handle(request.body("{}").unwrap()).unwrap_err(), Broken::Reset);
    /// # assert!(rebilly.customer("eve").is_some());
    /// # assert_eq!(rebilly.journal().to_string(), "#1 PUT /customers/eve -> 201 PutCustomer (response lost)\n");
    /// ```
    #[track_caller]
    pub fn lose_response(self) {
        self.fault(Fault::LoseResponse);
    }

    /// The connection is closed after so many bytes of the answer's body; its
    /// head promises all of them. A shorter body arrives whole, and the
    /// connection is closed then.
    ///
    /// ```
    /// # use mock_rebilly::{Broken, MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).close_after(17);
    /// # let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let broken = rebilly.try_handle(request.body("").unwrap()).unwrap_err();
    /// # assert!(matches!(broken, Broken::Closed { bytes: 17, .. }));
    /// ```
    #[track_caller]
    pub fn close_after(self, bytes: usize) {
        self.fault(Fault::CloseAfter(bytes));
    }

    /// The answer's body is no JSON, whichever parser reads it. Its length is
    /// as its head says. An answer that has no body (`204`) stays as it is.
    ///
    /// ```
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).malformed_json();
    /// # let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("").unwrap());
    /// # assert!(serde_json::from_slice::<serde_json::Value>(answer.body()).is_err());
    /// ```
    #[track_caller]
    pub fn malformed_json(self) {
        self.fault(Fault::MalformedJson);
    }

    /// The answer's body comes in pieces of so many bytes, with a pause of
    /// real time between them. Its head and the first piece come at once.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).slow_body(512, Duration::from_millis(10));
    /// # let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("").unwrap());
    /// # assert!(serde_json::from_slice::<serde_json::Value>(answer.body()).is_ok());
    /// ```
    ///
    /// # Panics
    ///
    /// When a piece has no bytes.
    #[track_caller]
    pub fn slow_body(self, bytes: usize, pause: Duration) {
        self.fault(Fault::SlowBody { bytes, pause });
    }

    /// The answer says that it is of this type, and is what it was.
    ///
    /// ```
    /// # use mock_rebilly::{MockRebilly, Op, http::Request};
    /// # let rebilly = MockRebilly::builder().without_socket();
    /// rebilly.on(Op::GetCustomer).content_type("text/html");
    /// # let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");
    /// # let answer = rebilly.handle(request.body("").unwrap());
    /// # assert_eq!(answer.headers()["Content-Type"], "text/html");
    /// ```
    ///
    /// # Panics
    ///
    /// When it is empty, or cannot stand in a header.
    #[track_caller]
    pub fn content_type(self, kind: &str) {
        self.fault(Fault::ContentType(kind.to_owned()));
    }

    /// Any of these, by value.
    ///
    /// ```
    /// # use mock_rebilly::{Fault, MockRebilly, Op};
    /// for fault in [Fault::ResetBeforeCommit, Fault::LoseResponse, Fault::CloseAfter(0)] {
    ///     let rebilly = MockRebilly::start_blocking();
    ///     rebilly.on(Op::PutCustomer).nth(1).fault(fault);
    ///     // … the code under test must cope with each …
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// When it makes no sense, as the verbs say.
    #[track_caller]
    pub fn fault(self, fault: Fault) {
        if let Some(problem) = fault.problem() {
            panic!("{problem}");
        }
        self.make(Effect::Fault(fault));
    }

    /// Some of the calls go wrong, and always the same ones: see [`Chaos`].
    ///
    /// If the test fails, the double says how to meet the same chaos again.
    ///
    /// ```
    /// # use mock_rebilly::{Chaos, MockRebilly};
    /// # let rebilly = MockRebilly::start_blocking();
    /// rebilly.on_any().chaos(Chaos::seeded(7).rate(0.05));
    /// ```
    ///
    /// # Panics
    ///
    /// After [`nth`](crate::Rule::nth) or [`times`](crate::Rule::times): which call is the
    /// first depends on when it arrives, and chaos does not.
    #[track_caller]
    pub fn chaos(self, chaos: Chaos) {
        assert!(
            !self.counts(),
            "chaos decides by what a call says, not by when it arrives: it goes without `nth` and `times`"
        );
        self.make(Effect::Chaos(chaos));
    }
}
