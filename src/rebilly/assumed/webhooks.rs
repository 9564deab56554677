//! [`Rule`]s of events and webhooks: whom they are told to, and what is kept of that.

use crate::engine::evidence::Rule;

const TRACKING: &[&str] = &["GetTrackingWebhookCollection", "GetTrackingWebhook"];

pub(in crate::rebilly) static WEBHOOK_REPLACED: Rule = Rule {
    name: "webhook-replaced",
    says: "`PUT` of a webhook resets what it does not name.",
    on: &["PutWebhook"],
};

pub(in crate::rebilly) static WEBHOOK_LIMIT: Rule = Rule {
    name: "webhook-limit",
    says: "One more active webhook than the 25 that the guide allows is refused with 422, field `status`.",
    on: &["PostWebhook", "PutWebhook"],
};

pub(in crate::rebilly) static WEBHOOK_HEADER: Rule = Rule {
    name: "webhook-header",
    says: "A header of a webhook must be one that HTTP allows.",
    on: &["PostWebhook", "PutWebhook", "PostPreviewWebhook"],
};

pub(in crate::rebilly) static WEBHOOK_FILTER: Rule = Rule {
    name: "webhook-filter",
    says: "A webhook's filter is about the customer of an event; where only such events are wanted, one that names what customers do not have is refused with 422.",
    on: &["PostWebhook", "PutWebhook", "PostPreviewWebhook"],
};

pub(in crate::rebilly) static WEBHOOK_PREVIEW: Rule = Rule {
    name: "webhook-preview",
    says: "A webhook that is tried out is told of the newest event that it wants, or if there is none, of its first type and no more.",
    on: &["PostPreviewWebhook"],
};

pub(in crate::rebilly) static WEBHOOK_DELETED: Rule = Rule {
    name: "webhook-deleted",
    says: "What is still due to a webhook when it is deleted is not sent.",
    on: &["DeleteWebhook"],
};

pub(in crate::rebilly) static WEBHOOK_EVENTS: Rule = Rule {
    name: "webhook-events",
    says: "Which call emits which event, and in which order; an event shows the customer, and is told to the webhooks, as they were when it happened.",
    on: TRACKING,
};

pub(in crate::rebilly) static WEBHOOK_REQUEST: Rule = Rule {
    name: "webhook-request",
    says: "A webhook's own headers win over the usual ones, a `GET` has no body, and a placeholder is a path within the payload or what it embeds.",
    on: TRACKING,
};

pub(in crate::rebilly) static WEBHOOK_TRACKED: Rule = Rule {
    name: "webhook-tracked",
    says: "Only attempts that were made are tracked, each lasting 0 ms; one without an answer has no status and gives the reason as its response; nothing is tried again by itself.",
    on: TRACKING,
};

pub(in crate::rebilly) static WEBHOOK_RESENT: Rule = Rule {
    name: "webhook-resent",
    says: "What is sent again goes where it went before, as it was then, and is an entry of its own whose attempt counts on.",
    on: &["PostTrackingWebhookResendRequest"],
};

pub(in crate::rebilly) static EVENT_TEXTS: Rule = Rule {
    name: "event-texts",
    says: "The title and the category of a type of event derive from its name; no rules are bound to any.",
    on: &["GetEventCollection", "GetEvent"],
};
