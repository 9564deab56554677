//! The table of what is simulated, what is assumed and what is not: `FIDELITY-NOTIHUB.md`.

use super::Notihub;
use super::assumed::GUESSES;
use crate::engine::evidence::Guess;
use crate::engine::fidelity::table;

impl Notihub {
    /// The guesses that this double follows: what no document of the vendor's states.
    #[must_use]
    pub fn guesses() -> &'static [&'static Guess] {
        &GUESSES
    }

    /// The text of `FIDELITY-NOTIHUB.md`: operation by operation what is simulated,
    /// where that is known from, and what is assumed.
    #[must_use]
    pub fn fidelity() -> String {
        table::<Notihub>("FIDELITY-NOTIHUB.md", Notihub::guesses(), REST)
    }
}

const REST: &str = "
## Chosen between documents

The REST documents and those of the SDK contradict each other. Where a client can live with both, both are
there: a token's end as `expiresAt` and `expiration`, contacts as `contacts` and `contact`, a contact named in the
path or in the body, preferences as a list or one by one, `PHONE` and `SMS`. Else the double follows one, and a
switch of the builder the other:

| Question | The double | The switch |
|---|---|---|
| How long is a token good: six hours or one? | six hours | |
| What status has an updated customer? | 201, as labelled | `updates_answer_ok()`: 200 |
| What does deleting a customer answer? | the customer | `deletes_answer_nothing()`: `{}` |
| Is the first page 0 or 1? | 0, as documented | `one_based_pages()`: 1, as the SDK's samples have it |
| Does an update keep what it does not name? | it takes its default | `merge_updates()`: it stays |
| Is the SDK let in before it has a token (`Bearer undefined`)? | 401 | `accept_undefined_bearer()`: into the default environment |
| Does the address have a path? | no | `path_prefix(\"/v1\")`: before every path |

## Made up

What has to have *some* value, and where any would do, is not counted as an assumption: ids, tokens, numbers of
contacts (they run through an environment, as the examples suggest), the texts of errors that no document shows,
that an answer shows all members of a customer, that a model which was not sent is `{}`, which of several mistakes is told. Nor is how a double is set up:
any four-part credentials open the environment of their client id until a test configures some, every environment
is there when it is first named, and any template exists (in a group of its own name, version 1, every mechanism,
no language) while no fixture names one.

## Not simulated

- Templates, beyond what messages show of them: the vendor has no operations for them, so fixtures name them.
- What becomes of a delivery after the queue: only fixtures say how one went, with the three statuses that documents show.
- Limits and 403, 406, 410, 418, 429, 5xx: they are on the documents' list of statuses without a cause. A test injects them.
";
