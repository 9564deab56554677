//! Going back, and starting from there: snapshots, forks, fingerprints,
//! differences, and time.

use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use mock_rebilly::engine::json::Json;
use mock_rebilly::{Clock, Fingerprint, MockRebilly, Rebilly, Snapshot, StartError, Timestamp};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::{Api, Ask, caught, header};

const MINUTE: Duration = Duration::from_secs(60);

fn put(target: &str) -> Ask {
    Ask::new("PUT", target).key().json(&json!({}))
}

/// What is left of the rate limit after one more write.
fn left(api: &Api<'_>) -> String {
    let answer = api.ask(&put("/customers/writer"));
    header(&answer, "x-ratelimit-remaining").expect("a write is counted").to_owned()
}

// Snapshots.

#[test]
fn nothing_is_copied_by_snapshots_forks_and_going_back() {
    let text: Vec<Value> = (0..1_000).map(|n| json!({ "id": format!("cus_{n}") })).collect();
    let text = json!({ "customers": text }).to_string();
    let rebilly = MockRebilly::builder().fixture("many.json", &text).without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/cus_7", &json!({ "locale": "de" }), 200);
    let before = (rebilly.customers().all(), rebilly.timeline("cus_7").all());

    let snapshot = rebilly.snapshot();
    let (twin, fork) =
        (MockRebilly::from_snapshot_without_socket(&snapshot), rebilly.fork_blocking());
    api.put("/customers/cus_8", &json!({ "locale": "de" }), 200);
    rebilly.restore(&snapshot);

    for double in [&rebilly, &twin, &fork] {
        let now = (double.customers().all(), double.timeline("cus_7").all());
        assert_eq!((now.0.len(), now.1.len()), (1_000, 1));
        let rows = before.0.iter().zip(&now.0);
        assert!(rows.clone().all(|(one, other)| Arc::ptr_eq(one, other)));
        assert!(before.1.iter().zip(&now.1).all(|(one, other)| Arc::ptr_eq(one, other)));
    }
    // A write to one of them makes one new row.
    Api::direct(&twin).put("/customers/cus_9", &json!({ "locale": "de" }), 200);
    let (ours, theirs) = (rebilly.customers().all(), twin.customers().all());
    assert_eq!(ours.iter().zip(&theirs).filter(|(one, other)| !Arc::ptr_eq(one, other)).count(), 1);
}

#[test]
fn going_back_brings_back_state_ids_limits_and_time_and_leaves_the_journal() {
    let rebilly = MockRebilly::builder().rate_limit(5).auto_advance(MINUTE).start_blocking();
    let api = Api::new(&rebilly);
    api.post("/customers", &json!({}), 201);
    let before = rebilly.snapshot();
    let play = || {
        let created = api.post("/customers", &json!({}), 201);
        (created, left(&api), rebilly.now(), rebilly.customers().ids(), rebilly.events().len())
    };
    let first = play();
    rebilly.auto_advance(Duration::ZERO);
    rebilly.advance(MINUTE * 60);

    rebilly.restore(&before);

    assert_eq!((rebilly.now(), rebilly.fingerprint()), (before.now(), before.fingerprint()));
    assert_eq!(play(), first);
    assert_eq!(first.1, "2");
    assert_eq!(rebilly.journal().len(), 5);
}

#[test]
fn a_reset_goes_back_to_the_fixtures_and_empties_the_journal() {
    let rebilly = MockRebilly::builder().sequential_ids().auto_advance(MINUTE).start_blocking();
    let api = Api::new(&rebilly);
    let start = rebilly.snapshot();
    let first = api.post("/customers", &json!({}), 201);
    api.put("/organizations/acme/customers/eve", &json!({}), 201);
    rebilly.customers().remove("cus_ada");
    rebilly.auto_advance(Duration::ZERO);

    rebilly.reset();

    assert!(rebilly.journal().is_empty() && rebilly.diff(&start).is_empty());
    assert_eq!(rebilly.now(), Timestamp::START);
    assert_eq!(api.post("/customers", &json!({}), 201), first);
    assert_eq!(rebilly.journal().last().unwrap().number, 1);
    assert_eq!(rebilly.now(), Timestamp::START.plus(MINUTE));
    assert_eq!(rebilly.organization("acme").customers().len(), 4);
}

#[test]
fn what_has_to_be_told_at_the_end_is_told_after_a_reset_too() {
    let said = caught(|| {
        let rebilly = MockRebilly::builder().deny_assumed().without_socket();
        let api = Api::direct(&rebilly);
        api.get("/invoices", 501);
        api.get("/customers", 200);
        let before = rebilly.snapshot();
        rebilly.restore(&before);
        rebilly.reset();
    });
    assert!(said.said.contains("GET /invoices -> 501"), "{}", said.said);
    assert!(said.said.contains("that no document of the vendor's states"), "{}", said.said);
}

