//! [`Guess`]s of timelines: what is written on them, by whom, and the types of custom events.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

guesses! { TIMELINE_GUESSES:
    AUTOMATIC_MESSAGES = "automatic-messages", &["GetCustomerTimelineCollection", "GetCustomerTimeline"],
        "Which call writes which message to a timeline by itself, and what its table holds.";

    TRIGGERED_BY = "triggered-by", &[
            "PostCustomerTimeline", "GetCustomerTimelineCollection", "GetCustomerTimeline",
        ],
        "What is done with a secret key is triggered by `direct-api`, and what is done with a session token by `app`.";

    ANY_MESSAGE_GOES = "any-message-goes", &["DeleteCustomerTimeline"],
        "Any message may be deleted, also one that the system wrote.";

    WRITTEN_MESSAGES = "written-messages", &["PostCustomerTimeline"],
        "Clients write comments with a text and custom events; anything else is refused with 422, and a comment has none of what custom events have.";

    MENTIONS = "mentions-and-references", &["PostCustomerTimeline"],
        "`@` and an address mention a user, whoever that is; `#invoices-…` and its like refer to things, `#customers-…` to an external one.";

    CUSTOM_EVENT = "custom-event", &["PostCustomerTimeline"],
        "A custom event names its type by name or id, and needs no `type` beside; it is called by it if it has no message, and is refused with 422 when the type is not registered.";

    EVENT_TYPE_NAME = "event-type-name", &["PostCustomerTimelineCustomEventType"],
        "The name of a custom event type that is taken, or is a system event's, is refused with 422.";

    EVENT_TYPE_UNKNOWN = "event-type-unknown", &["GetCustomerTimelineCustomEventType"],
        "A custom event type that does not exist is 404.";
}
