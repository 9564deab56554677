//! [`ContactType`] and [`Mechanism`]: by what a customer is reached, and by what they want to be.

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
        TextRule::max(5).form(is_way, "EMAIL, PHONE, SMS or PUSH");

    /// Those that a customer may want.
    pub(in crate::notihub) const WISHES: TextRule =
        TextRule::max(5).form(is_wish, "EMAIL, PHONE, SMS, PUSH or NONE");

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

    /// What was read by one of the rules above.
    pub(in crate::notihub) fn all(texts: Vec<String>) -> Vec<Mechanism> {
        texts.iter().filter_map(|text| Mechanism::parse(text)).collect()
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
