//! [`Rule`](mock_rebilly::Rule): what goes wrong, with which calls, and what is true afterwards.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::time::Duration;

use mock_rebilly::engine::rulebook::RULES_MAX;
use mock_rebilly::http::Response;
use mock_rebilly::{Broken, Exchange, Fault, MockRebilly, Op};
use serde_json::{Value, json};

use crate::channel::{Channel, Outcome};
use crate::lifecycle::alone;
use crate::support::{self, Api, Ask, header};
use crate::toy::caught;

fn put(id: &str) -> Ask {
    Ask::new("PUT", &format!("/customers/{id}")).key().json(&json!({}))
}

fn get(id: &str) -> Ask {
    Ask::new("GET", &format!("/customers/{id}")).key()
}

fn start() -> MockRebilly {
    MockRebilly::start_blocking()
}

/// The statuses of that many upserts of ada, one after another.
fn puts(rebilly: &MockRebilly, count: usize) -> Vec<u16> {
    let put = |_| Channel::Call.ask(rebilly, &put("ada")).whole().status().as_u16();
    (0..count).map(put).collect()
}

fn lines(rebilly: &MockRebilly) -> Vec<String> {
    rebilly.journal().iter().map(ToString::to_string).collect()
}

// What goes wrong.

#[test]
fn a_status_is_answered_with_the_vendors_own_body_and_nothing_is_done() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on(Op::PutCustomer).status(503);

        let answer = channel.ask(&rebilly, &put("eve")).whole();

        assert_eq!(answer.status(), 503);
        assert_eq!(header(&answer, "content-type"), Some("application/json"));
        let problem = json!({
            "type": "about:blank",
            "status": 503,
            "title": "Service Unavailable",
            "detail": "The test asked for this answer.",
            "instance": "/customers/eve",
        });
        assert_eq!(support::json(&answer), problem);
        assert!(rebilly.customer("eve").is_none());
        assert!(rebilly.events().is_empty());
        assert_eq!(lines(&rebilly), ["#1 PUT /customers/eve -> 503 PutCustomer (injected 503)"]);
    }
}

#[test]
fn every_status_that_is_a_failure_can_be_had() {
    for status in 400..600 {
        let rebilly = MockRebilly::builder().without_socket();
        rebilly.on_any().status(status);

        let answer = Channel::Call.ask(&rebilly, &get("cus_ada")).whole();

        assert_eq!(answer.status(), status);
        let problem = support::json(&answer);
        assert_eq!(problem["status"], status);
        assert!(problem["title"].as_str().is_some_and(|title| title.len() > 3), "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 3), "{problem}");
    }
}

#[test]
fn what_clients_read_of_a_refusal_is_there() {
    let rebilly = MockRebilly::builder().without_socket();
    let problem = |status| {
        rebilly.clear_rules();
        rebilly.on_any().status(status);
        support::json(&Channel::Call.ask(&rebilly, &get("cus_ada")).whole())
    };

    let invalid = problem(422);
    assert_eq!(
        (&invalid["title"], &invalid["invalidFields"]),
        (&json!("Validation error"), &json!([]))
    );
    assert_eq!(problem(401)["detail"], "Missing or invalid credentials.");
    assert_eq!(problem(413)["title"], "Content Too Large");
    assert_eq!(problem(409)["title"], "Conflict");
}

#[test]
fn fields_are_invalid_because_a_test_says_so() {
    for channel in Channel::ALL {
        let rebilly = start();
        let refused = [("primaryAddress.emails.0.value", "is taken"), ("locale", "is none")];
        rebilly.on(Op::PutCustomer).nth(1).invalid(refused);

        let answer = channel.ask(&rebilly, &put("eve")).whole();

        let problem = json!({
            "type": "about:blank",
            "status": 422,
            "title": "Validation error",
            "detail": "2 fields are invalid.",
            "instance": "/customers/eve",
            "invalidFields": [
                { "field": "primaryAddress.emails.0.value", "message": "is taken" },
                { "field": "locale", "message": "is none" },
            ],
        });
        assert_eq!((answer.status().as_u16(), support::json(&answer)), (422, problem));
        assert!(rebilly.customer("eve").is_none());
        let said = "#1 PUT /customers/eve -> 422 PutCustomer \
            (injected invalid primaryAddress.emails.0.value, locale)";
        assert_eq!(lines(&rebilly), [said]);
    }
}

#[test]
fn a_rate_limit_says_in_every_header_when_to_come_again() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on_any().rate_limited(Duration::from_millis(29_001));

        for ask in [put("eve"), get("cus_ada")] {
            let answer = channel.ask(&rebilly, &ask).whole();
            let said = |name: &str| header(&answer, name).unwrap_or_default().to_owned();

            assert_eq!(answer.status(), 429);
            assert_eq!(said("retry-after"), "30");
            assert_eq!(said("x-ratelimit-retry-after"), "1704067230"); // 00:00:30
            assert_eq!(said("x-ratelimit-limit"), "3000");
            assert_eq!(said("x-ratelimit-remaining"), "0");
            assert_eq!(said("rate-limit-limit"), "3000");
            assert_eq!(support::json(&answer)["title"], "Rate Limit Exceeded");
        }
        assert!(rebilly.customer("eve").is_none());
    }
}

