//! How contracts are played: matchers, requests, reports, targets.

use std::cell::RefCell;
use std::rc::Rc;

use mock_rebilly::contract::{Contracts, Report, Target};
use mock_rebilly::http::{Request, Response};
use serde_json::{Value, json};

#[test]
fn values_are_themselves() {
    accepts(r#"[null, true, "text", 7, {}, []]"#, r#"[null, true, "text", 7, {}, []]"#);
    refuses("[null]", "[0]", "/body/0: expected null, found 0");
    refuses("[true]", "[false]", "/body/0: expected true, found false");
    refuses(r#"{"a":"b"}"#, r#"{"a":"B"}"#, r#"/body/a: expected "b", found "B""#);
    refuses(r#"{"a":"7"}"#, r#"{"a":7}"#, r#"/body/a: expected "7", found 7"#);
    refuses(r#"{"a":null}"#, "{}", "/body/a: expected null, found nothing");
    refuses(r#"{"a/b":{"~":1}}"#, r#"{"a/b":{"~":2}}"#, "/body/a~1b/~0: expected 1, found 2");
}

#[test]
fn numbers_are_compared_as_numbers() {
    accepts("[7, 7.0, 0.1, 1e2, -0.5]", "[7.0, 7, 0.10, 100, -5e-1]");
    refuses("[0.1]", "[0.2]", "/body/0: expected 0.1, found 0.2");
    let (one, other) = ("9007199254740993", "9007199254740992");
    refuses(
        &format!("[{one}]"),
        &format!("[{other}]"),
        &format!("/body/0: expected {one}, found {other}"),
    );
}

#[test]
fn an_object_is_a_subset_unless_it_is_exact() {
    accepts(r#"{"a":1}"#, r#"{"b":2,"a":1}"#);
    accepts(r#"{"$exactly":{"a":1,"b":{"c":1}}}"#, r#"{"b":{"c":1,"d":2},"a":1}"#);
    refuses(r#"{"$exactly":{"a":1}}"#, r#"{"a":1,"b":2}"#, "/body/b: expected nothing, found 2");
    refuses(r#"{"$exactly":{"a":1}}"#, "{}", "/body/a: expected 1, found nothing");
    refuses(r#"{"$exactly":{"a":1}}"#, "[]", r#"/body: expected {"$exactly":{"a":1}}, found []"#);
    refuses(r#"{"a":1}"#, r#""a""#, r#"/body: expected {"a":1}, found "a""#);
}

#[test]
fn a_list_is_whole_and_in_order_unless_it_is_unordered() {
    refuses("[1,2]", "[2,1]", "/body/0: expected 1, found 2\n/body/1: expected 2, found 1");
    refuses("[1]", "[1,2]", "/body: expected 1 item, found 2 items: [1,2]");
    accepts(r#"{"$unordered":[1,2]}"#, "[2,1]");
    accepts(r#"{"$unordered":["$any",1]}"#, "[1,2]");
    refuses(
        r#"{"$unordered":[1,1]}"#,
        "[1]",
        "/body: expected an item 1, found no such item in []",
    );
    refuses(
        r#"{"$unordered":[{"a":"$text"},1]}"#,
        "[1,3]",
        r#"/body: expected an item {"a":"$text"}, found no such item in [3]"#,
    );
    refuses(r#"{"$unordered":[2]}"#, "[1,2]", "/body/0: expected nothing, found 1");
    refuses(r#"{"$unordered":[]}"#, "{}", r#"/body: expected {"$unordered":[]}, found {}"#);
}

#[test]
fn every_matcher_accepts_and_refuses() {
    let id = "cus_01HRYB3S9JQ8WXYZ0123456789";
    let holds = [
        ("$absent", r#"{"b":1}"#),
        ("$any", r#"{"a":null}"#),
        ("$text", r#"{"a":" "}"#),
        ("$boolean", r#"{"a":false}"#),
        ("$number", r#"{"a":-1.5}"#),
        ("$list", r#"{"a":[]}"#),
        ("$object", r#"{"a":{}}"#),
        ("$time", r#"{"a":"2024-01-01T00:00:00.5+02:00"}"#),
        ("$contains:b:c", r#"{"a":"ab:cd"}"#),
        ("$length:2", r#"{"a":"äö"}"#),
        ("$length:0", r#"{"a":[]}"#),
        ("$hex:4", r#"{"a":"09af"}"#),
        ("$$hex:4", r#"{"a":"$hex:4"}"#),
        ("$${base}", r#"{"a":"${base}"}"#),
        ("a$${b}$c", r#"{"a":"a${b}$c"}"#),
        ("${organization}$", r#"{"a":"org_1$"}"#),
        ("$contains:${base}/x", r#"{"a":"at http://api.test/x."}"#),
        ("$id:cus_", &format!(r#"{{"a":"{id}"}}"#)),
        ("$id", &format!(r#"{{"a":"{}"}}"#, &id[4..])),
    ];
    for (matcher, found) in holds {
        accepts(&json!({ "a": matcher }).to_string(), found);
    }
    let fails = [
        ("$absent", "null"),
        ("$text", r#""""#),
        ("$text", "1"),
        ("$boolean", "0"),
        ("$number", r#""1""#),
        ("$list", "{}"),
        ("$object", "[]"),
        ("$time", r#""2024-01-01""#),
        ("$contains:b", r#""a""#),
        ("$contains:b", r#"["b"]"#),
        ("$length:2", r#""a""#),
        ("$length:2", "[1]"),
        ("$length:2", "22"),
        ("$hex:4", r#""09AF""#),
        ("$hex:4", r#""09af0""#),
        ("$id:cus_", r#""cus_1""#),
        ("$id:cus_", r#""tmln_01HRYB3S9JQ8WXYZ0123456789""#),
        ("$id", r#""01HRYB3S9JQ8WXYZ012345678O""#),
    ];
    for (matcher, found) in fails {
        refuses(
            &json!({ "a": matcher }).to_string(),
            &format!(r#"{{"a":{found}}}"#),
            &format!(r#"/body/a: expected "{matcher}", found {found}"#),
        );
        if matcher != "$absent" {
            let said = format!(r#"/body/a: expected "{matcher}", found nothing"#);
            refuses(&json!({ "a": matcher }).to_string(), "{}", &said);
        }
    }
    refuses(r#"{"a":"$any"}"#, "{}", r#"/body/a: expected "$any", found nothing"#);
    accepts(r#"{"$$a":1}"#, r#"{"$a":1}"#);
}

#[test]
fn a_body_is_json_a_whole_text_or_empty() {
    accepts(r#""$empty""#, "");
    refuses(r#""$empty""#, "{}", r#"/body: expected an empty body, found "{}""#);
    accepts(r#""id,email\nada,\n""#, "id,email\nada,\n");
    refuses(r#""id\n""#, "id", r#"/body: expected "id\n", found "id""#);
    refuses(r#""$any""#, "", r#"/body: expected "$any", found an empty body"#);
    refuses("{}", "", "/body: expected {}, found an empty body");
    refuses("{}", "<html>", r#"/body: expected {}, found "<html>""#);
    accepts(r#""$contains:html""#, "<html>");
    accepts("null", "null");
}

#[test]
fn headers_are_texts_and_may_be_repeated() {
    let answer = json!({ "status": 201, "headers": {
        "location": "${base}/a", "Link": "<a>, <b>", "X-None": "$absent", "Etag": "$text"
    } });
    let report = play(&steps(&answer), |_| {
        let answer = Response::builder().status(200);
        let answer = answer.header("Location", "http://api.test/b").header("Link", "<a>");
        Ok(answer.header("Link", "<b>").header("X-None", "some").body(Vec::new()).unwrap())
    });
    let mut said = said(&report);
    said.sort();
    assert_eq!(
        said,
        [
            r#"/headers/Etag: expected "$text", found nothing"#,
            r#"/headers/X-None: expected "$absent", found "some""#,
            r#"/headers/location: expected "http://api.test/a", found "http://api.test/b""#,
            "/status: expected 201, found 200",
        ]
    );
}

#[test]
fn requests_are_sent_as_they_are_written() {
    let ask = |request: Value| json!({ "request": request, "answer": { "status": 200 } });
    let steps = json!([
        ask(json!({ "method": "GET", "path": "/a", "query": { "filter": "a:b c,[d]", } })),
        ask(json!({ "method": "GET", "path": "/a", "query": { "id": ["x", true, 7] } })),
        ask(
            json!({ "method": "GET", "target": "//v2.1/a/?q=a+b&", "headers": { "REB-APIKEY": null } })
        ),
        ask(
            json!({ "method": "PUT", "path": "/a", "body": { "b": ["${organization}", 1.5, null] } })
        ),
        ask(
            json!({ "method": "PUT", "path": "/a", "body": null, "headers": { "content-type": "text/plain" } })
        ),
        ask(
            json!({ "method": "PUT", "path": "/a", "form": { "b": { "c": ["${organization}", 1] }, "d": null } })
        ),
        ask(
            json!({ "method": "PUT", "path": "/a", "text": "{\"a\":", "headers": { "reb-apikey": "sk_2", "X": "${base}" } })
        ),
    ]);
    let sent = Rc::new(RefCell::new(Vec::new()));
    let keep = Rc::clone(&sent);
    let report = play(&steps, move |request| {
        let (head, body) = request.into_parts();
        let mut headers: Vec<String> = head
            .headers
            .iter()
            .map(|(name, value)| format!("{name}={}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        let line = format!(
            "{} {} {} {}",
            head.method,
            head.uri,
            headers.join(" "),
            String::from_utf8(body).unwrap()
        );
        keep.borrow_mut().push(line.trim_end().to_owned());
        Ok(Response::new(Vec::new()))
    });
    report.assert_none();
    assert_eq!(
        *sent.borrow(),
        [
            "GET http://api.test/organizations/org_1/a?filter=a%3Ab%20c%2C[d] reb-apikey=sk_1",
            "GET http://api.test/organizations/org_1/a?id=x&id=true&id=7 reb-apikey=sk_1",
            "GET http://api.test//v2.1/a/?q=a+b&",
            r#"PUT http://api.test/organizations/org_1/a content-type=application/json reb-apikey=sk_1 {"b":["org_1",1.5,null]}"#,
            "PUT http://api.test/organizations/org_1/a content-type=text/plain reb-apikey=sk_1 null",
            "PUT http://api.test/organizations/org_1/a content-type=application/x-www-form-urlencoded \
             reb-apikey=sk_1 b%5Bc%5D%5B%5D=org_1&b%5Bc%5D%5B%5D=1&d=",
            r#"PUT http://api.test/organizations/org_1/a reb-apikey=sk_2 x=http://api.test {"a":"#,
        ]
    );
}

#[test]
fn a_captured_value_is_a_value_and_no_matcher() {
    let capture = json!([
        {
            "request": { "method": "GET", "path": "/a" },
            "answer": { "status": 200 },
            "capture": { "text": "/list/0/a~1b", "number": "/number" }
        },
        {
            "request": { "method": "GET", "path": "/${number}" },
            "answer": { "status": 200, "body": { "list": [{ "a/b": "${text}" }], "number": "${number}" } }
        }
    ]);
    let report = play(&capture, |_| {
        Ok(Response::new(br#"{ "list": [{ "a/b": "$any" }], "number": 7 }"#.to_vec()))
    });
    assert_eq!(said(&report), [r#"/body/number: expected "7", found 7"#]);
    assert_eq!(report.differences()[0].request, "GET /7");
}

#[test]
fn a_step_that_lacks_a_name_is_not_played() {
    let lost = json!([
        {
            "request": { "method": "GET", "path": "/a" },
            "answer": { "status": 200 },
            "capture": { "id": "/id" }
        },
        {
            "request": { "method": "GET", "path": "/a/${id}" },
            "answer": { "status": 200 }
        }
    ]);
    let report = play(&lost, |_| Ok(Response::new(br#"{ "id": null }"#.to_vec())));
    assert_eq!(
        report.to_string(),
        "\
contracts on http://api.test: 1 file, 1 step, 1 difference

test.json: A test.
  step 1: GET /a
    /body/id: expected a text or a number to capture as `id`, found null

not played:
  test.json, step 2: `${id}` was not captured
"
    );
}

#[test]
fn without_an_answer_there_is_a_difference() {
    let report = play(&steps(&json!({ "status": 200 })), |_| Err("connection refused".to_owned()));
    assert_eq!(
        report.to_string(),
        "\
contracts on http://api.test: 1 file, 1 step, 1 difference

test.json: A test.
  step 1: GET /a
    expected an answer, found connection refused
"
    );
    assert_eq!(report.differences()[0].pointer, "");
}

#[test]
fn without_an_organization_there_is_a_difference() {
    let contracts = contracts(&steps(&json!({ "status": 200 })));
    let target = Target::remote("http://api.test", "org_1", "sk_1", |_| unreachable!());
    let target = target.organization_for_each(|file| Err(format!("none for {file}")));
    let report = contracts.run(&target);
    assert_eq!(
        report.to_string(),
        "\
contracts on http://api.test: 1 file, no steps, 1 difference

test.json: A test.
  before the first step
    expected an organization for this file, found none for test.json
"
    );
    assert_eq!(report.differences()[0].step, 0);
}

#[test]
fn a_report_shows_files_steps_and_guesses() {
    let text = r#"{
        "format": 1, "title": "A wrong one.", "source": "made up",
        "steps": [
            {
                "request": { "method": "PUT", "path": "/customers/ada", "body": { "websiteId": "w" } },
                "answer": {
                    "status": 200,
                    "headers": { "Location": "$absent" },
                    "body": { "revision": 7, "tags": [1] }
                }
            },
            { "advance": "P1D" },
            {
                "assumed": true, "reason": "It would be nice.",
                "request": { "method": "GET", "path": "/customers", "query": { "filter": "id:ada" } },
                "answer": { "status": 200, "body": [{ "id": "ada", "websiteId": "x" }] }
            }
        ]
    }"#;
    let report = Contracts::parse("wrong.json", text).unwrap().run(&Target::mock());
    assert_eq!(
        report.to_string(),
        "\
contracts on a double without a socket: 1 file, 3 steps (1 assumed), 5 differences

wrong.json: A wrong one.
  step 1: PUT /customers/ada
    /status: expected 200, found 201
    /headers/Location: expected \"$absent\", found \"http://localhost/organizations/acme/customers/ada\"
    /body/revision: expected 7, found 0
    /body/tags: expected 1 item, found 0 items: []
  step 3: GET /customers?filter=id%3Aada
    (assumed: It would be nice.)
    /body/0/websiteId: expected \"x\", found \"w\"
"
    );
    assert_eq!((report.files(), report.steps(), report.assumed()), (1, 3, 1));
    let last = &report.differences()[4];
    assert_eq!((&*last.file, &*last.title, last.step), ("wrong.json", "A wrong one.", 3));
    assert_eq!(last.assumed.as_deref(), Some("It would be nice."));
}

#[test]
fn a_long_value_is_cut_for_people_only() {
    let long = "ä".repeat(1_000);
    let report = play(&steps(&json!({ "status": 200, "body": "no" })), {
        let long = long.clone();
        move |_| Ok(Response::new(long.clone().into_bytes()))
    });
    assert_eq!(report.differences()[0].found, format!("\"{long}\""));
    let shown = format!("found \"{}… (1002 characters)\n", "ä".repeat(299));
    assert!(report.to_string().ends_with(&shown), "{report}");
}

#[test]
fn a_report_without_a_difference_is_one_line() {
    let report = play(&steps(&json!({ "status": 200 })), |_| Ok(Response::new(Vec::new())));
    let line = "contracts on http://api.test: 1 file, 1 step, no differences\n";
    assert_eq!(report.to_string(), line);
}

#[test]
#[should_panic(expected = "no step was played\n\
    contracts on http://api.test: no files, no steps, no differences\n\n\
    not played:\n  clock.json: moves the clock, which only a double can\n")]
fn nothing_played_proves_nothing() {
    let text =
        r#"{ "format": 1, "title": "Late.", "source": "none", "steps": [{ "advance": "P1D" }] }"#;
    let contracts = Contracts::parse("clock.json", text).unwrap();
    contracts.run(&offline()).assert_none();
}

#[test]
fn behind_an_address_a_file_is_left_out_for_what_it_needs() {
    let reason = |change: &dyn Fn(&mut Value)| {
        let mut file = file(&steps(&json!({ "status": 200 })));
        change(&mut file);
        let contracts = Contracts::parse("test.json", &file.to_string()).unwrap();
        let report = contracts.run(&offline());
        report.skipped().first().map(|it| (it.step, it.reason.clone()))
    };
    let whole = |reason: &str| Some((None, reason.to_owned()));
    assert_eq!(reason(&|_| ()), None);
    assert_eq!(
        reason(&|file| drop(file.as_object_mut().unwrap().remove("needs"))),
        whole("needs an empty organization, and this one is shared by all files")
    );
    assert_eq!(reason(&|file| file["needs"] = json!("a double")), whole("needs a double"));
    assert_eq!(
        reason(&|file| file["fixtures"] = json!("standard")),
        whole("starts with fixtures, which only a double can")
    );
    assert_eq!(
        reason(&|file| file["steps"][0]["answer"]["status"] = json!(501)),
        Some((Some(1), "only a double answers 501".to_owned()))
    );
    let named = "names acme, globex where `${organization}` could stand";
    let body = json!({ "self": "${base}/organizations/globex/a?b", "organizationId": "acme" });
    assert_eq!(reason(&|file| file["steps"][0]["answer"]["body"] = body.clone()), whole(named));
    let headers = json!({ "Organization-Id": "acme" });
    assert_eq!(
        reason(&|file| {
            file["steps"][0]["request"] =
                json!({ "method": "GET", "target": "/organizations/globex", "headers": headers });
        }),
        whole(named)
    );
    let own = json!([
        { "organizationId": "org_1", "self": "${base}/organizations/org_1/a" },
        { "organizationId": "${organization}", "self": "/organizations/${organization}" },
        { "organizationId": "$text" },
    ]);
    assert_eq!(reason(&|file| file["steps"][0]["answer"]["body"] = own.clone()), None);
}

#[test]
fn a_double_can_be_set_up_and_start_with_fixtures() {
    let text = r#"{
        "format": 1, "title": "Ada is there.", "source": "standard fixtures", "fixtures": "standard",
        "steps": [
            {
                "request": { "method": "GET", "path": "/customers/cus_ada" },
                "answer": { "status": 200, "body": { "id": "cus_ada", "organizationId": "globex" } }
            },
            {
                "request": { "method": "PUT", "path": "/customers/bob", "body": {} },
                "answer": { "status": 201, "body": { "createdTime": "2026-03-01T00:00:00Z" } }
            },
            { "advance": "PT1H30M" },
            {
                "request": { "method": "PUT", "path": "/customers/bob", "body": {} },
                "answer": { "status": 200, "body": { "updatedTime": "2026-03-01T01:30:00Z" } }
            }
        ]
    }"#;
    let target = Target::mock_with(|double| double.now("2026-03-01T00:00:00Z").api_key("sk_only"));
    let contracts = Contracts::parse("ada.json", text).unwrap();
    contracts.run(&target.organization("globex")).assert_none();
}

#[track_caller]
fn accepts(expected: &str, found: &str) {
    assert_eq!(differences(expected, found), "", "{expected} and {found}");
}

#[track_caller]
fn refuses(expected: &str, found: &str, said: &str) {
    assert_eq!(differences(expected, found), said, "{expected} and {found}");
}

/// What is said when this body is expected and that one is found.
#[track_caller]
fn differences(expected: &str, found: &str) -> String {
    // Written by hand: `json!` would read numbers as another crate's features have it.
    let answer = r#"{ "status": 200, "body": "#.to_owned() + expected + " }";
    let step = r#"[{ "request": { "method": "GET", "path": "/a" }, "answer": "#.to_owned();
    let (head, tail) = (r#"{ "format": 1, "title": "A test.", "source": "made up", "#, " }");
    let head = head.to_owned() + r#""needs": "any organization", "steps": "#;
    let text = head + &step + &answer + "}]" + tail;
    let contracts = Contracts::parse("test.json", &text).unwrap_or_else(|error| panic!("{error}"));
    let found = found.as_bytes().to_vec();
    let send = move |_| Ok(Response::new(found.clone()));
    let report = contracts.run(&Target::remote("http://api.test/", "org_1", "sk_1", send));
    said(&report).join("\n")
}

fn said(report: &Report) -> Vec<String> {
    let differences = report.differences().iter();
    differences
        .map(|it| format!("{}: expected {}, found {}", it.pointer, it.expected, it.found))
        .collect()
}

fn play(
    steps: &Value,
    send: impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> + 'static,
) -> Report {
    contracts(steps).run(&Target::remote("http://api.test", "org_1", "sk_1", send))
}

fn offline() -> Target {
    Target::remote("http://api.test", "org_1", "sk_1", |_| Ok(Response::new(Vec::new())))
}

fn steps(answer: &Value) -> Value {
    json!([{ "request": { "method": "GET", "path": "/a" }, "answer": answer }])
}

fn contracts(steps: &Value) -> Contracts {
    let text = file(steps).to_string();
    Contracts::parse("test.json", &text).unwrap_or_else(|error| panic!("{error}"))
}

fn file(steps: &Value) -> Value {
    json!({
        "format": 1,
        "title": "A test.",
        "source": "made up",
        "needs": "any organization",
        "steps": steps
    })
}
