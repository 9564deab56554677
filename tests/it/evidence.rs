//! What of each vendor is known and what is guessed: its fidelity table is current, and its
//! contracts tell the same of every step as its double does.

use std::collections::BTreeSet;

use mock_rebilly::contract::{Contracts, Target};
use mock_rebilly::engine::double::BODY_MAX;
use mock_rebilly::engine::evidence::Guess;
use mock_rebilly::engine::operation::OperationName;
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::http::Request;
use mock_rebilly::{
    Builder, Exchange, Journal, MockNotihub, MockOctobat, MockRebilly, Notihub, NotihubOp, Octobat,
    OctobatOp, Rebilly,
};
use serde_json::Value;

#[test]
fn the_fidelity_tables_are_current() {
    let tables = [
        ("rebilly", Rebilly::fidelity(), "FIDELITY.md", include_str!("../../FIDELITY.md")),
        (
            "octobat",
            Octobat::fidelity(),
            "FIDELITY-OCTOBAT.md",
            include_str!("../../FIDELITY-OCTOBAT.md"),
        ),
        (
            "notihub",
            Notihub::fidelity(),
            "FIDELITY-NOTIHUB.md",
            include_str!("../../FIDELITY-NOTIHUB.md"),
        ),
    ];
    for (vendor, current, file, committed) in tables {
        assert!(committed == current, "run `cargo run --example fidelity {vendor} >{file}`");
    }
}

#[test]
fn every_guess_has_a_name_of_its_own_and_says_what_it_is() {
    for guesses in [Rebilly::guesses(), Octobat::guesses(), Notihub::guesses()] {
        for (index, guess) in guesses.iter().enumerate() {
            assert!(
                guesses[..index].iter().all(|other| other.name != guess.name),
                "{}",
                guess.name
            );
            assert!(guess.says.ends_with('.'), "{}", guess.name);
        }
    }
}

#[test]
fn every_operation_of_octobat_is_served_and_refused_by_a_contract() {
    assert_served_and_refused(&octobat(), OctobatOp::ALL);
}

#[test]
fn every_operation_of_notihub_is_served_and_refused_by_a_contract() {
    assert_served_and_refused(&notihub(), NotihubOp::ALL);
}

#[test]
fn a_step_is_called_a_guess_where_octobats_double_leans_on_one_and_nowhere_else() {
    assert_agree(&octobat(), 250);
}

#[test]
fn a_step_is_called_a_guess_where_notihubs_double_leans_on_one_and_nowhere_else() {
    assert_agree(&notihub(), 250);
}

#[test]
fn every_guess_about_octobat_is_shown_by_a_contract_and_stands_with_its_operations() {
    // What is too much for a file to hold.
    let double = MockOctobat::builder().without_socket();
    let request = Request::post("/customers").header("Authorization", double.credential());
    assert_eq!(double.handle(request.body("a".repeat(BODY_MAX + 1)).unwrap()).status(), 413);
    assert_shown(Octobat::guesses(), journals(&octobat()).chain([&double.journal()]));
}

#[test]
fn every_guess_about_notihub_is_shown_by_a_contract_and_stands_with_its_operations() {
    // What is too much for a file to hold.
    let double = MockNotihub::builder().without_socket();
    let request = Request::post("/customers/").header("Authorization", double.credential());
    assert_eq!(double.handle(request.body(vec![b' '; BODY_MAX + 1]).unwrap()).status(), 413);
    assert_shown(Notihub::guesses(), journals(&notihub()).chain([&double.journal()]));
}

/// A contract file, and what the double heard that played it.
pub(crate) struct Played {
    pub(crate) name: String,
    /// Whether the file as a whole is called a guess.
    pub(crate) is_guess: bool,
    /// Whether it calls each of its requests one, with the number of the step.
    pub(crate) requests: Vec<(usize, bool)>,
    pub(crate) journal: Journal,
}

pub(crate) fn rebilly() -> Vec<Played> {
    play(|| MockRebilly::builder().deliver_webhooks())
}

fn octobat() -> Vec<Played> {
    play(MockOctobat::builder)
}

fn notihub() -> Vec<Played> {
    play(MockNotihub::builder)
}

/// Plays all contract files of a vendor.
fn play<V: Vendor + Default>(builder: fn() -> Builder<V>) -> Vec<Played> {
    let folder = format!("fixtures/{}/contracts", V::NAME);
    let report = Contracts::load(&folder).unwrap().run(&Target::of(builder));
    report.assert_none();
    assert!(report.skipped().is_empty(), "{report}");
    let played = report.journals().map(|(name, journal)| {
        let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        let steps = file["steps"].as_array().unwrap().iter().zip(1..);
        let requests: Vec<(usize, bool)> = steps
            .filter(|(step, _)| step["request"].is_object())
            .map(|(step, number)| (number, step["assumed"] == true))
            .collect();
        assert_eq!(requests.len(), journal.len(), "{name}");
        let is_guess = file["assumed"] == true;
        Played { name: name.to_owned(), is_guess, requests, journal: journal.clone() }
    });
    played.collect()
}

pub(crate) fn journals(played: &[Played]) -> impl Iterator<Item = &Journal> {
    played.iter().map(|it| &it.journal)
}

fn assert_served_and_refused<O: OperationName + Ord>(played: &[Played], operations: &[O]) {
    let mut seen = BTreeSet::new();
    for exchange in journals(played).flat_map(Journal::iter) {
        let is_served = exchange.status().is_some_and(|status| status.is_success());
        seen.extend(exchange.operation.map(|operation| (operation, is_served)));
    }
    let wanted = operations.iter().flat_map(|it| [(it.name(), false), (it.name(), true)]);
    let missing: Vec<_> = wanted.filter(|it| !seen.contains(it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn assert_agree(played: &[Played], at_least: usize) {
    let (mut apart, mut checked) = (Vec::new(), 0);
    for Played { name, is_guess, requests, journal } in played {
        for ((number, is_said), exchange) in requests.iter().zip(journal.iter()) {
            checked += 1;
            if (*is_guess || *is_said) == exchange.assumed().is_empty() {
                apart.push(format!("{name}: step {number} leans on {:?}", names(exchange)));
            }
        }
    }
    assert!(apart.is_empty(), "{apart:#?}");
    assert!(checked >= at_least, "only {checked} steps were checked");
}

fn names(exchange: &Exchange) -> Vec<&str> {
    exchange.assumed().iter().map(|it| it.name).collect()
}

/// Each of these guesses was leaned on, no others were, and each only by operations that it names.
pub(crate) fn assert_shown<'j>(guesses: &[&Guess], journals: impl Iterator<Item = &'j Journal>) {
    let (mut shown, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for exchange in journals.flat_map(Journal::iter) {
        for guess in exchange.assumed() {
            assert!(guesses.contains(&guess), "{} is on no list", guess.name);
            let is_named = exchange.operation.is_some_and(|it| guess.on.contains(&it));
            if !guess.on.is_empty() && !is_named {
                wrong.insert(format!("{exchange} leans on {}, which does not name it", guess.name));
            }
            shown.insert(guess.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let hidden: Vec<&str> =
        guesses.iter().map(|it| it.name).filter(|name| !shown.contains(name)).collect();
    assert!(hidden.is_empty(), "no contract shows {hidden:?}");
}
