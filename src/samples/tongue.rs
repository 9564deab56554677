//! [`Tongue`]: the names that people have in a language.

use fake::locales::{
    AR_SA, CY_GB, DE_DE, Data, EN, FA_IR, FR_FR, IT_IT, JA_JP, NL_NL, PT_BR, PT_PT, TR_TR, ZH_CN,
    ZH_TW,
};

use super::dice::Dice;

/// First and last names, most of them those of the crate `fake`.
pub(super) struct Tongue {
    first: &'static [&'static str],
    last: &'static [&'static str],
}

impl Tongue {
    const fn of<L: Data>() -> Tongue {
        Tongue { first: L::NAME_FIRST_NAME, last: L::NAME_LAST_NAME }
    }

    pub(super) fn first_name(&self, dice: &mut Dice) -> &'static str {
        tidied(dice.pick(self.first))
    }

    pub(super) fn last_name(&self, dice: &mut Dice) -> &'static str {
        tidied(dice.pick(self.last))
    }
}

/// A few names stand in `fake` with a comma or a tabulator.
fn tidied(name: &'static str) -> &'static str {
    name.trim_matches(|letter: char| !letter.is_alphabetic())
}

pub(super) static ARABIC: Tongue = Tongue::of::<AR_SA>();
pub(super) static BRAZILIAN: Tongue = Tongue::of::<PT_BR>();
pub(super) static CHINESE: Tongue = Tongue::of::<ZH_CN>();
pub(super) static DUTCH: Tongue = Tongue::of::<NL_NL>();
pub(super) static ENGLISH: Tongue = Tongue::of::<EN>();
pub(super) static FRENCH: Tongue = Tongue::of::<FR_FR>();
pub(super) static GERMAN: Tongue = Tongue::of::<DE_DE>();
pub(super) static ITALIAN: Tongue = Tongue::of::<IT_IT>();
pub(super) static JAPANESE: Tongue = Tongue::of::<JA_JP>();
pub(super) static PERSIAN: Tongue = Tongue::of::<FA_IR>();
pub(super) static PORTUGUESE: Tongue = Tongue::of::<PT_PT>();
pub(super) static TAIWANESE: Tongue = Tongue::of::<ZH_TW>();
pub(super) static TURKISH: Tongue = Tongue::of::<TR_TR>();
pub(super) static WELSH: Tongue = Tongue::of::<CY_GB>();

// Languages that `fake` has no names of.

pub(super) static POLISH: Tongue = Tongue {
    first: &["Łukasz", "Małgorzata", "Zbigniew", "Żaneta", "Paweł", "Agnieszka", "Jędrzej", "Iga"],
    last: &["Wiśniewska", "Wójcik", "Kowalczyk", "Zieliński", "Szymańska", "Dąbrowski", "Gołąb"],
};
pub(super) static SPANISH: Tongue = Tongue {
    first: &["José", "María", "Iñigo", "Lucía", "Andrés", "Begoña", "Íñigo", "Nuria", "Ramón"],
    last: &["Muñoz", "García", "Núñez Vela", "Ibáñez", "Peña", "López", "Domínguez", "Ruiz"],
};
pub(super) static SWEDISH: Tongue = Tongue {
    first: &["Åsa", "Björn", "Göran", "Märta", "Sören", "Linnéa", "Örjan", "Elin", "Nils"],
    last: &["Öberg", "Lindström", "Åkesson", "Sjögren", "Hägglund", "Nyström", "Ek", "Dahl"],
};
