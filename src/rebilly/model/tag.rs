//! [`Tag`]: a label that customers carry.

use super::link::links;
use crate::engine::clock::Timestamp;
use crate::engine::render::Object;

/// A tag, as a customer shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tag {
    /// `tag_` and 26 characters.
    pub id: String,
    /// What it says.
    pub name: String,
    /// When it was made.
    pub created_time: Timestamp,
    /// When it was last renamed.
    pub updated_time: Timestamp,
}

impl Tag {
    pub(in crate::rebilly) fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("name", &self.name);
        object.text("type", "customer");
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.updated_time);
        let name =
            percent_encoding::utf8_percent_encode(&self.name, percent_encoding::NON_ALPHANUMERIC);
        links(object, &[("self", &["/tags/", &name.to_string()])]);
    }
}

/// What the name of a tag must look like: `^[@~\-\.\w\s+]+$`.
pub(in crate::rebilly) fn is_tag_name(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "@~-._+".contains(c);
    !text.is_empty() && text.chars().all(known)
}
