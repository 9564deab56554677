//! [`Rule`]s of custom fields: their definitions, and what these ask of customers and websites.

use crate::engine::evidence::Rule;

const VALUE_WRITES: &[&str] = &["PostCustomer", "PutCustomer", "PostWebsite", "PutWebsite"];

pub(in crate::rebilly) static FREE_FIELDS: Rule = Rule {
    name: "free-custom-fields",
    says: "Custom fields of customers and websites that have no definition are accepted and kept as they are sent.",
    on: VALUE_WRITES,
};

pub(in crate::rebilly) static DEFINED_FIELDS: Rule = Rule {
    name: "defined-custom-fields",
    says: "The custom fields of a customer or a website must be what their definitions ask for, else 422 at `customFields.<name>`; a required one must be there at creation and at each `PUT`, a default is filled in at creation, and a disabled one keeps what it held.",
    on: VALUE_WRITES,
};

pub(in crate::rebilly) static NULL_UNSETS_FIELD: Rule = Rule {
    name: "null-unsets-custom-field",
    says: "A custom field that is sent as `null` is unset.",
    on: VALUE_WRITES,
};

pub(in crate::rebilly) static FIELD_PATH: Rule = Rule {
    name: "custom-field-path",
    says: "A resource that has no custom fields is 404; where a definition would be created, that and a name that cannot be one are 422.",
    on: &["GetCustomFieldCollection", "PutCustomField"],
};

pub(in crate::rebilly) static FIELD_REPLACED: Rule = Rule {
    name: "custom-field-replaced",
    says: "`PUT` of a definition resets what it does not name.",
    on: &["PutCustomField"],
};

pub(in crate::rebilly) static FIELD_IN_USE: Rule = Rule {
    name: "custom-field-in-use",
    says: "A definition is in use while a customer or a website has a value of it; it may then be loosened, but not tightened or deleted: 409.",
    on: &["PutCustomField", "DeleteCustomField"],
};

pub(in crate::rebilly) static FIELD_SENSE: Rule = Rule {
    name: "custom-field-sense",
    says: "A definition whose minimum is above its maximum, or whose default is not what it asks for itself, is refused with 422.",
    on: &["PutCustomField"],
};

pub(in crate::rebilly) static FIELD_PATTERN: Rule = Rule {
    name: "custom-field-pattern",
    says: "A pattern is checked with its definition; one that only PCRE could evaluate (look-around, references, Unicode classes) is refused with 422.",
    on: &["PutCustomField"],
};
