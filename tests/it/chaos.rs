//! [`Chaos`]: faults by chance that depends on nothing but the seed and what is asked.

use std::collections::BTreeMap;
use std::thread;

use mock_rebilly::{Chaos, Exchange, Fault, MockRebilly, Op};
use proptest::prelude::*;
use serde_json::json;

use crate::channel::Channel;
use crate::support::Ask;
use crate::toy::caught;

/// Calls of which some say the same.
fn asks() -> impl Strategy<Value = Vec<Ask>> {
    let id = || prop::sample::select(vec!["ada", "bob", "a%20b"]);
    let body = prop::sample::select(vec![json!({}), json!({ "websiteId": "web_1" })]);
    let token = prop::sample::select(vec!["Bearer e30.e30.a", "Bearer e30.e30.b"]);
    let ask = prop_oneof![
        (id(), body.clone())
            .prop_map(|(id, body)| Ask::new("PUT", &format!("/customers/{id}")).key().json(&body)),
        body.prop_map(|body| Ask::new("POST", "/customers").key().json(&body)),
        (id(), token).prop_map(|(id, token)| {
            Ask::new("GET", &format!("/customers/{id}")).header("Authorization", token)
        }),
        id().prop_map(|id| Ask::new(
            "DELETE",
            &format!("/customers/{id}?targetCustomerId=cus_ada")
        )
        .key()),
        Just(Ask::new("GET", "/no/such/path")),
        Just(Ask::new("OPTIONS", "/customers")),
        Just(Ask::new("HEAD", "/customers").key()),
    ];
    prop::collection::vec(ask, 1..40)
}

/// For each thing that is said, what became of it the first time, the second time, …
fn fates(rebilly: &MockRebilly) -> BTreeMap<String, Vec<String>> {
    let mut fates: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for exchange in rebilly.journal().iter() {
        let (method, path, query) = (exchange.method(), exchange.path(), exchange.query());
        let who = exchange.header("authorization").unwrap_or_default();
        let body = String::from_utf8_lossy(exchange.body());
        let said = format!("{method} {path}?{query} {who} {body}");
        fates
            .entry(said)
            .or_default()
            .push(exchange.fault().map(ToString::to_string).unwrap_or_default());
    }
    fates
}

fn chaotic(seed: u64) -> MockRebilly {
    let rebilly = MockRebilly::builder().allow_unmatched().without_socket();
    rebilly.on_any().chaos(Chaos::seeded(seed).rate(0.4));
    rebilly
}

fn ask_all<'a>(rebilly: &MockRebilly, asks: impl IntoIterator<Item = &'a Ask>) {
    for ask in asks {
        drop(rebilly.try_handle(ask.request("")));
    }
}

proptest! {
    #[test]
    fn the_same_calls_fail_in_any_order(
        (asks, other_order) in asks().prop_flat_map(|asks| (Just(asks.clone()), Just(asks).prop_shuffle())),
        seed: u64,
    ) {
        let (one, other) = (chaotic(seed), chaotic(seed));
        ask_all(&one, &asks);
        ask_all(&other, &other_order);
        prop_assert_eq!(fates(&one), fates(&other));
    }

    #[test]
    fn the_same_calls_fail_on_any_number_of_threads(asks in asks(), seed: u64, threads in 2..5_usize) {
        let (one, other) = (chaotic(seed), chaotic(seed));
        ask_all(&one, &asks);
        thread::scope(|scope| {
            for part in asks.chunks(asks.len().div_ceil(threads)) {
                let other = &other;
                scope.spawn(move || ask_all(other, part));
            }
        });
        prop_assert_eq!(fates(&one), fates(&other));
    }

    #[test]
    fn a_token_brings_the_same_chaos_back(asks in asks(), seed: u64) {
        let chaos = Chaos::seeded(seed).rate(0.4).faults([Fault::LoseResponse, Fault::Status(503)]);
        let (one, other) = (MockRebilly::builder().allow_unmatched().without_socket(), MockRebilly::builder().allow_unmatched().without_socket());
        one.on_any().chaos(chaos.clone());
        other.on_any().chaos(Chaos::replay(&chaos.token()));
        ask_all(&one, &asks);
        ask_all(&other, &asks);
        prop_assert_eq!(one.journal().to_string(), other.journal().to_string());
    }
}

fn gets(count: usize) -> Vec<Ask> {
    (0..count).map(|id| Ask::new("GET", &format!("/customers/{id}")).key()).collect()
}

fn struck(rebilly: &MockRebilly) -> Vec<bool> {
    rebilly.journal().iter().map(|it| it.fault().is_some()).collect()
}

