//! The model of feature `proptest`: the double passes it, over a socket and
//! without one, and clients that are broken on purpose are found out.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use mock_rebilly::http::{Method, Request, Response};
use mock_rebilly::model::{Answer, Check, CustomerApi, Invariant, OverHttp, Refusal, Violation};
use mock_rebilly::{MockRebilly, Op};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::{agent, send};

/// As many cases of that many commands are 10,000 at least.
const CASES: u32 = 540;

fn empty() -> MockRebilly {
    MockRebilly::builder().empty().without_socket()
}

#[test]
fn ten_thousand_commands_break_nothing_without_a_socket() {
    let played = Check::seeded(1).cases(CASES).run(|| OverHttp::direct(empty()));
    assert!(played.commands >= 10_000, "{played:?}");
}

#[test]
fn ten_thousand_commands_break_nothing_over_a_socket() {
    let agent = agent();
    let played = Check::seeded(2).cases(CASES).run(|| {
        let agent = agent.clone();
        let rebilly = MockRebilly::builder().empty().start_blocking();
        OverHttp::through(rebilly, move |_, request| Ok(send(&agent, request)))
    });
    assert!(played.commands >= 10_000, "{played:?}");
}

#[test]
fn the_model_holds_whatever_a_double_is_switched_to() {
    let check = Check::seeded(3).cases(40);
    check.run(|| {
        OverHttp::direct(MockRebilly::builder().empty().sequential_ids().seed(9).without_socket())
    });
    // Lists without an order of arrival are lists as well.
    check.run(|| {
        OverHttp::direct(MockRebilly::builder().empty().order_independent().without_socket())
    });
}

// Clients that are broken on purpose.

type Asked = Request<Vec<u8>>;

/// Plays against what `meddle` makes of every request, and returns what is found.
fn broken(meddle: fn(&MockRebilly, Asked) -> Response<Vec<u8>>) -> Violation {
    let fresh = || OverHttp::through(empty(), move |rebilly, asked| Ok(meddle(rebilly, asked)));
    let violation = *Check::seeded(0).cases(256).try_run(fresh).expect_err("it is broken");
    let again = *Check::seeded(0).cases(256).try_run(fresh).expect_err("it is still broken");
    assert_eq!(violation.to_string(), again.to_string());
    violation
}

fn pass_on(rebilly: &MockRebilly, asked: Asked) -> Response<Vec<u8>> {
    let (head, body) = rebilly.handle(asked).into_parts();
    Response::from_parts(head, body.to_vec())
}

fn say(rebilly: &MockRebilly, method: &str, path: &str, body: &Value) -> Response<Vec<u8>> {
    let asked = Request::builder().method(method).uri(path).header("REB-APIKEY", "sk_sandbox_x");
    pass_on(rebilly, asked.body(body.to_string().into_bytes()).unwrap())
}

/// The report is the one that stands in this file of `reports`.
#[track_caller]
fn reported(violation: &Violation, name: &str) {
    golden(name, &violation.to_string());
}

#[test]
fn a_merge_that_loses_a_message_is_found_out() {
    let violation = broken(|rebilly, asked| {
        let Some(target) = asked.uri().query().and_then(|it| it.strip_prefix("targetCustomerId="))
        else {
            return pass_on(rebilly, asked);
        };
        let (target, id) = (target.to_owned(), asked.uri().path().replace("/customers/", ""));
        let messages = rebilly.timeline(&id).all();
        let answer = pass_on(rebilly, asked);
        if let (204, Some(message)) = (answer.status().as_u16(), messages.first()) {
            let path = format!("/customers/{target}/timeline/{}", message.id);
            say(rebilly, "DELETE", &path, &json!({}));
        }
        answer
    });
    assert_eq!(violation.invariant, Invariant::MergeKeepsMessages);
    assert_eq!(violation.commands.len(), 3);
    reported(&violation, "model-merge.txt");
}

