//! [`Mock::deliver`]: tells webhooks what is due, when a test wants it.
//!
//! It stands above the engine and the vendor: it takes what is due out of the
//! simulation, lets the engine's courier carry it while nobody holds the simulation's
//! lock, and writes what came of it back.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use crate::engine::blocking::block_on;
use crate::engine::courier::{Parcel, Receipt, Undelivered, carry};
use crate::engine::render::Setting;
use crate::engine::table::Row;
use crate::mock::Mock;
use crate::rebilly::Rebilly;
use crate::rebilly::model::{Sent, WebhookLog, WebhookOutcome};

impl Mock<Rebilly> {
    /// Tells webhooks what is due, one after another, and waits for each answer.
    ///
    /// What is due when it is called is sent: organization by organization in the
    /// order of their names, each in the order in which things happened in it,
    /// and for one event in the order in which the webhooks were created. What
    /// receivers cause meanwhile is due the next time; [`Deliveries::left`]
    /// counts it. Each attempt is made once and recorded in
    /// `/tracking/webhooks`, whatever came of it. Assumed: nothing is tried again unless
    /// a client asks for it by `POST /tracking/webhooks/{id}/resend` (`webhook-tracked`).
    ///
    /// Nobody but receivers on loopback (`http://127.0.0.1…`, `http://localhost…`,
    /// `http://[::1]…`) is ever contacted: for any other address the attempt is
    /// recorded as refused. No redirect is followed, no authorization is sent.
    ///
    /// It needs no runtime of its own and holds up nobody's: the receiver may be
    /// another double or a server on the runtime of the test. A receiver that hangs is
    /// given up after ten seconds of real time
    /// ([`PATIENCE`](crate::engine::courier::PATIENCE)). If the future is dropped, the attempt
    /// under way is not recorded and stays due: a delivery may be repeated, as at the vendor's.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// use mock_rebilly::{MockRebilly, Op, http::Request};
    ///
    /// let app = MockRebilly::start().await; // stands in for the application that listens
    /// let rebilly = MockRebilly::builder().deliver_webhooks().start().await;
    /// let ask = |request: http::Request<String>| rebilly.handle(request);
    /// # use mock_rebilly::http;
    /// # let post = |path: &str, body: String| Request::post(path).header("REB-APIKEY", "sk_sandbox_x").body(body).unwrap();
    /// ask(post("/webhooks", format!(r#"{{
    ///     "method": "POST", "url": "{}/customers", "credentialHash": "any",
    ///     "eventsFilter": ["customer-created"],
    ///     "headers": [{{ "name": "REB-APIKEY", "value": "sk_sandbox_x" }}]
    /// }}"#, app.url())));
    /// ask(post("/customers", "{}".to_owned()));
    ///
    /// let deliveries = rebilly.deliver().await;
    /// assert!(deliveries.all_acknowledged(), "{deliveries}");
    /// assert_eq!(app.journal().of(Op::PostCustomer).count(), 1);
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When the builder did not say
    /// [`deliver_webhooks`](crate::Builder::deliver_webhooks): nothing would ever be due.
    #[track_caller]
    pub fn deliver(&self) -> impl Future<Output = Deliveries> + Send {
        assert!(
            self.shared.simulation().vendor().delivers,
            "nothing is ever due: `.deliver_webhooks()` on the builder lets it be"
        );
        self.deliver_due()
    }

    /// The same for tests that are not async. The receiver must not need this
    /// thread to answer: a server on a current-thread runtime of the test does.
    ///
    /// # Panics
    ///
    /// As [`Mock::deliver`] does.
    #[track_caller]
    pub fn deliver_blocking(&self) -> Deliveries {
        block_on(self.deliver())
    }

    async fn deliver_due(&self) -> Deliveries {
        let _turn = self.sending.lock().await;
        let mut made = Vec::new();
        for (organization, id) in self.due() {
            // Its webhook may have been deleted by an earlier receiver.
            let due = self.shared.simulation().state(&organization).due.table.find(&id).cloned();
            let Some(due) = due else { continue };
            let (headers, body) =
                (due.headers(), due.body(Setting { base: &self.url, realm: &organization }));
            let parcel = Parcel {
                method: due.webhook.method,
                url: due.webhook.url.clone(),
                headers: headers.clone(),
                body: body.clone(),
            };
            let outcome = outcome(carry(parcel).await);
            let sent = Sent { time: self.now(), headers, body, outcome };
            let (log, sent) = self.settle(&organization, &due, sent);
            made.push(Delivery { organization, log, sent });
        }
        let simulation = self.shared.simulation();
        let left = simulation.realms().map(|(_, state)| state.due.table.len()).sum();
        let dropped = simulation.realms().map(|(_, state)| state.due.dropped()).sum();
        Deliveries { made, left, dropped }
    }

