//! What leaves the journal: HTTP archives, and command lines for curl.

use mock_rebilly::{MockRebilly, Op};
use serde_json::{Value, json};

use crate::support::{Api, Ask};

/// What the archive's standard demands, in its own words and no more: HAR 1.2, as far as we write it.
fn har_schema() -> Value {
    let strings = |names: &[&str]| -> Value {
        names.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect()
    };
    let object = |members: Value| {
        let names: Vec<&String> = members.as_object().unwrap().keys().collect();
        json!({ "type": "object", "required": names, "properties": members })
    };
    let pairs = json!({ "type": "array", "items": object(strings(&["name", "value"])) });
    let none = json!({ "type": "array", "maxItems": 0 });
    let count = json!({ "type": "integer", "minimum": -1 });
    let message = |mut members: Value, own: Value| {
        for (name, value) in own.as_object().unwrap() {
            members[name] = value.clone();
        }
        members["cookies"] = none.clone();
        members["headers"] = pairs.clone();
        members["headersSize"] = count.clone();
        members["bodySize"] = count.clone();
        object(members)
    };
    let mut request =
        message(strings(&["method", "url", "httpVersion"]), json!({ "queryString": pairs }));
    request["properties"]["postData"] = object(strings(&["mimeType", "text"]));
    let mut content = object(strings(&["mimeType"]));
    content["properties"]["size"] = json!({ "type": "integer", "minimum": 0 });
    content["properties"]["text"] = json!({ "type": "string" });
    content["properties"]["encoding"] = json!({ "const": "base64" });
    content["required"] = json!(["size", "mimeType"]);
    let response = message(
        strings(&["statusText", "httpVersion", "redirectURL"]),
        json!({ "status": { "type": "integer" }, "content": content }),
    );
    let timing = json!({ "type": "number", "minimum": 0 });
    let entry = object(json!({
        "startedDateTime": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)$"
        },
        "time": timing,
        "request": request,
        "response": response,
        "cache": { "type": "object" },
        "timings": object(json!({ "send": timing, "wait": timing, "receive": timing })),
    }));
    object(json!({
        "log": object(json!({
            "version": { "const": "1.2" },
            "creator": object(strings(&["name", "version"])),
            "entries": { "type": "array", "items": entry },
        })),
    }))
}

/// Says all that is unusual, and what an archive makes of it.
fn archived() -> (MockRebilly, Value) {
    let rebilly = MockRebilly::builder().empty().allow_unmatched().without_socket();
    let api = Api::direct(&rebilly);
    let key = |method: &str, target: &str| Ask::new(method, target).key();
    let put =
        key("PUT", "/customers/ada?expand=website&note=a%20b").json(&json!({ "locale": "é" }));
    api.expect(&put, 422);
    rebilly.advance(std::time::Duration::from_millis(1_250));
    let mut binary = key("PUT", "/customers/ada").header("Content-Type", "text/plain");
    binary.body = Some(vec![0xff, 0x00, 0x27]);
    api.expect(&binary, 400);
    api.expect(&key("PUT", "/customers/ada").text("{}"), 201);
    api.expect(&key("HEAD", "/customers/ada"), 200);
    api.expect(&key("GET", "/customers").header("Accept", "text/csv"), 200);
    api.expect(&key("GET", "/nowhere"), 404);
    let har = rebilly.journal().to_har();
    assert_eq!(har, rebilly.journal().to_har());
    (rebilly, serde_json::from_str(&har).expect("an archive is JSON"))
}

#[test]
fn an_archive_is_what_the_standard_demands() {
    let (_rebilly, har) = archived();
    let schema = jsonschema::validator_for(&har_schema()).unwrap();

    let errors: Vec<String> =
        schema.iter_errors(&har).map(|it| format!("{}: {it}", it.instance_path())).collect();

    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(har["log"]["entries"].as_array().unwrap().len(), 6);
    assert!(!schema.is_valid(&json!({ "log": { "version": "1.2", "entries": [{}] } })));
}