#[test]
fn an_upsert_that_appends_is_found_out() {
    let violation = broken(|rebilly, asked| {
        if *asked.method() != Method::PUT || asked.uri().path().ends_with("lead-source") {
            return pass_on(rebilly, asked);
        }
        // The addresses from before, and one more.
        let id = asked.uri().path().trim_start_matches("/customers/").to_owned();
        let before = rebilly.customer(&id).map(|row| row.notification_emails.clone());
        let mut emails = before.unwrap_or_default();
        emails.push("ada@example.com".to_owned());
        let mut body: Value = serde_json::from_slice(asked.body()).unwrap();
        body["notificationEmails"] = json!(emails);
        say(rebilly, "PUT", asked.uri().path(), &body)
    });
    assert_eq!(violation.invariant, Invariant::UpsertIsIdempotent);
    assert_eq!(violation.commands.len(), 1);
    reported(&violation, "model-upsert.txt");
}

#[test]
fn a_refusal_that_writes_is_found_out() {
    let violation = broken(|rebilly, asked| {
        let answer = pass_on(rebilly, asked);
        if answer.status() == 422 {
            for row in rebilly.customers().all() {
                let path = format!("/customers/{}/timeline", row.id);
                say(rebilly, "POST", &path, &json!({ "message": "was refused something" }));
            }
        }
        answer
    });
    assert_eq!(violation.invariant, Invariant::RefusalChangesNothing);
    assert_eq!(violation.commands.len(), 2);
    reported(&violation, "model-refusal.txt");
}

#[test]
fn a_page_that_overlaps_is_found_out() {
    let violation = broken(|rebilly, asked| {
        let mut target = asked.uri().to_string();
        if let Some((start, offset)) = target.clone().split_once("offset=") {
            let offset: usize = offset.parse().unwrap();
            target = format!("{start}offset={}", offset.saturating_sub(1));
        }
        let (mut head, body) = asked.into_parts();
        head.uri = target.parse().unwrap();
        pass_on(rebilly, Request::from_parts(head, body))
    });
    assert_eq!(violation.invariant, Invariant::PagesPartition);
    assert_eq!(violation.commands.len(), 3);
    reported(&violation, "model-pages.txt");
}

#[test]
fn a_command_that_reaches_someone_else_is_found_out() {
    let violation = broken(|rebilly, asked| {
        // A comment is put on every timeline.
        let is_comment =
            *asked.method() == Method::POST && asked.uri().path().ends_with("/timeline");
        let (own, body) = (asked.uri().path().to_owned(), asked.body().clone());
        let answer = pass_on(rebilly, asked);
        if is_comment && answer.status() == 201 {
            let body: Value = serde_json::from_slice(&body).unwrap();
            let all = rebilly.customers().all();
            let paths =
                all.iter().map(|row| format!("/customers/{}/timeline", row.id.replace('@', "%40")));
            for path in paths.filter(|path| *path != own) {
                say(rebilly, "POST", &path, &body);
            }
        }
        answer
    });
    assert_eq!(violation.invariant, Invariant::OthersAreUntouched);
    assert_eq!(violation.commands.len(), 3);
    reported(&violation, "model-others.txt");
}

