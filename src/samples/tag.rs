//! Made-up tags.

use serde_json::Value;

use super::dice::Dice;
use super::members::Members;

#[rustfmt::skip]
const NAMES: [&str; 16] = [
    "VIP", "Newsletter", "late payer", "reseller", "beta", "churn-risk", "Q1 promo", "press",
    "no.phone", "wholesale", "b2b", "student~2024", "Friends + Family", "@risk", "trial_ended",
    "do not disturb",
];

/// A tag whose name no other has: those above, then those above with numbers behind them.
pub(super) fn tag(number: usize, dice: &mut Dice) -> Value {
    let (round, name) = (number / NAMES.len(), NAMES[number % NAMES.len()]);
    let kinds = ["customer", "customer", "customer", "customer", "kyc-document", "aml-check"];
    let mut it = Members::default();
    it.set("name", if round == 0 { name.to_owned() } else { format!("{name} {}", round + 1) });
    it.set("type", dice.pick(&kinds));
    it.object()
}
