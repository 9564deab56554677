//! [`Guess`]es of lists, and of what is shown within others.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const LISTS: &[&str] = &["ListCustomers", "ListPaymentSources"];

const EXPANDING: &[&str] =
    &["CreateCustomer", "RetrieveCustomer", "UpdateCustomer", "ListCustomers"];

guesses! { LIST_GUESSES:
    NEWEST_FIRST = "lists-newest-first", &[
            "ListCustomers", "ListPaymentSources", "RetrieveCustomer", "UpdateCustomer",
        ],
        "A list begins with the newest, also that of payment sources within a customer.";

    LIMIT_DEFAULT = "limit-default", LISTS,
        "A page that does not say its `limit` has up to 10.";

    LIMIT_LENIENT = "limit-lenient", LISTS,
        "A `limit` below 1 is 1, one above 100 is 100, and what is no whole number is as none.";

    CURSOR_UNKNOWN = "cursor-unknown", LISTS,
        "A cursor that is not in the list gets an empty page, with nothing before it and nothing after.";

    CURSORS_BOTH = "cursors-both", LISTS,
        "Of two cursors `starting_after` counts.";

    ENDING_BEFORE = "ending-before", LISTS,
        "`ending_before` gets the page that ends just before that id, in the order of the list.";

    EXPAND = "expand", EXPANDING,
        "`invoices`, in `expand` or `include`, adds a list of none, since there are no invoices here; other names are ignored.";
}
