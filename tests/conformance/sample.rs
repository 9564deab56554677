//! [`Samples`]: values that fit a plain schema, and values that just do not.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::definition::{items, members, validator};
use crate::dice::Dice;

/// Texts of which at least one fits every pattern, format and enumeration that is documented.
pub(crate) const TEXTS: [&str; 19] = [
    "probe",
    "GB",
    "EUR",
    "a",
    "Zürich 8",
    "10-20",
    "x y+z",
    "ada@example.com",
    "o'neil@mail.example.org",
    "2001-02-03",
    "2024-02-29",
    "2024-01-01T00:00:00Z",
    "2024-01-01T01:02:03.5+02:00",
    "https://example.com/a?b=c",
    "urn:example:a",
    "en-GB",
    "/^[0-9]+$/",
    "@mia@example.com #invoices-in_1",
    "-._~",
];

/// Texts of which at least one fails every pattern and format that is documented.
pub(crate) const UNFIT_TEXTS: [&str; 16] = [
    "",
    " ",
    "gb",
    "G1",
    "GBR",
    "a!b",
    "a/b",
    "😀",
    "not an address",
    "a@b@c",
    "@example.com",
    "2001-02-30",
    "01.02.2003",
    "2024-01-01 00:00",
    "http://[",
    "no uri at all",
];

/// Makes values, and knows whether they fit.
#[derive(Default)]
pub(crate) struct Samples {
    validators: RefCell<BTreeMap<String, Rc<Validator>>>,
}

impl Samples {
    /// Whether a value fits a schema.
    pub(crate) fn fits(&self, schema: &Value, value: &Value) -> bool {
        let key = schema.to_string();
        let known = self.validators.borrow().get(&key).cloned();
        let validator = known.unwrap_or_else(|| {
            let new = Rc::new(validator(schema));
            self.validators.borrow_mut().insert(key, Rc::clone(&new));
            new
        });
        validator.is_valid(value)
    }

    /// The smallest value that fits: of an object, what is required and nothing else.
    pub(crate) fn minimal(&self, schema: &Value) -> Value {
        match kind(schema) {
            "object" => {
                let required = items(&schema["required"]).filter_map(Value::as_str);
                let member =
                    |name: &str| (name.to_owned(), self.minimal(&schema["properties"][name]));
                required.map(member).collect::<Map<_, _>>().into()
            }
            "array" if schema["minItems"].as_u64().is_some_and(|min| min > 0) => {
                json!([self.minimal(&schema["items"])])
            }
            "array" => json!([]),
            _ => self.scalars(schema).into_iter().next().expect("a scalar that fits"),
        }
    }

    /// Any value that fits.
    pub(crate) fn any(&self, schema: &Value, dice: &mut Dice) -> Value {
        let schema = dice.pick(&alternatives(schema)).copied().unwrap_or(schema);
        if dice.one_in(8) && self.fits(schema, &Value::Null) {
            return Value::Null;
        }
        match kind(schema) {
            "object" => {
                let free = !schema["properties"].is_object();
                let Value::Object(mut object) = self.minimal(schema) else { return json!({}) };
                for (name, schema) in members(&schema["properties"]) {
                    if dice.one_in(2) {
                        object.insert(name.clone(), self.any(schema, dice));
                    }
                }
                if free {
                    object.insert(dice.word(), dice.json());
                }
                object.into()
            }
            "array" => {
                let range = schema["minItems"].as_u64().unwrap_or(0)..4;
                (0..dice.within(range)).map(|_| self.any(&schema["items"], dice)).collect()
            }
            _ => dice.pick(&self.scalars(schema)).cloned().expect("a scalar that fits"),
        }
    }

    /// A text of that many characters that fits in everything but, perhaps, its length.
    pub(crate) fn text_of(&self, schema: &Value, length: usize) -> Option<Value> {
        let mut free = schema.clone();
        for keyword in ["maxLength", "minLength"] {
            free.as_object_mut()?.remove(keyword);
        }
        let web = "https://example.com/";
        let forms = [
            "a".repeat(length),
            "A".repeat(length),
            address(length),
            format!("{web}{}", "a".repeat(length.saturating_sub(web.len()))),
        ];
        let exact = |text: &String| text.chars().count() == length;
        forms.into_iter().filter(exact).map(Value::from).find(|text| self.fits(&free, text))
    }

    /// Some scalars that fit.
    pub(crate) fn scalars(&self, schema: &Value) -> Vec<Value> {
        let texts = TEXTS.iter().map(|text| json!(text));
        let others = [json!(1), json!(0), json!(1.5), json!(429), json!(true), json!(false)];
        let listed = items(&schema["enum"]).cloned().chain(schema.get("const").cloned());
        listed.chain(texts).chain(others).filter(|value| self.fits(schema, value)).collect()
    }
}

/// The type of the values that a schema is about, `null` left aside.
pub(crate) fn kind(schema: &Value) -> &str {
    let named = match &schema["type"] {
        Value::Array(names) => names.iter().find(|name| *name != "null"),
        name => Some(name),
    };
    match named.and_then(Value::as_str) {
        Some(name) => name,
        None if schema["properties"].is_object() => "object",
        None => "any",
    }
}

/// The schemas of which one must hold, without the one for `null`; the schema itself if it has none.
pub(crate) fn alternatives(schema: &Value) -> Vec<&Value> {
    match &schema["oneOf"] {
        Value::Array(schemas) => schemas.iter().filter(|it| it["type"] != "null").collect(),
        _ => vec![schema],
    }
}

/// An e-mail address of that many characters, in which no part is too long.
fn address(length: usize) -> String {
    let local = length.saturating_sub(12).clamp(1, 64);
    let mut text = format!("{}@", "a".repeat(local));
    while text.len() < length {
        let label = (length - text.len()).min(60);
        // No label is left for a dot alone.
        let label = if length - text.len() == label + 1 { label - 1 } else { label };
        text.push_str(&"b".repeat(label));
        if text.len() < length {
            text.push('.');
        }
    }
    text
}
