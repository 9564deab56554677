//! `FIDELITY.md` is current, and a test can forbid leaning on guesses.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use mock_rebilly::contract::{Contracts, Target};
use mock_rebilly::engine::double::BODY_MAX;
use mock_rebilly::engine::evidence::Guess;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{Exchange, Journal, MockRebilly, Notihub, Octobat, Rebilly};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::Api;

/// Of whom a fixture says more than any request can. The files' own organizations are empty.
const KNOWN: &str = r#"{ "customers": [
    { "id": "known", "organizationId": "org_default", "company": { "name": "Engines" } }
] }"#;

#[test]
fn the_fidelity_table_is_current() {
    let committed = include_str!("../../FIDELITY.md");
    let current = Rebilly::fidelity();
    assert!(committed == current, "run `cargo run --example fidelity rebilly >FIDELITY.md`");
}

#[test]
fn every_assumed_rule_has_a_name_of_its_own_and_says_what_it_is() {
    let guesses = Rebilly::guesses();
    for (index, guess) in guesses.iter().enumerate() {
        assert!(guesses[..index].iter().all(|other| other.name != guess.name), "{}", guess.name);
        assert!(guess.says.ends_with('.'), "{}", guess.name);
    }
}

#[test]
fn every_assumed_rule_is_shown_by_a_contract_and_stands_with_its_operations() {
    let builder = MockRebilly::builder().fixture("known.json", KNOWN);
    let rebilly = Arc::new(builder.allow_unmatched().deliver_webhooks().without_socket());
    let double = Arc::clone(&rebilly);
    let target = Target::remote("http://localhost", "unused", "sk_sandbox_x", move |request| {
        let (head, body) = double.handle(request).into_parts();
        Ok(Response::from_parts(head, body.to_vec()))
    });
    // One double with an organization for each file, so that one journal has them all.
    let target = target.organization_for_each(|file| Ok(file.replace(".json", "")));
    let contracts = Contracts::load("fixtures/rebilly/contracts").unwrap();
    contracts.run(&target).assert_none();
    // What only files show that a remote target leaves out.
    let api = Api::direct(&rebilly);
    let hook = json!({ "method": "POST", "url": "http://example.com/", "credentialHash": "x" });
    api.put("/webhooks/hook_1", &hook, 201);
    api.put("/customers/ada", &json!({}), 201);
    api.get("/experimental/customers/ada/summary-metrics", 200);
    api.put("/customers/known", &json!({}), 200);
    api.get("/organizations/a%20b/customers", 404);
    // What no file shows, because only a test's own code sends what is due.
    let deliveries = rebilly.deliver_blocking();
    let mine = deliveries.iter().find(|it| it.organization() == "org_default").unwrap();
    api.post(&format!("/tracking/webhooks/{}/resend", mine.id), &json!({}), 204);
    // What is too much for a file to hold, or to ask for.
    let body = vec![b' '; BODY_MAX + 1];
    let request = Request::post("/customers").header("REB-APIKEY", "sk_sandbox_x").body(body);
    assert_eq!(rebilly.handle(request.unwrap()).status(), 413);
    let limited = MockRebilly::builder().empty().rate_limit(0).without_socket();
    Api::direct(&limited).post("/customers", &json!({}), 429);

    let journals = [rebilly.journal(), limited.journal()];
    assert_eq!(journals[0].dropped(), 0, "the journal has them all");
    let (mut shown, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for exchange in journals.iter().flat_map(Journal::iter) {
        for guess in exchange.assumed() {
            assert!(Rebilly::guesses().contains(&guess), "{} is on no list", guess.name);
            let stands =
                guess.on.is_empty() || exchange.operation.is_some_and(|it| guess.on.contains(&it));
            if !stands {
                wrong.insert(format!("{exchange} leans on {}, which does not name it", guess.name));
            }
            shown.insert(guess.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let hidden: Vec<&str> = Rebilly::guesses()
        .iter()
        .map(|guess| guess.name)
        .filter(|name| !shown.contains(name))
        .collect();
    assert!(hidden.is_empty(), "no contract shows {hidden:?}");
}

/// Steps that a contract calls a guess and no [`Guess`] stands for, with the reason. Step
/// 0 is the file as a whole.
const NO_GUESS: [(&str, usize, &str); 13] = [
    ("authentication.json", 9, "how a double is set up: every key opens it"),
    ("contact-null-members.json", 1, "made up: which unset members are shown"),
    ("customers-create-minimal.json", 0, "made up: how unset members are shown"),
    ("status.json", 3, "how a double is set up: its clock"),
    ("tags-name-is-unique.json", 6, "made up: which of two mistakes is told"),
    // What a call before it has guessed is only looked at.
    ("custom-fields-free-and-defined.json", 5, "what is not in use"),
    ("customers-tax-number-validity.json", 3, "the merge's duplicate"),
    ("customers-tax-number-validity.json", 5, "what the merge has left"),
    ("lead-source-put-get-delete.json", 5, "the revision"),
    ("tagging-many.json", 7, "the tags"),
    ("tagging-many-undone.json", 7, "the tags"),
    ("tags-delete.json", 14, "the customer who carried the tag"),
    ("tags-rename.json", 17, "the name that another tag had before"),
];

/// Plays a file's requests that others than doubles can be asked, and returns the
/// number of each with whether the file calls it a guess.
fn play(name: &str, mut file: Value) -> (Vec<(usize, bool)>, Arc<MockRebilly>) {
    let builder = MockRebilly::builder().allow_unmatched().deliver_webhooks();
    let standard = file["fixtures"] == "standard";
    let builder = if standard { builder } else { builder.empty() };
    let fixtures = file["fixtures"].as_object().cloned().unwrap_or_default();
    // The order of the kinds is lost, and customers are what builds on others.
    let (last, first): (Vec<_>, Vec<_>) = fixtures.into_iter().partition(|it| it.0 == "customers");
    let planted = first.into_iter().chain(last);
    let builder = planted.fold(builder, |builder, (kind, documents)| {
        builder.fixture(&kind, &json!({ &kind: documents }).to_string())
    });
    let rebilly = Arc::new(builder.without_socket());

    let numbered = file["steps"].as_array().unwrap().clone().into_iter().zip(1..);
    let played: Vec<(Value, usize)> = numbered
        .filter(|(step, _)| step["request"].is_object() && step["answer"]["status"] != 501)
        .collect();
    let guesses = played.iter().map(|(step, number)| (*number, step["assumed"] == true)).collect();
    file["steps"] = played.into_iter().map(|(step, _)| step).collect();
    // What is there already is nothing that the target must have.
    file.as_object_mut().unwrap().retain(|name, _| name != "fixtures" && name != "needs");
    let double = Arc::clone(&rebilly);
    let target = Target::remote("http://localhost", "unused", "sk_sandbox_x", move |request| {
        let (head, body) = double.handle(request).into_parts();
        Ok(Response::from_parts(head, body.to_vec()))
    });
    let target = target.organization_for_each(|_| Ok("acme".to_owned()));
    let _ = Contracts::parse(name, &file.to_string()).unwrap().run(&target);
    (guesses, rebilly)
}

#[test]
fn every_step_that_a_contract_calls_a_guess_leans_on_a_rule() {
    let (mut bare, mut checked) = (BTreeSet::new(), 0);
    for entry in std::fs::read_dir("fixtures/rebilly/contracts").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let is_guess_as_a_whole = file["assumed"] == true;
        let (guesses, rebilly) = play(&name, file);
        let journal = rebilly.journal();
        // A file about several organizations is for doubles only, and not played.
        for ((number, _), exchange) in guesses.iter().zip(journal.iter()).filter(|it| it.0.1) {
            checked += 1;
            if exchange.assumed().is_empty() {
                bare.insert((name.clone(), *number));
            }
        }
        let mut guesses = journal.iter().flat_map(Exchange::assumed);
        if is_guess_as_a_whole && !journal.is_empty() && guesses.next().is_none() {
            bare.insert((name, 0));
        }
    }
    let known = NO_GUESS.iter().map(|(file, number, _)| ((*file).to_owned(), *number)).collect();
    assert_eq!(bare, known, "no `Guess` stands for these, but should for all that are not known");
    assert!(checked > 150, "only {checked} steps were checked");
}

#[test]
fn every_guess_in_the_code_names_its_rule() {
    guesses_name_their_rules(&["src/deliver.rs", "src/rebilly"], Rebilly::guesses(), 80);
    guesses_name_their_rules(&["src/octobat"], Octobat::guesses(), 20);
    guesses_name_their_rules(&["src/notihub"], Notihub::guesses(), 20);
}

/// Looks through the comments of files and folders, in which there are at least so many guesses.
#[track_caller]
fn guesses_name_their_rules(places: &[&str], known: &[&Guess], at_least: usize) {
    let names: BTreeSet<&str> = known.iter().map(|guess| guess.name).collect();
    let (mut folders, mut files): (Vec<_>, Vec<_>) =
        places.iter().map(PathBuf::from).partition(|place| place.is_dir());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let list = if path.is_dir() { &mut folders } else { &mut files };
            list.push(path);
        }
    }
    let (mut nameless, mut guesses) = (Vec::new(), 0);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for comment in comments(&text) {
            for guess in comment.to_lowercase().split("assumed: ").skip(1) {
                guesses += 1;
                if !guess.split('`').skip(1).step_by(2).any(|name| names.contains(name)) {
                    nameless.push(format!("{}: {guess}", file.display()));
                }
            }
        }
    }
    assert!(nameless.is_empty(), "{nameless:#?}");
    assert!(guesses >= at_least, "only {guesses} were found");
}

