//! The handles of a Rebilly double: what an organization holds, kind by kind,
//! each a [`Shelf`] or a [`Slot`].

use crate::handle_table::handles;
use crate::mock::Mock;
use crate::organization::Organization;
use crate::rebilly::Rebilly;
use crate::rebilly::kinds;
use crate::rebilly::model::{
    Attachment, CustomField, Customer, EventType, LeadSource, Message, PaymentInstrument, Tag,
    Webhook, Website,
};
use crate::shelf::Shelf;
use crate::slot::Slot;

handles! {
    Organization of Rebilly, else default_organization,
    "Of the organization that calls are for when they name none.";

    /// The customers.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// assert_eq!(rebilly.customers().one("cus_ada").revision, 4);
    /// assert_eq!(rebilly.organization("acme").customers().len(), 4);
    /// ```
    customers(): Shelf of Customer in CUSTOMERS;

    /// Where a customer came from.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let source = rebilly.lead_source("cus_ada").one();
    /// assert_eq!(source.latest.data.campaign.as_deref(), Some("autumn"));
    /// assert!(rebilly.lead_source("cus_grace").get().is_none());
    /// ```
    lead_source(customer_id): Slot of LeadSource in LEAD_SOURCES;

    /// The messages on a customer's timeline; none if there is no such customer.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let newest = &rebilly.timeline("cus_ada").all()[0];
    /// assert_eq!(newest.message, "Asked for an annual plan, call back in January.");
    /// ```
    timeline(customer_id): Shelf of Message in TIMELINES;

    /// The tags. Their names find them, too.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let vip = rebilly.tags().one("VIP");
    /// rebilly.tags().put("vip", json!({ "name": "Treasured" })); // on all who carry it, too
    /// assert_eq!(rebilly.customers().one("cus_ada").tags[0].name, "Treasured");
    /// assert_eq!(rebilly.tags().one("treasured").id, vip.id);
    /// ```
    tags(): Shelf of Tag in TAGS;

    /// The definitions of custom fields of a resource, by their names.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.custom_fields("customers").put("plan", json!({ "type": "string" }));
    /// let document = json!({ "customFields": { "plan": 7 } });
    /// assert!(rebilly.customers().try_put("bob", document).is_err());
    /// ```
    custom_fields(resource): Shelf of CustomField in CUSTOM_FIELDS;

    /// The websites.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// assert_eq!(rebilly.websites().one("web_main").name, "Analytical Engines");
    /// ```
    websites(): Shelf of Website in WEBSITES;

    /// The attachments of customers and of other things.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let passport = json!({ "fileId": "file_1", "relatedType": "customer", "relatedId": "cus_ada" });
    /// assert_eq!(rebilly.attachments().add(passport).related_id, "cus_ada");
    /// ```
    attachments(): Shelf of Attachment in ATTACHMENTS;

    /// The payment instruments that customers ever had, and planted ones.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// assert_eq!(rebilly.payment_instruments().one("inst_ada_card").method, "payment-card");
    /// ```
    payment_instruments(): Shelf of PaymentInstrument in PAYMENT_INSTRUMENTS;

    /// The types of custom events. Their names find them, too.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.custom_event_types().add(json!({ "name": "called" }));
    /// assert!(rebilly.custom_event_types().get("called").is_some());
    /// ```
    custom_event_types(): Shelf of EventType in CUSTOM_EVENT_TYPES;

    /// The webhooks.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let hook = rebilly.webhooks().put("hook_app", json!({
    ///     "method": "POST", "url": "http://localhost:4000/hook", "credentialHash": "any"
    /// }));
    /// assert!(hook.is_active());
    /// ```
    webhooks(): Shelf of Webhook in WEBHOOKS;
}