#[test]
fn an_archive_holds_what_was_sent() {
    let (rebilly, har) = archived();
    let entries = &har["log"]["entries"];

    let first = &entries[0];
    assert_eq!(first["startedDateTime"], "2024-01-01T00:00:00.000Z");
    assert_eq!(first["comment"], rebilly.journal().all().first().unwrap().to_string());
    let request = &first["request"];
    assert_eq!(request["url"], "http://localhost/customers/ada?expand=website&note=a%20b");
    let query =
        json!([{ "name": "expand", "value": "website" }, { "name": "note", "value": "a b" }]);
    assert_eq!(request["queryString"], query);
    let key = json!({ "name": "reb-apikey", "value": "sk_sandbox_test" });
    assert_eq!(request["headers"][0], key);
    let data = json!({ "mimeType": "application/json", "text": r#"{"locale":"é"}"# });
    assert_eq!((&request["postData"], &request["bodySize"]), (&data, &json!(15)));
    let response = &first["response"];
    assert_eq!(
        (&response["status"], &response["statusText"]),
        (&json!(422), &json!("Unprocessable Entity"))
    );
    let text = response["content"]["text"].as_str().unwrap();
    assert_eq!(serde_json::from_str::<Value>(text).unwrap()["invalidFields"][0]["field"], "locale");
    assert_eq!(
        (&response["bodySize"], &response["content"]["size"]),
        (&json!(text.len()), &json!(text.len()))
    );

    assert_eq!(entries[1]["startedDateTime"], "2024-01-01T00:00:01.250Z");
    let binary = json!({ "mimeType": "text/plain", "text": "/wAn", "_encoding": "base64" });
    assert_eq!(entries[1]["request"]["postData"], binary);
    let head = &entries[3]["response"];
    assert_eq!((&head["bodySize"], &head["content"]["size"]), (&json!(0), &json!(0)));
    let csv = &entries[4]["response"]["content"];
    assert!(csv["mimeType"].as_str().unwrap().starts_with("text/csv"), "{csv}");
    assert_eq!(entries[4]["request"].get("postData"), None);
}

#[test]
fn commands_stand_below_the_lines_of_the_journal() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    api.get("/customers?fields[]=id", 200);
    api.put("/customers/it's", &json!({ "locale": "it's" }), 422);
    api.expect(&Ask::new("HEAD", "/status"), 200);

    let script = rebilly.journal().to_curl();

    assert_eq!(
        script,
        "# #1 GET /customers?fields[]=id -> 200 GetCustomerCollection\n\
         curl -g 'http://localhost/customers?fields[]=id' -H 'reb-apikey: sk_sandbox_test'\n\
         # #2 PUT /customers/it's -> 422 PutCustomer\n\
         curl -X PUT 'http://localhost/customers/it'\\''s' -H 'reb-apikey: sk_sandbox_test' \
         -H 'content-type: application/json' --data-raw '{\"locale\":\"it'\\''s\"}'\n\
         # #3 HEAD /status -> 200 GetStatus\n\
         curl -I 'http://localhost/status'\n"
    );
}

/// A shell reads the commands, and a stand-in for curl tells what it was given.
#[cfg(unix)]
mod in_a_shell {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use mock_rebilly::http::Request;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Arguments, a zero after each, and then what it would read.
    const CURL: &str = r#"curl() {
        reads=false
        for argument in "$@"; do
            printf '%s\0' "$argument"
            if [ "$argument" = @- ]; then reads=true; fi
        done
        if $reads; then cat; fi
    }
    "#;

    /// The arguments that curl would be given, and what it would read.
    fn given(command: &str) -> (Vec<Vec<u8>>, Vec<u8>) {
        let mut shell = Command::new("sh");
        let shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut shell = shell.spawn().expect("a shell");
        // By a pipe, since a whole script may be longer than an argument.
        let script = format!("{CURL}{command}\n");
        shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        let output = shell.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{command}: {output:?}");
        let mut arguments: Vec<Vec<u8>> =
            output.stdout.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
        let reads = arguments.iter().position(|it| it == b"@-");
        let read = match reads {
            Some(at) => arguments.split_off(at + 1).join(&0),
            None => arguments.pop().unwrap_or_default(),
        };
        (arguments, read)
    }

    /// What was sent, and what a shell makes of its command.
    fn there_and_back(header: &[u8], body: &[u8]) -> (Vec<Vec<u8>>, Vec<u8>) {
        let rebilly = MockRebilly::builder().empty().without_socket();
        let request = Request::put("/customers/ada?q=%27").header("REB-APIKEY", "sk_sandbox_x");
        let request = request.header("x-note", header);
        rebilly.handle(request.body(body.to_vec()).unwrap());
        given(&rebilly.journal().of(Op::PutCustomer).one().to_curl())
    }

    fn arguments(words: &[&[u8]]) -> Vec<Vec<u8>> {
        let first = [b"-X", &b"PUT"[..], b"http://localhost/customers/ada?q=%27", b"-H"];
        let first = first.into_iter().chain([&b"reb-apikey: sk_sandbox_x"[..], b"-H"]);
        first.chain(words.iter().copied()).map(<[u8]>::to_vec).collect()
    }

    #[test]
    fn text_is_an_argument_and_bytes_are_read() {
        let no_type = &b"content-type:"[..];
        let text = "@it's\n\ta \"$HOME\" `é` \\ %s !";
        let expected = arguments(&[b"x-note: 'x'", b"-H", no_type, b"--data-raw", text.as_bytes()]);
        assert_eq!(there_and_back(b"'x'", text.as_bytes()), (expected, vec![]));

        let bytes = b"-\x00\x01'\\%\xff\r\n";
        let expected = arguments(&[b"x-note: \xff\\", b"-H", no_type, b"--data-binary", b"@-"]);
        assert_eq!(there_and_back(b"\xff\\", bytes), (expected, bytes.to_vec()));

        let long = "'".repeat(40_000);
        let expected = arguments(&[b"x-note;", b"-H", no_type, b"--data-binary", b"@-"]);
        assert_eq!(there_and_back(b"", long.as_bytes()), (expected, long.into_bytes()));
    }

    #[test]
    fn every_byte_arrives() {
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) };
        let header = vec(prop_oneof![32_u8..127, 128_u8..=255, Just(b'\t')], 1..20);
        let header = header.prop_filter("headers are trimmed", |it| it.trim_ascii() == it);
        let body = vec(any::<u8>(), 1..60);
        proptest!(config, |(header in header, body in body)| {
            let (arguments, read) = there_and_back(&header, &body);
            prop_assert_eq!(&arguments[6], &[b"x-note: ", &header[..]].concat());
            match arguments.last().map(Vec::as_slice) {
                Some(b"@-") => prop_assert_eq!(read, body),
                last => prop_assert_eq!(last, Some(&body[..])),
            }
        });
    }

    /// What a shell makes of a command line, sent to a fresh double, is answered as the original was.
    #[test]
    fn a_command_sends_the_same_request_again() {
        let rebilly = MockRebilly::builder().empty().without_socket();
        let api = Api::direct(&rebilly);
        let body = json!({ "primaryAddress": { "firstName": "O'Brian\n\"é\"" } });
        let ask =
            Ask::new("PUT", "/customers/ada?fields[]=id&fields[]=firstName").key().json(&body);
        let answer = api.expect(&ask, 201);

        let (arguments, _) = given(&rebilly.journal().of(Op::PutCustomer).one().to_curl());

        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let mut words = arguments.iter().map(|it| text(it));
        let mut again = Ask::new("GET", "/");
        while let Some(word) = words.next() {
            match word.as_str() {
                "-X" => again.method = words.next().unwrap().parse().unwrap(),
                "-H" => {
                    let header = words.next().unwrap();
                    let (name, value) = header.split_once(": ").unwrap();
                    again = again.header(name, value);
                }
                "--data-raw" => again.body = words.next().map(String::into_bytes),
                "-g" => {}
                url => url.strip_prefix("http://localhost").unwrap().clone_into(&mut again.target),
            }
        }
        let fresh = MockRebilly::builder().empty().without_socket();
        assert_eq!(Api::direct(&fresh).expect(&again, 201), answer);
        fresh.journal().of(Op::PutCustomer).body("", body).assert_once();
    }
}