#[test]
fn a_429_by_its_number_lasts_until_the_window_ends() {
    let rebilly = MockRebilly::builder().rate_limit(7).without_socket();
    let api = Api::direct(&rebilly);
    api.expect(&put("ada"), 201);
    rebilly.advance(Duration::from_secs(100));
    rebilly.on(Op::PutCustomer).status(429);

    let answer = api.ask(&put("ada"));

    assert_eq!(header(&answer, "retry-after"), Some("500"));
    assert_eq!(header(&answer, "x-ratelimit-limit"), Some("7"));
}

#[test]
fn latency_is_said_and_not_waited_for() {
    for channel in Channel::ALL {
        let rebilly = start();
        let hours = Duration::from_secs(72 * 3_600) + Duration::from_nanos(1);
        rebilly.on(Op::PutCustomer).nth(1).latency(hours);

        let answer = channel.ask(&rebilly, &put("eve")).whole();

        assert_eq!(answer.status(), 201);
        assert_eq!(header(&answer, "x-mock-latency-ms"), Some("259200001"));
        assert_eq!(rebilly.now().to_string(), "2024-01-01T00:00:00Z");
        let journal = rebilly.journal();
        assert_eq!(journal.last().unwrap().latency(), Some(hours));
        let next = channel.ask(&rebilly, &put("eve")).whole();
        assert_eq!(header(&next, "x-mock-latency-ms"), None);
        assert_eq!(rebilly.journal().last().unwrap().latency(), None);
    }
}

#[test]
fn real_latency_comes_to_an_end() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on(Op::PutCustomer).real_latency(Duration::from_millis(3));

        assert_eq!(channel.ask(&rebilly, &put("eve")).whole().status(), 201);

        assert_eq!(lines(&rebilly), ["#1 PUT /customers/eve -> 201 PutCustomer (3ms late)"]);
    }
}

#[test]
fn a_reset_before_the_commit_does_nothing() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on(Op::PutCustomer).nth(1).reset_before_commit();

        channel.ask(&rebilly, &put("eve")).is_reset();

        assert!(rebilly.customer("eve").is_none());
        let journal = rebilly.journal();
        let exchange = journal.last().unwrap();
        assert_eq!((exchange.status(), exchange.fault()), (None, Some(&Fault::ResetBeforeCommit)));
        assert!(exchange.answer_body().is_empty() && exchange.answer_header("date").is_none());
        let line = "#1 PUT /customers/eve -> nothing PutCustomer (reset before the commit)";
        assert_eq!(lines(&rebilly), [line]);
        assert_eq!(channel.ask(&rebilly, &put("eve")).whole().status(), 201);
    }
}

#[test]
fn a_lost_response_was_a_change() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on(Op::PutCustomer).nth(1).lose_response();

        channel.ask(&rebilly, &put("eve")).is_reset();

        assert_eq!(rebilly.customer("eve").unwrap().revision, 0);
        let journal = rebilly.journal();
        let exchange = journal.last().unwrap();
        assert_eq!(exchange.status().unwrap(), 201);
        assert!(exchange.answer_header("location").is_some());
        assert!(exchange.delivered().is_none());
        assert_eq!(lines(&rebilly), ["#1 PUT /customers/eve -> 201 PutCustomer (response lost)"]);
        // The retry finds what the first call made.
        assert_eq!(channel.ask(&rebilly, &put("eve")).whole().status(), 200);
    }
}

