//! What of Notihub is known and what is guessed: `FIDELITY-NOTIHUB.md` is current, and the
//! contracts tell the same of every step as the double does.

use std::collections::BTreeSet;
use std::sync::Arc;

use mock_rebilly::contract::{Contracts, Target};
use mock_rebilly::engine::double::BODY_MAX;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{Journal, MockNotihub, Notihub};
use serde_json::{Value, json};

#[test]
fn the_fidelity_table_of_notihub_is_current() {
    let committed = include_str!("../../FIDELITY-NOTIHUB.md");
    let current = Notihub::fidelity();
    let how = "run `cargo run --example fidelity notihub >FIDELITY-NOTIHUB.md`";
    assert!(committed == current, "{how}");
}

/// A file's requests as one double without limits of time heard them.
struct Played {
    name: String,
    /// Whether the file calls each step that was played a guess, with its number.
    guesses: Vec<(usize, bool)>,
    journal: Journal,
}

fn play(name: &str, mut file: Value) -> Played {
    let mut builder = MockNotihub::builder().allow_unmatched();
    if file["fixtures"] != "standard" {
        builder = builder.empty();
    }
    // The order of the kinds is lost, and customers are what messages build on.
    let fixtures = file["fixtures"].as_object().cloned().unwrap_or_default();
    for kind in ["templates", "customers", "messages"] {
        if let Some(documents) = fixtures.get(kind) {
            builder = builder.fixture(kind, &json!({ kind: documents }).to_string());
        }
    }
    let notihub = Arc::new(builder.without_socket());

    let steps = file["steps"].as_array().unwrap().clone().into_iter().zip(1..);
    let played: Vec<_> = steps.filter(|(step, _)| step["request"].is_object()).collect();
    let steps_stand_still = played.len() == file["steps"].as_array().unwrap().len();
    let whole = file["assumed"] == true;
    let is_guess = |step: &Value| whole || step["assumed"] == true;
    let guesses = played.iter().map(|(step, number)| (*number, is_guess(step))).collect();
    file["steps"] = played.into_iter().map(|(step, _)| step).collect();
    // What is there already is nothing that the target must have.
    file.as_object_mut().unwrap().remove("fixtures");
    file["needs"] = "any realm".into();
    let double = Arc::clone(&notihub);
    let bearer = format!("Bearer {}", notihub.access_token());
    let target = Target::<Notihub>::at("http://localhost", &bearer, move |request| {
        let (head, body) = double.handle(request).into_parts();
        Ok(Response::from_parts(head, body.to_vec()))
    });
    let report = Contracts::parse(name, &file.to_string()).unwrap().run(&target);
    // Without its clock, a file comes to other answers.
    if steps_stand_still {
        report.assert_none();
    }
    Played { name: name.to_owned(), guesses, journal: notihub.journal() }
}

fn all() -> Vec<Played> {
    let mut played = Vec::new();
    for entry in std::fs::read_dir("fixtures/notihub/contracts").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        played.push(play(&name, file));
    }
    played
}

#[test]
fn every_guess_about_notihub_is_shown_by_a_contract_and_stands_with_its_operations() {
    let large = MockNotihub::builder().without_socket();
    // What is too much for a file to hold.
    let bearer = format!("Bearer {}", large.access_token());
    let request = Request::post("/customers/").header("Authorization", bearer);
    let answer = large.handle(request.body(vec![b' '; BODY_MAX + 1]).unwrap());
    assert_eq!(answer.status(), 413);

    let journals = all().into_iter().map(|played| played.journal).chain([large.journal()]);
    let (mut shown, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for journal in journals {
        for exchange in journal.iter() {
            for guess in exchange.assumed() {
                assert!(Notihub::guesses().contains(&guess), "{} is on no list", guess.name);
                let here = |it| guess.on.is_empty() || guess.on.contains(&it);
                if !exchange.operation.is_some_and(here) && !guess.on.is_empty() {
                    wrong.insert(format!("{exchange} leans on {}", guess.name));
                }
                shown.insert(guess.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let names = Notihub::guesses().iter().map(|guess| guess.name);
    let hidden: Vec<&str> = names.filter(|name| !shown.contains(name)).collect();
    assert!(hidden.is_empty(), "no contract shows {hidden:?}");
}

/// Steps on which a contract and the double do not agree, with the reason.
const APART: [(&str, usize, &str); 0] = [];

#[test]
fn a_step_is_called_a_guess_where_the_double_leans_on_one_and_nowhere_else() {
    let (mut apart, mut checked) = (BTreeSet::new(), 0);
    for Played { name, guesses, journal } in all() {
        assert_eq!(guesses.len(), journal.len(), "{name}");
        for ((number, is_guess), exchange) in guesses.iter().zip(journal.iter()) {
            checked += 1;
            if exchange.assumed().is_empty() == *is_guess {
                let names: Vec<&str> = exchange.assumed().iter().map(|it| it.name).collect();
                apart.insert((name.clone(), *number, format!("{exchange} {names:?}")));
            }
        }
    }
    let known = APART.map(|(file, number, _)| (file.to_owned(), number));
    apart.retain(|(file, number, _)| !known.contains(&(file.clone(), *number)));
    assert!(apart.is_empty(), "{apart:#?}");
    assert!(checked > 250, "only {checked} steps were checked");
}

#[test]
fn every_guess_about_notihub_has_a_name_of_its_own_and_says_what_it_is() {
    let guesses = Notihub::guesses();
    for (index, guess) in guesses.iter().enumerate() {
        assert!(guesses[..index].iter().all(|other| other.name != guess.name), "{}", guess.name);
        assert!(guess.says.ends_with('.'), "{}", guess.name);
    }
}
