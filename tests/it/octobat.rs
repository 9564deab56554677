//! Octobat: its contracts, and what they cannot say.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use mock_rebilly::contract::{Contracts, Report, Target};
use mock_rebilly::http::{Request, Response};
use mock_rebilly::octobat::model::BusinessType;
use mock_rebilly::{Builder, MockOctobat, OctobatOp, World};
use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::{agent, caught, header, json as read, send};

const CONTRACTS: &str = "fixtures/octobat/contracts";
/// The fewest contract files that may be there: a runner that finds none passes nothing.
const FILES_MIN: usize = 60;
/// `oc_test_skey_mockmockmockmockmockmott:`
const TEST_KEY: &str = "Basic b2NfdGVzdF9za2V5X21vY2ttb2NrbW9ja21vY2ttb2NrbW90dDo=";
/// `oc_live_skey_1:`
const LIVE_KEY: &str = "Basic b2NfbGl2ZV9za2V5XzE6";

const HOUR: Duration = Duration::from_secs(60 * 60);

/// What a call comes to: its status and its body.
type Answer = (u16, Value);

/// Asks with a form, by a function call.
fn ask(octobat: &MockOctobat, method: &str, path: &str, form: &str) -> Answer {
    ask_with(octobat, method, path, form, &[])
}

fn ask_with(
    octobat: &MockOctobat,
    method: &str,
    path: &str,
    form: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let answer = raw(octobat, method, path, form, headers);
    (answer.status().as_u16(), read(&answer))
}

fn raw(
    octobat: &MockOctobat,
    method: &str,
    path: &str,
    form: &str,
    headers: &[(&str, &str)],
) -> Response<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(path);
    if headers.iter().all(|(name, _)| *name != "authorization") {
        request = request.header("authorization", TEST_KEY);
    }
    if headers.iter().all(|(name, _)| *name != "content-type") {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    octobat.handle(request.body(form.to_owned()).unwrap()).map(|body| body.to_vec())
}

/// Creates a customer and returns its id.
#[track_caller]
fn created(octobat: &MockOctobat, form: &str) -> String {
    let (status, body) = ask(octobat, "POST", "/customers", form);
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().unwrap().to_owned()
}

fn empty() -> MockOctobat {
    MockOctobat::builder().empty().without_socket()
}

#[test]
fn every_contract_holds_without_a_socket() {
    let report = ours().run(&Target::of(MockOctobat::builder));
    assert_whole(&report);
}

#[test]
fn every_contract_holds_over_a_socket() {
    let agent = agent();
    let target = Target::of(MockOctobat::builder);
    let report = ours().run(&target.over_socket(move |request| Ok(send(&agent, request))));
    assert_whole(&report);
}

#[cfg(feature = "tls")]
#[test]
fn every_contract_holds_over_tls() {
    let target = Target::of(|| MockOctobat::builder().tls());
    assert_whole(&ours().run(&target.over_socket(crate::tls::by_tls())));
}

#[track_caller]
fn assert_whole(report: &Report) {
    report.assert_none();
    assert!(report.files() >= FILES_MIN && report.skipped().is_empty(), "{report}");
}

fn ours() -> Contracts {
    Contracts::load(CONTRACTS).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_same_calls_get_the_same_bytes() {
    let run = |seed| {
        let octobat = MockOctobat::builder().seed(seed).without_socket();
        let form = "billing_address_country=FR&name=Ada";
        let twice = [(); 2].map(|()| raw(&octobat, "POST", "/customers", form, &[]));
        let list = raw(&octobat, "GET", "/customers", "", &[]);
        let missing = raw(&octobat, "GET", "/customers/nobody", "", &[]);
        let [first, second] = twice;
        [first, second, list, missing].map(|it| (format!("{:?}", it.headers()), it.into_body()))
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7)[0].1, run(8)[0].1, "another seed makes other ids");
    assert_ne!(run(7)[0].1, run(7)[1].1, "the same call twice makes two customers");
    assert_ne!(run(7)[0].0, run(7)[1].0, "and they are two requests");
}

