//! [`Contact`]: an e-mail address, a phone number or a device of a customer's.

use super::mechanism::ContactType;
use super::wording::{INVALID_EMAIL, INVALID_PHONE};
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::render::Object;
use crate::engine::rule::TextRule;
use crate::engine::table::Record;
use crate::engine::value::Value;
use crate::notihub::assumed::{BLANK_VALUE, EMAIL_FORM, FLAG_TEXTS};

/// An entry of a customer's contacts.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Contact {
    /// Its number as a text, by which it is found.
    pub id: String,
    /// Its number within the environment.
    pub contact_id: i64,
    /// What it is: `type` on the wire.
    pub contact_type: ContactType,
    /// The address, the number or the token.
    pub value: String,
    /// Whether it is the one to use among those of its type.
    pub primary: bool,
    /// Whether it is known to be the customer's.
    pub verified: bool,
}

impl Contact {
    /// Reads a document. What is noted on the way makes the result worthless.
    pub(in crate::notihub) fn read(input: &Input<'_>, contact_id: i64) -> Contact {
        let contact_type = input.one_of("type", &ContactType::ALL).value();
        if !input.says("type") {
            input.refuse("type", "is required");
        }
        let value = input.required_text("value", TextRule::max(usize::MAX)).unwrap_or_default();
        // Of a contact of no type nobody knows what its value should be.
        if let Some(contact_type) = contact_type {
            check(input, contact_type, &value);
        }
        let contact_type = contact_type.unwrap_or(ContactType::Email);
        let is_push = contact_type == ContactType::Push;
        Contact {
            id: contact_id.to_string(),
            contact_id,
            contact_type,
            value,
            primary: flag(input, "primary").value().unwrap_or(false),
            verified: flag(input, "verified").value().unwrap_or(is_push),
        }
    }

    /// The same, no longer the one to use.
    pub(in crate::notihub) fn demoted(&self) -> Contact {
        Contact { primary: false, ..self.clone() }
    }
}

/// Assumed: an address has one `@` with something on both sides (`email-form`), and no
/// other value is blank (`blank-value`).
fn check(input: &Input<'_>, contact_type: ContactType, value: &str) {
    if !matches!(input.raw("value"), Some(Value::Text(_))) {
        return;
    }
    let (reason, guess) = match contact_type {
        ContactType::Email if !is_email(value) => (INVALID_EMAIL, &EMAIL_FORM),
        ContactType::Phone if value.trim().is_empty() => (INVALID_PHONE, &BLANK_VALUE),
        ContactType::Push if value.trim().is_empty() => ("must not be blank", &BLANK_VALUE),
        ContactType::Email | ContactType::Phone | ContactType::Push => return,
    };
    input.assume(guess);
    input.refuse("value", reason);
}

fn is_email(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    let mut parts = text.split('@');
    let both = parts.next().is_some_and(is_part) && parts.next().is_some_and(is_part);
    both && parts.next().is_none()
}

/// The tables of the documents call these texts, and the examples show booleans.
/// Assumed: either is understood (`flag-texts`).
fn flag(input: &Input<'_>, name: &str) -> Given<bool> {
    let said = match input.raw(name).and_then(Value::as_text) {
        Some("true") => true,
        Some("false") => false,
        _ => return input.flag(name),
    };
    input.assume(&FLAG_TEXTS);
    Given::Value(said)
}

impl Record for Contact {
    const KIND: &'static str = "Contact Entry";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.whole("contactId", self.contact_id);
        object.text("type", self.contact_type.as_str());
        object.text("value", &self.value);
        object.flag("primary", self.primary);
        object.flag("verified", self.verified);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_with_something_on_both_sides() {
        for good in ["a@b", "ada+news@example.com", "ä@ö"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "ada", "@example.com", "ada@", "a@b@c", "a b@c", "ada@example.com "] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
