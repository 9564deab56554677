//! [`AdditionalSchema`]: what the values of a custom field must be like.

use std::collections::BTreeSet;

use super::custom_field_type::{CustomFieldType, INTEGERS};
use super::pattern::Pattern;
use super::payments::CURRENCY;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::render::{Object, Writer};
use crate::engine::rule::TextRule;
use crate::engine::value::Value;
use crate::rebilly::assumed::{FIELD_AMOUNT, FIELD_PATTERN, FIELD_SCHEMA, FIELD_SENSE};

/// What the values of a custom field must be like, beside being of its type.
/// Each type has its own members; `None` is what was not said.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AdditionalSchema {
    /// The only strings that there may be.
    pub allowed_values: Option<Vec<String>>,
    /// The most characters of a string, at most 4000.
    pub max_length: Option<usize>,
    /// What a string must look like.
    pub pattern: Option<Pattern>,
    /// The least number.
    pub minimum: Option<f64>,
    /// The largest number.
    pub maximum: Option<f64>,
    /// Whether there must be a value.
    pub required: Option<bool>,
    /// The value of customers that are created without one.
    pub default: Option<Json>,
}

/// The schema that asks for nothing.
pub(in crate::rebilly) static NO_SCHEMA: AdditionalSchema = AdditionalSchema {
    allowed_values: None,
    max_length: None,
    pattern: None,
    minimum: None,
    maximum: None,
    required: None,
    default: None,
};

/// The most characters of a string whose `maxLength` is not given, and of an array's strings.
const LENGTH_DEFAULT: usize = 255;
/// The most that `maxLength` can be.
const LENGTH_MAX: i64 = 4_000;
/// The most strings of an array.
const ITEMS_MAX: usize = 1_000;
/// The most allowed values that a refusal names.
const TOLD_MAX: usize = 20;

const ANY_LENGTH: TextRule = TextRule::max(usize::MAX);

impl AdditionalSchema {
    /// Assumed: members of other types are ignored, and `null` is as good as absent
    /// (`custom-field-schema`).
    pub(in crate::rebilly) fn read(input: &Input<'_>, kind: CustomFieldType) -> AdditionalSchema {
        input.assume_beside(kind.members(), &FIELD_SCHEMA);
        input.assume_null(kind.members(), &FIELD_SCHEMA);
        let mut schema = AdditionalSchema::default();
        for member in kind.members() {
            match *member {
                "allowedValues" => {
                    schema.allowed_values = input.texts(member, ANY_LENGTH).value();
                    if input.length(member) == Some(0) {
                        input.assume(&FIELD_SCHEMA);
                    }
                }
                "maxLength" => {
                    let length = input.whole(member, 1..=LENGTH_MAX).value();
                    schema.max_length = length.and_then(|length| usize::try_from(length).ok());
                }
                "pattern" => schema.pattern = pattern(input),
                "minimum" => schema.minimum = number(input, member, kind),
                "maximum" => schema.maximum = number(input, member, kind),
                "required" => schema.required = input.flag(member).value(),
                _ => {}
            }
        }
        if let (Some(minimum), Some(maximum)) = (schema.minimum, schema.maximum)
            && minimum > maximum
        {
            input.assume(&FIELD_SENSE);
            input.refuse("minimum", format!("must not be more than the maximum, {maximum}"));
        }
        // Last: a default must be what all other members ask for.
        schema.default = schema.check(kind, input, "default").value();
        if schema.default.is_none() && input.says("default") {
            input.assume(&FIELD_SENSE);
        }
        schema
    }

    /// Reads a value of the field and notes everything in which it is not as it must be.
    pub(in crate::rebilly) fn check(
        &self,
        kind: CustomFieldType,
        at: &Input<'_>,
        name: &str,
    ) -> Given<Json> {
        // Assumed: a value is kept as it was sent, a date-time with its offset (`defined-custom-fields`).
        let sent = || at.raw(name).map_or(Json::Null, Value::to_json);
        match kind {
            CustomFieldType::Array => self.check_list(at, name),
            CustomFieldType::Boolean => at.flag(name).map(Json::Bool),
            CustomFieldType::Date => at.date(name).map(|_| sent()),
            CustomFieldType::Datetime => at.time(name).map(|_| sent()),
            CustomFieldType::Integer | CustomFieldType::Number => {
                if let Some(number) = number(at, name, kind) {
                    self.check_bounds(number, at, name);
                }
                // A number that was refused is never stored: the whole request fails.
                match at.raw(name) {
                    None => Given::Absent,
                    Some(Value::Null) => Given::Null,
                    Some(number) => Given::Value(number.to_json()),
                }
            }
            CustomFieldType::String => self.check_text(at, name),
            CustomFieldType::Monetary => check_amount(at, name),
        }
    }

