//! Notihub: plays `fixtures/notihub/contracts` by every way, and tests what no contract says.

use std::time::Duration;

use mock_rebilly::contract::{Contracts, Target};
use mock_rebilly::http::{Request, Response};
use mock_rebilly::notihub::model::{ContactType, Mechanism};
use mock_rebilly::{MockNotihub, Notihub, NotihubOp};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::{self, agent, caught, header, send};
#[cfg(feature = "tls")]
use crate::tls::by_tls;
use crate::wire::Wire;

/// The fewest files that may be there: a runner that finds none passes nothing.
const FILES_MIN: usize = 40;

/// Of the standard fixtures.
const ADA: &str = "5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b";

const HOUR: Duration = Duration::from_secs(3_600);

fn contracts() -> Contracts {
    let contracts = Contracts::load("fixtures/notihub/contracts");
    let contracts = contracts.unwrap_or_else(|error| panic!("{error}"));
    assert!(contracts.len() >= FILES_MIN, "only {} contract files", contracts.len());
    contracts
}

#[test]
fn every_contract_holds_without_a_socket() {
    let contracts = contracts();
    let report = contracts.run(&Target::of(MockNotihub::builder));
    report.assert_none();
    assert_eq!(report.files(), contracts.len(), "a double plays everything: {report}");
    assert!(report.skipped().is_empty(), "{report}");
}

#[test]
fn every_contract_holds_over_a_socket() {
    let agent = agent();
    let target = Target::of(MockNotihub::builder);
    let report = contracts().run(&target.over_socket(move |request| Ok(send(&agent, request))));
    report.assert_none();
    assert!(report.skipped().is_empty(), "{report}");
}

#[cfg(feature = "tls")]
#[test]
fn every_contract_holds_over_tls() {
    let target = Target::of(|| MockNotihub::builder().tls());
    let report = contracts().run(&target.over_socket(by_tls()));
    report.assert_none();
    assert!(report.skipped().is_empty(), "{report}");
}

/// How the tests below ask a double.
trait Asked {
    /// With this in `Authorization`.
    fn ask_as(&self, credential: &str, line: &str, body: &str) -> Response<Vec<u8>>;

    /// With a token of the default environment, which must be answered with this status.
    fn ask(&self, line: &str, body: &Value, status: u16) -> Value;
}

impl Asked for MockNotihub {
    fn ask_as(&self, credential: &str, line: &str, body: &str) -> Response<Vec<u8>> {
        let (method, target) = line.split_once(' ').unwrap();
        let request = Request::builder().method(method).uri(target);
        let request = request.header("Authorization", credential).body(body.to_owned());
        let (head, body) = self.handle(request.unwrap()).into_parts();
        Response::from_parts(head, body.to_vec())
    }

    #[track_caller]
    fn ask(&self, line: &str, body: &Value, status: u16) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.ask_as(&format!("Bearer {}", self.access_token()), line, &body);
        let text = String::from_utf8_lossy(answer.body());
        assert_eq!(answer.status().as_u16(), status, "{line}\n{body}\n{text}");
        support::json(&answer)
    }
}

/// `Authorization` of four parts: `pub:sec:acme:secret`, and the like for `other`.
const ACME: &str = "Basic cHViOnNlYzphY21lOnNlY3JldA==";
const OTHER: &str = "Basic cHViOnNlYzpvdGhlcjpzZWNyZXQ=";

fn token(notihub: &MockNotihub, keys: &str) -> String {
    let answer = support::json(&notihub.ask_as(keys, "POST /token/", ""));
    format!("Bearer {}", answer["accessToken"].as_str().unwrap())
}

fn empty() -> MockNotihub {
    MockNotihub::builder().empty().without_socket()
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter().map(|it| it["externalId"].as_str().unwrap_or_default()).collect()
}

