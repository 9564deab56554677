//! What of Rebilly is guessed, where the code of each vendor says so, and that a test can
//! forbid leaning on guesses.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use mock_rebilly::engine::double::BODY_MAX;
use mock_rebilly::engine::evidence::Guess;
use mock_rebilly::http::Request;
use mock_rebilly::{MockRebilly, Notihub, Octobat, Rebilly};
use serde_json::json;

use crate::evidence::{self, Played, assert_shown, journals};
use crate::golden::golden;
use crate::support::Api;

/// Of whom a fixture says more than any request can. The files' own organizations are empty.
const KNOWN: &str = r#"{ "customers": [
    { "id": "known", "organizationId": "org_default", "company": { "name": "Engines" } }
] }"#;

#[test]
fn every_assumed_rule_is_shown_by_a_contract_and_stands_with_its_operations() {
    let builder = MockRebilly::builder().fixture("known.json", KNOWN).deliver_webhooks();
    let rebilly = builder.without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/known", &json!({}), 200);
    let hook = json!({ "method": "POST", "url": "http://example.com/", "credentialHash": "x" });
    api.put("/webhooks/hook_1", &hook, 201);
    api.put("/customers/ada", &json!({}), 201);
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

    let others = [rebilly.journal(), limited.journal()];
    assert_shown(Rebilly::guesses(), journals(&evidence::rebilly()).chain(&others));
}

/// Steps that a contract calls a guess and no [`Guess`] stands for, with the reason. Step
/// 0 is the file as a whole.
const NO_GUESS: [(&str, usize, &str); 16] = [
    ("authentication.json", 9, "how a double is set up: every key opens it"),
    ("contact-null-members.json", 1, "made up: which unset members are shown"),
    ("customers-create-minimal.json", 0, "made up: how unset members are shown"),
    ("path-organizations.json", 3, "how a double is set up: every organization is there"),
    ("path-organizations.json", 4, "how a double is set up: the name of the default organization"),
    ("path-organizations.json", 5, "how a double is set up: the same name"),
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

#[test]
fn every_step_that_a_contract_calls_a_guess_leans_on_a_rule() {
    let (mut bare, mut checked) = (BTreeSet::new(), 0);
    for Played { name, is_guess, requests, journal } in evidence::rebilly() {
        for ((number, _), exchange) in requests.iter().zip(journal.iter()).filter(|it| it.0.1) {
            // What is not simulated is not guessed either.
            if exchange.status().is_some_and(|status| status == 501) {
                continue;
            }
            checked += 1;
            if exchange.assumed().is_empty() {
                bare.insert((name.clone(), *number));
            }
        }
        if is_guess && journal.iter().all(|exchange| exchange.assumed().is_empty()) {
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