#[test]
fn a_comment_that_says_something_else_is_found_out() {
    let violation = broken(|rebilly, asked| {
        let is_comment =
            *asked.method() == Method::POST && asked.uri().path().ends_with("/timeline");
        let shout = |body: Vec<u8>| String::from_utf8(body).unwrap().replace("call", "CALL");
        pass_on(rebilly, if is_comment { asked.map(|body| shout(body).into()) } else { asked })
    });
    assert_eq!(violation.invariant, Invariant::AsForeseen);
    assert_eq!(violation.commands.len(), 2);
    assert!(
        violation.details[0].ends_with(r#"says "CALL back", and not "call back""#),
        "{violation}"
    );
}

#[test]
fn a_write_that_is_lost_is_found_out() {
    let violation = broken(|rebilly, asked| {
        // Nothing is ever taken off.
        if *asked.method() == Method::DELETE && asked.uri().path().starts_with("/tags/") {
            return say(rebilly, "POST", asked.uri().path(), &json!({}));
        }
        pass_on(rebilly, asked)
    });
    assert_eq!(violation.invariant, Invariant::AsForeseen);
    assert_eq!(violation.commands.len(), 3);
    reported(&violation, "model-foreseen.txt");
}

/// A client of one's own, of which little works.
struct Fragile(OverHttp);

impl CustomerApi for Fragile {
    fn create(&mut self, customer: &Value) -> Answer {
        self.0.create(customer)
    }

    fn upsert(&mut self, id: &str, customer: &Value) -> Answer {
        self.0.upsert(id, customer)
    }

    fn merge(&mut self, duplicate: &str, target: &str) -> Answer<()> {
        assert_ne!(duplicate, target, "merging is for two");
        self.0.merge(duplicate, target)
    }

    fn get(&mut self, id: &str) -> Answer {
        self.0.get(id)
    }

    fn list(&mut self, limit: usize, offset: usize) -> Answer<Vec<Value>> {
        let mut rows = self.0.list(limit, offset)?;
        // A typed client that knows half of what is shown.
        for row in &mut rows {
            row.as_object_mut()
                .unwrap()
                .retain(|name, _| ["id", "firstName"].contains(&name.as_str()));
        }
        Ok(rows)
    }
}

#[test]
fn a_client_that_panics_is_found_out() {
    let violation =
        Check::seeded(0).try_run(|| Fragile(OverHttp::direct(empty()))).expect_err("it panics");
    assert_eq!(violation.invariant, Invariant::ClientAnswers);
    assert_eq!(violation.commands.len(), 1);
    reported(&violation, "model-panic.txt");
}

#[test]
fn a_client_that_gets_no_answer_is_found_out() {
    let fresh = || OverHttp::through(empty(), |_, _| Err("connection refused".to_owned()));
    let violation = Check::default().try_run(fresh).expect_err("nobody answers");
    assert_eq!(violation.invariant, Invariant::ClientAnswers);
    assert!(violation.details[0].contains("connection refused"), "{violation}");
}

#[test]
#[should_panic(expected = "there are customers before the first command")]
fn the_model_begins_with_nobody() {
    Check::default().run(|| OverHttp::direct(MockRebilly::builder().without_socket()));
}

#[test]
fn what_a_client_does_not_offer_is_passed_over() {
    struct Least(OverHttp);
    impl CustomerApi for Least {
        fn create(&mut self, customer: &Value) -> Answer {
            self.0.create(customer)
        }
        fn upsert(&mut self, id: &str, customer: &Value) -> Answer {
            // A client that cannot say such a thing.
            if customer.get("locale").is_some() {
                return Err(Refusal::NotOffered);
            }
            self.0.upsert(id, customer)
        }
        fn merge(&mut self, duplicate: &str, target: &str) -> Answer<()> {
            self.0.merge(duplicate, target)
        }
        fn get(&mut self, id: &str) -> Answer {
            self.0.get(id)
        }
        fn list(&mut self, limit: usize, offset: usize) -> Answer<Vec<Value>> {
            self.0.list(limit, offset)
        }
    }
    let played = Check::seeded(5).run(|| Least(OverHttp::direct(empty())));
    assert_eq!(played.cases, 64);
}

#[test]
fn every_command_is_taken_often_and_refused_now_and_then() {
    let counts = Rc::new(RefCell::new(BTreeMap::<(&str, bool), usize>::new()));
    let seen = Rc::clone(&counts);
    Check::seeded(4).cases(60).run(move || {
        let seen = Rc::clone(&seen);
        OverHttp::through(empty(), move |rebilly, asked| {
            let answer = pass_on(rebilly, asked);
            let operation = rebilly.journal().iter().last().and_then(|it| it.operation).unwrap();
            let is_taken = answer.status().is_success();
            *seen.borrow_mut().entry((operation, is_taken)).or_default() += 1;
            Ok(answer)
        })
    });
    let counts = counts.borrow();
    for operation in [
        Op::PostCustomer,
        Op::PutCustomer,
        Op::DeleteCustomer,
        Op::PutCustomerLeadSource,
        Op::DeleteCustomerLeadSource,
        Op::PostCustomerTimeline,
        Op::DeleteCustomerTimeline,
        Op::PostTag,
        Op::PostTagCustomer,
        Op::DeleteTagCustomer,
    ] {
        let count = |taken| counts.get(&(operation.name(), taken)).copied().unwrap_or_default();
        assert!(count(true) >= 5 && count(false) >= 5, "{operation:?}: {counts:?}");
    }
}
