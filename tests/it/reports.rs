//! What a test reads when it fails: each kind of report as a file in `reports`,
//! to be read by eye. `UPDATE_REPORTS=1 cargo test --test it reports` writes them anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use mock_rebilly::{MockRebilly, Op, Pattern};
use serde_json::json;

use crate::golden::golden;
use crate::support::{Api, Ask};

/// What it panics with.
#[track_caller]
fn panics(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it must fail");
    *panic.downcast::<String>().expect("it fails with a report")
}

/// Two customers, so that a report is short.
fn small() -> MockRebilly {
    let customers = r#"{ "customers": [{ "id": "cus_ada" }, { "id": "cus_bob" }] }"#;
    MockRebilly::builder().fixture("small.json", customers).without_socket()
}

#[test]
fn a_request_that_was_nearly_right_is_shown_with_its_differences() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    api.get("/customers/cus_eve", 404);
    let body = json!({ "primaryAddress": { "country": "US", "emails": [{ "label": "main", "value": "eve@example.org", "primary": true }] } });
    api.put("/customers/cus_Eve", &body, 201);
    api.put("/customers/cus_bob", &json!({}), 200);

    let report = panics(|| {
        let journal = rebilly.journal();
        let put = journal.of(Op::PutCustomer).id("cus_eve").status(201);
        put.body("/primaryAddress/country", "GB")
            .body(
                "/primaryAddress/emails/0",
                json!({ "label": "main", "value": "eve@example.com" }),
            )
            .header("Content-Type", "application/json; charset=utf-8")
            .assert_once();
    });

    golden("nearly_right.txt", &report);
}

#[test]
fn the_report_in_the_readme_is_one() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.get("/customers/cus_eve", 404);
    api.put("/customers/cus_Eve", &json!({ "primaryAddress": { "country": "US" } }), 201);

    let report = panics(|| {
        let journal = rebilly.journal();
        let put = journal.of(Op::PutCustomer).id("cus_eve");
        put.body("/primaryAddress/country", "GB").assert_once();
    });

    golden("readme.txt", &report);
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&format!("```text\n{report}\n```\n")), "{report}");
}

#[test]
fn a_path_that_was_mistyped_is_shown_segment_by_segment() {
    let rebilly = MockRebilly::builder().allow_unmatched().without_socket();
    let api = Api::direct(&rebilly);
    let google = json!({ "source": "google" });
    api.put("/customers/cus_grace/lead-source", &google, 201);
    api.put("/custmers/cus_ada/leadsource", &json!({ "medium": "cpc" }), 404);

    let report = panics(|| {
        let journal = rebilly.journal();
        let _ = journal.of(Op::PutCustomerLeadSource).id("cus_ada").body("/source", "google").one();
    });

    golden("mistyped_path.txt", &report);
}

#[test]
fn a_request_that_was_refused_says_why() {
    let rebilly = small();
    let body = json!({ "primaryAddress": { "country": "uk" } });
    Api::direct(&rebilly).put("/organizations/acme/customers/cus_ada", &body, 422);

    let report = panics(|| {
        rebilly.journal().of(Op::PutCustomer).realm("acme").status(200).assert_once();
    });

    golden("refused.txt", &report);
}

#[test]
fn a_request_in_another_organization_says_where() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    api.put("/organizations/acme/customers/cus_eve", &json!({}), 201);

    let report = panics(|| {
        let journal = rebilly.journal();
        journal.of(Op::PutCustomer).id("cus_eve").realm("org_default").assert_once();
    });

    golden("another_organization.txt", &report);
}

#[test]
fn where_nothing_was_asked_the_address_is_shown() {
    let rebilly = MockRebilly::start_blocking();

    let report = panics(|| rebilly.journal().of(Op::PutCustomer).id("cus_eve").assert_once());

    golden("nothing_asked.txt", &report.replace(rebilly.url(), "http://127.0.0.1:PORT"));
}

#[test]
fn too_few_are_shown_beside_what_was_asked_instead() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    api.put("/customers/cus_eve", &json!({}), 201);
    api.get("/customers/cus_eve", 200);

    let report = panics(|| {
        rebilly.journal().of(Op::PutCustomer).id("cus_eve").assert_count(2..=3);
    });

    golden("too_few.txt", &report);
}