#[test]
fn a_body_is_cut_after_exactly_so_many_bytes() {
    for channel in Channel::ALL {
        for bytes in [0, 1, 17, 1_000] {
            let rebilly = start();
            let whole = channel.ask(&rebilly, &get("cus_ada")).whole();
            rebilly.on(Op::GetCustomer).close_after(bytes);

            let Outcome::Cut(arrived, head) = channel.ask(&rebilly, &get("cus_ada")) else {
                panic!("{channel:?}: nothing is cut");
            };

            assert_eq!(arrived, bytes, "{channel:?}");
            // A call returns nothing of it; everybody else sees the head.
            assert_eq!(head.is_none(), channel == Channel::Call);
            if let Some(head) = head {
                assert_eq!(head.headers()["content-length"], whole.body().len().to_string());
            }
            let journal = rebilly.journal();
            let exchange = journal.last().unwrap();
            let delivered = exchange.delivered().unwrap();
            assert_eq!(*delivered.body(), exchange.answer_body()[..bytes]);
            assert_eq!(delivered.headers()["content-length"], whole.body().len().to_string());
        }
    }
}

#[test]
fn a_body_that_is_shorter_is_whole() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on_any().close_after(1_000_000);

        let whole = channel.ask(&rebilly, &get("cus_ada")).whole();
        let nothing = channel.ask(&rebilly, &Ask::new("OPTIONS", "/customers")).whole();

        assert_eq!(support::json(&whole)["id"], "cus_ada");
        assert_eq!(nothing.status(), 204);
    }
}

#[test]
fn malformed_json_is_none_to_every_reader() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on_any().malformed_json();

        for target in ["/customers/cus_ada", "/customers", "/customers?limit=0"] {
            let answer = channel.ask(&rebilly, &Ask::new("GET", target).key()).whole();

            assert_eq!(answer.status(), 200);
            let length = answer.body().len().to_string();
            assert_eq!(header(&answer, "content-length"), Some(length.as_str()));
            assert!(serde_json::from_slice::<Value>(answer.body()).is_err());
            // Neither is what it begins with, to those who read no further.
            let mut first =
                serde_json::Deserializer::from_slice(answer.body()).into_iter::<Value>();
            assert!(first.next().unwrap().is_err());
            let journal = rebilly.journal();
            let exchange = journal.last().unwrap();
            assert!(serde_json::from_slice::<Value>(&exchange.answer_body()).is_ok());
            assert_eq!(exchange.delivered().unwrap().body(), answer.body());
        }
    }
}

#[test]
fn an_answer_without_a_body_stays_one_when_json_is_malformed() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on(Op::DeleteCustomer).malformed_json();
        let delete = Ask::new("DELETE", "/customers/cus_grace?targetCustomerId=cus_ada").key();

        let answer = channel.ask(&rebilly, &delete).whole();

        assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (204, &b""[..]));
    }
}

#[test]
fn a_slow_body_arrives_in_the_end() {
    for channel in Channel::ALL {
        let rebilly = start();
        let whole = channel.ask(&rebilly, &get("cus_ada")).whole();
        rebilly.on(Op::GetCustomer).slow_body(500, Duration::from_millis(1));

        let slow = channel.ask(&rebilly, &get("cus_ada")).whole();

        assert_eq!(header(&slow, "content-length"), header(&whole, "content-length"));
        assert_eq!(support::json(&slow)["id"], support::json(&whole)["id"]);
        let journal = rebilly.journal();
        let said = journal.last().unwrap().to_string();
        assert!(said.ends_with("(slow body: 500 bytes each 1ms)"), "{said}");
    }
}

