//! Made-up websites.

use serde_json::Value;

use super::dice::Dice;
use super::members::Members;
use super::person::{DOMAINS, Person};
use crate::engine::ids::named;

pub(super) fn website(seed: u64, number: usize, dice: &mut Dice) -> Value {
    let person = Person::new(dice, number);
    let domain = dice.pick(&DOMAINS);
    let mut it = Members::default();
    it.set("id", named("web_", &format!("samples {seed} {number}")));
    it.set("name", format!("{} {}", person.last, dice.pick(&["Shop", "Store", "商店", "Märkte"])));
    it.set("serviceEmail", format!("help.{number}@{domain}"));
    // Of London's that are kept free for fiction.
    it.set("servicePhone", dice.fill("+44 20 7946 0###"));
    it.set("url", format!("https://shop-{number}.{domain}"));
    it.object()
}
