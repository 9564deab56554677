//! [`Tag`]: a label that customers carry.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::blank::is_blank;
use super::link::links;
use crate::engine::clock::Timestamp;
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::rebilly::assumed::{TAG_TYPE, UNKNOWN_MEMBERS};

/// A tag. Customers show it as it is, so it says the same everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tag {
    /// `tag_` and 26 characters.
    pub id: String,
    /// What it says. No other tag says the same, whatever the case of its letters.
    pub name: String,
    /// What it can be put on.
    pub kind: TagType,
    /// When it was made.
    pub created_time: Timestamp,
    /// When it was last renamed.
    pub updated_time: Timestamp,
}

/// What a tag can be put on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TagType {
    /// `customer`
    Customer,
    /// `kyc-document`
    KycDocument,
    /// `aml-check`
    AmlCheck,
}

impl TagType {
    pub(in crate::rebilly) const NAMES: [(&'static str, TagType); 3] = [
        ("customer", TagType::Customer),
        ("kyc-document", TagType::KycDocument),
        ("aml-check", TagType::AmlCheck),
    ];

    /// As it is written: `kyc-document`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TagType::Customer => "customer",
            TagType::KycDocument => "kyc-document",
            TagType::AmlCheck => "aml-check",
        }
    }
}

/// What the name of a tag must look like: `^[@~\-\.\w\s+]+$`, in which `\w` is
/// ASCII and `\s` is not, as ECMA-262 has it.
pub(in crate::rebilly) const NAME: TextRule = TextRule::max(255).form(
    |text| {
        let known = |c: char| c.is_ascii_alphanumeric() || is_blank(c) || "@~-._+".contains(c);
        !text.is_empty() && text.chars().all(known)
    },
    "letters, digits, spaces and @ ~ - . _ +",
);

/// What is encoded in a path: all but the characters that RFC 3986 has no other use for.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Tag {
    /// The members of a tag.
    pub(in crate::rebilly) const MEMBERS: [&str; 5] =
        ["id", "name", "type", "createdTime", "updatedTime"];

    /// Reads what a request or a fixture says of a new tag. Assumed: a tag
    /// without a type is for customers, as all tags were before there were types (`tag-type`).
    pub(in crate::rebilly) fn read(input: &Input<'_>, now: Timestamp) -> Tag {
        input.assume_beside(&Tag::MEMBERS, &UNKNOWN_MEMBERS);
        let name = input.required_text("name", NAME).unwrap_or_default();
        let kind = input.one_of("type", &TagType::NAMES);
        match kind {
            Given::Null => input.refuse("type", "must be a string, but is null"),
            Given::Absent if !input.has("type") => input.assume(&TAG_TYPE),
            Given::Absent | Given::Value(_) => {}
        }
        Tag {
            id: String::new(),
            name,
            kind: kind.value().unwrap_or(TagType::Customer),
            created_time: now,
            updated_time: now,
        }
    }

    /// What its name is found by: case does not count. Only ASCII letters can be in it.
    pub(in crate::rebilly) fn key(name: &str) -> String {
        name.to_ascii_lowercase()
    }

    /// Where it is, within the organization: `/tags/New%20York`.
    pub(in crate::rebilly) fn path(&self) -> String {
        format!("/tags/{}", utf8_percent_encode(&self.name, &ENCODED))
    }
}

impl Record for Tag {
    const KIND: &'static str = "Tag";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("name", &self.name);
        object.word("type", self.kind.as_str());
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.updated_time);
        links(object, &[("self", &[&self.path()])]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> String {
        let now = Timestamp::from_epoch(0);
        let kind = TagType::Customer;
        Tag { id: String::new(), name: name.into(), kind, created_time: now, updated_time: now }
            .path()
    }

    #[test]
    fn names_are_told_from_other_texts() {
        for good in ["VIP", "a b", "a\tb\n", "@~-._+", "0", " "] {
            assert_eq!(NAME.check(good), Ok(()), "{good:?}");
        }
        for bad in ["", "a/b", "a,b", "é", "\u{212A}", "a%20b", "!"] {
            assert!(NAME.check(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn only_what_could_be_misread_in_a_path_is_encoded() {
        assert_eq!(path("a-b.c_d~9"), "/tags/a-b.c_d~9");
        assert_eq!(path("New York+@"), "/tags/New%20York%2B%40");
        assert_eq!(path("a\n\u{a0}"), "/tags/a%0A%C2%A0");
    }

    #[test]
    fn letters_that_only_look_alike_are_other_names() {
        assert_eq!(Tag::key("ViP 1"), Tag::key("vIp 1"));
        // The sign for kelvin, which Unicode writes `k` in lower case.
        assert_ne!(Tag::key("\u{212A}"), Tag::key("k"));
    }
}