#[test]
fn a_content_type_is_what_the_test_says() {
    for channel in Channel::ALL {
        let rebilly = start();
        rebilly.on(Op::GetCustomer).content_type("text/html; charset=utf-8");

        let answer = channel.ask(&rebilly, &get("cus_ada")).whole();

        assert_eq!(header(&answer, "content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(support::json(&answer)["id"], "cus_ada");
        let journal = rebilly.journal();
        assert_eq!(journal.last().unwrap().answer_header("content-type"), Some("application/json"));
    }
}

// Which calls.

#[test]
fn a_rule_is_for_an_operation_an_id_and_an_organization() {
    let rebilly = MockRebilly::builder().without_socket();
    let api = Api::direct(&rebilly);
    rebilly.on(Op::PutCustomer).id("ada").realm("acme").status(500);
    rebilly.on(Op::GetCustomerTimeline).id("ada").id("tmln_1").status(502);

    api.expect(&put("ada"), 201);
    api.put("/organizations/acme/customers/bob", &json!({}), 201);
    api.get("/organizations/acme/customers/ada", 404);
    api.put("/organizations/acme/customers/ada", &json!({}), 500);
    api.put("/organizations/acme//customers/ada/", &json!({}), 500);
    api.get("/customers/ada/timeline/tmln_2", 404);
    api.get("/customers/ada/timeline/tmln_1", 502);
}

#[test]
fn a_rule_is_for_what_a_call_says_in_its_query_a_header_or_its_body() {
    let merge = |target: &str| {
        Ask::new("DELETE", &format!("/customers/cus_grace?targetCustomerId={target}")).key()
    };
    let put = |id: &str, country: &str| {
        put(id).json(&json!({ "primaryAddress": { "country": country } }))
    };
    for channel in Channel::ALL {
        let rebilly = start();
        let status = |ask: &Ask| channel.ask(&rebilly, ask).whole().status().as_u16();
        rebilly.on(Op::DeleteCustomer).query("targetCustomerId", "cus_ada").status(500);
        rebilly.on(Op::GetCustomer).header("X-Trace", "7").status(502);
        let british = rebilly.on(Op::PutCustomer).body("/primaryAddress/country", "GB");
        british.nth(2).status(503);

        assert_eq!([status(&merge("cus_ada")), status(&merge("cus_alan"))], [500, 204]);
        let traced = |trace| status(&get("cus_ada").header("x-trace", trace));
        assert_eq!([traced("6"), traced("7"), status(&get("cus_ada"))], [200, 502, 200]);
        // Only what it is about is counted.
        let puts = [("a", "GB"), ("b", "DE"), ("c", "GB"), ("d", "GB")];
        assert_eq!(puts.map(|(id, country)| status(&put(id, country))), [201, 201, 503, 201]);
        assert!(rebilly.customer("c").is_none() && rebilly.customer("d").is_some());
    }
}

#[test]
fn a_body_that_is_no_json_says_nothing_that_a_rule_is_about() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::PutCustomer).body("/id", "eve").status(503);
    Api::direct(&rebilly).expect(&put("eve").text("{\"id\":\"eve\""), 400);
}

#[test]
fn a_rule_that_must_fire_says_what_it_was_about() {
    let rebilly = MockRebilly::builder().without_socket();
    let british = rebilly.on(Op::PutCustomer).body("/primaryAddress/country", "GB");
    british.must_fire().lose_response();
    Api::direct(&rebilly).expect(&put("eve"), 201);

    let report = caught(|| drop(rebilly)).unwrap();

    let rule = "PutCustomer with body /primaryAddress/country \"GB\": response lost";
    assert!(report.contains(rule), "{report}");
    let near = "    no call matched; the nearest:
      #1 PUT /customers/eve -> 201 PutCustomer
        body /primaryAddress/country: expected \"GB\", found nothing";
    assert!(report.contains(near), "{report}");
}

#[test]
fn the_nth_call_is_that_one_and_no_other() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    puts(&rebilly, 2);
    rebilly.on(Op::PutCustomer).nth(2).status(503);
    assert_eq!(puts(&rebilly, 4), [200, 503, 200, 200]);

    rebilly.on(Op::PutCustomer).nth(2).times(2).status(503);
    assert_eq!(puts(&rebilly, 4), [200, 503, 503, 200]);
}

#[test]
fn so_many_times_are_the_next_ones() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    rebilly.on(Op::PutCustomer).times(2).status(503);
    assert_eq!(puts(&rebilly, 4), [503, 503, 201, 200]);
}

#[test]
fn the_first_rule_that_fires_has_the_call_and_all_count_it() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    rebilly.on(Op::PutCustomer).nth(2).status(500);
    rebilly.on_any().times(2).status(502);
    rebilly.on(Op::PutCustomer).nth(2).status(501);
    rebilly.on(Op::PutCustomer).nth(5).status(504);
    assert_eq!(puts(&rebilly, 6), [502, 500, 502, 201, 504, 200]);
}

#[test]
fn rules_can_be_taken_away() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    rebilly.on(Op::PutCustomer).must_fire().nth(9).status(503);
    rebilly.on(Op::PutCustomer).status(503);
    assert_eq!(puts(&rebilly, 1), [503]);
    rebilly.clear_rules();
    assert_eq!(puts(&rebilly, 1), [201]);
}

