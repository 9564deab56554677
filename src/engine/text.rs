//! [`Text`]: a text that never changes, of which a record has a dozen.
//!
//! Most of them are short. They are kept where the record is, and not somewhere else on
//! the heap, which spares a write as many allocations.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

/// The most bytes that are kept in place: with them it is as large as a `String`.
const SHORT_MAX: usize = 22;

/// A text that never changes.
#[derive(Clone)]
pub struct Text(Kept);

#[derive(Clone)]
enum Kept {
    /// How many bytes of these there are.
    Short(u8, [u8; SHORT_MAX]),
    Long(Box<str>),
}

impl Text {
    /// As it is in UTF-8.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Kept::Short(length, bytes) => &bytes[..usize::from(*length)],
            Kept::Long(text) => text.as_bytes(),
        }
    }

    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Short(length, _) => usize::from(*length),
            Kept::Long(text) => text.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is that text. Most are told apart by how long they are.
    pub(super) fn is(&self, other: &[u8]) -> bool {
        match &self.0 {
            Kept::Short(length, bytes) => {
                usize::from(*length) == other.len() && bytes[..other.len()] == *other
            }
            Kept::Long(text) => text.as_bytes() == other,
        }
    }

    /// As any other text.
    ///
    /// # Panics
    ///
    /// Never: what is kept was a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kept::Short(length, bytes) => std::str::from_utf8(&bytes[..usize::from(*length)])
                .expect("what is kept was a text"),
            Kept::Long(text) => text,
        }
    }
}

impl Default for Text {
    fn default() -> Text {
        "".into()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        match u8::try_from(text.len()) {
            Ok(length) if text.len() <= SHORT_MAX => {
                let mut bytes = [0; SHORT_MAX];
                bytes[..text.len()].copy_from_slice(text.as_bytes());
                Text(Kept::Short(length, bytes))
            }
            _ => Text(Kept::Long(text.into())),
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        if text.len() <= SHORT_MAX {
            return text.as_str().into();
        }
        Text(Kept::Long(text.into_boxed_str()))
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> String {
        text.as_str().to_owned()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        match text.0 {
            Kept::Long(text) => text.into(),
            Kept::Short(..) => text.as_str().to_owned(),
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// Texts are compared as their bytes are: UTF-8 has the order of what it writes.
impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.is(other.as_bytes())
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.is(other.as_bytes())
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), out)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_any_length_is_what_it_was_made_of() {
        let long = "ä".repeat(200);
        for length in (0..60).step_by(2).chain([254, 256, 258, 400]) {
            let text = &long[..length];
            for kept in [Text::from(text), Text::from(text.to_owned())] {
                assert_eq!((kept.as_str(), kept.as_bytes()), (text, text.as_bytes()));
                assert_eq!(
                    (&kept.to_string(), format!("{kept:?}")),
                    (&text.to_owned(), format!("{text:?}"))
                );
                assert_eq!((String::from(&kept), String::from(kept)), (text.into(), text.into()));
            }
        }
        assert_eq!(size_of::<Text>(), size_of::<String>());
    }

    #[test]
    fn texts_have_the_order_of_strings() {
        let texts = ["", "a", "ab", "b", "ä", "a text that has to be kept elsewhere", "a text"];
        for one in texts {
            for other in texts {
                let (kept, another) = (Text::from(one), Text::from(other));
                assert_eq!(kept.cmp(&another), one.cmp(other));
                assert_eq!([kept == another, kept == other], [one == other; 2]);
            }
        }
    }
}