    /// What is due now: organizations, and the ids of attempts, the oldest first.
    fn due(&self) -> Vec<(String, String)> {
        let simulation = self.shared.simulation();
        let all = simulation.realms().flat_map(|(realm, state)| {
            let due = state.due.table.newest_first().rev();
            due.map(move |log| (realm.to_owned(), log.id.clone()))
        });
        all.collect()
    }

    /// Records what came of an attempt.
    fn settle(&self, organization: &str, due: &Row<WebhookLog>, sent: Sent) -> Settled {
        let sent = Arc::new(sent);
        let log = WebhookLog { sent: Some(Arc::clone(&sent)), ..due.record.clone() };
        let log = self.shared.simulation().amend(organization, |state| {
            state.due.table.remove(&due.id);
            state.sent.keep(Row::new(due.place.clone(), log))
        });
        (log, sent)
    }
}

/// An attempt as it is recorded, and what was sent with it.
type Settled = (Arc<Row<WebhookLog>>, Arc<Sent>);

fn outcome(carried: Result<Receipt, Undelivered>) -> WebhookOutcome {
    match carried {
        Ok(receipt) => WebhookOutcome::Answered {
            status: receipt.status,
            headers: receipt.headers,
            body: receipt.body,
        },
        Err(Undelivered::NotLoopback(reason)) => WebhookOutcome::Refused(reason),
        Err(Undelivered::Failed(reason)) => WebhookOutcome::Failed(reason),
    }
}

/// One attempt that was made. It lends what [`WebhookLog`] has.
#[derive(Clone)]
pub struct Delivery {
    organization: String,
    log: Arc<Row<WebhookLog>>,
    sent: Arc<Sent>,
}

impl Delivery {
    /// The organization in which the event happened.
    #[must_use]
    pub fn organization(&self) -> &str {
        &self.organization
    }

    /// What came of it.
    #[must_use]
    pub fn outcome(&self) -> &WebhookOutcome {
        &self.sent.outcome
    }

    /// The body that was sent; `None` with `GET`.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.sent.body.as_deref()
    }
}

impl std::ops::Deref for Delivery {
    type Target = WebhookLog;

    fn deref(&self) -> &WebhookLog {
        &self.log.record
    }
}

/// One line: `customer-created ada: POST http://127.0.0.1:4000/hook -> 200`.
impl fmt::Display for Delivery {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let customer = self.customer_id().unwrap_or("(a test)");
        let (kind, webhook) = (self.kind, &self.webhook);
        write!(out, "{kind} {customer}: {} {} -> ", webhook.method, webhook.url)?;
        self.outcome().fmt(out)
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// What [`Mock::deliver`] did, in order. Its `Display` is one line an attempt.
#[derive(Clone, Debug)]
#[must_use = "whether receivers acknowledged it stands there"]
pub struct Deliveries {
    made: Vec<Delivery>,
    left: usize,
    dropped: u64,
}

impl Deliveries {
    /// The attempts, in the order in which they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Delivery> {
        self.made.iter()
    }

    /// How many attempts were made.
    #[must_use]
    pub fn len(&self) -> usize {
        self.made.len()
    }

    /// Whether nothing was due.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.made.is_empty()
    }

    /// Whether every receiver acknowledged, with any 2xx.
    #[must_use]
    pub fn all_acknowledged(&self) -> bool {
        self.iter().all(|delivery| delivery.outcome().is_acknowledged())
    }

    /// How many became due meanwhile: what receivers caused while they were told.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left
    }

    /// How many were never sent since the double started, because more than
    /// [`WEBHOOK_LOGS_MAX`](crate::rebilly::model::WEBHOOK_LOGS_MAX) were due in an organization.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

impl<'d> IntoIterator for &'d Deliveries {
    type Item = &'d Delivery;
    type IntoIter = std::slice::Iter<'d, Delivery>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Deliveries {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dropped > 0 {
            writeln!(out, "({} older deliveries were dropped unsent)", self.dropped)?;
        }
        for delivery in self {
            writeln!(out, "{delivery}")?;
        }
        Ok(())
    }
}
