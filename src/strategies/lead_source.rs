//! Lead sources.

use proptest::prelude::prop_oneof;
use proptest::strategy::{BoxedStrategy, Strategy};
use serde_json::Value;

use super::flaw::{Flaws, no_text_of};
use super::members::{nullable, object};
use super::text::{self, text_of};

/// The members of a lead source, and how long they may be.
const TEXTS: [(&str, usize); 11] = [
    ("medium", 512),
    ("source", 512),
    ("campaign", 512),
    ("term", 512),
    ("content", 512),
    ("affiliate", 512),
    ("subAffiliate", 512),
    ("salesAgent", 512),
    ("clickId", 512),
    ("path", 512),
    ("referrer", 2_083),
];

pub(super) fn valid() -> BoxedStrategy<Value> {
    let any =
        |most| text_of(prop_oneof![9 => text::letters(), 1 => text::beyond()].boxed(), 0, most);
    object(TEXTS.map(|(name, most)| nullable(name, text::json(any(most)))).into())
}

pub(super) fn flaws() -> Flaws {
    TEXTS.into_iter().flat_map(|(name, most)| no_text_of(name, most)).collect()
}
