//! [`CustomField`]: the definition of a field that a resource has beside the published ones.

use super::additional_schema::{AdditionalSchema, NO_SCHEMA};
use super::custom_field_type::CustomFieldType;
use super::link::links;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::{Json, Member};
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::rebilly::assumed::{NULL_MEMBERS, NULL_UNSETS_FIELD, UNKNOWN_MEMBERS};

/// The definition of a custom field: the published schema `CustomField`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CustomField {
    /// What has the field, such as `customers`.
    pub resource: &'static str,
    /// What it is called: at most 60 letters, digits, `_` and `-`.
    pub name: String,
    /// What its values are. It never changes.
    pub kind: CustomFieldType,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it counts at present.
    pub is_enabled: bool,
    /// What else its values must be like.
    pub additional_schema: Option<AdditionalSchema>,
}

/// The resources that can have custom fields.
const RESOURCES: [&str; 10] = [
    CUSTOMERS,
    "payment-instruments",
    "orders",
    "subscriptions",
    "transactions",
    WEBSITES,
    "products",
    "plans",
    "gateway-accounts",
    "deposit-requests",
];

/// The resources whose values are simulated.
pub(in crate::rebilly) const CUSTOMERS: &str = "customers";
pub(in crate::rebilly) const WEBSITES: &str = "websites";

/// What something holds in its custom fields, by their names, in the order sent.
pub(in crate::rebilly) type Values = Vec<Member>;

/// Reads what is said of custom fields. Assumed: `null` unsets one (`null-unsets-custom-field`).
pub(in crate::rebilly) fn values(input: &Input<'_>) -> Values {
    let mut values = input.map("customFields").value().unwrap_or_default();
    if values.iter().any(|(_, value)| *value == Json::Null) {
        input.assume(&NULL_UNSETS_FIELD);
        values.retain(|(_, value)| *value != Json::Null);
    }
    values
}

/// The resource of that name, if it can have custom fields.
pub(in crate::rebilly) fn resource(name: &str) -> Option<&'static str> {
    RESOURCES.into_iter().find(|known| *known == name)
}

/// Which resources can have custom fields; it ends the sentence "must be …".
pub(in crate::rebilly) fn resources() -> String {
    format!("one of {}", RESOURCES.join(", "))
}

/// What a name must look like: `^[\w-]+$`, in which `\w` is ASCII, as ECMA-262 has it.
pub(in crate::rebilly) const NAME: TextRule = TextRule::max(60).form(
    |text| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        !text.is_empty() && text.bytes().all(known)
    },
    "letters, digits, _ and -",
);

impl CustomField {
    /// The members of a definition.
    const MEMBERS: [&str; 5] = ["name", "type", "description", "isEnabled", "additionalSchema"];

    /// Reads what a request or a fixture says of the field; `None` when its type cannot be read.
    ///
    /// Assumed: what is absent goes back to its default (`custom-field-replaced`).
    pub(in crate::rebilly) fn read(
        input: &Input<'_>,
        resource: &'static str,
        name: &str,
    ) -> Option<CustomField> {
        input.assume_beside(&CustomField::MEMBERS, &UNKNOWN_MEMBERS);
        input.assume_null(&["isEnabled"], &NULL_MEMBERS);
        let kind = input.one_of("type", &CustomFieldType::NAMES);
        if matches!(kind, Given::Null) || !input.has("type") {
            input.refuse("type", "is required");
        }
        let description = input.text("description", TextRule::max(usize::MAX)).value();
        let is_enabled = input.flag("isEnabled").value().unwrap_or(true);
        let kind = kind.value()?;
        let additional_schema =
            input.object("additionalSchema", |it| AdditionalSchema::read(it, kind)).value();
        let name = name.to_owned();
        Some(CustomField { resource, name, kind, description, is_enabled, additional_schema })
    }

    /// What its values must be like; without a schema, only of its type.
    pub(in crate::rebilly) fn schema(&self) -> &AdditionalSchema {
        self.additional_schema.as_ref().unwrap_or(&NO_SCHEMA)
    }
}

impl Record for CustomField {
    const KIND: &'static str = "Custom field";

    fn id(&self) -> &str {
        &self.name
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("name", &self.name);
        object.text("type", self.kind.as_str());
        object.text_or_null("description", self.description.as_deref());
        object.flag("isEnabled", self.is_enabled);
        match &self.additional_schema {
            Some(schema) => object.member("additionalSchema").object(|it| schema.write(it)),
            None => object.null("additionalSchema"),
        }
        links(object, &[("self", &["/custom-fields/", self.resource, "/", &self.name])]);
    }
}
