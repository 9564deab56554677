//! The proof by the vendor's own definition.
//!
//! `REBILLY_OPENAPI` names the published definition, which stays outside the
//! repository. Everything here is driven by it and by the double's operation
//! table: an operation that is added to the table is proven without a word
//! here. Where the double differs on purpose, `deviations.json` says why.
//! What comes out stands in `target/conformance.txt`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

// Credentials, limits and parameters, as the double takes them.
mod access;
// An organization's server, as the proof plays it.
mod client;
// What the double says to bodies around every documented constraint.
mod constraints;
// The conversations of `fixtures/rebilly/contracts`.
mod contracts;
// The published definition.
mod definition;
// Where the double differs on purpose: one list, with reasons.
mod deviations;
// What a document has that its schema has not.
mod differences;
// Chance that is the same on every run.
mod dice;
// The members of published schemas.
mod fields;
// Refusals that a test injects.
mod injected;
// Hears every event.
mod listener;
// The members of requests' bodies.
mod places;
// Values just inside and just outside what a schema allows.
mod probes;
// The property tests of `tests/it`, made to talk.
mod promised;
// All of it put together.
mod proof;
// Conversations made by chance.
mod random;
// Values that fit a schema.
mod sample;
// What comes out.
mod table;
// Looks at every answer.
mod witness;

/// Makes a list of the promises, by their names.
macro_rules! promises {
    ($($promise:ident)*) => {
        pub(crate) const ALL: &[(&str, fn())] = &[$((stringify!($promise), $promise)),*];
    };
}

// What holds for every sequence of calls, and the client that makes them.
#[path = "../it/promises.rs"]
mod promises;
#[path = "../it/support.rs"]
#[expect(dead_code, reason = "property tests need a part of it, all tests the whole")]
mod support;

use std::io::Write as _;
use std::sync::LazyLock;

use mock_rebilly::EventKind;

use crate::definition::VARIABLE;
use crate::promised::heard;
use crate::proof::Proof;

/// The fewest requests of the conversations made by chance.
const RANDOM_MIN: usize = 2_000;

/// The fewest requests of the property tests.
const PROMISED_MIN: usize = 20_000;

/// The fewest events of each type that is emitted.
const EVENTS_MIN: usize = 20;

/// Made once, for all tests.
static PROOF: LazyLock<Option<Proof>> = LazyLock::new(Proof::make);

/// The proof; without a definition, a word on standard output in its place.
fn proof(test: &str) -> Option<&'static Proof> {
    if PROOF.is_none() {
        // Not `println!`, which the test harness would keep to itself.
        let said = format!("conformance: {test}: SKIPPED, since {VARIABLE} is not set\n");
        std::io::stdout().write_all(said.as_bytes()).expect("a standard output");
    }
    PROOF.as_ref()
}

#[test]
fn the_operation_table_is_the_definitions() {
    let Some(proof) = proof("the operation table") else { return };
    none("operations differ", &proof.operations);
}

#[test]
fn every_documented_status_is_shown_by_a_contract() {
    let Some(proof) = proof("every documented status") else { return };
    none("documented statuses stand in no contract file", &proof.untold);
}

#[test]
fn every_answer_is_one_that_the_definition_has() {
    let Some(proof) = proof("every answer") else { return };
    assert!(proof.random >= RANDOM_MIN, "only {} requests were made by chance", proof.random);
    assert!(proof.promised >= PROMISED_MIN, "property tests made only {} requests", proof.promised);
    none("answers differ", &proof.answers);
}

#[test]
fn every_event_is_one_that_the_definition_has() {
    let Some(proof) = proof("every event") else { return };
    for kind in EventKind::EMITTED {
        let heard = proof.heard.get(kind.as_str()).copied().unwrap_or_default();
        assert!(heard >= EVENTS_MIN, "only {heard} events of the type {kind} were heard of");
    }
    none("events differ", &proof.events);
}

#[test]
fn every_input_constraint_is_the_definitions() {
    let Some(proof) = proof("every input constraint") else { return };
    none("constraints differ", &proof.constraints);
}

#[test]
fn everything_documented_is_reached_or_explained() {
    let Some(proof) = proof("everything documented") else { return };
    println!("{}", proof.table);
    none("documented, and never met", &proof.table.missing());
}

#[test]
fn no_known_deviation_is_gone() {
    let Some(proof) = proof("every deviation") else { return };
    none("entries of tests/conformance/deviations.json explain nothing", &proof.stale);
}

#[track_caller]
fn none(what: &str, lines: &[String]) {
    assert!(lines.is_empty(), "{} {what}:\n{}\n", lines.len(), lines.join("\n"));
}

/// A text as a segment of a path, or a value of a query.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one =
        |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}