#[test]
fn a_fork_is_set_up_alike_and_lives_its_own_life() {
    let rebilly = MockRebilly::builder()
        .api_key("sk_sandbox_test")
        .organization("acme")
        .rate_limit(2)
        .allow_unmatched()
        .start_blocking();
    let api = Api::new(&rebilly);
    api.put("/customers/eve", &json!({}), 201);

    let twin = rebilly.fork_blocking();
    let theirs = Api::new(&twin);

    assert_ne!(rebilly.url(), twin.url());
    assert_eq!((twin.api_key(), twin.now()), (rebilly.api_key(), rebilly.now()));
    assert_eq!(twin.fingerprint(), rebilly.fingerprint());
    assert!(twin.journal().is_empty());
    let links = theirs.get("/customers/eve", 200)["_links"][0]["href"].as_str().unwrap().to_owned();
    assert!(links.starts_with(twin.url()), "{links}");
    theirs.expect(&Ask::new("GET", "/customers").header("REB-APIKEY", "sk_sandbox_other"), 401);
    theirs.put("/customers/fay", &json!({}), 201);
    theirs.put("/customers/gil", &json!({}), 429);
    theirs.get("/invoices", 501);
    twin.advance(MINUTE);
    // None of it is the other's.
    assert_eq!(rebilly.now(), Timestamp::START);
    assert!(rebilly.customer("fay").is_none());
    api.put("/customers/hal", &json!({}), 201);
    assert!(twin.customer("hal").is_none());
    // And its start is where it was forked.
    twin.reset();
    assert_eq!(twin.customers().ids(), ["eve", "cus_lead", "cus_alan", "cus_grace", "cus_ada"]);
}

#[test]
fn a_fork_outlives_the_double_that_it_was_forked_from() {
    let rebilly = MockRebilly::builder().without_socket();
    let twin = rebilly.fork_blocking();
    assert_eq!((twin.url(), twin.address()), ("http://localhost", None), "it has no socket either");
    drop(rebilly);
    Api::direct(&twin).get("/customers/cus_ada", 200);
}

#[tokio::test]
async fn async_tests_fork_and_start_from_snapshots() {
    let rebilly = MockRebilly::start().await;
    let twin = rebilly.fork().await;
    let third = MockRebilly::from_snapshot(&twin.snapshot()).await;
    for double in [&twin, &third] {
        Api::new(double).get("/customers/cus_ada", 200);
    }
    assert!(MockRebilly::try_from_snapshot(&rebilly.snapshot()).is_ok());
}

#[test]
fn many_tests_start_from_one_snapshot_at_once() {
    static BASE: OnceLock<Snapshot<Rebilly>> = OnceLock::new();
    let play = |number: usize| {
        let rebilly = MockRebilly::from_snapshot_blocking(BASE.get_or_init(|| {
            let rebilly = MockRebilly::start_blocking();
            rebilly.customers().put("base", json!({}));
            rebilly.snapshot()
        }));
        let api = Api::new(&rebilly);
        (0..number).for_each(|n| drop(api.put(&format!("/customers/own_{n}"), &json!({}), 201)));
        assert_eq!(rebilly.customers().len(), 5 + number);
        assert!(rebilly.customer("base").is_some());
    };
    thread::scope(|scope| (0..8).for_each(|number| drop(scope.spawn(move || play(number)))));
}

