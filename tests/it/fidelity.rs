//! `FIDELITY.md` is current, and a test can forbid leaning on guesses.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mock_rebilly::{MockRebilly, Rebilly};
use serde_json::json;

use crate::support::Api;

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
fn a_test_that_forbids_guesses_fails_with_the_rules_it_leaned_on() {
    let lean = || {
        let rebilly = MockRebilly::builder().empty().deny_assumed().without_socket();
        let api = Api::direct(&rebilly);
        api.put("/customers/ada", &json!({}), 201);
        api.put("/customers/ada", &json!({ "locale": "en" }), 200);
    };
    let panic = catch_unwind(AssertUnwindSafe(lean)).unwrap_err();
    let report = panic.downcast_ref::<String>().unwrap();
    let expected = "the rebilly double was asked for what it cannot answer:\n  \
        assumed: A locale must have the shape of an RFC 5646 tag; its subtags are not looked up. (locale-shape; first by #2 PUT /customers/ada -> 200 PutCustomer)\n  \
        assumed: The revision is 0 at creation, and every successful `PUT` adds one, also when nothing changed. (put-counts; first by #2 PUT /customers/ada -> 200 PutCustomer)\n  \
        assumed: `PUT` resets what it does not name, but for `websiteId`, the payment instrument and the lead source. (put-replaces; first by #2 PUT /customers/ada -> 200 PutCustomer)";
    assert_eq!(report, expected);
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
