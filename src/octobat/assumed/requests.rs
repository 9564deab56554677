//! [`Guess`]es of requests, whatever they ask for.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::{EVERYWHERE, guesses};

const CUSTOMERS: &[&str] = &["CreateCustomer", "UpdateCustomer"];

const WRITES: &[&str] = &[
    "CreateCustomer",
    "UpdateCustomer",
    "DeleteCustomer",
    "CreatePaymentSource",
    "UpdatePaymentSource",
];

const BODIES: &[&str] =
    &["CreateCustomer", "UpdateCustomer", "CreatePaymentSource", "UpdatePaymentSource"];

guesses! { REQUEST_GUESSES:
    HEAD = "head", EVERYWHERE,
        "`HEAD` is answered as `GET` is, without the body.";

    SLASHES = "slashes", EVERYWHERE,
        "A doubled slash in an address means as little as one at its end, which the documents write.";

    OTHER_KEYS = "other-keys", EVERYWHERE,
        "A key that begins neither with `oc_test_` nor with `oc_live_` is one for test data.";

    PUBLISHABLE_KEY = "publishable-key", EVERYWHERE,
        "A publishable key is known and opens nothing here: 403.";

    ACCOUNT_HEADER = "octobat-account", EVERYWHERE,
        "`Octobat-Account` changes nothing; with `separate_accounts()` each account has data of its own.";

    METHODS = "method-not-allowed", EVERYWHERE,
        "A path that is there is answered with 405 when it is asked with a method that it does not have.";

    MALFORMED = "malformed-body", EVERYWHERE,
        "A body that says it is JSON and is not, or a form whose names are nested too deeply, is refused with 400.";

    NOT_AN_OBJECT = "not-an-object", EVERYWHERE,
        "JSON that is no object is refused with 422, as the field `body`.";

    BODY_SIZE = "body-size", EVERYWHERE,
        "A body of more than 4 MiB is refused with 413.";

    UNKNOWN_PARAMETERS = "unknown-parameters", EVERYWHERE,
        "A parameter that means nothing is ignored.";

    QUERY_OF_WRITES = "query-of-writes", WRITES,
        "A write takes parameters from its address, too; what its body says counts more.";

    SCALARS = "scalars-as-text", BODIES,
        "A number or a boolean in a JSON body is read as its text where a text belongs, as a form would say it.";

    WRONG_TYPES = "wrong-types", BODIES,
        "A list or an object where a text belongs, or a text or the other of these where one of them belongs, is refused with 422.";

    BLANKS = "blank-is-null", BODIES,
        "An empty text in a JSON body clears what it names, as an empty value of a form does; in `business_type` and `tax_number`, so do blanks.";

    PHONE_PLUS = "phone-number-plus", CUSTOMERS,
        "A space that a `phone_number` of a form begins with is the plus that the documented command line loses.";

    KEY_REFUSED = "idempotency-conflict", WRITES,
        "An `Idempotency-Key` that comes again with other parameters is refused with 409.";

    KEY_ELSEWHERE = "idempotency-of-other-methods", &["UpdateCustomer", "UpdatePaymentSource", "DeleteCustomer"],
        "An `Idempotency-Key` counts for PATCH, PUT and DELETE as for POST.";

    KEY_OF_REFUSED = "idempotency-of-refusals", WRITES,
        "What is refused is not kept under its `Idempotency-Key`: the same call is tried anew.";

    KEY_SCOPE = "idempotency-scope", WRITES,
        "An `Idempotency-Key` belongs to the API key that it came with.";
}
