//! [`Guess`]s of events and webhooks: whom they are told to, and what is kept of that.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const TRACKING: &[&str] = &["GetTrackingWebhookCollection", "GetTrackingWebhook"];

guesses! { WEBHOOK_GUESSES:
    WEBHOOK_REPLACED = "webhook-replaced", &["PutWebhook"],
        "`PUT` of a webhook resets what it does not name.";

    WEBHOOK_LIMIT = "webhook-limit", &["PostWebhook", "PutWebhook"],
        "One more active webhook than the 25 that the guide allows is refused with 422, field `status`.";

    WEBHOOK_HEADER = "webhook-header", &["PostWebhook", "PutWebhook", "PostPreviewWebhook"],
        "A header of a webhook must be one that HTTP allows.";

    WEBHOOK_FILTER = "webhook-filter", &["PostWebhook", "PutWebhook", "PostPreviewWebhook"],
        "A webhook's filter is about the customer of an event; where only such events are wanted, one that a list of customers would refuse is refused with 422. One that it would refuse keeps their events back, also where it does so only since a custom field was defined.";

    WEBHOOK_PREVIEW = "webhook-preview", &["PostPreviewWebhook"],
        "A webhook that is tried out is told of the newest event that it wants, or if there is none, of its first type and no more.";

    WEBHOOK_DELETED = "webhook-deleted", &["DeleteWebhook"],
        "What is still due to a webhook when it is deleted is not sent.";

    WEBHOOK_EVENTS = "webhook-events", TRACKING,
        "Which call emits which event, and in which order; an event shows the customer, and is told to the webhooks, as they were when it happened.";

    WEBHOOK_REQUEST = "webhook-request", TRACKING,
        "A webhook's own headers win over the usual ones, a `GET` has no body, and a placeholder is a path within the payload or what it embeds.";

    WEBHOOK_TRACKED = "webhook-tracked", TRACKING,
        "Only attempts that were made are tracked, each lasting 0 ms; one without an answer has no status and gives the reason as its response; nothing is tried again by itself.";

    WEBHOOK_RESENT = "webhook-resent", &["PostTrackingWebhookResendRequest"],
        "What is sent again goes where it went before, as it was then, and is an entry of its own whose attempt counts on.";

    EVENT_NAMES = "event-names", &[
            "GetEventCollection", "GetEvent", "PostWebhook", "PutWebhook", "PostPreviewWebhook",
        ],
        "The types of events are 118 of today's 121, and four that there were before; there are no others.";

    EVENT_TEXTS = "event-texts", &["GetEventCollection", "GetEvent"],
        "The title and the category of a type of event derive from its name; no rules are bound to any.";
}
