//! [`Template`]: what a message is made from, as far as messages show it.

use super::mechanism::Mechanism;
use crate::engine::input::Input;
use crate::engine::json::EXACT_MAX;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;

/// A template. The vendor has no operations for them; fixtures say which there are.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Template {
    /// Its id.
    pub template_id: String,
    /// The group that customers' preferences are about.
    pub template_group_id: String,
    /// The present version.
    pub version: i64,
    /// The language that it is written in.
    pub language: Option<String>,
    /// The ways by which its messages can go.
    pub supported_mechanisms: Vec<Mechanism>,
}

impl Template {
    /// One of which nothing but the name is known: a group of its own, the first version,
    /// every way.
    pub(in crate::notihub) fn named(template_id: &str) -> Template {
        Template {
            template_id: template_id.to_owned(),
            template_group_id: template_id.to_owned(),
            version: 1,
            language: None,
            supported_mechanisms: vec![Mechanism::Email, Mechanism::Phone, Mechanism::Push],
        }
    }

    /// Reads a document; what it does not say is as with one that is only named.
    pub(in crate::notihub) fn read(input: &Input<'_>, template_id: &str) -> Template {
        let any = TextRule::max(usize::MAX);
        let plain = Template::named(template_id);
        let mechanisms = Mechanism::ways(input, "supportedMechanisms");
        Template {
            template_group_id: input
                .text("templateGroupId", any)
                .value()
                .unwrap_or(plain.template_group_id),
            version: input.whole("version", 0..=EXACT_MAX).value().unwrap_or(plain.version),
            language: input.text("language", any).value(),
            supported_mechanisms: mechanisms.unwrap_or(plain.supported_mechanisms),
            template_id: plain.template_id,
        }
    }

    /// The members that messages show.
    pub(in crate::notihub) fn show(&self, object: &mut Object<'_>) {
        object.text("templateId", &self.template_id);
        object.text("templateGroupId", &self.template_group_id);
        object.text_or_null("language", self.language.as_deref());
        object
            .member("supportedMechanisms")
            .list(&self.supported_mechanisms, |writer, it| writer.text(it.as_str()));
    }
}

impl Record for Template {
    const KIND: &'static str = "Template";

    fn id(&self) -> &str {
        &self.template_id
    }

    fn write(&self, object: &mut Object<'_>) {
        self.show(object);
        object.whole("version", self.version);
    }
}