#[test]
fn an_id_is_spelled_as_the_documents_show_it() {
    let octobat = MockOctobat::builder().empty().now("2016-11-05T10:00:00Z").without_socket();
    for number in 0..50 {
        let id = created(&octobat, &format!("billing_address_country=FR&name={number}"));
        let rest = id.strip_prefix("oc_cu_1478340000").unwrap_or_else(|| panic!("{id}"));
        let (four, eight) = rest.split_at(4);
        assert!(four.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_lowercase()), "{id}");
        let hex = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        assert!(eight.len() == 8 && eight.bytes().all(hex), "{id}");
    }
    assert_eq!(octobat.customers().len(), 50);
}

#[test]
fn ids_that_count_stay_easy_to_read() {
    let octobat = MockOctobat::builder().empty().sequential_ids().without_socket();
    let id = created(&octobat, "billing_address_country=FR");
    assert_eq!(id, "oc_cu_1704067200000000000001");
    let (_, card) = ask(&octobat, "POST", &format!("/customers/{id}/payment_sources"), "");
    assert_eq!(card["id"], "oc_ps_1704067200000000000001");
}

#[test]
fn members_stand_in_the_order_of_the_documents() {
    let octobat = empty();
    let form = "billing_address_country=FR&metadata[z]=1&sources[][gateway]=x&expand[]=invoices";
    let answer = raw(&octobat, "POST", "/customers", form, &[]);
    let text = String::from_utf8(answer.into_body()).unwrap();
    let members = [
        "{\"id\":",
        "\"object\":\"customer\"",
        "\"livemode\":",
        "\"name\":",
        "\"email\":",
        "\"phone_number\":",
        "\"billing_address_line1\":",
        "\"billing_address_line2\":",
        "\"billing_address_city\":",
        "\"billing_address_zip\":",
        "\"billing_address_state\":",
        "\"billing_address_country\":",
        "\"business_type\":",
        "\"tax_number\":",
        "\"octobat_billing_page\":",
        "\"payment_sources\":{\"object\":\"list\"",
        "\"invoices\":{\"object\":\"list\"",
        "\"sources\":[{\"gateway\":",
        "\"metadata\":",
    ];
    let places: Vec<usize> = members.iter().map(|it| text.find(it).expect(it)).collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn an_idempotency_key_outlives_a_snapshot_and_a_fork() {
    let octobat = empty();
    let key = [("idempotency-key", "key-1")];
    let said = "billing_address_country=FR";
    let (_, first) = ask_with(&octobat, "POST", "/customers", said, &key);
    let snapshot = octobat.snapshot();
    let fork = octobat.fork_blocking();
    assert_eq!(ask_with(&fork, "POST", "/customers", said, &key), (201, first.clone()));
    assert_eq!(fork.customers().len(), 1);

    octobat.advance(HOUR * 24);
    let (_, second) = ask_with(&octobat, "POST", "/customers", said, &key);
    assert_ne!(second["id"], first["id"], "the key is forgotten after a day");
    octobat.restore(&snapshot);
    assert_eq!(ask_with(&octobat, "POST", "/customers", said, &key), (201, first));
    octobat.reset();
    let (status, again) = ask_with(&octobat, "POST", "/customers", said, &key);
    assert_eq!((status, octobat.customers().len()), (201, 1), "{again}");
}

#[test]
fn a_kept_answer_is_part_of_the_state_and_tells_no_key() {
    let octobat = empty();
    let customer = created(&octobat, "billing_address_country=FR");
    let path = format!("/customers/{customer}");
    let before = octobat.snapshot();
    assert_eq!(ask(&octobat, "PATCH", &path, "").0, 200);
    assert_eq!(octobat.fingerprint(), before.fingerprint(), "an update of nothing changes nothing");
    ask_with(&octobat, "PATCH", &path, "", &[("idempotency-key", "key-1")]);
    assert_ne!(octobat.fingerprint(), before.fingerprint());
    let difference = octobat.diff(&before).to_string();
    assert!(
        difference.contains("idempotency_keys") && difference.contains("key-1"),
        "{difference}"
    );
    assert!(!difference.contains("oc_test_skey"), "{difference}");
}

#[test]
fn a_world_moves_the_clock_by_which_keys_are_forgotten() {
    let world = World::builder().rebilly(Builder::empty).octobat(Builder::empty).without_socket();
    let octobat = world.octobat();
    let key = [("idempotency-key", "key-1")];
    let create = || ask_with(octobat, "POST", "/customers", "billing_address_country=FR", &key).1;
    let first = create();
    world.advance(HOUR * 23);
    assert_eq!(create()["id"], first["id"]);
    world.advance(HOUR);
    assert_ne!(create()["id"], first["id"]);
    assert_eq!(octobat.customers().len(), 2);
}

#[test]
fn a_refused_call_changes_nothing() {
    let octobat = MockOctobat::start_blocking();
    let before = octobat.fingerprint();
    let customer = "/customers/oc_cu_1675242000a1b20000ada1";
    for (method, path, form, status) in [
        ("POST", "/customers".to_owned(), "name=Ada", 422),
        ("PATCH", customer.to_owned(), "name=Ada&business_type=B2G", 422),
        ("POST", format!("{customer}/payment_sources"), "source=x&exp_month=x", 422),
        ("PATCH", format!("{customer}/payment_sources/oc_ps_1"), "source=x", 404),
        ("DELETE", "/customers/nobody".to_owned(), "", 404),
    ] {
        assert_eq!(ask(&octobat, method, &path, form).0, status, "{method} {path}");
    }
    assert_eq!(octobat.fingerprint(), before);
}

#[test]
fn test_data_and_live_data_are_two_worlds_in_one_journal() {
    let octobat = MockOctobat::builder().fixture("two.json", TWO_WORLDS).without_socket();
    let live = [("authorization", LIVE_KEY)];
    assert_eq!(ask(&octobat, "GET", "/customers/only_test", "").1["livemode"], false);
    assert_eq!(ask(&octobat, "GET", "/customers/only_live", "").0, 404);
    assert_eq!(ask_with(&octobat, "GET", "/customers/only_live", "", &live).1["livemode"], true);
    assert_eq!(ask_with(&octobat, "GET", "/customers/both", "", &live).1["livemode"], true);
    assert_eq!(ask(&octobat, "GET", "/customers/both", "").1["livemode"], false);
    ask_with(&octobat, "PATCH", "/customers/both", "name=Live", &live);
    assert_eq!(octobat.customer("both").unwrap().name, None);
    assert_eq!(octobat.live().customer("both").unwrap().name.as_deref(), Some("Live"));
    octobat.journal().of(OctobatOp::UpdateCustomer).realm("live").assert_count(1);
    octobat.journal().of(OctobatOp::UpdateCustomer).realm("test").assert_none();
}

const TWO_WORLDS: &str = r#"{ "customers": [
    { "id": "only_test", "livemode": false, "billing_address_country": "FR" },
    { "id": "only_live", "livemode": true, "billing_address_country": "FR" },
    { "id": "both", "billing_address_country": "FR" }
] }"#;

