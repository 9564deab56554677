//! [`Place`]: a member of a request's body, however deep.

use serde_json::{Value, json};

use crate::definition::{items, members};
use crate::fields::name_of;
use crate::sample::{Samples, alternatives};

/// A place in a request's body.
pub(crate) struct Place {
    /// The way to it from the root of the body; `0` in a list.
    pub(crate) names: Vec<String>,
    /// The published schema and the member in it: `ContactObject.country`.
    pub(crate) member: String,
    /// What may stand there.
    pub(crate) schema: Value,
}

impl Place {
    /// As a `422` names it: `primaryAddress.emails.0.value`.
    pub(crate) fn dotted(&self) -> String {
        self.names.join(".")
    }

    /// As a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        format!("/{}", self.names.join("/"))
    }
}

/// Every place below a schema. What is read-only is one place, whatever is in it.
pub(crate) fn places(schema: &Value, root: &str) -> Vec<Place> {
    let mut found = Vec::new();
    walk(schema, &[], root, &mut found);
    found
}

fn walk(schema: &Value, names: &[String], member: &str, found: &mut Vec<Place>) {
    for schema in alternatives(schema) {
        let member = name_of(schema).unwrap_or(member);
        let inner = members(&schema["properties"])
            .map(|(name, inner)| (name.clone(), format!("{member}.{name}"), inner))
            .chain(schema.get("items").map(|it| ("0".to_owned(), format!("{member}[]"), it)));
        for (name, member, schema) in inner {
            let names = [names, &[name]].concat();
            if schema["readOnly"] != true {
                walk(schema, &names, &member, found);
            }
            found.push(Place { names, member, schema: schema.clone() });
        }
    }
}

/// Puts a value at a place of a body, or takes away what is there, and makes
/// whatever must stand around it.
pub(crate) fn put(
    samples: &Samples,
    schema: &Value,
    into: &mut Value,
    names: &[String],
    value: Option<Value>,
) {
    let Some((name, rest)) = names.split_first() else {
        *into = value.unwrap_or_default();
        return;
    };
    let has = |it: &&Value| match name.as_str() {
        "0" => it.get("items").is_some(),
        name => it["properties"].get(name).is_some(),
    };
    let schema = alternatives(schema).into_iter().find(has).expect("the place is the schema's");
    if name == "0" {
        if items(into).next().is_none() {
            *into = json!([samples.minimal(&schema["items"])]);
        }
        return put(samples, &schema["items"], &mut into[0], rest, value);
    }
    if !into.is_object() {
        *into = samples.minimal(schema);
    }
    match into {
        Value::Object(members) if rest.is_empty() && value.is_none() => drop(members.remove(name)),
        _ => put(samples, &schema["properties"][name], &mut into[name.as_str()], rest, value),
    }
}
