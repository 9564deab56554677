//! [`Website`]: where customers come from, as little as they need of it.

use super::contact::email;
use super::custom_field;
use super::link::links;
use crate::engine::clock::Timestamp;
use crate::engine::input::Input;
use crate::engine::json::Member;
use crate::engine::render::{Mark, Object};
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::rebilly::assumed::UNKNOWN_MEMBERS;

/// The published schema `Website`, without its settings.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Website {
    /// `web_` and 26 characters, or what a `PUT` named it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The phone number of its customer service.
    pub service_phone: String,
    /// The e-mail address of its customer service.
    pub service_email: String,
    /// What the organization wants to know of it, in the order sent.
    pub custom_fields: Vec<Member>,
    /// When it was created.
    pub created_time: Timestamp,
    /// When it was last changed.
    pub updated_time: Timestamp,
}

impl Website {
    /// The members that are simulated, read-only ones too. Its settings are not.
    const MEMBERS: [&str; 9] = [
        "id",
        "name",
        "url",
        "servicePhone",
        "serviceEmail",
        "customFields",
        "createdTime",
        "updatedTime",
        "organizationId",
    ];

    /// Reads a document that replaces `before`. What is noted on the way makes the result worthless.
    pub(in crate::rebilly) fn read(
        input: &Input<'_>,
        id: &str,
        before: Option<&Website>,
        now: Timestamp,
    ) -> Website {
        input.assume_beside(&Website::MEMBERS, &UNKNOWN_MEMBERS);
        let text = |name, rule| input.required_text(name, rule).unwrap_or_default();
        let any = TextRule::max(usize::MAX);
        Website {
            id: id.to_owned(),
            name: text("name", any),
            url: text("url", any),
            service_phone: text("servicePhone", any),
            service_email: text("serviceEmail", email(usize::MAX)),
            custom_fields: custom_field::values(input),
            created_time: before.map_or(now, |it| it.created_time),
            updated_time: now,
        }
    }
}

impl Record for Website {
    const KIND: &'static str = "Website";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("name", &self.name);
        object.text("url", &self.url);
        object.text("servicePhone", &self.service_phone);
        object.text("serviceEmail", &self.service_email);
        object.member("customFields").object(|fields| {
            for (name, value) in &self.custom_fields {
                fields.named(name).json(value);
            }
        });
        object.time("createdTime", self.created_time);
        object.time("updatedTime", self.updated_time);
        object.member("organizationId").quoted(|quoted| quoted.mark(Mark::Realm));
        links(object, &[("self", &["/websites/", &self.id])]);
    }
}
