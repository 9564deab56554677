//! What the builder switches on and off, for which no contract has a word.

use std::time::Duration;

use mock_rebilly::{MockRebilly, Rebilly, StartError};
use serde_json::json;

use crate::support::{Api, Ask};

/// A session token that is good until 2024-01-01T01:00:00Z, by a signature that nobody checks.
const AN_HOUR: &str =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfYWRhIiwiZXhwIjoxNzA0MDcwODAwfQ.c2lnbmF0dXJl";

#[test]
fn an_organization_without_the_products_gets_no_screening_report() {
    let rebilly = MockRebilly::builder().without_compliance_products().without_socket();
    let api = Api::direct(&rebilly);

    let problem = api.post("/customers/cus_ada/compliance-screening-report", &json!({}), 403);

    assert_eq!(problem["title"], "Forbidden");
    assert_eq!(api.get("/attachments", 200), json!([]));
    api.get("/customers/cus_ada", 200);
}

#[test]
fn a_double_does_not_start_with_an_organization_that_no_path_could_name() {
    for unfit in ["", "two words", "a/b", &"a".repeat(51)] {
        let refused = MockRebilly::builder().organization(unfit).try_start();
        let Err(error @ StartError::Settings(_)) = refused else { panic!("{unfit:?} starts") };
        assert!(error.to_string().starts_with("the organization of calls that name none"));
    }
    let rebilly = MockRebilly::builder().organization("a@~-._").without_socket();
    Api::direct(&rebilly).get("/organizations/a@~-._/customers/cus_ada", 200);
}

#[test]
fn one_key_alone_is_let_in_when_a_test_wants_it_so() {
    let rebilly = MockRebilly::builder().api_key("sk_sandbox_only").without_socket();
    let api = Api::direct(&rebilly);
    let list = || Ask::new("GET", "/customers");

    api.expect(&list().header("REB-APIKEY", &rebilly.api_key()), 200);

    api.expect(&list().key(), 401);
    api.expect(&list().header("REB-APIKEY", Rebilly::API_KEY), 401);
    api.expect(&list().header("Authorization", "Bearer somebody"), 401);
    api.expect(&list().header("Authorization", "sk_sandbox_only"), 401);
    api.expect(&list(), 401);
}

#[test]
fn a_session_token_is_good_until_the_time_that_it_says() {
    let rebilly = MockRebilly::builder().without_socket();
    let api = Api::direct(&rebilly);
    let list =
        || Ask::new("GET", "/customers").header("Authorization", &format!("Bearer {AN_HOUR}"));

    api.expect(&list(), 200);
    rebilly.advance(Duration::from_secs(3_599));
    api.expect(&list(), 200);
    rebilly.advance(Duration::from_secs(1));
    let problem = api.expect(&list(), 401);
    assert_eq!(problem["title"], "Unauthorized");

    let opaque = Ask::new("GET", "/customers").header("Authorization", "Bearer so.me.thing");
    api.expect(&opaque, 200);
    rebilly.set("2024-01-01T00:00:00Z");
    api.expect(&list(), 200);
}
