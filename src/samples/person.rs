//! [`Person`]: someone made up, with a place to live.

use super::countries::{COUNTRIES, TONGUES};
use super::country::{City, Country};
use super::dice::Dice;
use super::elsewhere::ELSEWHERE;
use super::tongue::Tongue;

/// The domains that RFC 2606 keeps free for examples.
pub(super) const DOMAINS: [&str; 3] = ["example.com", "example.org", "example.net"];

/// Who someone is, before it is decided how much of it is told.
pub(super) struct Person {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) home: Home,
    /// Which of all that are made up: what makes an e-mail address their own.
    number: usize,
}

/// Where someone lives.
pub(super) enum Home {
    Known {
        country: &'static Country,
        city: City,
    },
    /// A country of which no more than its postal codes is known.
    Elsewhere {
        code: &'static str,
        postal: &'static str,
    },
}

impl Person {
    pub(super) fn new(dice: &mut Dice, number: usize) -> Person {
        let (home, tongue): (Home, &Tongue) = if dice.percent(88) {
            let country = dice.pick(&COUNTRIES);
            (Home::Known { country, city: dice.pick(country.cities) }, country.tongue)
        } else {
            let (code, postal) = dice.pick(&ELSEWHERE);
            (Home::Elsewhere { code, postal }, dice.pick(&TONGUES))
        };
        Person { first: tongue.first_name(dice), last: tongue.last_name(dice), home, number }
    }

    /// An e-mail address that nobody else has among those who were made up with them.
    pub(super) fn email(&self, dice: &mut Dice) -> String {
        let (first, last) = (plain(self.first), plain(self.last));
        let (number, domain) = (self.number, dice.pick(&DOMAINS));
        let name = match dice.below(4) {
            _ if first.is_empty() || last.is_empty() => "customer".to_owned(),
            0 => format!("{first}.{last}"),
            1 => format!("{first}_{last}"),
            2 => format!("{}.{last}", &first[..1]),
            _ => format!("{last}+{first}"),
        };
        format!("{name}.{number}@{domain}")
    }

    pub(super) fn phone(&self, dice: &mut Dice) -> Option<String> {
        let Home::Known { country, .. } = &self.home else { return None };
        (!country.phones.is_empty()).then(|| {
            let pattern = dice.pick(country.phones);
            dice.fill(pattern)
        })
    }

    /// A street of their city, and a house of it.
    pub(super) fn street(&self, dice: &mut Dice) -> Option<String> {
        let Home::Known { country, .. } = &self.home else { return None };
        let street = dice.pick(country.streets);
        Some(dice.number(street, 199).replace("{name}", country.tongue.last_name(dice)))
    }

    pub(super) fn postal_code(&self, dice: &mut Dice) -> Option<String> {
        let pattern = match &self.home {
            Home::Known { city, .. } => city.postal?,
            Home::Elsewhere { postal, .. } => postal,
        };
        (!pattern.is_empty()).then(|| dice.fill(pattern))
    }

    pub(super) fn country(&self) -> &'static str {
        match &self.home {
            Home::Known { country, .. } => country.code,
            Home::Elsewhere { code, .. } => code,
        }
    }
}

/// What is left of a name in an address: ASCII letters in lower case.
fn plain(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase).map(|letter| match letter {
        'à'..='å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' => 'c',
        'è'..='ë' | 'ē' | 'ę' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ś' | 'ş' | 'ß' => 's',
        'ù'..='ü' => 'u',
        'ŵ' => 'w',
        'ý' | 'ŷ' => 'y',
        'ź' | 'ż' => 'z',
        other => other,
    });
    letters.filter(char::is_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_what_an_address_cannot_have() {
        let plain = ["Łukasz", "Müller-Lüdenscheidt", "O'Hara", "İpek", "Åsa", "田中"].map(plain);
        assert_eq!(plain, ["lukasz", "mullerludenscheidt", "ohara", "ipek", "asa", ""]);
    }
}
