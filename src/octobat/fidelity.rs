//! The table of what is simulated, what is assumed and what is not: `FIDELITY-OCTOBAT.md`.

use super::Octobat;
use super::assumed::GUESSES;
use crate::engine::evidence::Guess;
use crate::engine::fidelity::table;

impl Octobat {
    /// The guesses that this double follows: what no document of the vendor's states.
    #[must_use]
    pub fn guesses() -> &'static [&'static Guess] {
        &GUESSES
    }

    /// The text of `FIDELITY-OCTOBAT.md`: operation by operation what is simulated,
    /// where that is known from, and what is assumed.
    #[must_use]
    pub fn fidelity() -> String {
        table::<Octobat>("FIDELITY-OCTOBAT.md", Octobat::guesses(), REST)
    }
}

const REST: &str = "
## Known from clients

No document shows an error. That it is an object `errors` of lists of objects with `details`, by field or `global`,
that lists say their `request_url`, that `id` and `object` come first, that no answer has an empty body, that GET
parameters may come in the body, and that a reused connection is one on which octobat-npm 2.0.1 never asks (so every
answer closes it, unless `keep_alive()` is said): all that was seen in the vendor's clients for JavaScript, Ruby and PHP.

## Made up

What has to have *some* value, and where any would do, is not counted as an assumption: ids (of the documented shape),
`Request-Id`, the texts of errors, which of several mistakes is told first. Nor is how a double is set up: any key opens
it, test and live data do not see each other, and the time is the double's own. What is created is answered with 201,
as the list of statuses says; with `create_status(200)` as a third party saw it.

## Not simulated

- Everything outside the operations above. It is answered with 501, and fails the test.
- Invoices: a customer that is expanded by them has none.
- Balance transactions, beyond the empty list: making one (`POST`) is answered with 501.
- 402, 406 and 429, and whatever else has no cause here: a test can inject them (`octobat.on(OctobatOp::CreateCustomer).status(402)`).
- Whether e-mail addresses, countries, telephone and tax numbers are well-formed: the documents never ask for it.
- Versions (`Octobat-Version`): there is one.
";