#[test]
fn members_stand_in_the_documented_order() {
    let notihub = MockNotihub::builder().empty().sequential_ids().without_socket();
    let bearer = format!("Bearer {}", notihub.access_token());
    let body =
        r#"{ "contact": [{ "value": "a@example.com", "type": "EMAIL" }], "language": "en" }"#;
    let answer = notihub.ask_as(&bearer, "POST //customers/", body);
    assert_eq!(
        String::from_utf8_lossy(answer.body()),
        concat!(
            r#"{"customerId":"00000000-0000-4000-8000-000000000001","externalId":null,"#,
            r#""status":"ENABLED","metadata":"","language":"en","contacts":[{"contactId":1,"#,
            r#""type":"EMAIL","value":"a@example.com","primary":false,"verified":false}]}"#,
        )
    );
    let refused = notihub.ask_as("Bearer undefined", "GET //customers/", "");
    assert_eq!(refused.body(), br#"{"code":401,"message":"Unauthorized"}"#);
}

#[test]
fn an_object_is_no_list_to_a_fixture_either_and_that_is_said_once() {
    let notihub = MockNotihub::builder().empty().without_socket();
    for name in ["contact", "contacts", "preferences"] {
        let document = json!({ "externalId": "ada", name: { "0": {} } });
        let error = notihub.customers().try_put(ADA, document).unwrap_err();
        let problems: Vec<String> = error.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, [format!("/{name}: must be a list, but is an object")]);
    }
}

