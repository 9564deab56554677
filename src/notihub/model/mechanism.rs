//! [`ContactType`] and [`Mechanism`]: by what a customer is reached, and by what they want to be.

use super::list::is_refused_object;
use crate::engine::input::Input;
use crate::engine::rule::TextRule;

/// What a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactType {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// The token of a device.
    Push,
}

impl ContactType {
    /// All of them, by the vendor's words.
    pub(in crate::notihub) const ALL: [(&'static str, ContactType); 3] =
        [("EMAIL", ContactType::Email), ("PHONE", ContactType::Phone), ("PUSH", ContactType::Push)];

    /// The vendor's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ContactType::Email => "EMAIL",
            ContactType::Phone => "PHONE",
            ContactType::Push => "PUSH",
        }
    }

    /// Who carries messages there, as the documented examples show it.
    #[must_use]
    pub const fn provider(self) -> &'static str {
        match self {
            ContactType::Email => "SENDGRID",
            ContactType::Phone => "TWILIO",
            ContactType::Push => "FIREBASE",
        }
    }
}

/// A way by which messages may go. The REST documents call one `PHONE` that the SDK's
/// call `SMS`; each is shown as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mechanism {
    /// To e-mail addresses.
    Email,
    /// To phone numbers.
    Phone,
    /// To phone numbers, in the SDK's word.
    Sms,
    /// To devices.
    Push,
    /// By no way at all.
    None,
}

impl Mechanism {
    /// Those by which a message can be sent.
    pub(in crate::notihub) const WAYS: TextRule =
        TextRule::max(usize::MAX).form(is_way, "EMAIL, PHONE, SMS or PUSH");

    /// Those that a customer may want.
    const WISHES: TextRule =
        TextRule::max(usize::MAX).form(is_wish, "EMAIL, PHONE, SMS, PUSH or NONE");

    /// Reads a list of those by which a message can be sent.
    pub(in crate::notihub) fn ways(input: &Input<'_>, name: &str) -> Option<Vec<Mechanism>> {
        Mechanism::list(input, name, Mechanism::WAYS)
    }

    /// Reads a list of those that a customer wants.
    pub(in crate::notihub) fn wishes(input: &Input<'_>, name: &str) -> Option<Vec<Mechanism>> {
        Mechanism::list(input, name, Mechanism::WISHES)
    }

    fn list(input: &Input<'_>, name: &str, rule: TextRule) -> Option<Vec<Mechanism>> {
        if is_refused_object(input, name) {
            return None;
        }
        let texts = input.texts(name, rule).value()?;
        Some(texts.iter().filter_map(|text| Mechanism::parse(text)).collect())
    }

    /// By the vendor's word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Mechanism> {
        let mechanism = match text {
            "EMAIL" => Mechanism::Email,
            "PHONE" => Mechanism::Phone,
            "SMS" => Mechanism::Sms,
            "PUSH" => Mechanism::Push,
            "NONE" => Mechanism::None,
            _ => return None,
        };
        Some(mechanism)
    }

    /// The vendor's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Mechanism::Email => "EMAIL",
            Mechanism::Phone => "PHONE",
            Mechanism::Sms => "SMS",
            Mechanism::Push => "PUSH",
            Mechanism::None => "NONE",
        }
    }

    /// The contacts to which it leads.
    #[must_use]
    pub const fn reaches(self) -> Option<ContactType> {
        match self {
            Mechanism::Email => Some(ContactType::Email),
            Mechanism::Phone | Mechanism::Sms => Some(ContactType::Phone),
            Mechanism::Push => Some(ContactType::Push),
            Mechanism::None => None,
        }
    }
}

fn is_way(text: &str) -> bool {
    Mechanism::parse(text).is_some_and(|it| it.reaches().is_some())
}

fn is_wish(text: &str) -> bool {
    Mechanism::parse(text).is_some()
}