#[test]
fn connected_accounts_can_have_data_of_their_own() {
    let octobat = MockOctobat::builder().empty().separate_accounts().without_socket();
    let account = [("octobat-account", "acct_1")];
    let form = "billing_address_country=FR";
    let (_, theirs) = ask_with(&octobat, "POST", "/customers", form, &account);
    let path = format!("/customers/{}", theirs["id"].as_str().unwrap());
    assert_eq!(ask(&octobat, "GET", &path, "").0, 404);
    assert_eq!(ask_with(&octobat, "GET", &path, "", &account), (200, theirs));
    assert_eq!(octobat.test().connected("acct_1").customers().len(), 1);
    assert!(octobat.live().connected("acct_1").customers().is_empty());
}

#[test]
fn only_the_keys_that_were_said_are_let_in() {
    let octobat = MockOctobat::builder().empty().api_key("oc_live_skey_1").without_socket();
    assert_eq!(ask(&octobat, "GET", "/customers", "").0, 401);
    let live = [("authorization", LIVE_KEY)];
    assert_eq!(ask_with(&octobat, "GET", "/customers", "", &live).0, 200);
}

#[test]
fn a_path_prefix_is_needed_where_there_is_one() {
    let octobat = MockOctobat::builder().empty().path_prefix("/api/octobat/").allow_unmatched();
    let octobat = octobat.without_socket();
    assert_eq!(ask(&octobat, "GET", "/customers", "").0, 404);
    let (status, list) = ask(&octobat, "GET", "/api/octobat/customers", "");
    assert_eq!((status, &list["request_url"]), (200, &json!("/customers")), "without the prefix");
}

