//! [`Rule`]s of lists, and of how much of what they hold is shown.

use crate::engine::evidence::Rule;

const LISTS: &[&str] = &[
    "GetCustomerCollection",
    "GetCustomerTimelineCollection",
    "GetCustomerTimelineCustomEventTypeCollection",
    "GetAttachmentCollection",
    "GetTagCollection",
    "GetWebsiteCollection",
    "GetCustomFieldCollection",
    "GetSearch",
    "GetEventCollection",
    "GetTrackingWebhookCollection",
    "GetWebhookCollection",
];

pub(in crate::rebilly) static NEWEST_FIRST: Rule = Rule {
    name: "lists-newest-first",
    says: "A list that is asked for without `sort` begins with the newest; those of custom fields and of types of events are in the order of their names.",
    on: LISTS,
};

pub(in crate::rebilly) static LIST_REFUSED: Rule = Rule {
    name: "list-parameters-refused",
    says: "A `limit`, `offset`, `filter` or `sort` that cannot be understood is refused with 422.",
    on: LISTS,
};

pub(in crate::rebilly) static LIMIT_CLAMPED: Rule =
    Rule { name: "limit-clamped", says: "A `limit` above 1000 is understood as 1000.", on: LISTS };

pub(in crate::rebilly) static OFFSET_HONOURED: Rule = Rule {
    name: "offset-honoured",
    says: "An `offset` above 1000 means what it says, as it did before 2023.",
    on: LISTS,
};

pub(in crate::rebilly) static FILTER_ESCAPED: Rule = Rule {
    name: "filter-escapes",
    says: "A backslash before a comma, semicolon or colon of a filter makes it part of the value.",
    on: LISTS,
};

pub(in crate::rebilly) static FILTER_NULL: Rule = Rule {
    name: "filter-null",
    says: "`null` in a filter means that there is no value, an empty list too; `!null` that there is one.",
    on: LISTS,
};

pub(in crate::rebilly) static FILTER_DAYS: Rule = Rule {
    name: "filter-days",
    says: "A date in a filter of times is the whole of that day; a time without an offset is in UTC.",
    on: LISTS,
};

pub(in crate::rebilly) static SORT_UNSET: Rule = Rule {
    name: "sort-unset-first",
    says: "What has no value to sort by stands before what has one, and after it where the order is reversed.",
    on: LISTS,
};

pub(in crate::rebilly) static ARRAYS: Rule = Rule {
    name: "parameters-as-arrays",
    says: "`filter[]`, `sort[]` and `expand[]` are read as `fields[]` is, which clients were seen to send.",
    on: &[
        "GetCustomerCollection",
        "GetCustomer",
        "PostCustomer",
        "PutCustomer",
        "GetCustomerTimelineCollection",
        "GetCustomerTimelineCustomEventTypeCollection",
        "GetAttachmentCollection",
        "GetTagCollection",
        "GetWebsiteCollection",
        "GetCustomFieldCollection",
        "GetSearch",
        "GetEventCollection",
        "GetTrackingWebhookCollection",
        "GetWebhookCollection",
    ],
};

pub(in crate::rebilly) static FIELDS_DOTTED: Rule = Rule {
    name: "fields-dotted",
    says: "A name in `fields` reaches into a member by dots, as one in a filter does.",
    on: &["GetCustomerCollection", "GetCustomer"],
};

pub(in crate::rebilly) static EXPAND_UNKNOWN: Rule = Rule {
    name: "expand-unknown",
    says: "A name in `expand` that means nothing is ignored.",
    on: &["GetCustomerCollection", "GetCustomer", "PostCustomer", "PutCustomer"],
};

pub(in crate::rebilly) static CSV_COLUMNS: Rule = Rule {
    name: "csv-columns",
    says: "CSV without `fields` has the columns that the definition marks as basic or sortable.",
    on: &["GetCustomerCollection"],
};
