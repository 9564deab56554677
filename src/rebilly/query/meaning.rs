//! [`Meaning`]: what a name below `customFields` stands for, by the definition of the field.

use super::kind::Kind;
use crate::engine::evidence::Guess;
use crate::rebilly::assumed::FIELD_TYPES;
use crate::rebilly::model::{CustomField, CustomFieldType};

/// What to read of a custom field, and as what.
pub(in crate::rebilly) struct Meaning {
    /// The name of the field; of one without a definition all that was said: `budget.amount`.
    pub(in crate::rebilly) name: String,
    /// The member of it that is read.
    pub(in crate::rebilly) member: Option<String>,
    /// The type that its definition gives it, if it has one.
    pub(in crate::rebilly) defined: Option<CustomFieldType>,
    pub(super) kind: Kind,
    /// The guess that it means this, where it is one.
    pub(super) guess: Option<&'static Guess>,
}

impl Meaning {
    /// Whatever is stored there.
    pub(super) fn free(name: &str) -> Meaning {
        let name = name.to_owned();
        Meaning { name, member: None, defined: None, kind: Kind::Free, guess: None }
    }

    /// A field that has a definition, or a member of it; `None` when it has no such member.
    ///
    /// Assumed: an amount of money is compared by its `amount`, and a disabled field is of its
    /// type like any other (`typed-custom-fields`).
    pub(super) fn of(field: &CustomField, member: Option<&str>) -> Option<Meaning> {
        let is_money = field.kind == CustomFieldType::Monetary;
        let read = member.or(is_money.then_some("amount"));
        let kind = match (field.kind, read) {
            (CustomFieldType::Array | CustomFieldType::String, None)
            | (CustomFieldType::Monetary, Some("currency")) => Kind::Text,
            (CustomFieldType::Integer | CustomFieldType::Number, None)
            | (CustomFieldType::Monetary, Some("amount")) => Kind::Number,
            (CustomFieldType::Boolean, None) => Kind::Flag,
            (CustomFieldType::Datetime, None) => Kind::Time,
            (CustomFieldType::Date, None) => Kind::Date,
            _ => return None,
        };
        let is_guess = !field.is_enabled || (is_money && member.is_none());
        Some(Meaning {
            name: field.name.clone(),
            member: read.map(str::to_owned),
            defined: Some(field.kind),
            kind,
            guess: is_guess.then_some(&FIELD_TYPES),
        })
    }
}
