//! [`Probe`]: a value just inside or just outside what a schema allows.
//!
//! The schema alone decides which: inside is what its validator accepts.

use serde_json::{Map, Value, json};

use crate::definition::{items, members};
use crate::sample::{Samples, TEXTS, UNFIT_TEXTS, alternatives, kind};

/// Lengths that no undocumented limit may cut.
const LONG: [u64; 2] = [256, 4_000];

/// Numbers that no undocumented bound may cut.
const FAR: [i64; 3] = [-1, 0, 3_000_000_000];

/// A value, or the lack of one.
pub(crate) struct Probe {
    /// In a few words: `null`, `a text of 46`.
    pub(crate) label: String,
    /// `None` leaves the member out.
    pub(crate) value: Option<Value>,
    pub(crate) inside: bool,
}

type Labelled = (String, Value);

/// Values around every constraint of a schema.
pub(crate) fn around(samples: &Samples, schema: &Value) -> Vec<Probe> {
    let mut values: Vec<Labelled> = vec![
        ("null".to_owned(), Value::Null),
        ("a boolean".to_owned(), json!(true)),
        ("a whole number".to_owned(), json!(7)),
        ("a fraction".to_owned(), json!(1.5)),
        ("a whole number with a decimal point".to_owned(), json!(7.0)),
        ("a list".to_owned(), json!([1])),
        ("an object".to_owned(), json!({ "a": 1 })),
        ("an empty list".to_owned(), json!([])),
        ("an empty object".to_owned(), json!({})),
    ];
    for schema in alternatives(schema) {
        match kind(schema) {
            "string" => values.extend(texts(samples, schema)),
            "array" => values.extend(lists(samples, schema)),
            _ => values.push(("a text".to_owned(), json!("probe"))),
        }
        values.extend(numbers(schema));
    }
    let inside = |value: &Value| samples.fits(schema, value);
    values
        .into_iter()
        .map(|(label, value)| Probe { inside: inside(&value), label, value: Some(value) })
        .collect()
}

/// Texts around every constraint on a text.
pub(crate) fn texts(samples: &Samples, schema: &Value) -> Vec<Labelled> {
    let of_enumeration = |it: &Value| ("a value of its enumeration".to_owned(), it.clone());
    let mut values: Vec<Labelled> = items(&schema["enum"]).map(of_enumeration).collect();
    if ["enum", "pattern", "format"].iter().any(|it| schema.get(it).is_some()) {
        values.extend(TEXTS.iter().chain(&UNFIT_TEXTS).map(|text| {
            let fits = samples.fits(schema, &json!(text));
            let label = if fits { "a text of its form" } else { "a text not of its form" };
            (label.to_owned(), json!(text))
        }));
    }
    let mut lengths = bounds(schema, ["minLength", "maxLength"]);
    if schema.get("minLength").is_none() {
        lengths.push(0);
    }
    if schema.get("maxLength").is_none() {
        lengths.extend(LONG);
    }
    values.extend(lengths.into_iter().filter_map(|length| {
        let text = samples.text_of(schema, usize::try_from(length).ok()?)?;
        Some((format!("a text of {length}"), text))
    }));
    values
}

/// Numbers around every bound of a number; without bounds, a few that no undocumented one may cut.
pub(crate) fn numbers(schema: &Value) -> Vec<Labelled> {
    let bounds = ["minimum", "maximum"].into_iter().filter_map(|it| schema[it].as_i64());
    let mut near: Vec<i64> = bounds.flat_map(|bound| bound - 1..=bound + 1).collect();
    if near.is_empty() && ["integer", "number"].contains(&kind(schema)) {
        near.extend(FAR);
    }
    near.into_iter().map(|number| (format!("the number {number}"), json!(number))).collect()
}

fn lists(samples: &Samples, schema: &Value) -> Vec<Labelled> {
    let item = samples.minimal(alternatives(&schema["items"])[0]);
    let lengths = bounds(schema, ["minItems", "maxItems"]).into_iter().chain([1, 2]);
    let list = |length| (0..length).map(|_| item.clone()).collect::<Value>();
    lengths.map(|length| (format!("a list of {length}"), list(length))).collect()
}

fn bounds(schema: &Value, keywords: [&str; 2]) -> Vec<u64> {
    let bounds = keywords.into_iter().filter_map(|it| schema[it].as_u64());
    bounds.flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1]).collect()
}

/// Values for a read-only member: of a wrong type, and such as an answer might have.
pub(crate) fn foreign(samples: &Samples, schema: &Value) -> Vec<(&'static str, Value)> {
    let schema = alternatives(schema)[0];
    let mut values = vec![("a wrong type", json!({ "sent": ["by", "a", "client"] }))];
    let own: Vec<Value> = match kind(schema) {
        "object" => vec![full(samples, schema)],
        "array" => vec![json!([full(samples, &schema["items"])])],
        _ => samples.scalars(schema),
    };
    values.extend(own.into_iter().map(|value| ("an own value", value)));
    values
}

/// An object with a value for each of its members.
fn full(samples: &Samples, schema: &Value) -> Value {
    if kind(schema) != "object" {
        return samples.minimal(schema);
    }
    members(&schema["properties"])
        .map(|(name, schema)| (name.clone(), full(samples, alternatives(schema)[0])))
        .collect::<Map<_, _>>()
        .into()
}
