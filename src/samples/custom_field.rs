//! Made-up custom fields of customers: definitions, and values that fit them.

use serde_json::{Value, json};

use super::dice::Dice;
use super::members::Members;

/// A field that made-up customers have.
struct Field {
    name: &'static str,
    kind: &'static str,
    description: &'static str,
    schema: fn() -> Value,
    value: fn(&mut Dice) -> Value,
}

/// One of each type. Customers have values of these, whether they are defined or not.
static FIELDS: [Field; 8] = [
    Field {
        name: "loyaltyTier",
        kind: "string",
        description: "How long somebody is a customer, in metals.",
        schema: || json!({ "allowedValues": TIERS }),
        value: |dice| json!(dice.pick(&TIERS)),
    },
    Field {
        name: "newsletter",
        kind: "boolean",
        description: "Whether they want the newsletter.",
        schema: || json!({ "default": false }),
        value: |dice| json!(dice.percent(50)),
    },
    Field {
        name: "seats",
        kind: "integer",
        description: "How many people may sign in.",
        schema: || json!({ "maximum": 5_000, "minimum": 1 }),
        value: |dice| json!(dice.between(1, 250)),
    },
    Field {
        name: "customerSince",
        kind: "date",
        description: "When the first contract was signed, on paper.",
        schema: || json!({}),
        value: |dice| {
            let (year, month) = (dice.between(2012, 2023), dice.between(1, 12));
            json!(format!("{year}-{month:02}-{:02}", dice.between(1, 28)))
        },
    },
    Field {
        name: "interests",
        kind: "array",
        description: "What they like to hear of.",
        schema: || json!({ "allowedValues": INTERESTS }),
        value: |dice| INTERESTS.into_iter().filter(|_| dice.percent(30)).collect(),
    },
    Field {
        name: "discount",
        kind: "number",
        description: "Per cent off every invoice.",
        schema: || json!({ "maximum": 50, "minimum": 0 }),
        // Halves, which every way to write a number agrees on.
        value: |dice| json!(f64::from(dice.below(60)) / 2.0),
    },
    Field {
        name: "lastCall",
        kind: "datetime",
        description: "When somebody last talked to them.",
        schema: || json!({}),
        value: |dice| json!(moment(dice)),
    },
    Field {
        name: "creditLimit",
        kind: "monetary",
        description: "How much they may owe.",
        schema: || json!({}),
        value: |dice| {
            let mut it = Members::default();
            it.set("amount", dice.below(100) * 50);
            it.set("currency", dice.pick(&["EUR", "GBP", "USD", "JPY"]));
            it.object()
        },
    },
];

const TIERS: [&str; 4] = ["bronze", "silver", "gold", "platinum"];
const INTERESTS: [&str; 5] = ["billing", "events", "jobs", "releases", "café"];

/// A definition: the eight fields, then those fields again with numbers behind their names.
pub(super) fn definition(number: usize) -> Value {
    let field = &FIELDS[number % FIELDS.len()];
    let mut it = Members::default();
    it.set("additionalSchema", (field.schema)());
    it.set("description", field.description);
    it.set("name", name(field, number));
    it.set("resource", "customers");
    it.set("type", field.kind);
    it.object()
}

fn name(field: &Field, number: usize) -> String {
    match number / FIELDS.len() {
        0 => field.name.to_owned(),
        round => format!("{}-{}", field.name, round + 1),
    }
}

/// Values of some of the fields.
pub(super) fn values(dice: &mut Dice) -> Value {
    let mut it = Members::default();
    for field in &FIELDS {
        it.maybe(dice, 25, field.name, field.value);
    }
    it.object()
}

/// A day and a time of 2023, wherever the clock stands.
fn moment(dice: &mut Dice) -> String {
    let offset = dice.pick(&["Z", "+01:00", "-07:00"]);
    let (month, day) = (dice.between(1, 12), dice.between(1, 28));
    format!("2023-{month:02}-{day:02}T{}{offset}", dice.fill("1#:2#:3#"))
}
