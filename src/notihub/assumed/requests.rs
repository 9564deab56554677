//! Guesses about requests, whatever they ask for: bodies, credentials, paths, pages.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::{EVERYWHERE, guesses};

guesses! { REQUEST_GUESSES:
    MALFORMED = "malformed-body", EVERYWHERE,
        "A body that is not JSON is refused with 400.";

    NO_BODY = "no-body", EVERYWHERE,
        "A body that is missing where one is wanted is read as `{}`.";

    NOT_AN_OBJECT = "body-not-an-object", EVERYWHERE,
        "A body that is JSON and no object, or no list of objects where one may be sent, is refused with 400.";

    UNFIT_MEMBERS = "unfit-members", &[
            "CreateCustomer", "UpdateCustomer", "CreateContact", "UpdateContact", "SetPreferences", "SendMessage",
        ],
        "A member that is missing, of another type, or none of the known words is refused with 400; the first of several is named.";

    NULL_MEMBERS = "null-members", &[
            "CreateCustomer", "UpdateCustomer", "CreateContact", "UpdateContact", "SetPreferences", "SendMessage",
        ],
        "`null` for a member is as if it were not there.";

    UNKNOWN_MEMBERS = "unknown-members", &[
            "CreateCustomer", "UpdateCustomer", "CreateContact", "UpdateContact", "SetPreferences", "SendMessage",
        ],
        "A member that no document has is ignored.";

    BODY_SIZE = "body-size", EVERYWHERE,
        "A body of more than 4 MiB is refused with 413.";

    BODY_IGNORED = "body-ignored", EVERYWHERE,
        "A body is ignored where an operation takes none.";

    UNKNOWN_PARAMETERS = "unknown-parameters", EVERYWHERE,
        "A parameter of the query that means nothing to an operation is ignored; of one that is said again, the last counts.";

    UNKNOWN_PATHS = "unknown-paths", EVERYWHERE,
        "A path that the vendor does not have is refused with 404, in the form of every refusal.";

    METHODS = "wrong-method", EVERYWHERE,
        "A method that a path does not have is refused with 405 and `Allow`; contacts are read through their customer only.";

    HEAD = "head", EVERYWHERE,
        "`HEAD` is answered as `GET` is, without the body.";

    CREDENTIAL_PARTS = "credential-parts", &["CreateToken"],
        "Credentials have exactly four parts, none of them empty; the fourth may have colons. Others are refused with 401.";

    IDS_AS_WRITTEN = "ids-as-written", EVERYWHERE,
        "Case counts in ids, and only the vendor's own id finds a customer, never an external one.";

    LIMITS = "list-limits", &["ListCustomers", "ListMessages"],
        "A limit above 200 counts as 200; one below 1, and one that is no number, counts as 25. A fraction is cut off.";

    PAGES = "list-pages", &["ListCustomers", "ListMessages"],
        "A page before the first, and one that is no number, counts as the first. A fraction is cut off.";
}
