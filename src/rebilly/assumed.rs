//! The rules that no document of Rebilly's states. A call that leans on one notes it.
//!
//! Not among them is what has to have *some* value and where any would do: ids,
//! contact hashes, the texts of messages and errors, where links lead.

mod custom_fields;
mod lists;
mod webhooks;

pub(super) use self::custom_fields::{
    DEFINED_FIELDS, FIELD_IN_USE, FIELD_PATH, FIELD_PATTERN, FIELD_REPLACED, FIELD_SENSE,
    FREE_FIELDS, NULL_UNSETS_FIELD,
};
pub(super) use self::lists::{
    ARRAYS, CSV_COLUMNS, EXPAND_UNKNOWN, FIELDS_DOTTED, FILTER_DAYS, FILTER_ESCAPED, FILTER_NULL,
    LIMIT_CLAMPED, LIST_REFUSED, NEWEST_FIRST, OFFSET_HONOURED, SORT_UNSET,
};
pub(super) use self::webhooks::{
    EVENT_TEXTS, WEBHOOK_DELETED, WEBHOOK_EVENTS, WEBHOOK_FILTER, WEBHOOK_HEADER, WEBHOOK_LIMIT,
    WEBHOOK_PREVIEW, WEBHOOK_REPLACED, WEBHOOK_REQUEST, WEBHOOK_RESENT, WEBHOOK_TRACKED,
};
use crate::engine::evidence::Rule;

const CUSTOMER_WRITES: &[&str] = &["PostCustomer", "PutCustomer"];
const CUSTOMER_AND_LEAD_SOURCE_WRITES: &[&str] =
    &["PostCustomer", "PutCustomer", "PutCustomerLeadSource"];

/// Every rule, in the order of the file.
pub(super) static RULES: &[&Rule] = &[
    &NEWEST_FIRST,
    &LIST_REFUSED,
    &LIMIT_CLAMPED,
    &OFFSET_HONOURED,
    &FILTER_ESCAPED,
    &FILTER_NULL,
    &FILTER_DAYS,
    &SORT_UNSET,
    &ARRAYS,
    &FIELDS_DOTTED,
    &EXPAND_UNKNOWN,
    &CSV_COLUMNS,
    &MALFORMED,
    &INVALID_ITEM,
    &METHODS,
    &HEAD,
    &PUBLISHABLE_KEY,
    &SECRET_KEY_WINS,
    &OLDER_PREFIX,
    &CORS,
    &PUT_REPLACES,
    &PUT_COUNTS,
    &PUT_ID,
    &NULL_UNSETS_FIELD,
    &NULL_LIST,
    &FIRST_IS_PRIMARY,
    &LOCALE,
    &TAX_NUMBER,
    &COMPANY,
    &TOKEN,
    &UNSEEN_INSTRUMENT,
    &NAMELESS_INSTRUMENT,
    &FREE_FIELDS,
    &DEFINED_FIELDS,
    &FIELD_PATH,
    &FIELD_REPLACED,
    &FIELD_IN_USE,
    &FIELD_PATTERN,
    &FIELD_SENSE,
    &MERGE_FILLS,
    &MERGE_REFUSED,
    &LEAD_SOURCE_OLDER,
    &LEAD_SOURCE_SILENT,
    &LEAD_SOURCE_FORGOTTEN,
    &UNKNOWN_CUSTOMER,
    &AUTOMATIC_MESSAGES,
    &ANY_MESSAGE_GOES,
    &WRITTEN_MESSAGES,
    &MENTIONS,
    &CUSTOM_EVENT,
    &EVENT_TYPE_NAME,
    &EVENT_TYPE_UNKNOWN,
    &METRICS,
    &TAG_TYPE,
    &TAG_TAKEN,
    &TAG_BY_ID,
    &TAG_UNKNOWN,
    &TAG_MISFIT,
    &TAG_TWICE,
    &TAG_STRANGERS,
    &TAG_COUNTS,
    &RESOURCE_REPLACED,
    &WEBSITE_IN_USE,
    &SEARCH_TOTAL,
    &WEBHOOK_REPLACED,
    &WEBHOOK_LIMIT,
    &WEBHOOK_HEADER,
    &WEBHOOK_FILTER,
    &WEBHOOK_PREVIEW,
    &WEBHOOK_DELETED,
    &WEBHOOK_EVENTS,
    &WEBHOOK_REQUEST,
    &WEBHOOK_TRACKED,
    &WEBHOOK_RESENT,
    &EVENT_TEXTS,
];

pub(super) static MALFORMED: Rule = Rule {
    name: "malformed-body",
    says: "A body that is missing or is not JSON is refused with 400.",
    on: &[],
};

pub(super) static INVALID_ITEM: Rule = Rule {
    name: "invalid-item",
    says: "In `invalidFields`, an item of a list is named by its number, from 0 on: `primaryAddress.emails.0.value`.",
    on: &[],
};

pub(super) static HEAD: Rule =
    Rule { name: "head", says: "`HEAD` is answered as `GET` is, without the body.", on: &[] };

