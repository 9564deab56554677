//! [`CustomFieldType`]: what the values of a custom field are.

use crate::engine::clock::{Date, Timestamp};
use crate::engine::json::Json;

/// The published range of integers.
pub(super) const INTEGERS: std::ops::RangeInclusive<i64> = i32::MIN as i64..=i32::MAX as i64;

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

    /// Whether a stored value is of this type, whatever else its definition asks for.
    pub(in crate::rebilly) fn holds(self, value: &Json) -> bool {
        match (self, value) {
            (CustomFieldType::Array, Json::List(items)) => {
                items.iter().all(|item| item.as_text().is_some())
            }
            (CustomFieldType::Date, Json::Text(text)) => Date::parse(text).is_some(),
            (CustomFieldType::Datetime, Json::Text(text)) => Timestamp::parse(text).is_some(),
            (CustomFieldType::Integer, _) => {
                value.as_whole().is_some_and(|number| INTEGERS.contains(&number))
            }
            (CustomFieldType::Monetary, _) => {
                let (currency, amount) = (value.get("currency"), value.get("amount"));
                currency.and_then(Json::as_text).is_some()
                    && amount.and_then(Json::as_number).is_some()
            }
            (CustomFieldType::Boolean, Json::Bool(_))
            | (CustomFieldType::Number, Json::Whole(_) | Json::Float(_))
            | (CustomFieldType::String, Json::Text(_)) => true,
            _ => false,
        }
    }
}
