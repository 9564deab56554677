//! Guesses about messages: what becomes of them, and how they are listed.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

guesses! { MESSAGE_GUESSES:
    DELIVERIES = "deliveries", &["GetMessage", "ListMessages"],
        "A message has a delivery for each mechanism of its template for which the customer has a contact. It waits in the queue for good, unless the customer's mechanisms do not have it, or both have a language and not the same.";

    FORCE = "force", &["SendMessage"],
        "A forced mechanism is used whatever the customer prefers.";

    DISABLED = "disabled-customer", &["SendMessage"],
        "A message to a customer who is disabled is accepted, and has no deliveries.";

    MODEL_TEXT = "model-text", &["SendMessage"],
        "A model that is no text is shown as its JSON text.";

    AS_LIST = "messages-as-list", &["ListMessages"],
        "Messages are listed as an array, the newest first, where the documents' example shows a single one.";
}