#[test]
fn every_answer_over_a_socket_closes_its_connection_unless_that_is_not_wanted() {
    let connection = |octobat: &MockOctobat| {
        let request = Request::get(format!("{}/customers", octobat.url()));
        let request = request.header("authorization", TEST_KEY).body(Vec::new()).unwrap();
        header(&send(&agent(), request), "connection").map(str::to_owned)
    };
    let octobat = MockOctobat::start_blocking();
    assert_eq!(connection(&octobat).as_deref(), Some("close"));
    let octobat = MockOctobat::builder().keep_alive().start_blocking();
    assert_eq!(connection(&octobat), None);
}

#[test]
fn a_closed_connection_is_closed_by_the_server() {
    use std::io::{Read, Write};
    let octobat = MockOctobat::start_blocking();
    let mut stream = std::net::TcpStream::connect(octobat.address().unwrap()).unwrap();
    let request =
        format!("GET /customers HTTP/1.1\r\nHost: x\r\nAuthorization: {TEST_KEY}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    // It ends only because the other side hangs up.
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\r\nConnection: close\r\n"),
        "{answer}"
    );
    assert!(answer.contains("\r\nRequest-Id: req_"), "a client knows no other spelling: {answer}");
}

#[test]
fn a_test_finds_a_request_by_what_its_form_says() {
    let octobat = empty();
    created(&octobat, "billing_address_country=FR&name=Ada&metadata[plan]=gold");
    created(&octobat, "billing_address_country=FR&name=Grace");
    let journal = octobat.journal();
    journal.of(OctobatOp::CreateCustomer).body("/name", "Ada").assert_count(1);
    journal.of(OctobatOp::CreateCustomer).body("/metadata/plan", "gold").assert_count(1);
    journal.of(OctobatOp::CreateCustomer).body("/name", "Eve").assert_none();
}

#[test]
fn a_form_that_is_not_the_wanted_one_is_told_field_by_field() {
    let octobat = empty();
    created(&octobat, "billing_address_country=FR&name=Ada&metadata[plan]=gold");
    let failed = caught(|| {
        let journal = octobat.journal();
        let asked = journal.of(OctobatOp::CreateCustomer).body("/name", "Ada");
        asked.body("/metadata/plan", "silver").assert_count(1);
    });
    golden("octobat_form.txt", &failed.said);
}

#[test]
fn what_the_vendor_has_and_the_double_has_not_fails_the_test() {
    let octobat = empty();
    assert_eq!(ask(&octobat, "GET", "/invoices", "").0, 501);
    let violations = octobat.finish().unwrap_err().to_string();
    assert!(violations.contains("ListInvoices"), "{violations}");
}

#[test]
fn a_test_that_forbids_guesses_passes_where_documents_and_clients_speak() {
    let octobat = MockOctobat::builder().empty().deny_assumed().without_socket();
    let id = created(&octobat, "billing_address_country=FR&name=Ada");
    let path = format!("/customers/{id}");
    assert_eq!(ask(&octobat, "GET", &path, "").0, 200);
    assert_eq!(ask(&octobat, "PATCH", &path, "email=ada%40example.com").0, 200);
    assert_eq!(ask(&octobat, "GET", "/customers", "").1["total_count"], 1);
    assert_eq!(ask(&octobat, "POST", "/customers", "").0, 422);
    assert_eq!(ask(&octobat, "GET", "/customers/nobody", "").0, 404);
}

#[test]
fn a_test_that_forbids_guesses_fails_where_it_leans_on_one() {
    let lean = || {
        let octobat = MockOctobat::builder().empty().deny_assumed().without_socket();
        created(&octobat, "billing_address_country=FR&tax_number=FR1");
    };
    let panic = catch_unwind(AssertUnwindSafe(lean)).unwrap_err();
    let said = panic.downcast_ref::<String>().unwrap();
    assert!(said.contains("business-type-of-tax-number"), "{said}");
}

#[test]
fn to_take_blanks_of_a_form_for_nothing_is_a_guess() {
    let octobat = empty();
    created(&octobat, "billing_address_country=FR&tax_number=");
    created(&octobat, "billing_address_country=FR&tax_number=%20");
    let journal = octobat.journal();
    let rules = |nth: usize| -> Vec<&str> {
        journal.iter().nth(nth).unwrap().assumed().iter().map(|rule| rule.name).collect()
    };
    assert_eq!((rules(0), rules(1)), (vec![], vec!["blank-is-null"]));
}

