//! [`Json`]: a JSON value that keeps the order of its members.
//!
//! `serde_json::Value` sorts members or keeps their order, depending on which
//! features *any* crate of the build has switched on. A double must answer the
//! same bytes in every build, so bodies are read into a type of our own.

/// The largest whole number that every reader of JSON keeps as it is.
pub const EXACT_MAX: i64 = 1 << 53;

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

    /// The number, if this is one without a fraction.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond the range of `i64`, its end is as good"
    )]
    pub fn as_whole(&self) -> Option<i64> {
        match self {
            Json::Whole(number) => Some(*number),
            Json::Float(number) if number.fract() == 0.0 => Some(*number as i64),
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

    /// The same value with the members of every object in the order of their names.
    #[must_use]
    pub fn sorted(self) -> Json {
        match self {
            Json::List(items) => Json::List(items.into_iter().map(Json::sorted).collect()),
            Json::Object(members) => {
                let sorted = |(name, value): (String, Json)| (name, value.sorted());
                let mut members: Vec<(String, Json)> = members.into_iter().map(sorted).collect();
                members.sort_by(|one, other| one.0.cmp(&other.0));
                Json::Object(members)
            }
            scalar => scalar,
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
                eat(&(items.len() as u64).to_le_bytes());
                items.iter().for_each(|item| item.digest(eat));
            }
            Json::Object(members) => {
                eat(b"o");
                eat(&(members.len() as u64).to_le_bytes());
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

/// Length first, so that no two sequences of texts read the same. On every
/// platform it is as many bytes: what derives from a digest is the same on all.
fn eat_text(text: &str, eat: &mut impl FnMut(&[u8])) {
    eat(&(text.len() as u64).to_le_bytes());
    eat(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

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
