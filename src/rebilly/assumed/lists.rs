//! [`Guess`]s of lists, and of how much of what they hold is shown.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

/// The lists, with these operations after the first of them.
macro_rules! lists {
    ($($also:literal),*) => {
        &[
            "GetCustomerCollection",
            $($also,)*
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
        ]
    };
}

const LISTS: &[&str] = lists!();

/// The lists, and what shows one customer.
const LISTS_AND_CUSTOMERS: &[&str] = lists!("GetCustomer", "PostCustomer", "PutCustomer");

const EXPANDING: &[&str] = &["GetCustomerCollection", "GetCustomer", "PostCustomer", "PutCustomer"];

guesses! { LIST_GUESSES:
    NEWEST_FIRST = "lists-newest-first", LISTS,
        "A list that is asked for without `sort` begins with the newest; those of custom fields and of types of events are in the order of their names.";

    LIST_REFUSED = "list-parameters-refused", LISTS,
        "A `limit`, `offset`, `filter` or `sort` that cannot be understood is refused with 422.";

    LIST_PARAMETERS = "list-parameters-added", &[
            "GetCustomerTimelineCustomEventTypeCollection",
            "GetCustomFieldCollection",
            "GetSearch",
            "GetEventCollection",
            "GetTrackingWebhookCollection",
            "GetWebhookCollection",
        ],
        "All lists can be filtered, sorted and searched, also those whose definition names not all of `filter`, `sort` and `q`, or is not at hand.";

    LIMIT_CLAMPED = "limit-clamped", LISTS,
        "A `limit` above 1000 is understood as 1000.";

    OFFSET_HONOURED = "offset-honoured", LISTS,
        "An `offset` above 1000 means what it says, as it did before 2023.";

    BLANKS = "list-blanks", LISTS_AND_CUSTOMERS,
        "White space around a separator of `filter`, `sort`, `fields` and `expand` means nothing, nor does a separator with nothing before it, nor a plus in front of a name of `sort`; an empty one of them is like none.";

    ARRAYS = "parameters-as-arrays", LISTS_AND_CUSTOMERS,
        "`filter[]`, `sort[]` and `expand[]` are read as `fields[]` is, which clients were seen to send.";

    FIELD_NAMES = "field-names", LISTS,
        "In `filter` and `sort`, a slash in a name is a dot, `*` stands for any one member, and `tags`, `averageValue` and `lifetimeRevenue` are `tags.name` and the amounts.";

    FILTER_ESCAPED = "filter-escapes", LISTS,
        "A backslash before a comma, semicolon or colon of a filter makes it part of the value.";

    FILTER_NULL = "filter-null", LISTS,
        "`null` in a filter means that there is no value, an empty list too; `!null` that there is one.";

    FILTER_DAYS = "filter-days", LISTS,
        "A date in a filter of times is the whole of that day; a time without an offset is in UTC, and a space before an offset is its lost plus.";

    FILTER_NEGATED = "filter-negated-lists", LISTS,
        "In a filter, `!a,b` excludes both, as it did in 2020; `a,!b` asks for the one and excludes the other; `!1..9` excludes a range.";

    FILTER_TEXTS = "filter-text-ranges", LISTS,
        "A range of texts in a filter is one of the alphabet, whatever the case of the letters.";

    FILTER_LISTS = "filter-lists", LISTS,
        "Of something that has several values, a filter keeps what has one that is wanted, and none that is not.";

    FILTER_FREE = "filter-unknown-custom-field", &["GetCustomerCollection", "GetSearch"],
        "A custom field that nobody has is one without a value, in a filter as in `sort`; it is not refused.";

    FILTER_LEAD_SOURCE = "filter-lead-source", &["GetCustomerCollection", "GetSearch"],
        "Customers can be filtered and sorted by the members of their lead sources.";

    SORT_UNSET = "sort-unset-first", LISTS,
        "What has no value to sort by stands before what has one, and after it where the order is reversed.";

    SORT_ANY = "sort-any-field", LISTS,
        "A list can be sorted by everything that it can be filtered by, and not only by what is published as sortable.";

    SORT_TEXTS = "sort-texts", LISTS,
        "Texts are sorted whatever the case of their letters, and by code point.";

    SORT_FIRST = "sort-first-value", LISTS,
        "What has several values to sort by is sorted by the first.";

    SORT_TIES = "sort-ties", LISTS,
        "What is alike in all that a list is sorted by stands with the newest first.";

    SEARCH_WORDS = "search-words", LISTS,
        "`q` finds what has each of its words, in any case, somewhere in its names, addresses and other texts; a customer also by its id and its tags, a message also by its type.";

    SEARCH_TOTAL = "search-total", &["GetSearch"],
        "The total of a search counts what was found, all in one result.";

    FIELDS_DOTTED = "fields-dotted", &["GetCustomerCollection", "GetCustomer"],
        "A name in `fields` reaches into a member by dots, as one in a filter does.";

    FIELDS_UNKNOWN = "fields-unknown", &["GetCustomerCollection", "GetCustomer"],
        "A name in `fields` that means nothing is ignored.";

    FIELDS_EXPAND = "fields-and-expand", &["GetCustomerCollection", "GetCustomer"],
        "What `expand` asks for is shown, also where `fields` does not name `_embedded`.";

    EXPAND_UNKNOWN = "expand-unknown", EXPANDING,
        "A name in `expand` that means nothing is ignored.";

    EXPAND_NOTHING = "expand-nothing", EXPANDING,
        "With `expand` there is always an `_embedded`; what there is nothing of is left out of it.";

    CSV = "csv", &["GetCustomerCollection"],
        "`Accept: text/csv`, as the first of what is accepted, gets CSV, as it did until 2022: by RFC 4180, with a line feed after each line.";

    CSV_COLUMNS = "csv-columns", &["GetCustomerCollection"],
        "CSV without `fields` has the columns that the definition marks as basic or sortable.";
}
