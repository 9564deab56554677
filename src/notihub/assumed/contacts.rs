//! Guesses about contacts and preferences.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

guesses! { CONTACT_GUESSES:
    EMAIL_FORM = "email-form", &["CreateCustomer", "CreateContact", "UpdateContact"],
        "An e-mail address is valid when it has one `@` with something on both sides and no white space.";

    BLANK_VALUE = "blank-value", &["CreateCustomer", "CreateContact", "UpdateContact"],
        "A phone number and a push token may be anything that is not blank.";

    FLAG_TEXTS = "flag-texts", &["CreateCustomer", "CreateContact", "UpdateContact"],
        "`primary` and `verified` may be the texts `true` and `false`, and are answered as booleans.";

    OWN_CONTACT_ID = "own-contact-id", &["CreateCustomer", "CreateContact", "UpdateContact"],
        "A `contactId` has no effect where a contact is made, nor beside one in the path.";

    ONE_PRIMARY = "one-primary", &["CreateCustomer", "CreateContact", "UpdateContact"],
        "A new primary contact takes the place of the one that its type had.";

    CONTACT_REPLACED = "contact-replaced", &["UpdateContact"],
        "An update of a contact that leaves a flag out takes it back to its default.";

    CONTACT_UNNAMED = "contact-unnamed", &["UpdateContact"],
        "An update of a contact that names none, in the path or in the body, is refused with 400.";

    LAST_CONTACT = "last-contact", &["DeleteContact"],
        "The last contact of a customer without an external id may be deleted.";

    NO_PREFERENCES = "no-preferences", &["GetPreferences"],
        "The preferences of a customer who has none are an empty list.";

    MECHANISMS_ABSENT = "mechanisms-absent", &["SetPreferences"],
        "A preference without mechanisms has an empty list of them.";

    PREFERENCES_ANSWERED = "preferences-answered", &["SetPreferences"],
        "Setting some of a customer's preferences answers those that were sent, not all of them.";

    PREFERENCE_DELETED = "preference-deleted", &["DeletePreference"],
        "What the SDK sends to delete a preference is understood as the id of its template group, and answered with `{}`, or with 404 where there is none.";
}
