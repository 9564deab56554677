//! [`Contact`]: a name, an address, and how to reach someone.

use super::blank::is_blank;
use super::email::is_email;
use super::message::Cell;
use crate::engine::clock::Date;
use crate::engine::digest::Digest;
use crate::engine::input::Input;
use crate::engine::render::{Object, Rendered, Setting};
use crate::engine::rule::TextRule;
use crate::engine::text::Text;
use crate::rebilly::assumed;

/// The published schema `ContactObject`. Every member may be unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contact {
    /// At most 45 characters.
    pub first_name: Option<Text>,
    /// At most 45 characters.
    pub last_name: Option<Text>,
    /// At most 255 characters.
    pub organization: Option<Text>,
    /// At most 60 characters.
    pub address: Option<Text>,
    /// At most 60 characters.
    pub address2: Option<Text>,
    /// At most 45 characters.
    pub city: Option<Text>,
    /// At most 45 characters.
    pub region: Option<Text>,
    /// Two upper-case letters.
    pub country: Option<Text>,
    /// At most 10 letters, digits, spaces and hyphens.
    pub postal_code: Option<Text>,
    /// In the order sent.
    pub phone_numbers: Vec<ContactEntry>,
    /// In the order sent.
    pub emails: Vec<ContactEntry>,
    /// The day of birth.
    pub dob: Option<Date>,
    /// At most 255 characters.
    pub job_title: Option<Text>,
}

/// How many digits a contact's hash has.
const HASH_LENGTH: usize = 40;

/// One way to reach someone: an e-mail address or a phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContactEntry {
    /// What it is for, such as `main`.
    pub label: Text,
    /// The address or number.
    pub value: Text,
    /// Whether it is the one to use first.
    pub primary: bool,
}

/// Any text of the Basic Multilingual Plane, at least one character: the
/// published pattern since December 2025.
const fn plain(max: usize) -> TextRule {
    fn holds(text: &str) -> bool {
        let (text, mut at) = (text.as_bytes(), 0);
        while at < text.len() {
            // Where a character of four bytes begins, which is one beyond.
            if text[at] >= 0xF0 {
                return false;
            }
            at += 1;
        }
        at > 0
    }
    TextRule::max(max).form(holds, "non-empty text without characters beyond U+FFFF")
}

