//! [`Guess`]s of requests, whatever they ask for: paths, headers, bodies, and how they are refused.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::{EVERYWHERE, guesses};

guesses! { REQUEST_GUESSES:
    MALFORMED = "malformed-body", EVERYWHERE,
        "A body that is missing or is not JSON is refused with 400.";

    NOT_AN_OBJECT = "body-not-an-object", EVERYWHERE,
        "A body that is JSON and no object is refused with 422, field `body`.";

    BODY_SIZE = "body-size", EVERYWHERE,
        "A body of more than 4 MiB is refused with 413.";

    BODY_IGNORED = "body-ignored", EVERYWHERE,
        "A body is ignored where an operation takes none.";

    CONTENT_TYPE = "content-type", EVERYWHERE,
        "A body is read as JSON, also where its `Content-Type` says that it is something else.";

    UNKNOWN_MEMBERS = "unknown-members", &[
            "PostCustomer",
            "PutCustomer",
            "PutCustomerLeadSource",
            "PostCustomerTimeline",
            "PostCustomerTimelineCustomEventType",
            "PutCustomField",
            "PostTag",
            "PatchTag",
            "PostTagCustomerCollection",
            "DeleteTagCustomerCollection",
            "PostAttachment",
            "PutAttachment",
            "PostWebsite",
            "PutWebsite",
            "PostWebhook",
            "PutWebhook",
            "PostPreviewWebhook",
        ],
        "A member of a body that the definition does not have is ignored, and so are the settings of a website.";

    NULL_MEMBERS = "null-members", &[
            "PostCustomer",
            "PutCustomer",
            "PostCustomerTimeline",
            "PutCustomField",
            "PostAttachment",
            "PutAttachment",
            "PostWebsite",
            "PutWebsite",
            "PostWebhook",
            "PutWebhook",
            "PostPreviewWebhook",
        ],
        "`null` for a member that cannot be `null` takes it back to its default; for a list, that is an empty one.";

    REFERENCES = "references-unchecked", &[
            "PostCustomer", "PutCustomer", "PostAttachment", "PutAttachment",
        ],
        "The website and the payout instrument that a customer names, and the customer that a file belongs to, need not exist.";

    UNKNOWN_PARAMETERS = "unknown-parameters", EVERYWHERE,
        "A parameter of the query that means nothing to an operation is ignored; of one that is said again, the last counts.";

    INVALID_ITEM = "invalid-item", EVERYWHERE,
        "In `invalidFields`, an item of a list is named by its number, from 0 on: `primaryAddress.emails.0.value`.";

    METHODS = "wrong-method", EVERYWHERE,
        "A method that a path does not have is refused with 405 and `Allow`.";

    HEAD = "head", EVERYWHERE,
        "`HEAD` is answered as `GET` is, without the body.";

    AUTHORIZATION = "authorization-header", EVERYWHERE,
        "What stands in `Authorization` is a token, with `Bearer` before it or without; nothing, `undefined` and `null` are no credentials.";

    PUBLISHABLE_KEY = "publishable-key", EVERYWHERE,
        "A publishable key is refused with 403, not with 401.";

    SECRET_KEY_WINS = "secret-key-wins", EVERYWHERE,
        "Of a secret key and a session token, the key counts.";

    IDEMPOTENCY_KEY = "idempotency-key", EVERYWHERE,
        "`Idempotency-Key` has no effect: a call that is said again is done again.";

    SLASHES = "slashes", EVERYWHERE,
        "Doubled slashes in a path, and one at its end where nothing is posted, mean nothing, and are not redirected.";

    OLDER_PREFIX = "older-prefix", EVERYWHERE,
        "The prefix `/v2.1` of older clients is accepted, and means nothing.";

    ORGANIZATION_HEADER = "organization-header", EVERYWHERE,
        "The header `Organization-Id` of older clients counts where the path names no organization, and an empty one is like none.";

    ORGANIZATION_UNFIT = "organization-unfit", EVERYWHERE,
        "What cannot be the id of an organization is the id of none: 404.";

    IDS_AS_WRITTEN = "ids-as-written", EVERYWHERE,
        "Case counts in ids and in the names of custom fields: where there is only `ada`, `ADA` is 404.";

    RATE_WINDOW = "rate-limit-window", EVERYWHERE,
        "The ten minutes of a limit begin with the first write after the last ten, and every write counts, whatever it is answered with.";

    CORS = "cors", EVERYWHERE,
        "Browsers are let in from everywhere; `OPTIONS` is answered with 204 at every path.";
}
