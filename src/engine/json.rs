//! [`Json`]: a JSON value that keeps the order of its members.
//!
//! `serde_json::Value` sorts members or keeps their order, depending on which
//! features *any* crate of the build has switched on. A double must answer the
//! same bytes in every build, so JSON is read into types of our own: a body onto a
//! [`Tape`](super::tape::Tape), and what is to be kept into this one.

use super::text::Text;

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
    Text(Text),
    /// An array.
    List(Vec<Json>),
    /// An object: each name once, the last value that was sent for it.
    Object(Vec<Member>),
}

/// A member of an object: its name and its value.
pub type Member = (Text, Json);

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
                let sorted = |(name, value): Member| (name, value.sorted());
                let mut members: Vec<Member> = members.into_iter().map(sorted).collect();
                members.sort_by(|one, other| one.0.cmp(&other.0));
                Json::Object(members)
            }
            scalar => scalar,
        }
    }
}
