//! [`Guess`]es of customers.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const WRITTEN: &[&str] = &["CreateCustomer", "UpdateCustomer"];

guesses! { CUSTOMER_GUESSES:
    TAX_NUMBER_TYPE = "business-type-of-tax-number", WRITTEN,
        "Who has a tax number and says no business type is `B2B`.";

    BUSINESS_TYPE_OTHER = "business-type-other", WRITTEN,
        "A business type that is neither `B2B` nor `B2C` is refused with 422.";

    BUSINESS_TYPE_CLEARED = "business-type-cleared", WRITTEN,
        "An empty business type counts as none: when a customer is updated, it is worked out as when one is created.";

    COUNTRY_CLEARED = "country-cleared", &["UpdateCustomer"],
        "A country that is cleared is refused with 422, as one that is missing when a customer is created.";

    READ_ONLY = "read-only-ignored", WRITTEN,
        "`id`, `object`, `livemode`, `octobat_billing_page` and `payment_sources` are ignored when they are sent.";

    NOTHING_CHANGED = "update-of-nothing", &["UpdateCustomer"],
        "An update without parameters is answered with the customer as it was.";

    PUT = "put-updates", &["UpdateCustomer"],
        "`PUT` updates as `PATCH` does.";

    EXTRAS = "extra-members", WRITTEN,
        "`sources`, `website` and `metadata`, which later documents have, are kept and shown when they are sent, each as a whole, and are not there otherwise.";

    DELETED = "delete-answer", &["DeleteCustomer"],
        "A deleted customer is answered with its `id` and `deleted`, as a deleted invoice is; its payment sources go with it.";
}
