//! The members of a published schema: which there are, and which an answer shows.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::definition::{NAME, items, members};
use crate::sample::alternatives;

/// The published name of a plain schema.
pub(crate) fn name_of(schema: &Value) -> Option<&str> {
    schema[NAME].as_str()
}

/// The published schema and the member in it that stands at a place of a
/// document: `ContactObject.country`. `*` is an item.
pub(crate) fn member_at(schema: &Value, root: &str, path: &[String]) -> String {
    let (mut schema, mut member) = (schema, root.to_owned());
    for name in path {
        let inner = |it: &&Value| it["properties"].get(name).is_some() || it.get("items").is_some();
        schema = alternatives(schema).into_iter().find(inner).unwrap_or(&Value::Null);
        if let Some(name) = name_of(schema) {
            name.clone_into(&mut member);
        }
        if name == "*" {
            member.push_str("[]");
            schema = &schema["items"];
        } else {
            member = format!("{member}.{name}");
            schema = &schema["properties"][name];
        }
    }
    member
}

/// Adds every member that a value has and its schema does not, unless that is open to any.
pub(crate) fn undocumented(schema: &Value, value: &Value, at: &str, found: &mut BTreeSet<String>) {
    let mut all = alternatives(schema);
    if all.iter().any(|it| may_be(it, value)) {
        all.retain(|it| may_be(it, value));
    }
    let at = all.iter().find_map(|it| name_of(it)).unwrap_or(at);
    for item in items(value) {
        let inner = all.iter().find_map(|it| it.get("items")).unwrap_or(&Value::Null);
        undocumented(inner, item, &format!("{at}[]"), found);
    }
    let open =
        |it: &&Value| !it["properties"].is_object() || it.get("additionalProperties").is_some();
    if all.iter().any(open) {
        return;
    }
    for (name, value) in members(value) {
        let member = format!("{at}.{name}");
        match all.iter().find_map(|it| it["properties"].get(name)) {
            Some(schema) => undocumented(schema, value, &member, found),
            None => drop(found.insert(member)),
        }
    }
}

/// Whether a value has nothing that one of a schema's enumerations excludes:
/// which of several schemas is meant is told by such a member.
fn may_be(schema: &Value, value: &Value) -> bool {
    members(&schema["properties"]).all(|(name, inner)| {
        let mut known = items(&inner["enum"]).peekable();
        known.peek().is_none()
            || value.get(name).is_none_or(|value| known.any(|known| known == value))
    })
}

/// What answers have, or may have, of a published schema.
#[derive(Clone, Default)]
pub(crate) struct Fields {
    /// Members as paths: `primaryAddress.emails[].value`. `null` is no value.
    pub(crate) members: BTreeSet<String>,
    /// What a value may be in place of another: `company as null`, and of the
    /// kinds that a member of it tells, `extraData.tables[] as list`.
    pub(crate) alternatives: BTreeSet<String>,
}

/// All that an answer may have.
pub(crate) fn documented(schema: &Value) -> Fields {
    let mut found = Fields::default();
    walk(schema, None, "", &mut found);
    found
}

/// Adds all that a value has.
pub(crate) fn shown(schema: &Value, value: &Value, found: &mut Fields) {
    walk(schema, Some(value), "", found);
}

/// With a value, only what it has; without one, all there is.
fn walk(schema: &Value, value: Option<&Value>, at: &str, found: &mut Fields) {
    if may_be_null(schema) && value.is_none_or(Value::is_null) {
        found.alternatives.insert(format!("{at} as null"));
    }
    let all = alternatives(schema);
    for schema in &all {
        if let Some(kind) = kind_of(schema, value).filter(|_| all.len() > 1) {
            found.alternatives.insert(format!("{at} as {kind}"));
        }
        if let Some(inner) = schema.get("items") {
            let at = format!("{at}[]");
            match value {
                None => walk(inner, None, &at, found),
                Some(list) => items(list).for_each(|item| walk(inner, Some(item), &at, found)),
            }
        }
        for (name, inner) in members(&schema["properties"]) {
            let inner_value = value.map(|value| value.get(name));
            // A write-only member is never shown.
            if inner == &Value::Bool(false) || inner_value == Some(None) {
                continue;
            }
            let inner_value = inner_value.flatten();
            let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            walk(inner, inner_value, &at, found);
            if inner_value.is_none_or(|value| !value.is_null()) {
                found.members.insert(at);
            }
        }
    }
}

fn may_be_null(schema: &Value) -> bool {
    items(&schema["type"])
        .chain(items(&schema["oneOf"]))
        .any(|it| it == "null" || it["type"] == "null")
}

/// The name of the kind that a schema is of, told by a member that has one value
/// only: of a value, only if it is of that kind.
fn kind_of<'s>(schema: &'s Value, value: Option<&Value>) -> Option<&'s str> {
    let (name, kind) = members(&schema["properties"]).find_map(|(name, inner)| {
        let mut listed = items(&inner["enum"]);
        let only = listed.next().filter(|_| listed.next().is_none());
        Some((name, inner.get("const").or(only)?))
    })?;
    let is_it = value.is_none_or(|value| value.get(name) == Some(kind));
    kind.as_str().filter(|_| is_it)
}
