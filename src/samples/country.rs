//! [`Country`]: what addresses, phone numbers and tax numbers look like there.

use super::tongue::Tongue;

/// A country whose addresses are made up in full. In patterns, `#` is a digit
/// and `@` a letter.
pub(super) struct Country {
    /// By ISO 3166.
    pub(super) code: &'static str,
    /// The languages that clients there may choose.
    pub(super) locales: &'static [&'static str],
    pub(super) tongue: &'static Tongue,
    pub(super) cities: &'static [City],
    /// How a street is said: `{n}` is a house's number, `{name}` a last name.
    pub(super) streets: &'static [&'static str],
    /// Ranges that the regulator keeps free for fiction. Where it keeps none,
    /// nobody has a phone number.
    pub(super) phones: &'static [&'static str],
    /// A tax number, and of which type, that is well formed at first sight and
    /// never issued.
    pub(super) tax: Option<(&'static str, &'static str)>,
}

/// A city with the region that addresses name, if they name any, and its postal codes.
#[derive(Clone, Copy)]
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) region: Option<&'static str>,
    pub(super) postal: Option<&'static str>,
}

pub(super) const fn city(name: &'static str, region: &'static str, postal: &'static str) -> City {
    City { name, region: Some(region), postal: Some(postal) }
}

/// A city of a country whose addresses name no regions.
pub(super) const fn town(name: &'static str, postal: &'static str) -> City {
    City { name, region: None, postal: Some(postal) }
}

/// A city of a country that has no postal codes.
pub(super) const fn emirate(name: &'static str, region: &'static str) -> City {
    City { name, region: Some(region), postal: None }
}
