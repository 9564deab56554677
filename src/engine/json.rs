//! [`Json`]: a JSON value that keeps the order of its members.
//!
//! `serde_json::Value` sorts members or keeps their order, and keeps or rounds
//! numbers, depending on which features *any* crate of the build has switched
//! on. A double must answer the same bytes in every build, so bodies are read
//! into a type of our own, by `serde_json`'s parser.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value. Members stand in the order in which they were sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without fraction and exponent, as far as it fits.
    Whole(i64),
    /// Any other number. Never infinite, never NaN.
    Float(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object: each name once, the last value that was sent for it.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// A sentence with line and column when the text is not JSON, is nested
    /// deeper than 128 levels, or holds a number beyond the range of `f64`.
    pub fn parse(text: &[u8]) -> Result<Json, String> {
        serde_json::from_slice(text).map_err(|error| error.to_string())
    }

    /// The member of that name, if this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => {
                members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "JSON itself promises no more than f64")]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Json::Whole(number) => Some(*number as f64),
            Json::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// What a person would call a value like this one, with its article.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Whole(_) | Json::Float(_) => "a number",
            Json::Text(_) => "a string",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }

    /// Feeds the value's meaning to `eat`: the order of members does not count.
    ///
    /// Clients that build a body from a hash map send its members in another
    /// order on every run; what they *say* is the same.
    pub fn digest(&self, eat: &mut impl FnMut(&[u8])) {
        match self {
            Json::Null => eat(b"n"),
            Json::Bool(value) => eat(if *value { b"t" } else { b"f" }),
            Json::Whole(number) => {
                eat(b"i");
                eat(&number.to_le_bytes());
            }
            Json::Float(number) => {
                eat(b"d");
                eat(&number.to_bits().to_le_bytes());
            }
            Json::Text(text) => {
                eat(b"s");
                eat_text(text, eat);
            }
            Json::List(items) => {
                eat(b"l");
                eat(&items.len().to_le_bytes());
                items.iter().for_each(|item| item.digest(eat));
            }
            Json::Object(members) => {
                eat(b"o");
                eat(&members.len().to_le_bytes());
                let mut sorted: Vec<&(String, Json)> = members.iter().collect();
                sorted.sort_unstable_by(|one, two| one.0.cmp(&two.0));
                for (name, value) in sorted {
                    eat_text(name, eat);
                    value.digest(eat);
                }
            }
        }
    }
}

/// Length first, so that no two sequences of texts read the same.
fn eat_text(text: &str, eat: &mut impl FnMut(&[u8])) {
    eat(&text.len().to_le_bytes());
    eat(text.as_bytes());
}

/// From what test authors write with `serde_json::json!`.
impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(value) => Json::Bool(*value),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Json::Whole(whole),
                (None, Some(float)) if float.is_finite() => Json::Float(float),
                _ => Json::Null,
            },
            serde_json::Value::String(text) => Json::Text(text.clone()),
            serde_json::Value::Array(items) => Json::List(items.iter().map(Json::from).collect()),
            serde_json::Value::Object(members) => Json::Object(
                members.iter().map(|(name, value)| (name.clone(), Json::from(value))).collect(),
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Json, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

/// Under `serde_json/arbitrary_precision`, which another crate of the build may
/// have switched on, a number arrives as an object with this one member.
const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// From this many members on, duplicates are looked for in a sorted index.
const FEW_MEMBERS: usize = 32;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "beyond i64 a number is as good as its f64")]
    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Float(number as f64), Json::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if members.is_empty() && name == NUMBER_TOKEN {
                return number(&map.next_value::<String>()?).map_err(de::Error::custom);
            }
            let value = map.next_value()?;
            let known = (members.len() < FEW_MEMBERS)
                .then(|| members.iter_mut().find(|(known, _)| *known == name))
                .flatten();
            match known {
                Some((_, earlier)) => *earlier = value,
                None => members.push((name, value)),
            }
        }
        if members.len() >= FEW_MEMBERS {
            members = last_of_each(members);
        }
        Ok(Json::Object(members))
    }
}

/// Keeps the last value of each name, at the place where the name stood first.
fn last_of_each(members: Vec<(String, Json)>) -> Vec<(String, Json)> {
    let mut places = std::collections::BTreeMap::new();
    let mut kept: Vec<(String, Json)> = Vec::with_capacity(members.len());
    for (name, value) in members {
        if let Some(&place) = places.get(&name) {
            let (_, earlier): &mut (String, Json) = &mut kept[place];
            *earlier = value;
        } else {
            places.insert(name.clone(), kept.len());
            kept.push((name, value));
        }
    }
    kept
}

fn number(text: &str) -> Result<Json, String> {
    if let Ok(whole) = text.parse() {
        return Ok(Json::Whole(whole));
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Ok(Json::Float(float)),
        _ => Err(format!("number out of range: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_the_last_of_two_wins() {
        let json = Json::parse(br#"{"b":1,"a":2,"b":3}"#).unwrap();
        let expected =
            Json::Object(vec![("b".into(), Json::Whole(3)), ("a".into(), Json::Whole(2))]);
        assert_eq!(json, expected);
    }

    #[test]
    fn duplicates_are_found_in_large_objects_too() {
        let text: Vec<String> = (0..100).map(|n| format!("\"m{}\":{n}", n % 50)).collect();
        let json = Json::parse(format!("{{{}}}", text.join(",")).as_bytes()).unwrap();
        let Json::Object(members) = json else { panic!("an object") };
        assert_eq!(members.len(), 50);
        assert_eq!(members[7], ("m7".into(), Json::Whole(57)));
    }

    #[test]
    fn numbers_are_whole_or_finite() {
        assert_eq!(Json::parse(b"-7").unwrap(), Json::Whole(-7));
        assert_eq!(Json::parse(b"1.50").unwrap(), Json::Float(1.5));
        assert!(Json::parse(b"1e999").is_err());
    }

    #[test]
    fn the_digest_does_not_see_the_order_of_members() {
        let digest = |text: &str| {
            let mut eaten = Vec::new();
            Json::parse(text.as_bytes()).unwrap().digest(&mut |part| eaten.extend_from_slice(part));
            eaten
        };
        assert_eq!(digest(r#"{"a":[1],"b":"x"}"#), digest(r#"{"b":"x","a":[1]}"#));
        assert_ne!(digest(r#"{"a":[1],"b":"x"}"#), digest(r#"{"a":[1],"b":"y"}"#));
        assert_ne!(digest(r#"["ab","c"]"#), digest(r#"["a","bc"]"#));
    }
}