#[test]
fn to_refuse_what_is_of_another_type_is_a_guess() {
    let octobat = empty();
    for wrong in
        ["name[a]=x", "metadata=x", "metadata[]=x", "sources=x", "sources[a]=x", "sources[]=x"]
    {
        let form = format!("billing_address_country=FR&{wrong}");
        assert_eq!(ask(&octobat, "POST", "/customers", &form).0, 422, "{wrong}");
        let rules = octobat.journal().last().unwrap().assumed();
        assert!(rules.iter().any(|rule| rule.name == "wrong-types"), "{wrong}: {rules:?}");
    }
}

#[test]
fn what_a_test_injects_is_said_in_the_vendors_words() {
    let octobat = empty();
    octobat.on(OctobatOp::CreateCustomer).nth(1).status(402);
    octobat.on(OctobatOp::CreateCustomer).nth(2).status(401);
    for status in [402, 401] {
        let (got, body) = ask(&octobat, "POST", "/customers", "billing_address_country=FR");
        assert_eq!((got, body["errors"]["global"][0]["details"].is_string()), (status, true));
    }
    octobat.on(OctobatOp::CreateCustomer).nth(1).invalid([("email", "is not accepted")]);
    let refused = ask(&octobat, "POST", "/customers", "billing_address_country=FR");
    assert_eq!(
        refused,
        (422, json!({ "errors": { "email": [{ "details": "is not accepted" }] } }))
    );
    created(&octobat, "billing_address_country=FR");
}

#[test]
fn what_was_copied_from_an_answer_can_be_planted() {
    let octobat = MockOctobat::start_blocking();
    let path = "/customers/oc_cu_1675242000a1b20000ada1";
    let (_, copy) = ask(&octobat, "GET", path, "");
    let fixture = json!({ "customers": [copy] }).to_string();
    let other = MockOctobat::builder().fixture("copy.json", &fixture).without_socket();
    assert_eq!(ask(&other, "GET", path, ""), (200, copy));
}

#[test]
fn a_fixture_is_read_as_a_request_that_says_the_same() {
    let said = json!({
        "billing_address_country": "FR", "name": "", "email": true, "billing_address_zip": 75011,
        "business_type": " ", "tax_number": "  ", "website": "", "metadata": "",
        "sources": [{ "gateway": "", "identifier": 7 }],
    });
    let card = json!({
        "source": "", "details": "", "country": 1.5, "exp_month": "", "exp_year": "2030",
    });
    let asked = empty();
    let json = [("content-type", "application/json")];
    let post = |path: &str, body: &Value| {
        let (status, answer) = ask_with(&asked, "POST", path, &body.to_string(), &json);
        assert_eq!(status, 201, "{answer}");
        answer
    };
    let id = post("/customers", &said)["id"].as_str().unwrap().to_owned();
    let source = post(&format!("/customers/{id}/payment_sources"), &card);

    let cleared = json!({ "billing_address_country": "FR", "sources": "" });
    let shown = post("/customers", &cleared);
    let fixture = json!({ "customers": [cleared] }).to_string();
    let planted = MockOctobat::builder().fixture("cleared.json", &fixture).without_socket();
    let list = ask(&planted, "GET", "/customers", "").1;
    assert_eq!((list["data"][0].get("sources"), shown.get("sources")), (None, None));

    let mut customer = said;
    let mut card = card;
    (customer["id"], card["id"]) = (json!(id), source["id"].clone());
    customer["payment_sources"] = json!([card]);
    let fixture = json!({ "customers": [customer] }).to_string();
    let planted = MockOctobat::builder().fixture("same.json", &fixture).without_socket();

    let path = format!("/customers/{id}");
    assert_eq!(ask(&planted, "GET", &path, ""), ask(&asked, "GET", &path, ""));
}

