//! [`PaymentSource`]: what a customer pays with.

use super::reading::{clears, map, text};
use crate::engine::given::Given;
use crate::engine::input::Input;
use crate::engine::json::{Json, Member};
use crate::engine::render::Object;
use crate::engine::table::Record;
use crate::engine::value::Value;
use crate::octobat::assumed::{DETAILS, EXPIRY};

/// What the id of a payment source begins with.
pub(crate) const PREFIX: &str = "oc_ps_";

/// A payment source of a customer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PaymentSource {
    /// `oc_ps_` and 22 letters and digits, or what a fixture chose.
    pub id: String,
    /// Whose it is.
    pub customer: String,
    /// What a gateway calls it: `card_1`.
    pub source: Option<String>,
    /// `Credit Card`, `Transfer`, `Check`, or anything else.
    pub payment_source_type: Option<String>,
    /// Whatever else is known of it, in the order sent.
    pub details: Vec<Member>,
    /// Its country, as it was sent.
    pub country: Option<String>,
    /// The month in which it expires.
    pub exp_month: Option<i64>,
    /// The year in which it expires.
    pub exp_year: Option<i64>,
}

impl PaymentSource {
    /// What a request may say of one.
    pub(crate) const WRITABLE: [&'static str; 6] =
        ["source", "payment_source_type", "details", "country", "exp_month", "exp_year"];

    /// Reads what a request says of a new one, or of one that was `before`: what
    /// it does not name stays. What is noted on the way makes the result worthless.
    pub(crate) fn read(
        input: &Input<'_>,
        customer: &str,
        id: &str,
        before: Option<&PaymentSource>,
    ) -> PaymentSource {
        let kept = |name: &str, get: fn(&PaymentSource) -> Option<&String>| {
            text(input, name).or_keep(before.and_then(get).cloned())
        };
        PaymentSource {
            id: id.to_owned(),
            customer: customer.to_owned(),
            source: kept("source", |it| it.source.as_ref()),
            payment_source_type: kept("payment_source_type", |it| it.payment_source_type.as_ref()),
            details: details(input)
                .or_keep(before.map(|it| it.details.clone()))
                .unwrap_or_default(),
            country: kept("country", |it| it.country.as_ref()),
            exp_month: number(input, "exp_month").or_keep(before.and_then(|it| it.exp_month)),
            exp_year: number(input, "exp_year").or_keep(before.and_then(|it| it.exp_year)),
        }
    }
}

/// Assumed: a text holds an object (`details-as-text`).
fn details(input: &Input<'_>) -> Given<Vec<Member>> {
    const NAME: &str = "details";
    let Some(Value::Text(text)) = input.raw(NAME) else {
        return map(input, NAME);
    };
    if clears(NAME, text) {
        return Given::Null;
    }
    input.assume(&DETAILS);
    if let Ok(Json::Object(members)) = Json::parse(text.as_bytes()) {
        return Given::Value(members);
    }
    input.refuse(NAME, "must be an object, or a text that holds one as JSON");
    Given::Absent
}

/// Assumed: any whole number will do (`expiry-numbers`).
fn number(input: &Input<'_>, name: &str) -> Given<i64> {
    let number = match input.raw(name) {
        None => return Given::Absent,
        Some(Value::Null) => return Given::Null,
        Some(Value::Text(text)) if clears(name, text) => return Given::Null,
        Some(Value::Text(text)) => text.trim().parse().ok(),
        Some(other) => other.as_whole(),
    };
    let most = if name == "exp_month" { 12 } else { 9999 };
    if !number.is_some_and(|number| (1..=most).contains(&number)) {
        input.assume(&EXPIRY);
    }
    if let Some(number) = number {
        return Given::Value(number);
    }
    input.refuse(name, "must be a whole number");
    Given::Absent
}

impl Record for PaymentSource {
    const KIND: &'static str = "Payment source";

    fn id(&self) -> &str {
        &self.id
    }

    fn write(&self, object: &mut Object<'_>) {
        object.text("id", &self.id);
        object.text("object", "payment_source");
        object.text("customer", &self.customer);
        object.text_or_null("source", self.source.as_deref());
        object.text_or_null("payment_source_type", self.payment_source_type.as_deref());
        object.member("details").object(|object| {
            for (name, value) in &self.details {
                object.named(name).json(value);
            }
        });
        object.text_or_null("country", self.country.as_deref());
        object.whole_or_null("exp_month", self.exp_month);
        object.whole_or_null("exp_year", self.exp_year);
    }
}
