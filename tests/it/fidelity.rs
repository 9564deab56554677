//! `FIDELITY.md` is current, and a test can forbid leaning on guesses.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use mock_rebilly::contract::{Contracts, Target};
use mock_rebilly::http::Response;
use mock_rebilly::{MockRebilly, Rebilly};
use serde_json::json;

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
    assert!(committed == current, "run `cargo run --example fidelity >FIDELITY.md`");
}

#[test]
fn every_assumed_rule_has_a_name_of_its_own_and_says_what_it_is() {
    let rules = Rebilly::rules();
    for (index, rule) in rules.iter().enumerate() {
        assert!(rules[..index].iter().all(|other| other.name != rule.name), "{}", rule.name);
        assert!(rule.says.ends_with('.'), "{}", rule.name);
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
    // What no file shows, because only a test's own code sends what is due.
    let deliveries = rebilly.deliver_blocking();
    let mine = deliveries.iter().find(|it| it.organization() == "org_default").unwrap();
    api.post(&format!("/tracking/webhooks/{}/resend", mine.id), &json!({}), 204);

    let journal = rebilly.journal();
    assert_eq!(journal.dropped(), 0, "the journal has them all");
    let mut shown = BTreeSet::new();
    for exchange in journal.iter() {
        for rule in exchange.assumed() {
            assert!(Rebilly::rules().contains(&rule), "{} is on no list", rule.name);
            let stands =
                rule.on.is_empty() || exchange.operation.is_some_and(|it| rule.on.contains(&it));
            assert!(stands, "{exchange} leans on {}, which does not name the operation", rule.name);
            shown.insert(rule.name);
        }
    }
    let hidden: Vec<&str> = Rebilly::rules()
        .iter()
        .map(|rule| rule.name)
        .filter(|name| !shown.contains(name))
        .collect();
    assert!(hidden.is_empty(), "no contract shows {hidden:?}");
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