#[test]
fn a_rate_of_nothing_strikes_nobody_and_a_rate_of_one_everybody() {
    for (rate, expected) in [(0.0, false), (1.0, true)] {
        let rebilly = MockRebilly::builder().allow_unmatched().without_socket();
        rebilly.on_any().chaos(Chaos::seeded(7).rate(rate));
        ask_all(&rebilly, &gets(100));
        assert_eq!(struck(&rebilly), [expected; 100]);
    }
}

#[test]
fn another_seed_is_another_chaos() {
    let [one, other] = [1, 2].map(|seed| {
        let rebilly = chaotic(seed);
        ask_all(&rebilly, &gets(100));
        struck(&rebilly)
    });
    assert_ne!(one, other);
    let hits = one.iter().filter(|hit| **hit).count();
    assert!((20..60).contains(&hits), "{hits} of 100 at a rate of 0.4");
}

#[test]
fn a_retry_is_decided_anew() {
    let rebilly = chaotic(7);
    ask_all(&rebilly, std::iter::repeat_n(&gets(1)[0], 50));
    let struck = struck(&rebilly);
    assert!(struck.contains(&true) && struck.contains(&false));
}

#[test]
fn whose_token_a_call_carries_makes_it_another() {
    let rebilly = chaotic(7);
    let ask = |who| {
        Ask::new("GET", "/customers").header("Authorization", &format!("Bearer e30.e30.{who}"))
    };
    ask_all(&rebilly, &(0..50).map(ask).collect::<Vec<_>>());
    let struck = struck(&rebilly);
    assert!(struck.contains(&true) && struck.contains(&false));
}

#[test]
fn chaos_can_be_for_an_operation_and_shares_calls_with_other_rules() {
    let rebilly = MockRebilly::builder().without_socket();
    rebilly.on(Op::GetCustomer).nth(1).latency(std::time::Duration::ZERO);
    rebilly.on(Op::GetCustomer).chaos(Chaos::seeded(7).rate(1.0).faults([Fault::Status(503)]));
    let status = |ask: Ask| Channel::Call.ask(&rebilly, &ask).whole().status().as_u16();
    let get = || Ask::new("GET", "/customers/cus_ada").key();
    assert_eq!([status(get()), status(get())], [200, 503]);
    assert_eq!(status(Ask::new("GET", "/customers").key()), 200);
}

#[test]
fn chaos_that_makes_no_sense_is_refused() {
    let rebilly = MockRebilly::builder().without_socket();
    let said = |misuse: &dyn Fn()| caught(misuse).unwrap();
    assert_eq!(said(&|| drop(Chaos::seeded(7).rate(1.1))), "a rate of 1.1 is not between 0 and 1");
    assert_eq!(
        said(&|| drop(Chaos::seeded(7).rate(f64::NAN))),
        "a rate of NaN is not between 0 and 1"
    );
    assert_eq!(
        said(&|| drop(Chaos::seeded(7).faults([]))),
        "chaos needs at least one fault to choose"
    );
    let no_failure = "204 is no failure: a fault's status is one of 400 to 599";
    assert_eq!(said(&|| drop(Chaos::seeded(7).faults([Fault::Status(204)]))), no_failure);
    assert_eq!(said(&|| drop(Chaos::replay("seed=7"))), "\"seed=7\" is no token of chaos");
    let counted = "chaos decides by what a call says, not by when it arrives: it goes without `nth` and `times`";
    assert_eq!(said(&|| rebilly.on_any().times(3).chaos(Chaos::seeded(7))), counted);
    assert_eq!(said(&|| rebilly.on_any().nth(3).chaos(Chaos::seeded(7))), counted);
}

#[test]
fn a_test_that_fails_in_chaos_is_told_how_to_meet_it_again() {
    // What is printed is printed by a whole process.
    if std::env::var_os("MOCK_REBILLY_CHAOS").is_some() {
        let rebilly = MockRebilly::builder().without_socket();
        rebilly.on_any().chaos(Chaos::seeded(7).rate(1.0).faults([Fault::LoseResponse]));
        ask_all(&rebilly, &gets(2));
        let lost = rebilly.journal().iter().filter_map(Exchange::fault).count();
        panic!("{lost} answers were lost");
    }
    let test = "chaos::a_test_that_fails_in_chaos_is_told_how_to_meet_it_again";
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    let child = child.args([test, "--exact", "--nocapture"]).env("MOCK_REBILLY_CHAOS", "1");
    let said = String::from_utf8(child.output().unwrap().stderr).unwrap();
    let report = "the rebilly double had a part in this test\n\nchaos struck\n  \
                  2 of 2 calls went wrong; \
                  to meet the same again: `.chaos(Chaos::replay(\"seed=7&rate=1&lose_response\"))`\n    \
                  #1 GET /customers/0 -> 404 GetCustomer (response lost)\n    \
                  #2 GET /customers/1 -> 404 GetCustomer (response lost)\n";
    assert!(said.contains("2 answers were lost") && said.contains(report), "{said}");
}
