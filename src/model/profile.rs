//! [`Profile`]: what commands say of a customer, as far as the model understands it.

use proptest::option;
use proptest::sample::select;
use proptest::strategy::Strategy;
use serde_json::{Value, json};

/// A customer in as few words as possible.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Profile {
    pub(super) address: Option<Address>,
    pub(super) plan: Option<&'static str>,
    pub(super) source: Option<Source>,
}

/// First name and country.
type Address = (Option<&'static str>, Option<&'static str>);
/// The member `source` of a lead source.
pub(super) type Source = Option<&'static str>;

const NAMES: [&str; 4] = ["Ada", "ada", "Zoë", "Bo, Jr."];
const COUNTRIES: [&str; 3] = ["GB", "US", "CA"];

impl Profile {
    /// As it is sent. Members stand in the order of their names, in every build.
    pub(super) fn body(self) -> Value {
        let mut body = json!({});
        if let Some(plan) = self.plan {
            body["customFields"] = json!({ "plan": plan });
        }
        if let Some(source) = self.source {
            body["leadSource"] = visit(source);
        }
        if let Some((first_name, country)) = self.address {
            body["primaryAddress"] = json!({ "country": country, "firstName": first_name });
        }
        body
    }
}

/// A lead source of that source.
pub(super) fn visit(source: Source) -> Value {
    json!({ "source": source })
}

pub(super) fn profile() -> impl Strategy<Value = Profile> {
    let address = (option::of(select(&NAMES[..])), option::of(select(&COUNTRIES[..])));
    let plan = option::of(select(&["gold", "free"][..]));
    (option::of(address), plan, option::weighted(0.2, source()))
        .prop_map(|(address, plan, source)| Profile { address, plan, source })
}

pub(super) fn source() -> impl Strategy<Value = Source> {
    option::of(select(&["ads", "mail"][..]))
}
