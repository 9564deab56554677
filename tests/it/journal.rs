//! The journal: what an exchange remembers, and how a test finds those that it is about.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use mock_rebilly::{MockRebilly, Op, Pattern};
use serde_json::{Value, json};

use crate::lifecycle::alone;
use crate::support::{Api, Ask};

/// What the queries below are about.
fn busy() -> MockRebilly {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/ada", &json!({ "locale": "en", "customFields": { "seats": 12 } }), 201);
    api.put("/customers/bob", &json!({}), 201);
    api.get("/customers?limit=2&filter=locale%3Aen", 200);
    api.put("/organizations/acme/customers/ada", &json!({ "locale": "fr" }), 201);
    api.put("/customers/ada", &json!({ "primaryAddress": { "country": "uk" } }), 422);
    api.delete("/customers/bob?targetCustomerId=ada", 204);
    rebilly
}

#[test]
fn an_exchange_remembers_all_that_was_said() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    rebilly.advance(Duration::from_secs(90));
    let ask = Ask::new("PUT", "/organizations/acme/customers/ada?expand=website&x=a%20b").key();
    let ask = ask.header("X-Trace", "7").json(&json!({ "locale": "en" }));
    Api::direct(&rebilly).expect(&ask, 201);

    let put = rebilly.journal().of(Op::PutCustomer).one();

    assert_eq!((put.number, put.at.to_string().as_str()), (1, "2024-01-01T00:01:30Z"));
    assert_eq!((put.method(), put.path()), ("PUT", "/organizations/acme/customers/ada"));
    assert_eq!(put.query(), "expand=website&x=a%20b");
    assert_eq!((put.parameter("x"), put.parameter("y")), (Some("a b"), None));
    let target = "/organizations/acme/customers/ada?expand=website&x=a%20b";
    assert_eq!(put.url(), format!("http://localhost{target}"));
    assert_eq!((put.operation, put.realm.as_str()), (Some("PutCustomer"), "acme"));
    assert_eq!(put.ids(), [("id", "ada".to_owned())]);
    assert_eq!((put.headers().len(), put.header("x-trace")), (3, Some("7")));
    assert_eq!((put.body(), put.json()), (&r#"{"locale":"en"}"#.into(), json!({ "locale": "en" })));
    assert_eq!(put.status().unwrap(), 201);
    let location = "http://localhost/organizations/acme/customers/ada";
    assert_eq!(put.answer_header("location"), Some(location));
    assert_eq!(put.answer_headers()["content-type"], "application/json");
    assert_eq!(put.answer_json()["createdTime"], "2024-01-01T00:01:30Z");
}

#[test]
fn what_was_shown_stays_as_it_was_shown_there_whatever_came_after() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    let realms = ["org_default", "acme"].map(|realm| format!("/organizations/{realm}"));
    let ids: Vec<String> = (0..20).map(|number| format!("cus_{number}")).collect();
    for (realm, id) in realms.iter().flat_map(|realm| ids.iter().map(move |id| (realm, id))) {
        api.put(&format!("{realm}/customers/{id}"), &json!({}), 201);
    }
    let mut shown = Vec::new();
    for id in &ids[..12] {
        for (realm, host) in [(0, "a:1"), (1, "a:1"), (0, "longer.b"), (1, "longer.b")] {
            let home = &realms[realm];
            for path in ["customers?limit=7&offset=2", &format!("customers/{id}")] {
                let ask = Ask::new("GET", &format!("{home}/{path}")).key().header("Host", host);
                let text = api.expect(&ask, 200).to_string();
                let links = text.matches(&format!("\"http://{host}{home}/")).count();
                assert!(links > 0 && links == text.matches("\"http://").count(), "{text}");
                shown.push(text);
            }
        }
        api.put(&format!("/customers/{id}"), &json!({ "locale": "en" }), 200);
        api.delete(&format!("{}/customers/{id}?targetCustomerId=cus_19", realms[1]), 204);
    }
    let journal = rebilly.journal();
    let reads = journal.iter().filter(|exchange| exchange.method() == "GET");
    assert!(reads.map(|exchange| exchange.answer_json().to_string()).eq(shown));
}

#[test]
fn what_is_no_json_is_null() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.expect(&Ask::new("PUT", "/customers/ada").key().text("locale=en"), 400);
    api.put("/customers/ada", &json!({}), 201);
    api.delete("/customers/ada?targetCustomerId=ada", 422);

    let journal = rebilly.journal();

    assert_eq!(journal.of(Op::PutCustomer).first().unwrap().json(), Value::Null);
    assert_eq!(journal.of(Op::DeleteCustomer).one().json(), Value::Null);
    assert_eq!(journal.all().body("", json!({})).count(), 1);
    journal.of(Op::PutCustomer).status(400).body("", Value::Null).assert_none();
}

