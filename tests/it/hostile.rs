//! What no client should send: Octobat and Notihub answer it in their own words, and what
//! they refuse changes nothing.

use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::http::Request;
use mock_rebilly::{Mock, MockNotihub, MockOctobat};
use serde_json::Value;

#[test]
fn whatever_octobat_is_sent_it_answers_in_its_own_words() {
    let octobat = MockOctobat::builder().without_socket();
    let customer = "/customers/oc_cu_1675242000a1b20000ada1";
    let source = format!("{customer}/payment_sources/oc_ps_1675242060c3d40000ada1");
    let lines = [
        "POST /customers".to_owned(),
        format!("PATCH {customer}"),
        format!("POST {customer}/payment_sources"),
        format!("PATCH {source}"),
        "GET /customers".to_owned(),
    ];
    for line in &lines {
        for form in [
            b"billing_address_country=\xff\xfe&name=%FF%GG%&%=%".to_vec(),
            b"a]][[=1&b[=2&[]=3&=4&[a]=5&&&metadata[a]b=3&metadata[]x=1".to_vec(),
            b"metadata[a]=1&metadata=2&sources=3&sources[]=4&details[]=5&limit[]=6".to_vec(),
            format!("billing_address_country=FR&a{}=1", "[b]".repeat(5_000)).into_bytes(),
            format!("billing_address_country=FR&a{}=1", "[".repeat(50_000)).into_bytes(),
            "sources[][gateway]=x&".repeat(5_000).into_bytes(),
            b"sources[18446744073709551615][gateway]=x&sources[18446744073709551616]=y".to_vec(),
            b"exp_month=-9223372036854775809&exp_year=1e400&limit=99999999999999999999".to_vec(),
            format!("details={}", "[".repeat(50_000)).into_bytes(),
        ] {
            assert_answered(&octobat, line, "application/x-www-form-urlencoded", &form);
        }
        for json in unfit_json() {
            assert_answered(&octobat, line, "application/json", &json);
        }
    }
    for query in [
        "limit=-1",
        "limit=1e400",
        "limit=%00",
        "limit[a]=1",
        "starting_after=%FF",
        "expand=%",
        "source[]=x",
        "a[[[=1",
        "?&&==",
        "ending_before[][]=x",
    ] {
        assert_answered(&octobat, &format!("GET /customers?{query}"), "text/plain", b"");
    }
    for id in ["%00", "%FF", "%", "..", "%2F%2F", "%0D%0AX:%20y"] {
        assert_answered(&octobat, &format!("GET /customers/{id}"), "text/plain", b"");
    }
}

#[test]
fn whatever_notihub_is_sent_it_answers_in_its_own_words() {
    let notihub = MockNotihub::builder().without_socket();
    let customer = "/customers/5f0c7b3e-4a52-4d0e-9a7b-0c1d2e3f4a5b";
    let lines = [
        "POST /customers/".to_owned(),
        format!("PUT {customer}"),
        format!("POST {customer}/contacts"),
        format!("PUT {customer}/contacts"),
        format!("PUT {customer}/contacts/1"),
        format!("POST {customer}/preferences"),
        "POST /messages/".to_owned(),
        "GET /customers/".to_owned(),
    ];
    for line in &lines {
        for json in unfit_json() {
            assert_answered(&notihub, line, "\u{ff}", &json);
        }
    }
    for query in [
        "limit=1e400&page=1e308",
        "limit=-1&page=-1",
        "limit=%FF&page=%00",
        "page=99999999999999999999",
        "search=%",
        "search=%FF",
        "search=&search=+",
        "actives=maybe",
        "limit=200&page=9223372036854775807",
    ] {
        assert_answered(&notihub, &format!("GET /customers/?{query}"), "text/plain", b"");
        assert_answered(&notihub, &format!("GET /messages/?{query}"), "text/plain", b"");
    }
    for id in ["%00", "%FF", "%", "..", "%2F%2F", "undefined"] {
        assert_answered(&notihub, &format!("GET //customers/{id}"), "text/plain", b"");
    }
}

/// Bodies that are no JSON, or JSON that is nothing the vendors know.
fn unfit_json() -> Vec<Vec<u8>> {
    let member = |name: &str| {
        let values =
            ["null", "[]", "{}", "[null]", "[[]]", "7", "-1e308", "true", "\"\"", "\" \"", "\"@\""];
        values.map(|value| format!("{{\"{name}\":{value}}}").into_bytes())
    };
    let names = [
        "billing_address_country",
        "business_type",
        "metadata",
        "sources",
        "details",
        "exp_month",
        "limit",
        "externalId",
        "status",
        "contacts",
        "contact",
        "type",
        "value",
        "primary",
        "contactId",
        "templateGroupId",
        "mechanisms",
        "customerId",
        "templateId",
        "force",
        "model",
    ];
    let wholes = [
        "",
        "{",
        "null",
        "[1]",
        "[[]]",
        "7",
        "\"x\"",
        "1e999",
        "{\"a\":1}}",
        "{\"a\":\"\\ud800\"}",
        "[{}]",
    ];
    let mut bodies: Vec<Vec<u8>> = wholes.map(|it| it.as_bytes().to_vec()).into();
    bodies.push(vec![0xff]);
    bodies.push("[".repeat(50_000).into_bytes());
    bodies.push("{\"a\":".repeat(50_000).into_bytes());
    bodies.push(format!("[{}{{}}]", "{},".repeat(5_000)).into_bytes());
    bodies.extend(names.into_iter().flat_map(member));
    bodies
}

/// Asks, and looks whether it is answered with JSON that is no error of the double's own; if
/// it is refused, nothing may have changed.
#[track_caller]
fn assert_answered<V: Vendor>(double: &Mock<V>, line: &str, content_type: &str, body: &[u8]) {
    let (method, target) = line.split_once(' ').unwrap();
    let request = Request::builder()
        .method(method)
        .uri(target)
        .header("Authorization", double.credential())
        .header("Content-Type", content_type);
    let before = double.fingerprint();
    let answer = double.handle(request.body(body.to_vec()).unwrap());
    let said = format!("{line} {}", String::from_utf8_lossy(&body[..body.len().min(200)]));
    let status = answer.status();
    assert!(!status.is_server_error() && !answer.body().is_empty(), "{said} -> {status}");
    let json: Value =
        serde_json::from_slice(answer.body()).unwrap_or_else(|it| panic!("{said}: {it}"));
    if !status.is_success() {
        assert!(json["errors"].is_object() || json["message"].is_string(), "{said} -> {json}");
        assert_eq!(double.fingerprint(), before, "{said} -> {json}");
    }
}
