//! Made-up contacts: names, addresses, and how to reach people.

use fake::locales::{Data, EN};
use serde_json::Value;

use super::dice::Dice;
use super::members::Members;
use super::person::{Home, Person};

const EMAIL_LABELS: [&str; 5] = ["main", "work", "private", "billing", "rechnung"];
const PHONE_LABELS: [&str; 4] = ["main", "mobile", "work", "自宅"];

/// The most e-mail addresses that somebody has.
const EMAILS_MAX: u32 = 4;

pub(super) fn contact(person: &Person, dice: &mut Dice) -> Value {
    let mut it = Members::default();
    it.maybe(dice, 92, "firstName", |_| person.first);
    it.maybe(dice, 90, "lastName", |_| person.last);
    it.maybe(dice, 30, "organization", |dice| organization(person, dice));
    it.maybe(dice, 20, "jobTitle", job_title);
    it.maybe(dice, 25, "dob", birthday);
    if let Some(street) = person.street(dice) {
        it.maybe(dice, 80, "address", |_| street);
        it.maybe(dice, 15, "address2", |dice| dice.fill("#. / c/o ") + person.last);
    }
    if let Home::Known { city, .. } = &person.home {
        it.maybe(dice, 88, "city", |_| city.name);
        if let Some(region) = city.region {
            it.maybe(dice, 75, "region", |_| region);
        }
    }
    it.maybe(dice, 92, "country", |_| person.country());
    if let Some(code) = person.postal_code(dice) {
        it.maybe(dice, 85, "postalCode", |_| code);
    }
    it.perhaps(dice, 90, "emails", |dice| emails(person, dice));
    it.perhaps(dice, 60, "phoneNumbers", |dice| phone_numbers(person, dice));
    it.object()
}

/// None, one or several; the second is under the same name at a department of its own.
fn emails(person: &Person, dice: &mut Dice) -> Value {
    let count = if dice.percent(70) { 1 } else { dice.below(EMAILS_MAX + 1) };
    let address = person.email(dice);
    let entries = (0..count).map(|index| match index {
        0 => address.clone(),
        _ => format!("{index}.{address}"),
    });
    entries_of(entries.collect(), &EMAIL_LABELS, dice)
}

fn phone_numbers(person: &Person, dice: &mut Dice) -> Value {
    let count = dice.below(3);
    let entries = (0..count).filter_map(|_| person.phone(dice)).collect();
    entries_of(entries, &PHONE_LABELS, dice)
}

/// Entries of which one at most says that it is the primary one; some say nothing of that.
fn entries_of(values: Vec<String>, labels: &[&'static str], dice: &mut Dice) -> Value {
    let count = u32::try_from(values.len()).expect("a few");
    let primary = if dice.percent(70) { dice.below(count.max(1)) } else { count };
    let silent = dice.percent(30);
    let entry = |(index, value): (u32, String)| {
        let mut it = Members::default();
        it.set("label", dice.pick(labels));
        it.set("value", value);
        if index == primary || !silent {
            it.set("primary", index == primary);
        }
        it.object()
    };
    (0..).zip(values).map(entry).collect()
}

fn organization(person: &Person, dice: &mut Dice) -> String {
    let suffix = match &person.home {
        Home::Known { country, .. } => match country.code {
            "DE" | "AT" => "GmbH",
            "FR" | "BE" => "SARL",
            "JP" => "株式会社",
            "GB" | "IE" => "Ltd",
            _ => dice.pick(EN::COMPANY_SUFFIX),
        },
        Home::Elsewhere { .. } => dice.pick(EN::COMPANY_SUFFIX),
    };
    format!("{} {suffix}", person.last)
}

fn job_title(dice: &mut Dice) -> String {
    let (field, position) = (dice.pick(EN::JOB_FIELD), dice.pick(EN::JOB_POSITION));
    format!("{field} {position}")
}

/// Between 18 and 90 years before 2024, also on days that only leap years have.
fn birthday(dice: &mut Dice) -> String {
    let year = dice.between(1934, 2005);
    if dice.percent(3) {
        return format!("{}-02-29", year / 4 * 4);
    }
    format!("{year}-{:02}-{:02}", dice.between(1, 12), dice.between(1, 28))
}
