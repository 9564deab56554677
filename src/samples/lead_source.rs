//! Made-up lead sources: where customers came from.

use fake::locales::{Data, EN};
use serde_json::Value;

use super::dice::Dice;
use super::members::Members;
use super::person::DOMAINS;
use super::tongue::ENGLISH;

/// What brings people, and by which medium.
#[rustfmt::skip]
const SOURCES: [(&str, &str); 8] = [
    ("email", "newsletter"), ("cpc", "search"), ("organic", "search"), ("referral", "partner-site"),
    ("social", "video"), ("affiliate", "price-comparison"), ("print", "Stadtanzeiger Münster"),
    ("offline", "展示会"),
];

#[rustfmt::skip]
const CAMPAIGNS: [&str; 7] = [
    "spring-launch", "autumn", "black friday", "été à -20 %", "win-back", "refer-a-friend",
    "annual-plans",
];

const PAGES: [&str; 6] =
    ["/", "/pricing", "/sign-up?plan=gold", "/de/preise", "/blog/why-we-bill", "/関連"];

pub(super) fn lead_source(dice: &mut Dice) -> Value {
    let (medium, source) = dice.pick(&SOURCES);
    let mut it = Members::default();
    it.maybe(dice, 85, "medium", |_| medium);
    it.maybe(dice, 90, "source", |_| source);
    it.maybe(dice, 60, "campaign", |dice| dice.pick(&CAMPAIGNS));
    it.maybe(dice, 25, "term", |dice| dice.pick(EN::COMPANY_BS_NOUNS).to_lowercase());
    it.maybe(dice, 20, "content", |dice| dice.fill("banner-## (@)"));
    it.maybe(dice, 20, "affiliate", |dice| dice.fill("partner-####"));
    it.maybe(dice, 10, "subAffiliate", |dice| dice.fill("####/##"));
    it.maybe(dice, 10, "salesAgent", |dice| ENGLISH.first_name(dice));
    it.maybe(dice, 35, "clickId", |dice| format!("{:08x}", dice.below(u32::MAX)));
    it.maybe(dice, 50, "path", |dice| dice.pick(&PAGES));
    it.maybe(dice, 50, "referrer", |dice| {
        let domain = dice.pick(&DOMAINS);
        dice.fill(&format!("https://www.{domain}/r/####?ref=news"))
    });
    it.object()
}
