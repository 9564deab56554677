//! [`Guess`]s of customers: what they are made of, where they came from, and how they are merged.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const CUSTOMER_WRITES: &[&str] = &["PostCustomer", "PutCustomer"];
const CUSTOMER_AND_LEAD_SOURCE_WRITES: &[&str] =
    &["PostCustomer", "PutCustomer", "PutCustomerLeadSource"];

guesses! { CUSTOMER_GUESSES:
    PUT_REPLACES = "put-replaces", &["PutCustomer"],
        "`PUT` resets what it does not name, but for `websiteId`, the payment instrument and the lead source.";

    PUT_COUNTS = "put-counts", &["PutCustomer"],
        "The revision is 0 at creation, and every successful `PUT` adds one, also when nothing changed.";

    PUT_ID = "put-id", &[
            "PutCustomer", "PutAttachment", "PutWebsite", "PutWebhook",
        ],
        "An id that cannot be one is refused with 422, field `id`.";

    FIRST_IS_PRIMARY = "first-is-primary", CUSTOMER_WRITES,
        "Where no e-mail address or phone number is marked as primary, the first one is; where several are, the first of these counts.";

    DAY_OF_BIRTH = "day-of-birth", CUSTOMER_WRITES,
        "A day of birth may be any day, also one that is still to come.";

    LOCALE = "locale-shape", CUSTOMER_WRITES,
        "A locale must have the shape of an RFC 5646 tag; its subtags are not looked up.";

    TAX_NUMBER = "tax-number-validity", CUSTOMER_WRITES,
        "Nobody looks tax numbers up: `isValid` is `null`, but what a fixture says of it stays with the number for as long as a `PUT` names it.";

    COMPANY = "company-of-a-domain", &["PutCustomer", "DeleteCustomer"],
        "The company that a fixture gives a customer stays until the domain of its e-mail address is another; nobody looks that one up, so `company` is `null` then.";

    EDD = "edd-required", CUSTOMER_WRITES,
        "`isEddRequired`, which the definition had until 2026, is kept and shown.";

    TOKEN = "payment-token", CUSTOMER_WRITES,
        "A payment token becomes a card whose id derives from it; used again, it is refused with 422.";

    UNSEEN_INSTRUMENT = "unseen-instrument", CUSTOMER_WRITES,
        "An instrument id that was never seen is accepted, and is a card's.";

    NAMELESS_INSTRUMENT = "instrument-object", CUSTOMER_WRITES,
        "The instrument object of older clients is accepted; an alternative one without an id gets one.";

    MERGE_FILLS = "merge-fills", &["DeleteCustomer"],
        "A merge fills what the target does not have, joins tags, timelines, attachments and payment instruments, adds counts and amounts (in US dollars where currencies differ), and counts as a revision.";

    MERGE_REFUSED = "merge-refused", &["DeleteCustomer"],
        "A merge without a target, or into itself, is refused with 422, field `targetCustomerId`.";

    MERGED_AWAY = "merged-away", &[
            "GetCustomer",
            "PutCustomer",
            "DeleteCustomer",
            "GetCustomerLeadSource",
            "PutCustomerLeadSource",
            "DeleteCustomerLeadSource",
            "GetCustomerTimelineCollection",
            "PostCustomerTimeline",
            "GetCustomerTimeline",
            "DeleteCustomerTimeline",
            "GetCustomerCreditBalance",
            "PostCustomerComplianceScreeningReport",
            "GetCustomerSummaryMetricReport",
            "PostTagCustomer",
            "DeleteTagCustomer",
        ],
        "A customer that was merged into another is 404, like one that never was, and its id is free again.";

    UNKNOWN_CUSTOMER = "unknown-customer", &[
            "GetCustomerTimelineCollection",
            "PostCustomerTimeline",
            "PutCustomerLeadSource",
            "GetCustomerSummaryMetricReport",
        ],
        "What is below a customer that does not exist is 404, also where the definition lists no 404.";

    LEAD_SOURCE_OLDER = "lead-source-older-members", CUSTOMER_AND_LEAD_SOURCE_WRITES,
        "`ipAddress`, `currency` and `amount` of a lead source are kept and shown when they were sent.";

    LEAD_SOURCE_REFERRER = "lead-source-referrer", CUSTOMER_AND_LEAD_SOURCE_WRITES,
        "A referrer may be any text, as it could before it was published as an address.";

    LEAD_SOURCE_REPLACED = "lead-source-replaced", &["PutCustomer", "PutCustomerLeadSource"],
        "Where there is a lead source, another is a new visit: what it does not name is unset, its times are its own, and the original stays as it was.";

    LEAD_SOURCE_SILENT = "lead-source-revision", &["PutCustomerLeadSource", "DeleteCustomerLeadSource"],
        "Writing a lead source does not modify the customer: neither its revision nor its time.";

    LEAD_SOURCE_FORGOTTEN = "lead-source-forgotten", &["DeleteCustomerLeadSource"],
        "Deleting a lead source deletes the original too.";

    METRICS = "summary-metrics", &["GetCustomerSummaryMetricReport"],
        "Revenue is the lifetime revenue; refunds and disputes are always 0.";

    RESOURCE_REPLACED = "resource-replaced", &["PutAttachment", "PutWebsite"],
        "`PUT` of an attachment or a website resets what it does not name.";

    WEBSITE_IN_USE = "website-in-use", &["DeleteWebsite"],
        "A website that customers belong to is not deleted: 409.";
}