    fn check_list(&self, at: &Input<'_>, name: &str) -> Given<Json> {
        at.texts(name, TextRule::max(LENGTH_DEFAULT)).map(|texts| {
            // All that were sent, also those that are told already and are not among the texts.
            let sent = || at.raw(name).and_then(Value::listed).into_iter().flatten();
            let found = sent().count();
            if found > ITEMS_MAX {
                at.refuse(name, format!("must have at most {ITEMS_MAX} items, but has {found}"));
            }
            at.within(name, |list| {
                for (index, item) in sent().enumerate().take(ITEMS_MAX) {
                    if let Some(text) = item.as_text() {
                        self.check_allowed(text, list, &index.to_string());
                    }
                }
            });
            Json::List(texts.into_iter().map(|text| Json::Text(text.into())).collect())
        })
    }

    fn check_text(&self, at: &Input<'_>, name: &str) -> Given<Json> {
        at.text(name, ANY_LENGTH).map(|text| {
            if let Err(fault) = TextRule::max(self.length()).check(&text) {
                at.refuse(name, fault);
            }
            self.check_allowed(&text, at, name);
            if let Some(pattern) = &self.pattern
                && !pattern.is_in(&text)
            {
                at.refuse(name, format!("must match {}, but is \"{text}\"", pattern.as_str()));
            }
            Json::Text(text.into())
        })
    }

    fn check_allowed(&self, text: &str, at: &Input<'_>, name: &str) {
        if let Some(allowed) = self.only()
            && allowed.iter().all(|known| known != text)
        {
            let known = match allowed.len() {
                0..=TOLD_MAX => allowed.join(", "),
                many => format!("the {many} allowed values"),
            };
            at.refuse(name, format!("must be one of {known}, but is \"{text}\""));
        }
    }

    fn check_bounds(&self, number: f64, at: &Input<'_>, name: &str) {
        if let Some(minimum) = self.minimum.filter(|minimum| number < *minimum) {
            at.refuse(name, format!("must be at least {minimum}, but is {number}"));
        }
        if let Some(maximum) = self.maximum.filter(|maximum| number > *maximum) {
            at.refuse(name, format!("must be at most {maximum}, but is {number}"));
        }
    }

    /// The member in which this asks for more than `before` did, so that a
    /// value which was fit before may be unfit now.
    pub(in crate::rebilly) fn tightened(&self, before: &AdditionalSchema) -> Option<&'static str> {
        // There may be thousands of either.
        let excludes = |now: &[String], before: Option<&[String]>| {
            let now: BTreeSet<&String> = now.iter().collect();
            before.is_none_or(|before| before.iter().any(|known| !now.contains(known)))
        };
        let tightened = [
            ("allowedValues", self.only().is_some_and(|now| excludes(now, before.only()))),
            ("maxLength", self.length() < before.length()),
            // Assumed: nobody works out whether one pattern allows more than another
            // (`custom-field-in-use`).
            ("pattern", self.pattern.is_some() && self.pattern != before.pattern),
            ("minimum", self.minimum.is_some_and(|now| before.minimum.is_none_or(|it| now > it))),
            ("maximum", self.maximum.is_some_and(|now| before.maximum.is_none_or(|it| now < it))),
            ("required", self.is_required() && !before.is_required()),
        ];
        tightened.into_iter().find_map(|(member, tighter)| tighter.then_some(member))
    }

    /// Whether there must be a value.
    pub(in crate::rebilly) fn is_required(&self) -> bool {
        self.required.unwrap_or(false)
    }

    fn length(&self) -> usize {
        self.max_length.unwrap_or(LENGTH_DEFAULT)
    }

    /// Assumed: an empty list of allowed values restricts nothing (`custom-field-schema`).
    fn only(&self) -> Option<&[String]> {
        self.allowed_values.as_deref().filter(|values| !values.is_empty())
    }

    /// What was said, and no more.
    pub(in crate::rebilly) fn write(&self, object: &mut Object<'_>) {
        if let Some(values) = &self.allowed_values {
            object.member("allowedValues").list(values, Writer::text);
        }
        if let Some(length) = self.max_length.and_then(|length| i64::try_from(length).ok()) {
            object.whole("maxLength", length);
        }
        if let Some(pattern) = &self.pattern {
            object.text("pattern", pattern.as_str());
        }
        for (name, bound) in [("minimum", self.minimum), ("maximum", self.maximum)] {
            bound.into_iter().for_each(|bound| object.number(name, bound));
        }
        if let Some(required) = self.required {
            object.flag("required", required);
        }
        if let Some(default) = &self.default {
            object.member("default").json(default);
        }
    }
}