#[test]
fn another_doubles_snapshot_brings_what_it_held_and_not_how_it_was_set_up() {
    let other = MockRebilly::builder()
        .fixture("b.json", r#"{ "customers": [{ "id": "bob" }] }"#)
        .now("2030-01-01T00:00:00Z")
        .api_key("sk_sandbox_other")
        .auto_advance(MINUTE)
        .without_socket();
    let rebilly =
        MockRebilly::builder().api_key("sk_sandbox_test").order_independent().start_blocking();

    rebilly.restore(&other.snapshot());

    let api = Api::new(&rebilly);
    api.get("/customers/bob", 200);
    api.get("/organizations/any/customers/bob", 200);
    api.get("/customers/cus_ada", 404);
    assert_eq!((rebilly.api_key().as_str(), rebilly.now()), ("sk_sandbox_test", other.now()));
    api.put("/customers/eve", &json!({}), 201);
    assert_eq!(rebilly.now(), other.now(), "what depends on no order keeps its clock still");
    rebilly.reset();
    api.get("/customers/cus_ada", 200);
}

#[test]
fn going_back_moves_a_clock_that_others_share() {
    let clock = Clock::default();
    let [one, other] = [(); 2].map(|()| MockRebilly::builder().clock(&clock).without_socket());
    let before = one.snapshot();
    other.advance(MINUTE);
    one.restore(&before);
    assert_eq!((other.now(), clock.now()), (Timestamp::START, Timestamp::START));
    let twin = one.fork_blocking();
    twin.advance(MINUTE);
    assert_eq!(one.now(), Timestamp::START, "a fork's clock is its own");
    twin.clock().set(Timestamp::START.plus(MINUTE * 2));
    assert_eq!(twin.now(), Timestamp::START.plus(MINUTE * 2));
}

#[test]
fn a_snapshot_can_be_kept_anywhere() {
    fn anywhere<T: Clone + Send + Sync + 'static>(it: &T) -> T {
        it.clone()
    }
    let snapshot = anywhere(&MockRebilly::start_blocking().snapshot());
    let text = format!("{snapshot:?}");
    assert_eq!(text, "snapshot of a rebilly double at 2024-01-01T00:00:00Z");
    assert!(MockRebilly::from_snapshot_without_socket(&snapshot).customer("cus_ada").is_some());
}

// Fingerprints.

/// The standard company's. It is the same on every platform and in every build; when
/// it changes, what is shown of customers has changed.
const STANDARD: &str = "942b884a3cae15c564fcd9a644b8f7a2";

#[test]
fn the_standard_company_has_one_fingerprint_everywhere() {
    let rebilly = MockRebilly::start_blocking();
    assert_eq!(rebilly.fingerprint().to_string(), STANDARD);
    assert_eq!(format!("{:?}", rebilly.snapshot().fingerprint()), STANDARD);
}

#[test]
fn a_fingerprint_does_not_tell_where_and_when_or_who_looked() {
    let rebilly = MockRebilly::builder().organization("acme").rate_limit(9).start_blocking();
    let api = Api::new(&rebilly);
    rebilly.advance(MINUTE);
    api.get("/customers", 200);
    api.get("/organizations/umbrella/customers", 200);
    api.put("/organizations/umbrella/customers/cus_ada", &json!({ "locale": "?" }), 422);
    rebilly.organization("initech").customers().put("eve", json!({}));
    rebilly.organization("initech").customers().remove("eve");
    assert_eq!(rebilly.fingerprint().to_string(), STANDARD);
}

#[test]
fn a_fingerprint_tells_in_which_organization_something_is() {
    let with = |organization: &str| {
        let rebilly = MockRebilly::builder().without_socket();
        rebilly.organization(organization).customers().put("eve", json!({}));
        rebilly.fingerprint()
    };
    assert_ne!(with("acme"), with("umbrella"));
    assert_eq!(with("acme"), with("acme"));
}

#[test]
fn every_kind_of_thing_shows_in_the_fingerprint() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    let mut seen: Vec<Fingerprint> = vec![rebilly.fingerprint()];
    let mut changed = |what: &str| {
        let now = rebilly.fingerprint();
        assert!(!seen.contains(&now), "{what} does not show");
        seen.push(now);
    };
    rebilly.customers().put("ada", json!({}));
    changed("a customer");
    rebilly
        .customers()
        .put("ada", json!({ "creditBalances": [{ "currency": "GBP", "unallocatedAmount": 1 }] }));
    changed("a balance");
    rebilly.lead_source("ada").put(json!({ "medium": "mail" }));
    changed("a lead source");
    rebilly.timeline("ada").put("m1", json!({ "message": "one" }));
    changed("a message");
    rebilly.timeline("ada").put("m0", json!({ "message": "one" }));
    changed("another message that says the same");
    rebilly.tags().add(json!({ "name": "VIP" }));
    changed("a tag");
    rebilly.custom_fields("websites").put("a", json!({ "type": "string" }));
    changed("a custom field");
    rebilly.custom_fields("plans").put("a", json!({ "type": "string" }));
    changed("the same one of another resource");
    rebilly.custom_event_types().add(json!({ "name": "called" }));
    changed("a type of events");
    rebilly.websites().add(
        json!({ "name": "Shop", "url": "u", "servicePhone": "1", "serviceEmail": "a@example.com" }),
    );
    changed("a website");
    rebilly
        .attachments()
        .add(json!({ "fileId": "f", "relatedType": "customer", "relatedId": "ada" }));
    changed("an attachment");
    rebilly.payment_instruments().add(json!({ "method": "ach" }));
    changed("an instrument");
    rebilly
        .webhooks()
        .add(json!({ "method": "GET", "url": "http://localhost/", "credentialHash": "any" }));
    changed("a webhook");
    // A token works once, and that shows in what happens next.
    api.post("/customers", &json!({ "paymentToken": "token" }), 201);
    let before = rebilly.fingerprint();
    api.post("/customers", &json!({}), 201);
    assert_ne!(rebilly.fingerprint(), before);
    // Lists have an order, and it counts: the same two customers, the other way around.
    let order = |ids: [&str; 2]| {
        let rebilly = MockRebilly::builder().empty().without_socket();
        ids.iter().for_each(|id| drop(rebilly.customers().put(id, json!({ "timeline": [] }))));
        rebilly.fingerprint()
    };
    assert_ne!(order(["a", "b"]), order(["b", "a"]));
}