#[test]
fn too_many_are_shown_with_what_they_sent() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    let comment = json!({ "message": "call back" });
    api.post("/customers/cus_ada/timeline", &comment, 201);
    api.get("/customers/cus_ada/timeline", 200);
    api.post("/customers/cus_ada/timeline", &comment, 201);
    api.post("/customers/cus_ada/timeline", &json!({ "message": "it is done" }), 201);

    let report = panics(|| {
        rebilly.journal().of(Op::PostCustomerTimeline).id("cus_ada").assert_count(..=2);
    });

    golden("too_many.txt", &report);
}

#[test]
fn what_must_not_be_asked_is_shown() {
    let rebilly = small();
    Api::direct(&rebilly).delete("/customers/cus_bob?targetCustomerId=cus_ada", 204);

    let report = panics(|| rebilly.journal().of(Op::DeleteCustomer).assert_none());

    golden("must_not_be_asked.txt", &report);
}

#[test]
fn what_only_a_closure_can_say_is_shown_as_its_sentence() {
    let rebilly = small();
    Api::direct(&rebilly).put("/customers/cus_eve", &json!({ "locale": "en" }), 201);

    let report = panics(|| {
        let journal = rebilly.journal();
        let all = journal.all().matching("the trace is that of the order", |exchange| {
            exchange.header("traceparent").is_some()
        });
        all.answer("/locale", "fr").answer("/revision", 0).assert_once();
    });

    golden("a_closure.txt", &report);
}

#[test]
fn a_step_that_is_missing_is_shown_after_those_that_are_there() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    api.put("/customers/cus_eve", &json!({}), 201);
    api.get("/customers/cus_eve", 200);
    api.delete("/customers/cus_bob?targetCustomerId=cus_eve", 204);

    let report = panics(|| {
        rebilly.journal().assert_in_order([
            Op::PutCustomer.into(),
            Pattern::of(Op::DeleteCustomer).id("cus_bob").query("targetCustomerId", "cus_ada"),
            Op::GetCustomerTimelineCollection.into(),
        ]);
    });

    golden("missing_step.txt", &report);
}

#[test]
fn a_step_that_came_too_early_is_shown() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    api.delete("/customers/cus_bob?targetCustomerId=cus_ada", 204);
    api.put("/customers/cus_ada", &json!({}), 200);

    let report = panics(|| {
        rebilly.journal().assert_in_order([Op::PutCustomer, Op::DeleteCustomer]);
    });

    golden("too_early.txt", &report);
}

#[test]
fn a_wait_that_ends_in_vain_says_what_was_seen() {
    let rebilly = small();
    Api::direct(&rebilly).put("/customers/cus_bob", &json!({}), 200);

    let wait = rebilly.wait_for(Op::PutCustomer).id("cus_bob").times(2);
    let error = wait.within_blocking(Duration::from_millis(1)).unwrap_err();

    golden("waited_in_vain.txt", &error.to_string());
    assert_eq!(format!("{error:?}"), error.to_string(), "an unwrapped error can be read, too");
}

#[test]
fn a_long_journal_is_cut_and_what_it_dropped_is_said() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    for _ in 0..10_005 {
        api.expect(&Ask::new("GET", "/status"), 200);
    }

    let report = panics(|| rebilly.journal().of(Op::GetStatus).assert_once());

    golden("long_journal.txt", &report);

    // What was dropped may be what must not be: nobody can tell, so nobody says that all is well.
    let report = panics(|| rebilly.journal().of(Op::PutCustomer).assert_none());
    let told = report.lines().take(2).collect::<Vec<_>>().join("\n");
    golden("cannot_tell.txt", &told);
    rebilly.journal().of(Op::GetStatus).assert_count(2..);
}

#[test]
fn what_no_double_can_answer_is_shown_when_it_is_dropped() {
    let rebilly = small();
    let api = Api::direct(&rebilly);
    api.get("/customers/cus_ada", 200);
    api.get("/v1/customers/cus_ada", 404);
    api.post("/customer", &json!({}), 404);
    api.get("/customers/cus_ada/time-line?limit=2", 404);
    api.get("/favicon.ico", 404);
    api.get("/invoices?limit=1", 501);

    let report = panics(|| drop(rebilly));

    golden("cannot_answer.txt", &report);
}