#[test]
fn a_call_that_is_not_let_in_has_its_ids_too() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    Api::direct(&rebilly).expect(&Ask::new("PUT", "/customers/ada").json(&json!({})), 401);

    rebilly.journal().of(Op::PutCustomer).id("ada").status(401).assert_once();
}

#[test]
fn each_thing_that_a_query_says_leaves_fewer() {
    let rebilly = busy();
    let journal = rebilly.journal();
    let numbers = |pattern: Pattern| {
        let numbers = journal.of(pattern);
        numbers.iter().map(|it| it.number.to_string()).collect::<Vec<_>>().join(" ")
    };
    let put = || Pattern::of(Op::PutCustomer);

    assert_eq!(numbers(Pattern::any()), "1 2 3 4 5 6");
    assert_eq!(numbers(put()), "1 2 4 5");
    assert_eq!(numbers(put().id("ada")), "1 4 5");
    assert_eq!(numbers(put().id("ada").id("bob")), "");
    assert_eq!(numbers(put().realm("acme")), "4");
    assert_eq!(numbers(put().id("ada").status(201)), "1 4");
    assert_eq!(numbers(put().status(422)), "5");
    assert_eq!(numbers(put().body("/locale", "en")), "1");
    assert_eq!(numbers(put().body("/locale", "en").body("/locale", "fr")), "");
    assert_eq!(numbers(put().answer("/id", "bob")), "2");
    assert_eq!(numbers(put().answer("/invalidFields/0/field", "primaryAddress.country")), "5");
    assert_eq!(numbers(Pattern::any().query("filter", "locale:en")), "3");
    assert_eq!(numbers(Pattern::any().query("filter", "locale")), "");
    assert_eq!(numbers(Pattern::any().header("Content-Type", "application/json")), "1 2 4 5");
    assert_eq!(numbers(put().header("content-type", "text/plain")), "");
    assert_eq!(numbers(put().matching("late", |exchange| exchange.number > 3)), "4 5");
}

#[test]
fn a_journal_keeps_bodies_and_nothing_that_was_read_of_them() {
    let rebilly = busy();
    let journal = rebilly.journal();
    for _ in 0..2 {
        journal.of(Op::PutCustomer).body("/locale", "en").assert_once();
        journal.all().body("/locale", "tlh").assert_none();
    }
    for exchange in journal.iter().filter(|it| !it.body().is_empty()) {
        let tape = exchange.call().tape().unwrap();
        assert_eq!(Arc::strong_count(&tape), 1, "{exchange}");
    }
}

#[test]
fn numbers_are_numbers_and_members_stand_in_any_order() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let body = r#"{ "customFields": { "b": [1, 2.50], "a": 1e0, "large": 9007199254740993 } }"#;
    let ask = Ask::new("PUT", "/customers/ada").key().text(body);
    Api::direct(&rebilly).expect(&ask, 201);
    let journal = rebilly.journal();
    let put = || journal.of(Op::PutCustomer);

    put().body("/customFields/a", 1).body("/customFields/a", 1.0).assert_once();
    put().body("/customFields/b/1", 2.5).body("/customFields/b", json!([1.0, 2.5])).assert_once();
    put().body("/customFields/large", 9_007_199_254_740_993_u64).assert_once();
    put().body("/customFields/large", 9_007_199_254_740_992_u64).assert_none();
    let all = json!({ "large": 9_007_199_254_740_993_u64, "a": 1, "b": [1, 2.5] });
    put().body("/customFields", all).assert_once();
    put().body("/customFields", json!({ "a": 1, "b": [1, 2.5] })).assert_none();
    put().body("/customFields/a", "1").assert_none();
    put().answer("/customFields/a", 1).answer("/revision", 0.0).assert_once();
}

#[test]
fn readers_find_the_first_the_last_and_the_only_one() {
    let rebilly = busy();
    let journal = rebilly.journal();
    let puts = journal.of(Op::PutCustomer);

    assert_eq!((puts.count(), puts.is_empty()), (4, false));
    assert_eq!((puts.first().unwrap().number, puts.last().unwrap().number), (1, 5));
    assert_eq!(puts.iter().rev().map(|it| it.number).collect::<Vec<_>>(), [5, 4, 2, 1]);
    assert_eq!(journal.of(Op::DeleteCustomer).one().number, 6);
    let none = journal.of(Op::PostTag);
    assert!(none.is_empty() && none.first().is_none() && none.last().is_none());
}