// Differences.

#[test]
fn what_changed_is_told_by_pointers_in_a_fixed_order() {
    let rebilly = MockRebilly::start_blocking();
    let api = Api::new(&rebilly);
    let before = rebilly.snapshot();
    rebilly.advance(MINUTE);

    let address = json!({
        "firstName": "Alan", "lastName": "Turing", "city": "Manchester", "country": "US",
        "emails": [
            { "label": "new", "value": "a@example.com", "primary": false },
            { "label": "main", "value": "alan@example.com", "primary": true }
        ]
    });
    api.put(
        "/customers/cus_alan",
        &json!({ "primaryAddress": address, "customFields": { "a/b": 1 } }),
        200,
    );
    api.delete("/customers/cus_lead?targetCustomerId=cus_grace", 204);
    api.post("/customers/cus_grace/timeline", &json!({ "message": "call back" }), 201);
    api.put("/organizations/acme/customers/eve", &json!({ "locale": "de" }), 201);
    rebilly.timeline("cus_ada").remove("tmln_ada_call");
    rebilly.tags().put("VIP", json!({ "name": "Treasured" }));

    let diff = rebilly.diff(&before);
    golden("diff.txt", diff.to_string().trim_end());
    let country: Vec<_> =
        diff.under("/org_default/customers/cus_alan/primaryAddress/country").collect();
    let text = |text: &str| Some(Json::Text(text.into()));
    assert_eq!(
        (country.len(), &country[0].before, &country[0].after),
        (1, &text("GB"), &text("US"))
    );
    assert_eq!(
        diff.under("/org_default/customers/cus_ala").count(),
        0,
        "a pointer ends where a name does"
    );
    assert_eq!(diff.iter().len(), diff.len());
    // The way back is the same with before and after exchanged.
    let (there, back) = (rebilly.snapshot().diff(&before), before.diff(&rebilly.snapshot()));
    assert_eq!(there.len(), back.len());
    for (one, other) in there.iter().zip(&back) {
        assert!(
            diff.iter().any(|it| (&it.pointer, &it.before) == (&other.pointer, &other.after)),
            "{one} {other}"
        );
    }
}

#[test]
fn where_nothing_changed_there_is_no_difference() {
    let rebilly = MockRebilly::start_blocking();
    let before = rebilly.snapshot();
    Api::new(&rebilly).put("/customers/cus_ada", &json!({ "locale": "?" }), 422);
    rebilly.tags().put("VIP", json!({ "name": "VIP", "createdTime": "2023-02-01T09:00:00Z" }));
    let diff = rebilly.diff(&before);
    assert!(diff.is_empty(), "{diff}");
    assert_eq!((diff.len(), diff.to_string().as_str()), (0, ""));
}

#[test]
fn what_is_shown_of_differences_is_bounded_and_what_is_told_is_not() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let before = rebilly.snapshot();
    let long = "é".repeat(500);
    for n in 0..150 {
        rebilly
            .customers()
            .put(&format!("cus_{n}"), json!({ "customFields": { "long": long }, "timeline": [] }));
    }
    let diff = rebilly.diff(&before);
    let text = diff.to_string();
    assert_eq!((diff.len(), text.lines().count()), (150, 101));
    assert!(text.ends_with("  (and 50 more)\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 200), "{text}");
}

#[test]
fn doubles_with_other_fixtures_are_compared_in_every_organization() {
    let start = |text: &str| MockRebilly::builder().fixture("a.json", text).without_socket();
    let one =
        start(r#"{ "tags": [{ "id": "t", "name": "a", "createdTime": "2020-01-01T00:00:00Z" }] }"#);
    let other = start(
        r#"{ "tags": [{ "id": "t", "name": "b", "createdTime": "2020-01-01T00:00:00Z" },
                      { "id": "own", "name": "c", "organizationId": "acme" }] }"#,
    );
    let diff = other.diff(&one.snapshot());
    let pointers: Vec<&str> = diff.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/*/tags/t/name",
            "/*/tags/t/_links/0/href",
            "/acme/tags/own",
            "/acme/tags/t/name",
            "/acme/tags/t/_links/0/href"
        ]
    );
}

