//! Made-up customers.

use serde_json::{Value, json};

use super::contact::contact;
use super::custom_field::values;
use super::dice::Dice;
use super::lead_source::lead_source;
use super::members::Members;
use super::person::{Home, Person};
use crate::engine::ids::named;

pub(super) fn customer(seed: u64, number: usize, dice: &mut Dice) -> Value {
    let person = Person::new(dice, number);
    let mut it = Members::default();
    it.set("id", named("cus_", &format!("samples {seed} {number}")));
    it.maybe(dice, 94, "primaryAddress", |dice| contact(&person, dice));
    it.perhaps(dice, 60, "customFields", values);
    it.perhaps(dice, 50, "leadSource", lead_source);
    if let Home::Known { country, .. } = &person.home {
        it.maybe(dice, 70, "locale", |dice| dice.pick(country.locales));
    }
    it.maybe(dice, 40, "taxNumbers", |dice| tax_numbers(&person, dice));
    it.perhaps(dice, 40, "notificationEmails", |dice| notification_emails(&person, dice));
    it.maybe(dice, 5, "personId", |_| named("per_", &format!("samples {seed} {number}")));
    it.maybe(dice, 0, "preferredPayoutInstrumentId", |_| Value::Null);
    it.object()
}

/// None, or one where there are some that no tax office issues.
fn tax_numbers(person: &Person, dice: &mut Dice) -> Value {
    let Home::Known { country, .. } = &person.home else { return json!([]) };
    let number = country.tax.map(|(kind, pattern)| {
        let mut it = Members::default();
        it.set("type", kind);
        it.set("value", dice.fill(pattern));
        it.perhaps(dice, 60, "isDefault", |dice| dice.percent(80));
        it.object()
    });
    number.into_iter().collect()
}

fn notification_emails(person: &Person, dice: &mut Dice) -> Value {
    let count = dice.below(3);
    (0..count).map(|_| person.email(dice)).collect()
}