#[test]
fn what_a_fixture_is_called_nothing_new_is() {
    let first = "00000000-0000-4000-8000-000000000001";
    let token_of_a_fixture = format!("{:064}", 1);
    let fixture = json!({
        "customers": [{ "customerId": first, "externalId": "ada" }],
        "messages": [{ "messageId": first, "customerId": first, "templateId": "hello" }],
        "tokens": [{ "accessToken": token_of_a_fixture }],
    });
    let builder = MockNotihub::builder().sequential_ids().fixture("ada.json", &fixture.to_string());
    let notihub = builder.without_socket();
    let token = notihub.access_token();
    assert_ne!(token, token_of_a_fixture);
    let bearer = format!("Bearer {token}");
    let ask = |line: &str, body: &str| support::json(&notihub.ask_as(&bearer, line, body));

    let eve = ask("POST /customers/", r#"{ "externalId": "eve" }"#);
    let message = json!({ "customerId": eve["customerId"], "templateId": "hello" });
    let sent = ask("POST /messages/", &message.to_string());

    let second = "00000000-0000-4000-8000-000000000002";
    assert_eq!([&eve["customerId"], &sent["messageId"]], [second, second]);
    assert_eq!(ids(&ask("GET /customers/", "")).len(), 2);
    assert_eq!(ask("GET /messages/", "").as_array().map(Vec::len), Some(2));
}

/// Everything that a day brings, as bytes.
fn day(notihub: &MockNotihub) -> Vec<Vec<u8>> {
    let bearer = token(notihub, ACME);
    let customer =
        r#"{ "externalId": "eve", "contacts": [{ "type": "PUSH", "value": "device" }] }"#;
    let eve = support::json(&notihub.ask_as(&bearer, "POST /customers/", customer));
    let id = eve["customerId"].as_str().unwrap();
    let message = json!({ "customerId": id, "templateId": "hello" }).to_string();
    let asked = [
        ("POST /customers/".to_owned(), customer),
        (format!("POST /customers/{id}/contacts"), r#"{ "type": "PHONE", "value": "1" }"#),
        ("POST /messages/".to_owned(), message.as_str()),
        ("POST /messages/".to_owned(), message.as_str()),
        ("GET /customers/".to_owned(), ""),
        ("GET /messages/".to_owned(), ""),
    ];
    let body = |(line, body): &(String, &str)| notihub.ask_as(&bearer, line, body).into_body();
    asked.iter().map(body).chain([bearer.clone().into_bytes()]).collect()
}

#[test]
fn the_same_calls_give_the_same_bytes_and_another_seed_gives_others() {
    let [one, same, other] =
        [1, 1, 2].map(|seed| day(&MockNotihub::builder().seed(seed).without_socket()));
    assert_eq!(one, same);
    // Contacts are counted, whatever the seed.
    let differ = one.iter().zip(&other).map(|(one, other)| one != other);
    assert_eq!(differ.collect::<Vec<_>>(), [true, false, true, true, true, true, true]);
    let [first, second] = [&one[2], &one[3]];
    assert_ne!(first, second, "the same message twice is two messages");
}

#[test]
fn where_the_order_of_arrival_must_not_show_numbers_of_contacts_do_not_tell_it() {
    let contact = |value: &str| json!({ "type": "PHONE", "value": value });
    let numbers = |order: [&str; 3]| {
        let builder = MockNotihub::builder().order_independent();
        let notihub = builder.without_socket();
        for value in order {
            notihub.ask(&format!("POST /customers/{ADA}/contacts"), &contact(value), 201);
        }
        ["1", "2", "3"].map(|value| notihub.contacts(ADA).one(value).contact_id)
    };
    let told = numbers(["1", "2", "3"]);
    assert_eq!(told, numbers(["3", "1", "2"]));
    assert!(told[0] != told[1] && told[1] != told[2] && told.iter().all(|it| *it > 0), "{told:?}");
}

#[test]
fn a_token_opens_its_own_environment_until_the_clock_ends_it() {
    let notihub = empty();
    let (acme, other) = (token(&notihub, ACME), token(&notihub, OTHER));
    notihub.ask_as(&acme, "POST /customers/", r#"{ "externalId": "ada" }"#);
    let seen = |bearer: &str| support::json(&notihub.ask_as(bearer, "GET /customers/", ""));
    assert_eq!((ids(&seen(&acme)), ids(&seen(&other))), (vec!["ada"], vec![]));
    let [mine, theirs] = ["acme", "other"].map(|it| notihub.environment(it).customers().len());
    assert_eq!((mine, theirs, notihub.customers().len()), (1, 0, 0));
    let exchange = notihub.journal().of(NotihubOp::CreateToken).first().unwrap();
    assert_eq!(exchange.realm, "acme");

    notihub.advance(6 * HOUR);
    assert_eq!(notihub.ask_as(&acme, "GET /customers/", "").status(), 401);
    let renewed = token(&notihub, ACME);
    assert_eq!(ids(&seen(&renewed)), ["ada"]);
    notihub.set(notihub.now()); // and when the clock goes back, so does the end
    notihub.set("2024-01-01T05:59:59Z");
    assert_eq!(notihub.ask_as(&acme, "GET /customers/", "").status(), 200);
}

#[test]
fn a_test_has_a_token_without_an_exchange() {
    let notihub = MockNotihub::builder().empty().without_socket();
    notihub.ask("GET /customers/", &Value::Null, 200);
    notihub.advance(6 * HOUR);
    notihub.ask("GET /customers/", &Value::Null, 401);
    let issued = format!("Bearer {}", notihub.environment("acme").issue_token());
    notihub.ask_as(&issued, "POST /customers/", r#"{ "externalId": "ada" }"#);
    assert_eq!(notihub.environment("acme").customers().len(), 1);
    assert_eq!(notihub.journal().of(NotihubOp::CreateToken).count(), 0);
    assert_ne!(
        notihub.environment("acme").issue_token(),
        notihub.environment("acme").issue_token()
    );
}

#[test]
fn tokens_are_planted_for_any_environment_with_any_end() {
    let tokens = json!({ "tokens": [
        { "accessToken": "of-acme", "clientId": "acme" },
        { "accessToken": "of-nobody-in-particular", "expiresAt": "2024-01-02T00:00:00Z" },
        { "accessToken": "too-old", "clientId": "acme", "expiresAt": "2023-12-31T00:00:00Z" },
    ], "customers": [{ "externalId": "ada", "clientId": "acme" }, { "externalId": "everywhere" }] });
    let builder = MockNotihub::builder().fixture("tokens.json", &tokens.to_string());
    let notihub = builder.without_socket();
    let seen = |token: &str| {
        let answer = notihub.ask_as(&format!("Bearer {token}"), "GET /customers/", "");
        (answer.status().as_u16(), answer.status().is_success().then(|| support::json(&answer)))
    };
    assert_eq!(ids(&seen("of-acme").1.unwrap()), ["ada", "everywhere"]);
    assert_eq!(ids(&seen("of-nobody-in-particular").1.unwrap()), ["everywhere"]);
    assert_eq!(seen("too-old").0, 401);
    // What happens elsewhere does not lead a token astray.
    notihub.ask_as("Bearer of-acme", "POST /customers/", r#"{ "externalId": "bob" }"#);
    assert_eq!(ids(&seen("of-nobody-in-particular").1.unwrap()), ["everywhere"]);
    notihub.advance(6 * HOUR);
    assert_eq!([seen("of-acme").0, seen("of-nobody-in-particular").0], [401, 200]);
}

#[test]
fn only_configured_credentials_are_exchanged_where_any_are() {
    let builder = MockNotihub::builder().empty().credentials("pub", "sec", "acme", "secret");
    let notihub = builder.without_socket();
    assert_eq!(notihub.ask_as(OTHER, "POST /token/", "").status(), 401);
    let bearer = token(&notihub, ACME);
    notihub.ask_as(&bearer, "POST /customers/", r#"{ "externalId": "ada" }"#);
    // The first ones are those of the environment that a test means when it says none.
    assert_eq!(ids(&notihub.ask("GET /customers/", &Value::Null, 200)), ["ada"]);
    assert_eq!(notihub.customers().len(), 1);
}

#[test]
fn the_samples_of_the_sdk_run_where_undefined_is_let_in() {
    let line = "POST //customers/";
    let body = r#"{ "externalId": "ada", "status": "ENABLED" }"#;
    let strict = empty();
    assert_eq!(strict.ask_as("Bearer undefined", line, body).status(), 401);
    let lenient = MockNotihub::builder().empty().accept_undefined_bearer().without_socket();
    assert_eq!(lenient.ask_as("Bearer undefined", line, body).status(), 201);
    assert_eq!(lenient.ask_as("Bearer null", line, body).status(), 401);
    assert_eq!(lenient.customers().len(), 1);
}

#[test]
fn switches_choose_between_documents_that_contradict_each_other() {
    let builder = MockNotihub::builder().one_based_pages().merge_updates();
    let notihub = builder.updates_answer_ok().deletes_answer_nothing().without_socket();
    let page =
        |page: u8| notihub.ask(&format!("GET /customers/?limit=1&page={page}"), &Value::Null, 200);
    assert_eq!(
        (ids(&page(0)), ids(&page(1)), ids(&page(2))),
        (vec!["ada"], vec!["ada"], vec!["grace"])
    );
    let path = format!("/customers/{ADA}");
    let updated = notihub.ask(&format!("PUT {path}"), &json!({ "status": "DISABLED" }), 200);
    assert_eq!((&updated["status"], &updated["externalId"]), (&json!("DISABLED"), &json!("ada")));
    assert_eq!(
        (&updated["language"], &updated["metadata"]),
        (&json!("en_GB"), &json!("plan=gold"))
    );
    let nulled = notihub.ask(&format!("PUT {path}"), &json!({ "language": null }), 200);
    assert_eq!(nulled["language"], Value::Null);
    assert_eq!(notihub.ask(&format!("DELETE {path}"), &Value::Null, 200), json!({}));

    // Another double's moment brings what it held, and not how it was set up.
    let plain = MockNotihub::builder().without_socket();
    notihub.restore(&plain.snapshot());
    assert_eq!(ids(&page(1)), ["ada"]);
    plain.restore(&notihub.snapshot());
    let second = plain.ask("GET /customers/?limit=1&page=1", &Value::Null, 200);
    assert_eq!(ids(&second), ["grace"]);
}

#[test]
fn a_prefix_stands_before_every_path_and_nothing_elsewhere() {
    let builder = MockNotihub::builder().path_prefix("/eu/v1/").allow_unmatched();
    let notihub = builder.without_socket();
    notihub.ask(&format!("GET /eu/v1//customers/{ADA}"), &Value::Null, 200);
    assert_eq!(notihub.ask_as(ACME, "POST /eu/v1/token/", "").status(), 200);
    assert_eq!(
        notihub.ask_as("", "POST /eu/v1/token/", "").body(),
        br#"{"code":401,"message":"Invalid credentals"}"#
    );
    notihub.ask(&format!("GET //customers/{ADA}"), &Value::Null, 404);
}

#[test]
fn a_target_is_never_taken_for_an_address() {
    let notihub = MockNotihub::start_blocking();
    let mut wire = Wire::to(&notihub);
    let head = format!("Host: localhost\r\nAuthorization: Bearer {}\r\n", notihub.access_token());
    let mut ask = |line: &str, rest: &str| {
        let answer = wire.ask(&format!("{line} HTTP/1.1\r\n{head}{rest}"));
        assert_eq!(header(&answer, "content-type"), Some("application/json"), "{line}");
        (answer.status().as_u16(), support::json(&answer))
    };
    // `customers` is no host, and what follows is no path of its own.
    let (status, ada) = ask(&format!("GET //customers/{ADA}"), "\r\n");
    assert_eq!((status, &ada["externalId"]), (200, &json!("ada")));
    let (status, found) = ask("GET //customers/?search=ada+invoices@example.com", "\r\n");
    assert_eq!((status, ids(&found)), (200, vec!["ada"]));
    // A POST without a body, with a length and without one.
    let refused = json!({ "code": 400, "message": "Customer requires at least a valid email, phone or external id." });
    assert_eq!(ask("POST //customers/", "Content-Length: 0\r\n\r\n"), (400, refused.clone()));
    assert_eq!(ask("POST //customers/", "\r\n"), (400, refused));
    let (status, deleted) =
        ask(&format!("DELETE //customers/{ADA}"), "Content-Type: application/json\r\n\r\n");
    assert_eq!((status, &deleted["customerId"]), (200, &json!(ADA)));
    assert_eq!(ask(&format!("GET http://customers/customers/{ADA}"), "\r\n").0, 404, "she is gone");
}

#[test]
fn a_refusal_changes_nothing() {
    let notihub = MockNotihub::builder().without_socket();
    let before = notihub.fingerprint();
    let contacts = json!([{ "type": "EMAIL", "value": "eve@example.com" }, { "type": "EMAIL", "value": "eve" }]);
    notihub.ask("POST /customers/", &json!({ "externalId": "eve", "contacts": contacts }), 400);
    notihub.ask(
        &format!("PUT /customers/{ADA}/contacts/1"),
        &json!({ "type": "EMAIL", "value": "x" }),
        400,
    );
    let preferences =
        json!([{ "templateGroupId": "new", "mechanisms": ["EMAIL"] }, { "mechanisms": [] }]);
    notihub.ask(&format!("POST /customers/{ADA}/preferences/"), &preferences, 400);
    notihub.ask("POST /messages/", &json!({ "customerId": "nobody", "templateId": "x" }), 404);
    assert_eq!(notihub.fingerprint(), before);
    // Nor was a number wasted.
    let made = notihub.ask(&format!("POST /customers/{ADA}/contacts"), &contacts[0], 201);
    assert_eq!(made["contactId"], 7);
}

#[test]
fn a_moment_is_brought_back_and_forked() {
    let notihub = empty();
    let bearer = token(&notihub, ACME);
    let before = notihub.snapshot();
    notihub.ask_as(&bearer, "POST /customers/", r#"{ "externalId": "ada" }"#);
    let later = token(&notihub, ACME);
    assert_eq!(
        notihub.diff(&before).to_string().lines().filter(|line| line.contains("customers")).count(),
        1,
        "{}",
        notihub.diff(&before)
    );

    let fork = notihub.fork_blocking();
    notihub.restore(&before);
    assert_eq!(
        notihub.ask_as(&later, "GET /customers/", "").status(),
        401,
        "it was not issued yet"
    );
    assert_eq!(notihub.ask_as(&bearer, "GET /customers/", "").body(), b"[]");
    assert_eq!(fork.ask_as(&later, "GET /customers/", "").status(), 200);
    assert_eq!(notihub.snapshot().fingerprint(), before.fingerprint());
    // The same future again is the same.
    notihub.ask_as(&bearer, "POST /customers/", r#"{ "externalId": "ada" }"#);
    assert_eq!(token(&notihub, ACME), later);
    assert_eq!(notihub.fingerprint(), fork.fingerprint());
}

#[test]
fn calls_are_found_by_operation_ids_and_bodies() {
    let notihub = MockNotihub::builder().without_socket();
    let phone = json!({ "customerId": ADA, "contactId": 3, "type": "PHONE", "value": "1", "verified": true });
    notihub.ask(&format!("PUT //customers/{ADA}/contacts/"), &phone, 200);
    let path = format!("/customers/{ADA}/contacts/3");
    notihub.ask(&format!("PUT {path}"), &phone, 200);
    let journal = notihub.journal();
    let updates = journal.of(NotihubOp::UpdateContact);
    assert_eq!((updates.count(), updates.id(ADA).count()), (2, 2));
    let named = journal.of(NotihubOp::UpdateContact).last().unwrap();
    assert_eq!(named.ids(), [("customerId", ADA.to_owned()), ("contactId", "3".to_owned())]);
    assert_eq!((named.realm.as_str(), named.path()), (Notihub::CLIENT_ID, path.as_str()));
    assert_eq!(named.json()["value"], "1");
}

#[test]
fn what_goes_wrong_on_purpose_is_said_in_notihubs_words() {
    let notihub = MockNotihub::builder().without_socket();
    notihub.on(NotihubOp::SendMessage).nth(1).status(503);
    notihub.on(NotihubOp::CreateToken).nth(1).status(401);
    let message = json!({ "customerId": ADA, "templateId": "hello" });
    let refused = notihub.ask("POST //messages/", &message, 503);
    assert_eq!(refused, json!({ "code": 503, "message": "Service Unavailable" }));
    assert_eq!(notihub.messages().len(), 1, "nothing was sent");
    notihub.ask("POST //messages/", &message, 200);
    let refused = notihub.ask_as(ACME, "POST /token/", "");
    assert_eq!(support::json(&refused), json!({ "code": 401, "message": "Invalid credentals" }));

    notihub.on(NotihubOp::CreateCustomer).lose_response();
    let request = Request::post("//customers/")
        .header("Authorization", format!("Bearer {}", notihub.access_token()));
    let lost = notihub.try_handle(request.body(r#"{ "externalId": "eve" }"#).unwrap());
    assert!(lost.is_err());
    assert_eq!(notihub.customers().len(), 4, "it was committed, and nobody heard of it");
}

#[test]
fn very_many_primary_contacts_leave_the_last_one_primary() {
    let notihub = empty();
    let contact = json!({ "type": "EMAIL", "value": "ada@example.com", "primary": true });
    let body = json!({ "contacts": vec![contact; 20_000] });
    let customer = notihub.ask("POST /customers/", &body, 201);
    let contacts = customer["contacts"].as_array().unwrap();
    let primary: Vec<usize> =
        (0..contacts.len()).filter(|it| contacts[*it]["primary"] == true).collect();
    assert_eq!(primary, [19_999]);
}

#[test]
fn a_model_keeps_the_order_of_its_members() {
    let notihub = MockNotihub::builder().without_socket();
    let bearer = format!("Bearer {}", notihub.access_token());
    let model = r#"{"b":1,"a":{"d":2,"c":null}}"#;
    let body = format!(r#"{{ "customerId": "{ADA}", "templateId": "x", "model": {model} }}"#);
    assert_eq!(notihub.ask_as(&bearer, "POST /messages/", &body).status(), 200);
    assert_eq!(notihub.messages().all()[0].model, model);
}

#[test]
fn an_answer_to_a_deleted_customers_message_stays_what_it_was() {
    let notihub = MockNotihub::builder().without_socket();
    let [message] = &notihub.messages().all()[..] else { panic!("one message") };
    let line = format!("GET /messages/{}", message.message_id);
    let before = notihub.ask(&line, &Value::Null, 200);
    notihub.ask(&format!("DELETE /customers/{ADA}"), &Value::Null, 200);
    assert_eq!(notihub.ask(&line, &Value::Null, 200), before);
    assert!(notihub.preferences(ADA).is_empty());
}

#[test]
fn a_test_puts_things_there_and_takes_them_away() {
    let notihub = empty();
    let document = json!({
        "externalId": "eve",
        "contacts": [{ "contactId": 40, "type": "EMAIL", "value": "eve@example.com", "primary": true }],
        "preferences": [{ "templateGroupId": "news", "mechanisms": ["NONE"] }]
    });
    notihub.customers().put("eve", document.clone());
    // In the place of herself she has her number again.
    let eve = notihub.customers().put("eve", document);
    assert_eq!(eve.contact(ContactType::Email).unwrap().contact_id, 40);
    let phone = notihub.contacts("eve").add(json!({ "type": "PHONE", "value": "1" }));
    assert_eq!(phone.contact_id, 41, "the count goes on from there");
    notihub.contacts("eve").put("40", json!({ "type": "EMAIL", "value": "new@example.com" }));
    assert_eq!(
        notihub.ask("GET /customers/eve", &Value::Null, 200)["contacts"][0]["value"],
        "new@example.com"
    );
    notihub.preferences("eve").put("news", json!({ "mechanisms": ["EMAIL"] }));
    assert_eq!(notihub.preferences("eve").one("news").mechanisms, [Mechanism::Email]);

    let sent = notihub.messages().add(json!({
        "customerId": "eve", "templateId": "hello",
        "deliveries": [{ "mechanism": "PUSH", "status": "SKIPPED_BY_CUSTOMER_LANGUAGE_PREFERENCE" }]
    }));
    let shown = notihub.ask(&format!("GET /messages/{}", sent.message_id), &Value::Null, 200);
    assert_eq!(shown["deliveries"][0]["provider"], "FIREBASE");
    notihub.contacts("eve").remove("40");
    notihub.preferences("eve").remove("news");
    notihub.messages().remove(&sent.message_id);
    assert_eq!(notihub.customers().one("eve").contacts().count(), 1);
    notihub.templates().put("only", json!({}));
    notihub.ask("POST /messages/", &json!({ "customerId": "eve", "templateId": "hello" }), 404);
    notihub.templates().remove("only");
    notihub.ask("POST /messages/", &json!({ "customerId": "eve", "templateId": "hello" }), 200);
    notihub.customers().remove("eve");
    assert!(notihub.customers().is_empty() && notihub.contacts("eve").is_empty());
    assert_eq!(notihub.journal().len(), 4, "only what was asked");
}

#[test]
fn a_fixture_is_told_all_that_is_wrong_with_it() {
    // As text: whether `json!` keeps the order of kinds, another crate of a build decides.
    let wrong = r#"{
        "customers": [
            { "externalId": "ada", "contacts": [
                { "contactId": 1, "type": "EMAIL", "value": "ada" },
                { "contactId": 1, "type": "PHONE", "value": "2" }
            ] },
            { "status": "ENABLED" },
            { "externalId": "bob", "colour": "red", "contacts": [{ "contactId": 1, "type": "PHONE", "value": "1" }] },
            { "customerId": "a b", "externalId": 7, "preferences": [{ "mechanisms": ["PIGEON"] }] }
        ],
        "messages": [{ "customerId": "nobody", "templateId": "x" }],
        "contacts": [{ "type": "EMAIL", "value": "x@example.com" }]
    }"#;
    let builder = MockNotihub::builder().fixture("wrong.json", wrong);
    golden("notihub_fixture.txt", &builder.try_start().unwrap_err().to_string());
}

#[test]
fn a_test_that_forbids_guesses_is_told_by_which_notihub_answered() {
    let lean = || {
        let notihub = MockNotihub::builder().deny_assumed().without_socket();
        notihub.ask(&format!("PUT /customers/{ADA}"), &json!({ "externalId": "ada" }), 201);
        notihub.ask(&format!("DELETE //customers/{ADA}"), &Value::Null, 200);
        notihub.ask("GET //customers/?search=grace", &Value::Null, 200);
    };
    golden("notihub_guesses.txt", &caught(lean).said);
}

#[test]
fn a_test_that_forbids_guesses_passes_where_notihubs_documents_speak() {
    let notihub = MockNotihub::builder().deny_assumed().deletes_answer_nothing().without_socket();
    let bearer = token(&notihub, ACME);
    let contact =
        r#"{ "type": "EMAIL", "value": "eve@example.com", "primary": true, "verified": false }"#;
    let customer =
        format!(r#"{{ "externalId": "eve", "status": "ENABLED", "contacts": [{contact}] }}"#);
    let eve = support::json(&notihub.ask_as(&bearer, "POST /customers/", &customer));
    let path = format!("/customers/{}", eve["customerId"].as_str().unwrap());
    assert_eq!(notihub.ask_as(&bearer, &format!("GET {path}"), "").status(), 200);
    assert_eq!(
        notihub
            .ask_as(
                &bearer,
                &format!("PUT {path}"),
                r#"{ "externalId": "e", "status": "ENABLED" }"#
            )
            .status(),
        201
    );
    assert_eq!(
        notihub.ask_as(&bearer, "GET /customers/?limit=1&page=0&actives=true", "").status(),
        200
    );
    assert_eq!(notihub.ask_as(&bearer, &format!("DELETE {path}"), "").body(), b"{}");
    assert_eq!(notihub.ask_as(&bearer, &format!("DELETE {path}"), "").status(), 404);
    assert_eq!(notihub.ask_as(&bearer, "POST /customers/", "{}").status(), 400);
}

#[test]
fn a_miss_is_shown_with_what_came_nearest() {
    let notihub = MockNotihub::builder().without_socket();
    let message = json!({ "customerId": ADA, "templateId": "welcome", "force": ["EMAIL"] });
    notihub.ask("POST //messages/", &message, 200);
    notihub.ask(&format!("GET //customers/{ADA}"), &Value::Null, 200);
    let journal = notihub.journal();
    let sent = journal.of(NotihubOp::SendMessage);
    let wanted = sent.body("/templateId", "welcome-back").body("/force", json!(["SMS"]));
    golden("notihub_nearest.txt", &caught(|| wanted.assert_once()).said);
}

#[test]
fn a_contact_of_no_type_is_no_bad_address() {
    let notihub = empty();
    let contact = json!({ "type": "SMS", "value": "1" });
    let body = json!({ "externalId": "ada", "contacts": [contact] });
    let refused = notihub.ask("POST /customers/", &body, 400);
    assert!(refused["message"].as_str().unwrap().starts_with("contacts.0.type"), "{refused}");
    let journal = notihub.journal();
    let rules: Vec<&str> = journal.last().unwrap().assumed().iter().map(|it| it.name).collect();
    assert_eq!(rules, ["unfit-members"]);
}