// Time.

#[test]
fn the_clock_is_set_to_any_time_and_what_was_written_stays() {
    let rebilly = MockRebilly::builder().empty().start_blocking();
    let api = Api::new(&rebilly);
    api.put("/customers/first", &json!({}), 201);
    assert_eq!(rebilly.set("2020-02-29T23:00:00+01:00").to_string(), "2020-02-29T22:00:00Z");
    let second = api.put("/customers/second", &json!({}), 201);
    assert_eq!(second["createdTime"], "2020-02-29T22:00:00Z");
    assert_eq!(
        rebilly.customers().ids(),
        ["first", "second"],
        "the newest is the one with the latest time"
    );
    rebilly.set(Timestamp::START);
    assert_eq!(api.get("/customers/second", 200)["createdTime"], "2020-02-29T22:00:00Z");
    let said = caught(|| rebilly.set("soon"));
    assert!(said.said.contains("`soon` is not an RFC 3339 date-time"), "{}", said.said);
    assert!(said.file.ends_with("rewind.rs"));
    let clock = rebilly.clock();
    assert_eq!(clock.set("2020-02-29T23:00:00+01:00"), rebilly.now());
    let said = caught(|| clock.set("soon"));
    assert!(said.said.contains("`soon` is not an RFC 3339 date-time"), "{}", said.said);
    assert!(said.file.ends_with("rewind.rs"));
    assert_eq!(
        MockRebilly::builder().now(Timestamp::START).without_socket().now(),
        Timestamp::START
    );
}

#[test]
fn rate_limit_windows_follow_the_clock_both_ways() {
    let rebilly = MockRebilly::builder().rate_limit(9).start_blocking();
    let api = Api::new(&rebilly);
    assert_eq!((left(&api), left(&api)), ("8".into(), "7".into()));
    rebilly.advance(MINUTE * 10);
    assert_eq!(left(&api), "8", "a new window");
    rebilly.advance(MINUTE * 9);
    assert_eq!(left(&api), "7", "the same window");
    rebilly.set(Timestamp::START);
    assert_eq!(
        (left(&api), left(&api)),
        ("8".into(), "7".into()),
        "one that has not begun yet does not count"
    );
}

#[test]
fn the_clock_moves_by_itself_after_writes_that_succeed_and_after_nothing_else() {
    let rebilly = MockRebilly::builder().auto_advance(MINUTE).start_blocking();
    let api = Api::new(&rebilly);
    let created = api.ask(&put("/customers/eve"));
    assert_eq!(header(&created, "date"), Some("Mon, 01 Jan 2024 00:00:00 GMT"));
    assert_eq!(rebilly.now().to_string(), "2024-01-01T00:01:00Z");
    api.get("/customers/eve", 200);
    api.put("/customers/eve", &json!({ "locale": "?" }), 422);
    api.delete("/customers/nobody?targetCustomerId=eve", 404);
    rebilly.customers().put("fay", json!({}));
    assert_eq!(rebilly.now().to_string(), "2024-01-01T00:01:00Z");
    assert_eq!(api.put("/customers/eve", &json!({}), 200)["updatedTime"], "2024-01-01T00:01:00Z");
    rebilly.auto_advance(Duration::ZERO);
    api.put("/customers/eve", &json!({}), 200);
    assert_eq!(rebilly.now().to_string(), "2024-01-01T00:02:00Z");
    assert_eq!(rebilly.events().last().unwrap().at(), rebilly.now());
}

#[test]
fn time_that_moves_by_itself_and_answers_in_any_order_exclude_each_other() {
    let sentence = "auto_advance and order_independent exclude each other: times would depend on who comes first";
    let refused = MockRebilly::builder().order_independent().auto_advance(MINUTE).try_start();
    let Err(error @ StartError::Settings(_)) = refused else { panic!("it must not start") };
    assert_eq!(error.to_string(), sentence);

    let rebilly = MockRebilly::builder().order_independent().start_blocking();
    let said = caught(|| rebilly.auto_advance(MINUTE));
    assert_eq!((said.said.as_str(), said.file.ends_with("rewind.rs")), (sentence, true));
    rebilly.auto_advance(Duration::ZERO);
    Api::new(&rebilly).put("/customers/eve", &json!({}), 201);
    assert_eq!(rebilly.now(), Timestamp::START);
}