fn pattern(input: &Input<'_>) -> Option<Pattern> {
    let text = input.text("pattern", ANY_LENGTH).value()?;
    let pattern = Pattern::parse(&text);
    pattern
        .map_err(|error| {
            input.assume(&FIELD_PATTERN);
            input.refuse("pattern", error);
        })
        .ok()
}

fn number(input: &Input<'_>, name: &str, kind: CustomFieldType) -> Option<f64> {
    match kind {
        CustomFieldType::Integer => {
            input.whole(name, INTEGERS).value()?;
            input.raw(name)?.as_number()
        }
        _ => input.number(name).value(),
    }
}

/// Assumed: both members are required, others are dropped, and the published list of currencies
/// is not checked (`custom-field-amount`).
fn check_amount(at: &Input<'_>, name: &str) -> Given<Json> {
    at.object(name, |it| {
        it.assume(&FIELD_AMOUNT);
        let currency = it.required_text("currency", CURRENCY).unwrap_or_default();
        if matches!(it.number("amount"), Given::Null) || !it.has("amount") {
            it.refuse("amount", "is required");
        }
        let amount = it.raw("amount").map_or(Json::Null, Value::to_json);
        Json::Object(vec![
            ("currency".into(), Json::Text(currency.into())),
            ("amount".into(), amount),
        ])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::errors::Errors;
    use crate::engine::failure::{Failure, FieldError};
    use crate::engine::tape::Tape;

    const STRING: CustomFieldType = CustomFieldType::String;

    /// What reading makes of a text, and where it is not as it must be.
    fn read<T>(text: &str, read: impl FnOnce(&Input<'_>) -> T) -> (T, String) {
        let (tape, errors) = (Tape::parse(text.as_bytes()).unwrap(), Errors::default());
        let value = read(&Input::new(&tape, &errors));
        let noted = match errors.finish() {
            Err(Failure::Invalid(noted)) => noted,
            _ => Vec::new(),
        };
        let fields: Vec<String> = noted.iter().map(FieldError::dotted).collect();
        (value, fields.join(" "))
    }

    #[track_caller]
    fn schema(kind: CustomFieldType, text: &str) -> AdditionalSchema {
        let (schema, noted) = read(text, |it| AdditionalSchema::read(it, kind));
        assert_eq!(noted, "", "{text}");
        schema
    }

    /// Where a value of a schema is not as it must be.
    fn faults(kind: CustomFieldType, schema: &AdditionalSchema, value: &str) -> String {
        read(&format!("{{\"it\":{value}}}"), |it| schema.check(kind, it, "it")).1
    }

    #[track_caller]
    fn tightened(before: &str, after: &str, kind: CustomFieldType) -> Option<&'static str> {
        schema(kind, after).tightened(&schema(kind, before))
    }

    #[test]
    fn every_fault_is_noted_where_it_is() {
        let texts = schema(STRING, r#"{"allowedValues":["ab"],"maxLength":2,"pattern":"/^a/"}"#);
        assert_eq!(faults(STRING, &texts, r#""ab""#), "");
        assert_eq!(faults(STRING, &texts, r#""b""#), "it it");
        assert_eq!(faults(STRING, &texts, r#""abc""#), "it it");
        assert_eq!(faults(STRING, &texts, r#""bcd""#), "it it it");
        let list = schema(CustomFieldType::Array, r#"{"allowedValues":["a","b"]}"#);
        assert_eq!(faults(CustomFieldType::Array, &list, r#"["a","c","b",1]"#), "it.3 it.1");
        assert_eq!(faults(CustomFieldType::Array, &list, r#"[1,"a","c"]"#), "it.0 it.2");
        let long = format!("[\"{}\",\"c\"]", "a".repeat(256));
        assert_eq!(faults(CustomFieldType::Array, &list, &long), "it.0 it.0 it.1");
        let many = format!("[1{}]", ",\"a\"".repeat(1000));
        assert_eq!(faults(CustomFieldType::Array, &list, &many), "it.0 it");
        let money = AdditionalSchema::default();
        assert_eq!(faults(CustomFieldType::Monetary, &money, "[]"), "it.currency it.amount");
        assert_eq!(
            faults(CustomFieldType::Monetary, &money, r#"{"amount":null}"#),
            "it.currency it.amount"
        );
    }

    #[test]
    fn a_definition_is_only_as_good_as_its_members() {
        let noted = |kind, text: &str| read(text, |it| AdditionalSchema::read(it, kind)).1;
        assert_eq!(noted(CustomFieldType::Integer, r#"{"minimum":3,"maximum":2}"#), "minimum");
        assert_eq!(
            noted(CustomFieldType::Integer, r#"{"minimum":1.5,"maximum":2147483648}"#),
            "minimum maximum"
        );
        assert_eq!(noted(CustomFieldType::Number, r#"{"minimum":"1","default":0}"#), "minimum");
        assert_eq!(
            noted(STRING, r#"{"maxLength":4001,"pattern":"a","required":1}"#),
            "maxLength pattern required"
        );
        assert_eq!(noted(STRING, r#"{"minimum":"of another type","pattern":null}"#), "");
        assert_eq!(
            noted(CustomFieldType::Array, r#"{"allowedValues":["a"],"default":["a","b"]}"#),
            "default.1"
        );
    }

    #[test]
    fn less_is_tighter_and_more_is_not() {
        let number = CustomFieldType::Number;
        for (before, after, member) in [
            ("{}", r#"{"minimum":0}"#, Some("minimum")),
            (r#"{"minimum":0}"#, r#"{"minimum":0.5}"#, Some("minimum")),
            (r#"{"minimum":0}"#, r#"{"minimum":-1}"#, None),
            (r#"{"minimum":0}"#, "{}", None),
            (r#"{"maximum":9}"#, r#"{"maximum":8}"#, Some("maximum")),
            (r#"{"maximum":9}"#, r#"{"maximum":9}"#, None),
            ("{}", r#"{"required":true}"#, Some("required")),
            (r#"{"required":true}"#, r#"{"required":false}"#, None),
            ("{}", r#"{"default":1}"#, None),
        ] {
            assert_eq!(tightened(before, after, number), member, "{before} {after}");
        }
        for (before, after, member) in [
            ("{}", r#"{"maxLength":254}"#, Some("maxLength")),
            ("{}", r#"{"maxLength":256}"#, None),
            (r#"{"maxLength":300}"#, "{}", Some("maxLength")),
            ("{}", r#"{"pattern":"/a/"}"#, Some("pattern")),
            (r#"{"pattern":"/a/"}"#, r#"{"pattern":"/b/"}"#, Some("pattern")),
            (r#"{"pattern":"/a/"}"#, "{}", None),
            ("{}", r#"{"allowedValues":["a"]}"#, Some("allowedValues")),
            ("{}", r#"{"allowedValues":[]}"#, None),
            (r#"{"allowedValues":["a","b"]}"#, r#"{"allowedValues":["b"]}"#, Some("allowedValues")),
            (r#"{"allowedValues":["a"]}"#, r#"{"allowedValues":["b","a"]}"#, None),
        ] {
            assert_eq!(tightened(before, after, STRING), member, "{before} {after}");
        }
    }
}
