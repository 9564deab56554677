//! [`Guess`]s of custom fields: their definitions, and what these ask of customers and websites.

use crate::engine::evidence::Guess;
use crate::engine::guess_table::guesses;

const VALUE_WRITES: &[&str] = &["PostCustomer", "PutCustomer", "PostWebsite", "PutWebsite"];

guesses! { FIELD_GUESSES:
    FREE_FIELDS = "free-custom-fields", VALUE_WRITES,
        "Custom fields of customers and websites that have no definition are accepted and kept as they are sent.";

    DEFINED_FIELDS = "defined-custom-fields", VALUE_WRITES,
        "The custom fields of a customer or a website must be what their definitions ask for, else 422 at `customFields.<name>`, and are kept as they were sent; a required one must be there at creation and at each `PUT`, a default is filled in at creation, and a disabled one keeps what it held.";

    FIELD_TYPES = "typed-custom-fields", &["GetCustomerCollection", "GetSearch"],
        "In `filter` and `sort`, a monetary custom field is its amount, and a disabled field is of its type like any other; a value that was there before the definition and is of another type is none.";

    NULL_UNSETS_FIELD = "null-unsets-custom-field", VALUE_WRITES,
        "A custom field that is sent as `null` is unset.";

    FIELD_PATH = "custom-field-path", &["GetCustomFieldCollection", "PutCustomField"],
        "A resource that has no custom fields is 404; where a definition would be created, that and a name that cannot be one are 422.";

    FIELD_REPLACED = "custom-field-replaced", &["PutCustomField"],
        "`PUT` of a definition resets what it does not name.";

    FIELD_SCHEMA = "custom-field-schema", &["PutCustomField"],
        "Of an additional schema, what belongs to another type is ignored, `null` is as good as nothing, and an empty list of allowed values restricts nothing.";

    FIELD_AMOUNT = "custom-field-amount", &[
            "PostCustomer", "PutCustomer", "PostWebsite", "PutWebsite", "PutCustomField",
        ],
        "An amount of money has both members and no other, and any three capital letters are a currency.";

    FIELD_IN_USE = "custom-field-in-use", &["PutCustomField", "DeleteCustomField"],
        "A definition is in use while a customer or a website has a value of it, enabled or not; it may then be loosened, but not tightened or deleted: 409. A pattern is loosened by leaving it out, and in no other way.";

    FIELD_SENSE = "custom-field-sense", &["PutCustomField"],
        "A definition whose minimum is above its maximum, or whose default is not what it asks for itself, is refused with 422.";

    FIELD_PATTERN = "custom-field-pattern", &["PutCustomField"],
        "A pattern is checked with its definition; one that only PCRE could evaluate (look-around, references, Unicode classes), or that would take more than 512 KiB with its counts written out, is refused with 422.";
}
