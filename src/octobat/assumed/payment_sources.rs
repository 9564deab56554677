//! [`Guess`]es of payment sources and balance transactions.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const WRITTEN: &[&str] = &["CreatePaymentSource", "UpdatePaymentSource"];

guesses! { PAYMENT_SOURCE_GUESSES:
    DETAILS = "details-as-text", WRITTEN,
        "A text for `details` is read as the JSON object that it holds, as the documented command line needs.";

    EXPIRY = "expiry-numbers", WRITTEN,
        "`exp_month` and `exp_year` are whole numbers: anything else is refused with 422, and no number that fits into 64 bits is too large.";

    SOURCE_UPDATED = "payment-source-updates", &["UpdatePaymentSource"],
        "An update of a payment source changes what it names, as one of a customer does.";

    NO_TRANSACTIONS = "balance-transactions-none", &["ListCustomerBalanceTransactions"],
        "Nobody has balance transactions: the list is empty.";
}
