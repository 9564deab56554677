//! [`Attachment`]: a file that belongs to something.

use super::link::links;
use crate::engine::clock::Timestamp;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::rebilly::assumed::{NULL_MEMBERS, UNKNOWN_MEMBERS};

/// What a file can belong to: the published enum, in its order.
const RELATED_TYPES: [(&str, &str); 14] = [
    ("customer", "customer"),
    ("customer-timeline-comment", "customer-timeline-comment"),
    ("dispute", "dispute"),
    ("gateway-timeline-comment", "gateway-timeline-comment"),
    ("invoice", "invoice"),
    ("invoice-timeline-comment", "invoice-timeline-comment"),
    ("order-timeline-comment", "order-timeline-comment"),
    ("organization", "organization"),
    ("payment", "payment"),
    ("plan", "plan"),
    ("product", "product"),
    ("subscription", "subscription"),
    ("transaction", "transaction"),
    ("transaction-timeline-comment", "transaction-timeline-comment"),
];

/// What the related type of a customer's attachment is.
pub(in crate::rebilly) const CUSTOMER: &str = RELATED_TYPES[0].0;

/// The published schema `Attachment`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attachment {
    /// `att_` and 26 characters, or what a `PUT` named it.
    pub id: String,
    /// The file's id. Files themselves are not simulated.
    pub file_id: String,
    /// What kind of thing it belongs to.
    pub related_type: &'static str,
    /// Which one.
    pub related_id: String,
    /// What it is called.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// When it was attached.
    pub created_time: Timestamp,
    /// When that was last changed.
    pub updated_time: Timestamp,
}

impl Attachment {
    /// The members of an attachment.
    #[rustfmt::skip]
    const MEMBERS: [&str; 8] = [
        "id", "fileId", "relatedType", "relatedId", "name", "description", "createdTime", "updatedTime",
    ];

    /// Reads a document that replaces `before`. What is noted on the way makes the result worthless.
    pub(in crate::rebilly) fn read(
        input: &Input<'_>,
        id: &str,
        before: Option<&Attachment>,
        now: Timestamp,
    ) -> Attachment {
        input.assume_beside(&Attachment::MEMBERS, &UNKNOWN_MEMBERS);
        input.assume_null(&["name", "description"], &NULL_MEMBERS);
        let any = TextRule::max(usize::MAX);
        let related_type = input.one_of("relatedType", &RELATED_TYPES).value();
        if !input.says("relatedType") {
            input.refuse("relatedType", "is required");
        }
        Attachment {
            id: id.to_owned(),
            file_id: input.required_text("fileId", TextRule::max(50)).unwrap_or_default(),
            related_type: related_type.unwrap_or(CUSTOMER),
            related_id: input.required_text("relatedId", any).unwrap_or_default(),
            name: input.text("name", any).value(),
            description: input.text("description", any).value(),
            created_time: before.map_or(now, |it| it.created_time),
            updated_time: now,
        }
    }
}

impl Record for Attachment {
    const KIND: &'static str = "Attachment";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("fileId", &self.file_id);
        object.text("relatedType", self.related_type);
        object.text("relatedId", &self.related_id);
        // Neither may be `null` in the published schema.
        if let Some(name) = &self.name {
            object.text("name", name);
        }
        if let Some(description) = &self.description {
            object.text("description", description);
        }
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.updated_time);
        let own = ["/attachments/", self.id.as_str()];
        links(object, &[("self", &own), ("file", &["/files/", &self.file_id])]);
    }
}
