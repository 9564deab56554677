//! [`Matcher`]: what `$time`, `$hex:40` and their kin accept.

use std::collections::BTreeSet;

use super::node::Node;
use super::text::{Names, Text};
use crate::engine::clock::Timestamp;
use crate::engine::json::Json;

/// Characters of an id after its prefix: Crockford's alphabet, without I, L, O and U.
const ID_LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_LENGTH: usize = 26;

/// A text of an answer that begins with `$`: a rule instead of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Matcher {
    Absent,
    Any,
    Boolean,
    Number,
    Text,
    List,
    Object,
    Time,
    Contains(Text),
    Hex(usize),
    Length(usize),
    Id(String),
}

impl Matcher {
    /// Reads what follows the `$`.
    pub(super) fn read(rest: &str, node: &Node<'_>, known: &BTreeSet<String>) -> Option<Matcher> {
        let (name, argument) = match rest.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (rest, None),
        };
        let alone = |matcher: Matcher| match argument {
            None => Ok(matcher),
            Some(_) => Err(format!("`${name}` stands alone, without a colon")),
        };
        let count = |matcher: fn(usize) -> Matcher| {
            let count = argument.and_then(|count| count.parse().ok());
            count.map(matcher).ok_or_else(|| format!("`${name}` needs a count: `${name}:40`"))
        };
        let read = match (name, argument) {
            ("absent", _) => alone(Matcher::Absent),
            ("any", _) => alone(Matcher::Any),
            ("boolean", _) => alone(Matcher::Boolean),
            ("number", _) => alone(Matcher::Number),
            ("text", _) => alone(Matcher::Text),
            ("list", _) => alone(Matcher::List),
            ("object", _) => alone(Matcher::Object),
            ("time", _) => alone(Matcher::Time),
            ("hex", _) => count(Matcher::Hex),
            ("length", _) => count(Matcher::Length),
            ("id", prefix) => Ok(Matcher::Id(prefix.unwrap_or_default().to_owned())),
            ("contains", Some(part)) if !part.is_empty() => {
                return Text::read(part, node, known).map(Matcher::Contains);
            }
            ("contains", _) => Err("`$contains` needs a text: `$contains:json`".to_owned()),
            ("empty", None) => Err("`$empty` is for a whole body only".to_owned()),
            _ => Err(format!(
                "`${rest}` is not a matcher; a text that begins with `$` is written with `$$`"
            )),
        };
        read.map_err(|reason| node.refuse(reason)).ok()
    }

    pub(super) fn holds(&self, found: Option<&Json>, names: &Names) -> bool {
        let text = found.and_then(Json::as_text);
        let is_text = |holds: &dyn Fn(&str) -> bool| text.is_some_and(holds);
        match self {
            Matcher::Absent => found.is_none(),
            Matcher::Any => found.is_some(),
            Matcher::Boolean => matches!(found, Some(Json::Bool(_))),
            Matcher::Number => found.is_some_and(|found| found.as_number().is_some()),
            Matcher::Text => is_text(&|text| !text.is_empty()),
            Matcher::List => matches!(found, Some(Json::List(_))),
            Matcher::Object => matches!(found, Some(Json::Object(_))),
            Matcher::Time => is_text(&|text| Timestamp::parse(text).is_some()),
            Matcher::Contains(part) => is_text(&|text| text.contains(&part.fill(names))),
            Matcher::Hex(count) => {
                is_text(&|text| text.len() == *count && only(text, "0123456789abcdef"))
            }
            Matcher::Length(count) => match found {
                Some(Json::List(items)) => items.len() == *count,
                _ => is_text(&|text| text.chars().count() == *count),
            },
            Matcher::Id(prefix) => is_text(&|text| {
                let rest = text.strip_prefix(prefix.as_str());
                rest.is_some_and(|rest| rest.len() == ID_LENGTH && only(rest, ID_LETTERS))
            }),
        }
    }

    /// The matcher as a file writes it.
    pub(super) fn shown(&self, names: &Names) -> String {
        match self {
            Matcher::Absent => "$absent".to_owned(),
            Matcher::Any => "$any".to_owned(),
            Matcher::Boolean => "$boolean".to_owned(),
            Matcher::Number => "$number".to_owned(),
            Matcher::Text => "$text".to_owned(),
            Matcher::List => "$list".to_owned(),
            Matcher::Object => "$object".to_owned(),
            Matcher::Time => "$time".to_owned(),
            Matcher::Contains(part) => format!("$contains:{}", part.fill(names)),
            Matcher::Hex(count) => format!("$hex:{count}"),
            Matcher::Length(count) => format!("$length:{count}"),
            Matcher::Id(prefix) if prefix.is_empty() => "$id".to_owned(),
            Matcher::Id(prefix) => format!("$id:{prefix}"),
        }
    }
}

fn only(text: &str, letters: &str) -> bool {
    text.chars().all(|letter| letters.contains(letter))
}
