//! The table of what is simulated, what is assumed and what is not: `FIDELITY.md`.

use super::Rebilly;
use super::assumed::GUESSES;
use crate::engine::evidence::Guess;
use crate::engine::fidelity::table;

impl Rebilly {
    /// The guesses that this double follows: what no document of the vendor's states.
    #[must_use]
    pub fn guesses() -> &'static [&'static Guess] {
        &GUESSES
    }

    /// The text of `FIDELITY.md`: operation by operation what is simulated,
    /// where that is known from, and what is assumed.
    #[must_use]
    pub fn fidelity() -> String {
        table::<Rebilly>("FIDELITY.md", Rebilly::guesses(), REST)
    }
}

const REST: &str = "
## Made up

What has to have *some* value, and where any would do, is not counted as an assumption: ids, contact hashes,
the texts of messages and of errors, authors' names, where `_links` lead beyond what is simulated, whether an
unset member is `null` or left out where it may be both, which of several mistakes is told first. Nor is
how a double is set up: any key opens it, every organization is there when it is first named, the time is the
double's own, and whatever is not simulated (files, people, invoices) is taken to exist when it is named.

## Not simulated

- Everything outside the operations above. It is answered with 501, and fails the test.
- Payments, invoices and subscriptions: counts, revenue and balances are what fixtures say they are.
- Answers that have no documented cause: 409 of a customer that is created or replaced, of a lead source and of a timeline message; 5xx; unless a test injects them (`rebilly.on(Op::X).status(503)`).
- Events that have no cause here: nobody looks tax numbers up (`customer-tax-number-validated`), and nobody signs in at the storefront (`customer-one-time-password-requested`).
- Limits, unless a test asks for them with `rate_limit(n)`: writes are counted and not refused.
- Signatures of session tokens, and lives of those that do not say when they end (`exp` of a JWT).
- Credentials of webhooks: deliveries carry no authorization. Nothing is ever sent beyond loopback.
- What paid services and tax offices find out: `company`, `isValid` of a tax number and `hasFulfilledKyc` are what a fixture says.
- The actions of timeline messages, which belong to other domains, and tables of plain lines: only fixtures make any.
";
