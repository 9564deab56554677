//! [`Preference`]: by which ways a customer wants the messages of a group of templates.

use super::mechanism::Mechanism;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::notihub::assumed::MECHANISMS_ABSENT;

/// By which ways a customer wants the messages of one group of templates.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Preference {
    /// The group.
    pub template_group_id: String,
    /// The ways, as they were said.
    pub mechanisms: Vec<Mechanism>,
}

impl Preference {
    /// Reads a document. What is noted on the way makes the result worthless.
    pub(in crate::notihub) fn read(input: &Input<'_>) -> Preference {
        let group = input.required_text("templateGroupId", TextRule::max(usize::MAX));
        Preference::about(&group.unwrap_or_default(), input)
    }

    /// The same of a group that is known.
    pub(in crate::notihub) fn about(template_group_id: &str, input: &Input<'_>) -> Preference {
        if !input.says("mechanisms") {
            input.assume(&MECHANISMS_ABSENT);
        }
        Preference {
            template_group_id: template_group_id.to_owned(),
            // Assumed: none said is an empty list (`mechanisms-absent`).
            mechanisms: Mechanism::wishes(input, "mechanisms").unwrap_or_default(),
        }
    }
}

impl Record for Preference {
    const KIND: &'static str = "Preference";

    fn id(&self) -> &str {
        &self.template_group_id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("templateGroupId", &self.template_group_id);
        object.member("mechanisms").list(&self.mechanisms, |writer, it| writer.text(it.as_str()));
    }
}
