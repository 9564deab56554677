//! [`Text`]: a text with names in it, and [`Names`], what they stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::node::Node;
use crate::engine::json::Json;

/// What every file may use without capturing it.
pub(super) const GIVEN: [&str; 2] = ["base", "organization"];

/// What names stand for, as far as is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    pub(super) fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(super) fn know(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// A text of a contract file: `/customers/${id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Plain(String),
    Name(String),
}

impl Text {
    /// Splits a text at its names. `$${` is no name: it stands for `${`.
    pub(super) fn parse(text: &str) -> Result<Text, String> {
        let (mut parts, mut plain, mut rest) = (Vec::new(), String::new(), text);
        while let Some(at) = rest.find("${") {
            let (before, after) = (&rest[..at], &rest[at + 2..]);
            if let Some(before) = before.strip_suffix('$') {
                plain.push_str(before);
                plain.push_str("${");
                rest = after;
                continue;
            }
            plain.push_str(before);
            let end = after.find('}').ok_or_else(|| format!("`${{{after}` has no end"))?;
            parts.push(Part::Plain(std::mem::take(&mut plain)));
            parts.push(Part::Name(after[..end].to_owned()));
            rest = &after[end + 1..];
        }
        plain.push_str(rest);
        parts.push(Part::Plain(plain));
        Ok(Text(parts))
    }

    /// Reads a text whose names must be known.
    pub(super) fn read(text: &str, node: &Node<'_>, known: &BTreeSet<String>) -> Option<Text> {
        let parsed = Text::parse(text).map_err(|reason| node.refuse(reason)).ok()?;
        for name in parsed.names().filter(|name| !known.contains(*name)) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let known = known.join(", ");
            node.refuse(format!("`${{{name}}}` is not captured before; known are {known}"));
        }
        Some(parsed)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Name(name) => Some(name.as_str()),
            Part::Plain(_) => None,
        })
    }

    /// The text with values in the place of names; an unknown name has none.
    pub(super) fn fill(&self, names: &Names) -> String {
        self.filled(|name| names.0.get(name).map_or("", String::as_str))
    }

    /// The text with the same value in the place of every name.
    pub(super) fn fill_all(&self, value: &str) -> String {
        self.filled(|_| value)
    }

    fn filled<'t>(&'t self, value: impl Fn(&str) -> &'t str) -> String {
        let part = |part: &'t Part| match part {
            Part::Plain(plain) => plain.as_str(),
            Part::Name(name) => value(name),
        };
        self.0.iter().map(part).collect()
    }
}

/// A JSON value with names in its texts, as it is sent.
#[derive(Clone, Debug)]
pub(super) enum Template {
    Plain(Json),
    Text(Text),
    List(Vec<Template>),
    Object(Vec<(String, Template)>),
}

impl Template {
    pub(super) fn read(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Template> {
        Some(match node.json {
            Json::Text(text) => Template::Text(Text::read(text, node, known)?),
            Json::List(_) => {
                let items = node.items();
                let items = items.iter().map(|item| Template::read(item, known));
                Template::List(items.collect::<Option<_>>()?)
            }
            Json::Object(_) => {
                let members = node.members().into_iter();
                let members = members
                    .map(|(name, member)| Some((name.to_owned(), Template::read(&member, known)?)));
                Template::Object(members.collect::<Option<_>>()?)
            }
            plain => Template::Plain(plain.clone()),
        })
    }

    pub(super) fn fill(&self, names: &Names) -> Json {
        match self {
            Template::Plain(json) => json.clone(),
            Template::Text(text) => Json::Text(text.fill(names).into()),
            Template::List(items) => {
                Json::List(items.iter().map(|item| item.fill(names)).collect())
            }
            Template::Object(members) => Json::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.as_str().into(), value.fill(names)))
                    .collect(),
            ),
        }
    }
}