#[test]
fn there_is_room_for_a_thousand_rules() {
    let rebilly = MockRebilly::builder().without_socket();
    for _ in 0..RULES_MAX {
        rebilly.on(Op::GetStatus).status(503);
    }
    let said = caught(|| rebilly.on(Op::GetStatus).status(503)).unwrap();
    assert_eq!(said, "a double has no more than 1000 rules; `clear_rules()` makes room");
    rebilly.clear_rules();
    rebilly.on(Op::GetStatus).status(503);
}

// What is true afterwards.

#[test]
fn what_goes_wrong_on_the_way_changes_no_id_and_no_answer() {
    let post = Ask::new("POST", "/customers").key().json(&json!({ "websiteId": "web_1" }));
    let faults = [
        Fault::LoseResponse,
        Fault::CloseAfter(3),
        Fault::MalformedJson,
        Fault::Latency(Duration::from_secs(1)),
        Fault::ContentType("text/html".to_owned()),
        Fault::SlowBody { bytes: 2_000, pause: Duration::ZERO },
    ];
    let undisturbed = MockRebilly::builder().empty().without_socket();
    let expected: Vec<Value> =
        faults.iter().map(|_| support::json(&Api::direct(&undisturbed).ask(&post))).collect();
    let rebilly = MockRebilly::builder().empty().without_socket();
    for fault in &faults {
        rebilly.clear_rules();
        rebilly.on(Op::PostCustomer).fault(fault.clone());
        drop(rebilly.try_handle(post.request("")));
    }

    let journal = rebilly.journal();
    let answered =
        journal.iter().map(|it| serde_json::from_slice::<Value>(&it.answer_body()).unwrap());
    assert_eq!(answered.collect::<Vec<_>>(), expected);
    let ids: BTreeSet<&str> = expected.iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(ids.len(), faults.len(), "each call made a customer of its own");
}

#[test]
fn what_strikes_before_the_commit_leaves_no_trace_in_what_follows() {
    let post = Ask::new("POST", "/customers").key().json(&json!({}));
    let (struck, undisturbed) = (
        MockRebilly::builder().empty().without_socket(),
        MockRebilly::builder().empty().without_socket(),
    );
    let invalid = Fault::Invalid(vec![("a".to_owned(), "b".to_owned())]);
    let limited = Fault::RateLimited(Duration::ZERO);
    for fault in [Fault::Status(500), invalid, limited, Fault::ResetBeforeCommit] {
        struck.clear_rules();
        struck.on(Op::PostCustomer).fault(fault);
        drop(struck.try_handle(post.request("")));
    }
    struck.clear_rules();

    let [after, first] = [&struck, &undisturbed].map(|it| Channel::Call.ask(it, &post).whole());
    assert_eq!((after.headers(), after.body()), (first.headers(), first.body()));
}

#[test]
fn the_rate_limit_counts_what_reached_the_vendor() {
    let rebilly = MockRebilly::builder().empty().rate_limit(10).without_socket();
    let left =
        |outcome: Outcome| header(&outcome.whole(), "x-ratelimit-remaining").map(str::to_owned);
    assert_eq!(left(Channel::Call.ask(&rebilly, &put("ada"))).as_deref(), Some("9"));
    rebilly.on(Op::PutCustomer).nth(1).reset_before_commit();
    rebilly.on(Op::PutCustomer).nth(2).status(503);
    rebilly.on(Op::PutCustomer).nth(3).lose_response();
    Channel::Call.ask(&rebilly, &put("ada")).is_reset();
    // A 503 says what is left, and takes none of it.
    assert_eq!(left(Channel::Call.ask(&rebilly, &put("ada"))).as_deref(), Some("9"));
    Channel::Call.ask(&rebilly, &put("ada")).is_reset();
    assert_eq!(left(Channel::Call.ask(&rebilly, &put("ada"))).as_deref(), Some("7"));
}

#[test]
fn credentials_are_not_looked_at_before_the_commit_and_as_always_after_it() {
    let rebilly = MockRebilly::builder().without_socket();
    let api = Api::direct(&rebilly);
    let nobody = Ask::new("PUT", "/customers/eve").json(&json!({}));
    rebilly.on(Op::PutCustomer).nth(1).status(503);
    rebilly.on(Op::PutCustomer).nth(2).latency(Duration::from_secs(1));
    api.expect(&nobody, 503);
    let refused = api.ask(&nobody);
    assert_eq!(
        (refused.status().as_u16(), header(&refused, "x-mock-latency-ms")),
        (401, Some("1000"))
    );
}