pub(super) static METHODS: Rule = Rule {
    name: "wrong-method",
    says: "A method that a path does not have is refused with 405 and `Allow`.",
    on: &[],
};

pub(super) static PUBLISHABLE_KEY: Rule = Rule {
    name: "publishable-key",
    says: "A publishable key is refused with 403, not with 401.",
    on: &[],
};

pub(super) static SECRET_KEY_WINS: Rule = Rule {
    name: "secret-key-wins",
    says: "Of a secret key and a session token, the key counts.",
    on: &[],
};

pub(super) static OLDER_PREFIX: Rule = Rule {
    name: "older-prefix",
    says: "The prefix `/v2.1` of older clients is accepted, and means nothing.",
    on: &[],
};

pub(super) static CORS: Rule = Rule {
    name: "cors",
    says: "Browsers are let in from everywhere; `OPTIONS` is answered with 204 at every path.",
    on: &[],
};

pub(super) static PUT_REPLACES: Rule = Rule {
    name: "put-replaces",
    says: "`PUT` resets what it does not name, but for `websiteId`, the payment instrument and the lead source.",
    on: &["PutCustomer"],
};

pub(super) static PUT_COUNTS: Rule = Rule {
    name: "put-counts",
    says: "The revision is 0 at creation, and every successful `PUT` adds one, also when nothing changed.",
    on: &["PutCustomer"],
};

pub(super) static PUT_ID: Rule = Rule {
    name: "put-id",
    says: "An id that cannot be one is refused with 422, field `id`.",
    on: &["PutCustomer", "PutAttachment", "PutWebsite", "PutWebhook"],
};

pub(super) static NULL_LIST: Rule = Rule {
    name: "null-for-a-list",
    says: "`null` for `phoneNumbers` or `emails` means an empty list.",
    on: CUSTOMER_WRITES,
};

pub(super) static FIRST_IS_PRIMARY: Rule = Rule {
    name: "first-is-primary",
    says: "Where no e-mail address or phone number is marked as primary, the first one is.",
    on: CUSTOMER_WRITES,
};

pub(super) static LOCALE: Rule = Rule {
    name: "locale-shape",
    says: "A locale must have the shape of an RFC 5646 tag; its subtags are not looked up.",
    on: CUSTOMER_WRITES,
};

pub(super) static TAX_NUMBER: Rule = Rule {
    name: "tax-number-validity",
    says: "Nobody looks tax numbers up: `isValid` is `null`, but what a fixture says of it stays with the number for as long as a `PUT` names it.",
    on: CUSTOMER_WRITES,
};

pub(super) static COMPANY: Rule = Rule {
    name: "company-of-a-domain",
    says: "The company that a fixture gives a customer stays until the domain of its e-mail address is another; nobody looks that one up, so `company` is `null` then.",
    on: &["PutCustomer", "DeleteCustomer"],
};

pub(super) static TOKEN: Rule = Rule {
    name: "payment-token",
    says: "A payment token becomes a card whose id derives from it; used again, it is refused with 422.",
    on: CUSTOMER_WRITES,
};

pub(super) static UNSEEN_INSTRUMENT: Rule = Rule {
    name: "unseen-instrument",
    says: "An instrument id that was never seen is accepted, and is a card's.",
    on: CUSTOMER_WRITES,
};

pub(super) static NAMELESS_INSTRUMENT: Rule = Rule {
    name: "instrument-object",
    says: "The instrument object of older clients is accepted; an alternative one without an id gets one.",
    on: CUSTOMER_WRITES,
};

pub(super) static MERGE_FILLS: Rule = Rule {
    name: "merge-fills",
    says: "A merge fills what the target does not have, joins tags and timelines, adds counts and amounts, and counts as a revision.",
    on: &["DeleteCustomer"],
};

pub(super) static MERGE_REFUSED: Rule = Rule {
    name: "merge-refused",
    says: "A merge without a target, or into itself, is refused with 422, field `targetCustomerId`.",
    on: &["DeleteCustomer"],
};

pub(super) static LEAD_SOURCE_OLDER: Rule = Rule {
    name: "lead-source-older-members",
    says: "`ipAddress`, `currency` and `amount` of a lead source are kept and shown when they were sent.",
    on: CUSTOMER_AND_LEAD_SOURCE_WRITES,
};

pub(super) static LEAD_SOURCE_SILENT: Rule = Rule {
    name: "lead-source-revision",
    says: "Writing a lead source does not change the customer's revision.",
    on: &["PutCustomerLeadSource", "DeleteCustomerLeadSource"],
};

pub(super) static LEAD_SOURCE_FORGOTTEN: Rule = Rule {
    name: "lead-source-forgotten",
    says: "Deleting a lead source deletes the original too.",
    on: &["DeleteCustomerLeadSource"],
};

pub(super) static UNKNOWN_CUSTOMER: Rule = Rule {
    name: "unknown-customer",
    says: "What is below a customer that does not exist is 404, also where the definition lists no 404.",
    on: &[
        "GetCustomerTimelineCollection",
        "PostCustomerTimeline",
        "PutCustomerLeadSource",
        "GetCustomerSummaryMetricReport",
    ],
};