/// The text of each run of lines that are comments.
fn comments(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines().map(str::trim_start) {
        match line.strip_prefix("//") {
            Some(said) => {
                let comment = found.last_mut().unwrap();
                comment.push_str(said.trim_start_matches(['/', '!']));
            }
            None if found.last().is_some_and(|comment| !comment.is_empty()) => {
                found.push(String::new());
            }
            None => {}
        }
    }
    found
}

#[test]
fn a_test_that_forbids_guesses_fails_with_the_rules_it_leaned_on() {
    let lean = || {
        let rebilly = MockRebilly::builder().empty().deny_assumed().without_socket();
        let api = Api::direct(&rebilly);
        api.put("/customers/ada", &json!({}), 201);
        api.put("/customers/ada", &json!({ "locale": "en" }), 200);
    };
    let panic = catch_unwind(AssertUnwindSafe(lean)).unwrap_err();
    let report = panic.downcast_ref::<String>().unwrap();
    golden("guesses.txt", report);
}

#[test]
fn a_test_that_forbids_guesses_passes_where_the_documents_speak() {
    let rebilly = MockRebilly::builder().empty().deny_assumed().without_socket();
    let api = Api::direct(&rebilly);
    let ada = api.post("/customers", &json!({ "primaryAddress": { "country": "GB" } }), 201);
    let path = format!("/customers/{}", ada["id"].as_str().unwrap());
    api.get(&path, 200);
    api.post("/customers", &json!({ "primaryAddress": { "country": "gb" } }), 422);
    api.get("/customers/nobody", 404);
}
