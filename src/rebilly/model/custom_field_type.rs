//! [`CustomFieldType`]: what the values of a custom field are.

/// The type of a custom field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomFieldType {
    /// `array`: at most 1000 strings of at most 255 characters.
    Array,
    /// `boolean`
    Boolean,
    /// `date`: a day of the calendar.
    Date,
    /// `datetime`: RFC 3339.
    Datetime,
    /// `integer`: from -2^31 to 2^31-1.
    Integer,
    /// `number`: any number, whole ones included.
    Number,
    /// `string`: at most 255 characters, or as many as `maxLength` says.
    String,
    /// `monetary`: a currency and an amount.
    Monetary,
}

impl CustomFieldType {
    pub(in crate::rebilly) const NAMES: [(&'static str, CustomFieldType); 8] = [
        ("array", CustomFieldType::Array),
        ("boolean", CustomFieldType::Boolean),
        ("date", CustomFieldType::Date),
        ("datetime", CustomFieldType::Datetime),
        ("integer", CustomFieldType::Integer),
        ("number", CustomFieldType::Number),
        ("string", CustomFieldType::String),
        ("monetary", CustomFieldType::Monetary),
    ];

    /// As it is written: `datetime`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CustomFieldType::Array => "array",
            CustomFieldType::Boolean => "boolean",
            CustomFieldType::Date => "date",
            CustomFieldType::Datetime => "datetime",
            CustomFieldType::Integer => "integer",
            CustomFieldType::Number => "number",
            CustomFieldType::String => "string",
            CustomFieldType::Monetary => "monetary",
        }
    }

    /// The members that the published schema of this type has, in its order.
    pub(in crate::rebilly) fn members(self) -> &'static [&'static str] {
        match self {
            CustomFieldType::Array => &["allowedValues", "required", "default"],
            CustomFieldType::Integer | CustomFieldType::Number => {
                &["minimum", "maximum", "required", "default"]
            }
            CustomFieldType::String => {
                &["allowedValues", "maxLength", "pattern", "required", "default"]
            }
            CustomFieldType::Boolean
            | CustomFieldType::Date
            | CustomFieldType::Datetime
            | CustomFieldType::Monetary => &["required", "default"],
        }
    }
}