#[test]
fn a_fixture_with_a_slip_of_the_pen_stops_the_start() {
    for (customer, problem) in [
        (
            json!({ "billing_address_country": "FR", "nmae": "x" }),
            "/customers/0/nmae: is not known",
        ),
        (json!({}), "/customers/0/billing_address_country: is required"),
        (
            json!({ "billing_address_country": "FR", "id": "a b" }),
            "/customers/0/id: must be made of",
        ),
        (
            json!({ "billing_address_country": "FR", "livemode": "yes" }),
            "/customers/0/livemode: must be a boolean",
        ),
        (
            json!({ "billing_address_country": "FR", "payment_sources": [{ "exp_month": "x" }] }),
            "/customers/0/payment_sources/0/exp_month: must be a whole number",
        ),
    ] {
        let fixture = json!({ "customers": [customer] }).to_string();
        let error = MockOctobat::builder().fixture("bad.json", &fixture).try_start().unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
}

#[test]
fn shelves_put_and_take_customers_with_what_belongs_to_them() {
    let octobat = empty();
    let card = json!({ "id": "oc_ps_1", "source": "card_1" });
    let ada = octobat.customers().put(
        "ada",
        json!({ "billing_address_country": "FR", "tax_number": "FR1", "payment_sources": [card] }),
    );
    assert_eq!((ada.business_type, octobat.payment_sources("ada").len()), (BusinessType::B2B, 1));
    octobat.payment_sources("ada").put("oc_ps_2", json!({ "payment_source_type": "Check" }));
    let ids = ask(&octobat, "GET", "/customers/ada", "").1["payment_sources"]["data"].clone();
    assert_eq!((&ids[0]["id"], &ids[1]["id"]), (&json!("oc_ps_2"), &json!("oc_ps_1")));
    octobat.payment_sources("ada").remove("oc_ps_1");
    octobat.customers().remove("ada");
    assert!(octobat.payment_sources("ada").is_empty() && octobat.customers().is_empty());
    let nobody = octobat.payment_sources("ada").try_put("oc_ps_3", json!({}));
    assert!(nobody.unwrap_err().to_string().contains("there is no customer `ada`"));
}

#[test]
fn pages_partition_a_list_in_both_directions() {
    let octobat = empty();
    let mut ids: Vec<String> = (0..7)
        .map(|number| created(&octobat, &format!("billing_address_country=FR&name={number}")))
        .collect();
    ids.reverse();
    let page = |query: &str| ask(&octobat, "GET", &format!("/customers?{query}"), "").1;
    let on = |page: &Value| -> Vec<String> {
        let rows = page["data"].as_array().unwrap().iter();
        rows.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    let (mut forth, mut query) = (Vec::new(), "limit=3".to_owned());
    let last = loop {
        let page = page(&query);
        forth.extend(on(&page));
        query = format!("limit=3&starting_after={}", forth.last().unwrap());
        if page["has_more"] == false {
            break page;
        }
    };
    assert_eq!(forth, ids);
    let (mut back, mut first) = (on(&last), last);
    while first["has_before"] == true {
        first = page(&format!("limit=3&ending_before={}", back[0]));
        back.splice(0..0, on(&first));
    }
    assert_eq!(back, ids);
}

#[test]
fn a_number_is_a_name_where_an_object_belongs() {
    let octobat = empty();
    for (form, expected) in [
        ("metadata[2024]=x&metadata[plan]=y", json!({"2024": "x", "plan": "y"})),
        ("metadata[plan]=y&metadata[2024]=x", json!({"2024": "x", "plan": "y"})),
        ("metadata[2024]=x", json!({"2024": "x"})),
        ("metadata[order][17]=x", json!({"order": {"17": "x"}})),
    ] {
        let form = format!("billing_address_country=FR&{form}");
        let (status, body) = ask(&octobat, "POST", "/customers", &form);
        assert_eq!((status, &body["metadata"]), (201, &expected), "{form}");
    }
    let path =
        format!("/customers/{}/payment_sources", created(&octobat, "billing_address_country=FR"));
    let (status, body) = ask(&octobat, "POST", &path, "details[a]=x&details[1]=y");
    assert_eq!((status, &body["details"]), (201, &json!({"a": "x", "1": "y"})));
}

#[test]
fn items_with_numbers_stand_in_the_order_of_these() {
    let form = "billing_address_country=FR&sources[10][gateway]=b&sources[2][gateway]=a";
    let (_, body) = ask(&empty(), "POST", "/customers", form);
    let gateways = [&body["sources"][0]["gateway"], &body["sources"][1]["gateway"]];
    assert_eq!(gateways, ["a", "b"], "{body}");
}

#[test]
fn no_limit_is_too_large_or_too_small_to_fit() {
    let octobat = empty();
    (0..12).for_each(|_| drop(created(&octobat, "billing_address_country=FR")));
    for (limit, rows) in [("9223372036854775808", 12), ("-9223372036854775809", 1), ("many", 10)] {
        let (_, body) = ask(&octobat, "GET", &format!("/customers?limit={limit}"), "");
        assert_eq!(body["data"].as_array().unwrap().len(), rows, "{limit}");
    }
}
