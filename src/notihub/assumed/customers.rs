//! Guesses about customers: how they are made, altered, listed and found.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

guesses! { CUSTOMER_GUESSES:
    DEVICE_ALONE = "device-alone", &["CreateCustomer", "UpdateCustomer"],
        "A `PUSH` contact alone is not enough to be a customer.";

    OWN_ID = "own-id", &["CreateCustomer", "UpdateCustomer"],
        "A `customerId` in the body has no effect: a new customer gets a new one, and an update is of the one in the path.";

    CONTACTS_WIN = "contacts-win", &["CreateCustomer"],
        "Of `contacts` and `contact` in one body, `contacts` counts.";

    SAME_EXTERNAL_ID = "same-external-id", &["CreateCustomer", "UpdateCustomer"],
        "Two customers may have the same external id.";

    METADATA = "metadata-any", &["CreateCustomer", "UpdateCustomer"],
        "`metadata` may be any JSON, and is shown as it was sent.";

    EMPTY_TEXTS = "empty-texts", &["CreateCustomer", "UpdateCustomer"],
        "An empty external id or language is none.";

    PUT_REPLACES = "put-replaces", &["UpdateCustomer"],
        "An update that leaves a member out takes it back to its default.";

    DELETE_ANSWER = "delete-answer", &["DeleteCustomer"],
        "Deleting a customer answers the customer: the SDK's documents read its id there, where the REST documents show `{}`.";

    MESSAGES_STAY = "messages-stay", &["DeleteCustomer"],
        "The messages that a customer was sent stay when the customer is deleted.";

    OLDEST_FIRST = "customers-oldest-first", &["ListCustomers"],
        "Customers are listed by the time of their creation, the oldest first.";

    SEARCH = "search-within", &["ListCustomers"],
        "`search` finds what is within an external id, an e-mail address or a phone number, whatever the case; push tokens are not searched.";

    SEARCH_PLUS = "search-plus", &["ListCustomers"],
        "A raw `+` in `search` is a plus as well as a space, since the SDK does not encode it.";

    ACTIVES = "actives", &["ListCustomers"],
        "`actives` has an effect only as `true`.";
}