const COUNTRY: TextRule = TextRule::max(2)
    .form(|text| matches!(text.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z']), "two upper-case letters");

/// `^[\w\s\-]+$`, in which `\w` is ASCII and `\s` is not, as ECMA-262 has it.
const POSTAL_CODE: TextRule = TextRule::max(10).form(
    |text| {
        for c in text.chars() {
            if !(c.is_ascii_alphanumeric() || c == '_' || c == '-' || is_blank(c)) {
                return false;
            }
        }
        !text.is_empty()
    },
    "letters, digits, spaces and hyphens",
);

/// An e-mail address of at most that many characters.
pub(in crate::rebilly) const fn email(max: usize) -> TextRule {
    TextRule::max(max).form(is_email, "an e-mail address")
}

impl Contact {
    /// The members of a contact.
    #[rustfmt::skip]
    pub(in crate::rebilly) const MEMBERS: [&str; 14] = [
        "firstName", "lastName", "organization", "address", "address2", "city", "region", "country",
        "postalCode", "phoneNumbers", "emails", "dob", "jobTitle", "hash",
    ];

    pub(in crate::rebilly) fn read(input: &Input<'_>) -> Contact {
        input.assume_beside(&Contact::MEMBERS, &assumed::UNKNOWN_MEMBERS);
        // Assumed: `null` for a list means an empty one, since the schema has no `null` there (`null-members`).
        input.assume_null(&["phoneNumbers", "emails"], &assumed::NULL_MEMBERS);
        Contact {
            first_name: input.kept_text("firstName", plain(45)).value(),
            last_name: input.kept_text("lastName", plain(45)).value(),
            organization: input.kept_text("organization", plain(255)).value(),
            address: input.kept_text("address", plain(60)).value(),
            address2: input.kept_text("address2", plain(60)).value(),
            city: input.kept_text("city", plain(45)).value(),
            region: input.kept_text("region", plain(45)).value(),
            country: input.kept_text("country", COUNTRY).value(),
            postal_code: input.kept_text("postalCode", POSTAL_CODE).value(),
            phone_numbers: entries(input, "phoneNumbers", TextRule::max(50)),
            emails: entries(input, "emails", email(255)),
            dob: input.date("dob").value(),
            job_title: input.kept_text("jobTitle", plain(255)).value(),
        }
    }

    /// The e-mail address that counts: the primary one, else the first.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.kept_email().map(Text::as_str)
    }

    /// The same as it is kept.
    pub(in crate::rebilly) fn kept_email(&self) -> Option<&Text> {
        let primary = self.emails.iter().find(|entry| entry.primary);
        primary.or(self.emails.first()).map(|entry| &entry.value)
    }

    /// 40 hexadecimal digits, equal for equal contacts. No document says how
    /// Rebilly computes them, and any would do.
    #[must_use]
    pub fn hash(&self) -> String {
        self.digits().map(char::from).iter().collect()
    }

    pub(in crate::rebilly) fn write(&self, object: &mut Object<'_>) {
        object.text_or_null("firstName", self.first_name.as_ref());
        object.text_or_null("lastName", self.last_name.as_ref());
        object.text_or_null("organization", self.organization.as_ref());
        object.text_or_null("address", self.address.as_ref());
        object.text_or_null("address2", self.address2.as_ref());
        object.text_or_null("city", self.city.as_ref());
        object.text_or_null("region", self.region.as_ref());
        object.text_or_null("country", self.country.as_ref());
        object.text_or_null("postalCode", self.postal_code.as_ref());
        object
            .member("phoneNumbers")
            .list(&self.phone_numbers, |item, entry| item.object(|it| entry.write(it)));
        object.member("emails").list(&self.emails, |item, entry| item.object(|it| entry.write(it)));
        object.text_or_null("dob", self.dob.map(|dob| dob.to_string()).as_deref());
        object.text_or_null("jobTitle", self.job_title.as_ref());
        object.text("hash", self.digits());
    }

    /// The digits of [`Contact::hash`].
    fn digits(&self) -> [u8; HASH_LENGTH] {
        const DIGITS: [u8; 16] = *b"0123456789abcdef";
        let mut digest = Digest::seeded(0);
        // What is unset is eaten as an empty text, which no client can send for any of them.
        for text in &[
            &self.first_name,
            &self.last_name,
            &self.organization,
            &self.address,
            &self.address2,
            &self.city,
            &self.region,
            &self.country,
            &self.postal_code,
            &self.job_title,
        ] {
            match text {
                Some(text) => digest.eat(text.as_bytes()),
                None => digest.eat(b""),
            }
        }
        for entries in [&self.phone_numbers, &self.emails] {
            digest.eat(&(entries.len() as u64).to_le_bytes());
            for entry in entries {
                digest.eat(entry.label.as_bytes());
                digest.eat(entry.value.as_bytes());
                digest.eat(&[u8::from(entry.primary)]);
            }
        }
        digest.eat(self.dob.map(|dob| dob.to_string()).unwrap_or_default().as_bytes());
        let first = digest.clone().finish().to_be_bytes();
        digest.eat(b"the other digits");
        let other = digest.finish().to_be_bytes();
        let mut digits = [0; HASH_LENGTH];
        for at in 0..HASH_LENGTH / 2 {
            let byte = if at < first.len() { first[at] } else { other[at - first.len()] };
            digits[2 * at] = DIGITS[usize::from(byte >> 4)];
            digits[2 * at + 1] = DIGITS[usize::from(byte & 15)];
        }
        digits
    }

    /// Every member as a cell of a timeline table; lists as JSON text.
    pub(in crate::rebilly) fn cells(&self) -> [(&'static str, Cell); 13] {
        let text = |value: &Option<Text>| Cell::text(value.as_deref().unwrap_or_default());
        [
            ("firstName", text(&self.first_name)),
            ("lastName", text(&self.last_name)),
            ("organization", text(&self.organization)),
            ("address", text(&self.address)),
            ("address2", text(&self.address2)),
            ("city", text(&self.city)),
            ("region", text(&self.region)),
            ("country", text(&self.country)),
            ("postalCode", text(&self.postal_code)),
            ("phoneNumbers", entries_cell(&self.phone_numbers)),
            ("emails", entries_cell(&self.emails)),
            ("dob", Cell::text(&self.dob.map(|dob| dob.to_string()).unwrap_or_default())),
            ("jobTitle", text(&self.job_title)),
        ]
    }
}

impl ContactEntry {
    fn write(&self, object: &mut Object<'_>) {
        object.text("label", &self.label);
        object.text("value", &self.value);
        object.flag("primary", self.primary);
    }
}

fn entries(input: &Input<'_>, name: &str, rule: TextRule) -> Vec<ContactEntry> {
    let read = |item: &Input<'_>| {
        item.assume_beside(&["label", "value", "primary"], &assumed::UNKNOWN_MEMBERS);
        item.assume_null(&["primary"], &assumed::NULL_MEMBERS);
        ContactEntry {
            label: item.required_kept_text("label", TextRule::max(45)).unwrap_or_default(),
            value: item.required_kept_text("value", rule).unwrap_or_default(),
            primary: item.flag("primary").value().unwrap_or(false),
        }
    };
    let mut entries = input.objects(name, read).value().unwrap_or_default();
    // Assumed: someone who can be reached has a first choice, and no second one (`first-is-primary`).
    let choices = entries.iter().filter(|entry| entry.primary).count();
    if let Some(first) = entries.first_mut().filter(|_| choices != 1) {
        input.assume(&assumed::FIRST_IS_PRIMARY);
        first.primary |= choices == 0;
    }
    entries
}

/// Assumed: an empty list is "no value", like an unset member (`automatic-messages`).
fn entries_cell(entries: &[ContactEntry]) -> Cell {
    if entries.is_empty() {
        return Cell::text("");
    }
    let mut text = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        text.push(if index == 0 { b'[' } else { b',' });
        Rendered::object(|object| entry.write(object))
            .show(Setting { base: "", realm: "" }, &mut text);
    }
    text.push(b']');
    Cell::text(&String::from_utf8_lossy(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_changes_with_any_member() {
        let ada = Contact { first_name: Some("Ada".into()), ..Contact::default() };
        assert_eq!(ada.hash(), ada.clone().hash());
        assert_ne!(ada.hash(), Contact::default().hash());
        let entry =
            || vec![ContactEntry { label: "main".into(), value: "Ada".into(), primary: true }];
        let blank = Contact::default;
        let text = || Some("Ada".into());
        let each = [
            ada.clone(),
            Contact { last_name: text(), ..blank() },
            Contact { organization: text(), ..blank() },
            Contact { address: text(), ..blank() },
            Contact { address2: text(), ..blank() },
            Contact { city: text(), ..blank() },
            Contact { region: text(), ..blank() },
            Contact { country: text(), ..blank() },
            Contact { postal_code: text(), ..blank() },
            Contact { phone_numbers: entry(), ..blank() },
            Contact { emails: entry(), ..blank() },
            Contact { dob: Date::parse("1815-12-10"), ..blank() },
            Contact { job_title: text(), ..blank() },
        ];
        let hashes: std::collections::BTreeSet<String> = each.iter().map(Contact::hash).collect();
        assert_eq!(hashes.len(), each[0].cells().len(), "one for each member");
        assert_eq!(ada.hash().len(), 40);
    }
}