#[test]
fn what_finds_no_operation_is_met_by_any_and_still_fails_the_test() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on_any().nth(1).status(503);
    let api = Api::direct(&rebilly);
    api.get("/invoices", 503);
    api.get("/invoices", 501);
    let report = caught(|| drop(rebilly)).unwrap();
    assert!(
        report.contains(
            "#1 GET /invoices -> 503 GetInvoiceCollection (not simulated) (injected 503)"
        ),
        "{report}"
    );
}

#[test]
fn a_fault_does_not_lean_on_assumptions_of_what_it_kept_from_happening() {
    let rebilly = MockRebilly::builder().deny_assumed().without_socket();
    rebilly.on_any().status(503);
    Api::direct(&rebilly).get("/customers", 503); // whose order would be a guess
}

// Misuse.

#[test]
fn misuse_panics_with_a_sentence_at_the_callers_line() {
    // What happens at a panic is decided for a whole process.
    if !alone("faults::misuse_panics_with_a_sentence_at_the_callers_line") {
        return;
    }
    let rebilly = MockRebilly::builder().without_socket();
    let on = || rebilly.on(Op::PutCustomer);
    let (told, places) = channel();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().expect("a place");
        told.send((place.file().to_owned(), place.line())).expect("a listener");
    }));
    let said = |line: u32, misuse: &mut dyn FnMut()| {
        let panic = catch_unwind(AssertUnwindSafe(misuse)).unwrap_err();
        assert_eq!(places.try_recv().unwrap(), (file!().to_owned(), line));
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned())).unwrap()
    };

    let no_failure = "200 is no failure: a fault's status is one of 400 to 599";
    assert_eq!(said(line!(), &mut || on().status(200)), no_failure);
    assert_eq!(said(line!(), &mut || on().fault(Fault::Status(200))), no_failure);
    assert!(said(line!(), &mut || on().status(600)).starts_with("600 is no failure"));
    let first = "there is no call 0: the first one is `nth(1)`";
    assert_eq!(said(line!(), &mut || drop(on().nth(0))), first);
    assert_eq!(said(line!(), &mut || drop(rebilly.hold(Op::PutCustomer).nth(0))), first);
    assert_eq!(
        said(line!(), &mut || drop(on().times(0))),
        "a rule that fires 0 times does nothing"
    );
    let name = "\"a b\" is no header's name";
    assert_eq!(said(line!(), &mut || drop(on().header("a b", "1"))), name);
    assert!(said(line!(), &mut || drop(on().body("id", "eve"))).starts_with("\"id\" is no JSON"));
    assert_eq!(said(line!(), &mut || on().content_type("")), "\"\" is no content type");
    assert_eq!(said(line!(), &mut || on().content_type("a\nb")), "\"a\\nb\" is no content type");
    let none = "what is invalid has a field that is; `status(422)` names none";
    assert_eq!(said(line!(), &mut || on().invalid([("", ""); 0])), none);
    let endless = "a body in pieces of no bytes would never end";
    assert_eq!(said(line!(), &mut || on().slow_body(0, Duration::ZERO)), endless);
    rebilly.on(Op::GetCustomer).reset_before_commit();
    let request = || get("cus_ada").request("");
    let no_answer = said(line!(), &mut || drop(rebilly.handle(request())));
    assert_eq!(
        no_answer,
        "there is no answer: the connection was reset before an answer came; `try_handle` returns that"
    );
}

#[test]
fn the_kind_of_what_is_broken_is_what_a_socket_says() {
    use std::io::ErrorKind::{ConnectionRefused, ConnectionReset, UnexpectedEof};
    let all = [Broken::Reset, Broken::Closed { bytes: 1, of: 2 }, Broken::Gone];
    assert_eq!(all.map(Broken::kind), [ConnectionReset, UnexpectedEof, ConnectionRefused]);
    assert_eq!(std::io::Error::from(Broken::Reset).kind(), ConnectionReset);
    let said = "the connection was closed after 1 of the body's 2 bytes";
    assert_eq!(all[1].to_string(), said);
}

// Reports.

#[test]
fn what_must_fire_and_did_says_nothing() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::PutCustomer).must_fire().status(503);
    Api::direct(&rebilly).expect(&put("ada"), 503);
}

#[test]
fn a_copy_of_the_journal_keeps_what_it_saw() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::PutCustomer).lose_response();
    Channel::Call.ask(&rebilly, &put("ada")).is_reset();
    let journal = rebilly.journal();
    let answer: Option<Response<_>> = journal.last().and_then(Exchange::delivered);
    assert!(answer.is_none());
}