#[test]
fn counts_are_numbers_and_ranges() {
    let rebilly = busy();
    let journal = rebilly.journal();
    let puts = journal.of(Op::PutCustomer);

    puts.assert_count(4);
    puts.assert_count(4..);
    puts.assert_count(..5);
    puts.assert_count(..=4);
    puts.assert_count(1..=4);
    for fails in [0..4, 5..9] {
        assert!(catch_unwind(AssertUnwindSafe(|| puts.assert_count(fails))).is_err());
    }
}

#[test]
fn an_order_may_have_others_between_and_needs_each_step_anew() {
    let rebilly = busy();
    let journal = rebilly.journal();

    journal.assert_in_order([Op::PutCustomer, Op::GetCustomerCollection, Op::DeleteCustomer]);
    journal.assert_in_order([Op::PutCustomer; 4]);
    journal.assert_in_order([
        Pattern::of(Op::PutCustomer).id("bob"),
        Pattern::any().query("limit", "2"),
        Pattern::of(Op::PutCustomer).status(422),
    ]);
    for steps in [vec![Op::PutCustomer; 5], vec![Op::DeleteCustomer, Op::PutCustomer], vec![]] {
        let fails = catch_unwind(AssertUnwindSafe(|| journal.assert_in_order(steps)));
        assert!(fails.is_err());
    }
}

#[test]
fn a_copy_does_not_grow_and_reports_on_the_state_of_its_time() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/ada", &json!({}), 201);
    let early = rebilly.journal();
    api.put("/customers/bob", &json!({}), 201);

    early.of(Op::PutCustomer).assert_once();
    let report = catch_unwind(AssertUnwindSafe(|| early.of(Op::PutCustomer).id("bob").one()));

    let report = report.unwrap_err().downcast::<String>().unwrap();
    assert!(report.contains("\n  customers (1): ada\n"), "{report}");
    assert!(report.ends_with("\n  bob is not there"), "{report}");
    rebilly.journal().of(Op::PutCustomer).id("bob").assert_once();
}

#[test]
fn a_closure_may_look_at_the_double() {
    let rebilly = Arc::new(MockRebilly::builder().empty().without_socket());
    let double = Arc::clone(&rebilly);
    let known = move |exchange: &mock_rebilly::Exchange| {
        exchange.ids().iter().any(|(_, id)| double.customer(id).is_some())
    };
    let known = Pattern::of(Op::PutCustomer).matching("the customer is there", known);
    Api::direct(&rebilly).put("/customers/ada", &json!({}), 201);

    rebilly.journal().of(known.clone()).assert_once();
    rebilly.wait_for(known).within_blocking(Duration::ZERO).unwrap();
}

#[test]
fn what_is_wrong_is_told_at_the_callers_line() {
    // What happens at a panic is decided for a whole process.
    if !alone("journal::what_is_wrong_is_told_at_the_callers_line") {
        return;
    }
    let rebilly = busy();
    let journal = rebilly.journal();
    let (told, places) = channel();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().expect("a place");
        told.send((place.file().to_owned(), place.line())).expect("a listener");
    }));
    // Line and panic stand on one line each, on purpose.
    #[rustfmt::skip]
    let wrongs: [(u32, &dyn Fn()); 14] = [
        (line!(), &|| journal.of(Op::PutCustomer).assert_once()),
        (line!(), &|| journal.of(Op::PutCustomer).assert_count(9..)),
        (line!(), &|| journal.of(Op::PutCustomer).assert_count(1..1)),
        (line!(), &|| journal.of(Op::PutCustomer).assert_none()),
        (line!(), &|| drop(journal.of(Op::PutCustomer).one())),
        (line!(), &|| journal.assert_in_order([Op::PostTag])),
        (line!(), &|| journal.assert_in_order(Vec::<Pattern>::new())),
        (line!(), &|| drop(Pattern::any().body("locale", "en"))),
        (line!(), &|| drop(Pattern::any().answer("locale", "en"))),
        (line!(), &|| drop(Pattern::any().header("no name", "x"))),
        (line!(), &|| drop(journal.all().body("locale", "en"))),
        (line!(), &|| drop(journal.all().answer("locale", "en"))),
        (line!(), &|| drop(journal.all().header("no name", "x"))),
        (line!(), &|| drop(rebilly.wait_for(Op::PutCustomer).times(0))),
    ];

    for (line, wrong) in wrongs {
        catch_unwind(AssertUnwindSafe(wrong)).unwrap_err();
        assert_eq!(places.try_recv().unwrap(), (file!().to_owned(), line));
    }
}