pub(super) static AUTOMATIC_MESSAGES: Rule = Rule {
    name: "automatic-messages",
    says: "Which call writes which message to a timeline by itself, and what its table holds.",
    on: &["GetCustomerTimelineCollection", "GetCustomerTimeline"],
};

pub(super) static ANY_MESSAGE_GOES: Rule = Rule {
    name: "any-message-goes",
    says: "Any message may be deleted, also one that the system wrote.",
    on: &["DeleteCustomerTimeline"],
};

pub(super) static WRITTEN_MESSAGES: Rule = Rule {
    name: "written-messages",
    says: "Clients write comments with a text and custom events; anything else is refused with 422.",
    on: &["PostCustomerTimeline"],
};

pub(super) static MENTIONS: Rule = Rule {
    name: "mentions-and-references",
    says: "`@` and an address mention a user, whoever that is; `#invoices-…` and its like refer to things, `#customers-…` to an external one.",
    on: &["PostCustomerTimeline"],
};

pub(super) static CUSTOM_EVENT: Rule = Rule {
    name: "custom-event",
    says: "A custom event names its type by name or id, is called by it if it has no message, and is refused with 422 when the type is not registered.",
    on: &["PostCustomerTimeline"],
};

pub(super) static EVENT_TYPE_NAME: Rule = Rule {
    name: "event-type-name",
    says: "The name of a custom event type that is taken, or is a system event's, is refused with 422.",
    on: &["PostCustomerTimelineCustomEventType"],
};

pub(super) static EVENT_TYPE_UNKNOWN: Rule = Rule {
    name: "event-type-unknown",
    says: "A custom event type that does not exist is 404.",
    on: &["GetCustomerTimelineCustomEventType"],
};

pub(super) static METRICS: Rule = Rule {
    name: "summary-metrics",
    says: "Revenue is the lifetime revenue; refunds and disputes are always 0.",
    on: &["GetCustomerSummaryMetricReport"],
};

pub(super) static RESOURCE_REPLACED: Rule = Rule {
    name: "resource-replaced",
    says: "`PUT` of an attachment or a website resets what it does not name.",
    on: &["PutAttachment", "PutWebsite"],
};

pub(super) static WEBSITE_IN_USE: Rule = Rule {
    name: "website-in-use",
    says: "A website that customers belong to is not deleted: 409.",
    on: &["DeleteWebsite"],
};

pub(super) static SEARCH_TOTAL: Rule = Rule {
    name: "search-total",
    says: "The total of a search counts what was found, all in one result.",
    on: &["GetSearch"],
};

const TAGGING: &[&str] = &[
    "PostTagCustomer",
    "DeleteTagCustomer",
    "PostTagCustomerCollection",
    "DeleteTagCustomerCollection",
];

pub(super) static TAG_TYPE: Rule = Rule {
    name: "tag-type",
    says: "A tag without a type is for customers, as all were before there were types.",
    on: &["PostTag"],
};

pub(super) static TAG_TAKEN: Rule = Rule {
    name: "tag-taken",
    says: "Two tags may not have one name, whatever their types and the case of their letters.",
    on: &["PostTag", "PatchTag"],
};

pub(super) static TAG_BY_ID: Rule = Rule {
    name: "tag-by-id",
    says: "A path may name a tag by its id.",
    on: &[
        "GetTag",
        "PatchTag",
        "DeleteTag",
        "PostTagCustomer",
        "DeleteTagCustomer",
        "PostTagCustomerCollection",
        "DeleteTagCustomerCollection",
    ],
};

pub(super) static TAG_UNKNOWN: Rule = Rule {
    name: "tag-unknown",
    says: "A tag that does not exist is 404 also where many customers are tagged.",
    on: &["PostTagCustomerCollection", "DeleteTagCustomerCollection"],
};

pub(super) static TAG_MISFIT: Rule = Rule {
    name: "tag-misfit",
    says: "A customer is not tagged with a tag of another type: 422, field `tag`. To take one off changes nothing.",
    on: TAGGING,
};

pub(super) static TAG_TWICE: Rule = Rule {
    name: "tag-twice",
    says: "Tagging one customer who carries the tag, or untagging one who does not, is 204 and changes nothing.",
    on: &["PostTagCustomer", "DeleteTagCustomer"],
};

pub(super) static TAG_STRANGERS: Rule = Rule {
    name: "tag-strangers",
    says: "Customers that do not exist are passed over when many are tagged.",
    on: &["PostTagCustomerCollection", "DeleteTagCustomerCollection"],
};

pub(super) static TAG_COUNTS: Rule = Rule {
    name: "tag-counts",
    says: "Tagging, untagging and deleting a tag are done at once and count as a revision of each customer they change; renaming a tag does not.",
    on: &[
        "PatchTag",
        "DeleteTag",
        "PostTagCustomer",
        "DeleteTagCustomer",
        "PostTagCustomerCollection",
        "DeleteTagCustomerCollection",
    ],
};
