//! [`Program`]: the binary, started with switches and asked over its socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use mock_rebilly::http::Response;
use serde_json::{Value, json};

use crate::support::{Ask, agent, header, json as body_of, send};
#[cfg(feature = "tls")]
use crate::tls::{shaken, trusting};
use crate::wire::PATIENCE;
#[cfg(feature = "tls")]
use crate::wire::{Wire, get_ada};

/// A process that ends with its test.
struct Program {
    child: Child,
    url: String,
    /// The second line: how to try it.
    command: String,
}

impl Program {
    fn start(switches: &[&str]) -> Program {
        Program::of("rebilly", switches)
    }

    fn of(vendor: &str, switches: &[&str]) -> Program {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));
        program.args(["--vendor", vendor]).args(switches);
        let mut child = program.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let (first, command) = (lines.next().unwrap(), lines.next().unwrap());
        let url = first.strip_prefix(&format!("{vendor} listening on "));
        Program { url: url.expect("it says where it listens").to_owned(), command, child }
    }

    fn ask(&self, ask: &Ask) -> Response<Vec<u8>> {
        send(&agent(), ask.request(&self.url))
    }

    #[track_caller]
    fn put(&self, target: &str, body: &Value, status: u16) -> Value {
        self.expect(&Ask::new("PUT", target).key().json(body), status)
    }

    #[track_caller]
    fn expect(&self, ask: &Ask, status: u16) -> Value {
        let answer = self.ask(ask);
        assert_eq!(answer.status(), status, "{ask:?}: {}", body_of(&answer));
        body_of(&answer)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that hears webhooks: its address, and what it is told, a JSON text each.
fn listen() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // It ends with the test, which hears no more then.
            if tell.send(hear(&stream.unwrap())).is_err() {
                break;
            }
        }
    });
    (url, told)
}

/// Reads a request, acknowledges it and gives its body back.
fn hear(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    for line in reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty()) {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (&mut &*stream).write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
    String::from_utf8(body).unwrap()
}

/// Asks what the line that a program prints would ask.
#[track_caller]
fn tried(program: &Program) -> Value {
    let parts: Vec<&str> = program.command.split('\'').collect();
    let ["curl -s -H ", header, " ", url, ""] = parts[..] else { panic!("{}", program.command) };
    let (name, value) = header.split_once(": ").expect("a header");
    let target = url.strip_prefix(&program.url).expect("an address of this program");
    program.expect(&Ask::new("GET", target).header(name, value), 200)
}

#[test]
fn a_program_says_how_to_try_it() {
    let shown = tried(&Program::of("rebilly", &["--api-key", "sk_sandbox_only"]));

    assert_eq!(shown.as_array().map(Vec::len), Some(2), "{shown}");
    let shown = tried(&Program::of("octobat", &["--api-key", "oc_test_skey_only"]));
    assert_eq!(shown["data"].as_array().map(Vec::len), Some(2), "{shown}");
    let shown = tried(&Program::of("notihub", &["--path-prefix", "/eu/"]));
    assert_eq!(shown.as_array().map(Vec::len), Some(2), "{shown}");
}

#[test]
fn a_program_of_any_vendor_takes_the_switches_that_all_have() {
    let switches = ["--empty", "--seed=7", "--sequential-ids", "--now=2026-03-01T00:00:00Z"];
    for vendor in ["rebilly", "octobat", "notihub"] {
        let program = Program::of(vendor, &switches);
        let answer = program.ask(&Ask::new("GET", "/customers"));
        let date = header(&answer, "date").expect("a date");
        assert_eq!((answer.status().as_u16(), date), (401, "Sun, 01 Mar 2026 00:00:00 GMT"));
        assert!(!tried(&program).to_string().contains("ada@example.com"), "{vendor} is not empty");
    }
}

#[test]
fn a_program_lets_an_undefined_bearer_into_notihub_when_it_is_told_to() {
    let list = Ask::new("GET", "//customers/").header("Authorization", "Bearer undefined");

    Program::of("notihub", &["--accept-undefined-bearer"]).expect(&list, 200);
    Program::of("notihub", &[]).expect(&list, 401);
}

#[test]
fn a_program_issues_tokens_for_the_credentials_that_it_is_told_and_no_others() {
    let program = Program::of("notihub", &["--credentials=pub:sec:acme:secret"]);
    let exchange = |keys| Ask::new("POST", "/token/").header("Authorization", keys);

    program.expect(&exchange("Basic cHViOnNlYzphY21lOnNlY3JldA=="), 200);
    // The last letter differs.
    program.expect(&exchange("Basic cHViOnNlYzphY21lOnNlY3JlcA=="), 401);

    let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));
    let output = program.args(["--vendor=notihub", "--credentials=pub::acme:x"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("there are four parts"), "{said}");
}

#[test]
fn a_program_refuses_switches_of_other_vendors() {
    for (switches, sentence) in [
        (
            ["--vendor=octobat", "--organization=acme"],
            "'--organization' is for rebilly, and says nothing to octobat",
        ),
        (
            ["--vendor=notihub", "--api-key=sk_x"],
            "'--api-key' is for rebilly and octobat, and says nothing to notihub",
        ),
        (
            ["--vendor=rebilly", "--accept-undefined-bearer"],
            "'--accept-undefined-bearer' is for notihub, and says nothing to rebilly",
        ),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));
        let output = program.args(switches).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(sentence), "{said}");
    }
}

#[test]
fn a_program_of_another_vendor_says_how_to_try_that() {
    let switches = ["--api-key", "oc_test_skey_only", "--path-prefix", "/octobat/"];
    let shown = tried(&Program::of("octobat", &switches));

    assert_eq!(shown["data"].as_array().map(Vec::len), Some(2), "{shown}");
}

#[test]
fn a_program_that_knows_no_such_vendor_says_which_it_knows() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));
    let output = program.args(["--vendor", "stripe"]).output().unwrap();

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("[possible values: rebilly, octobat, notihub]"),
        "{said}"
    );
}

#[test]
fn a_program_that_delivers_tells_webhooks_by_itself_and_in_order() {
    let (url, told) = listen();
    let program = Program::start(&["--empty", "--deliver-webhooks"]);
    let hook = json!({ "method": "POST", "url": url, "credentialHash": "any" });
    program.put("/organizations/acme/webhooks/hook_1", &hook, 201);
    let ada = "/organizations/acme/customers/ada";

    program.put(ada, &json!({ "leadSource": { "source": "ads" } }), 201);
    program.put(ada, &json!({}), 200);
    program.expect(&Ask::new("GET", ada).key(), 200);
    program.put(ada, &json!({ "locale": "en" }), 200);

    let heard = |_| -> Value {
        let text = told.recv_timeout(PATIENCE).expect("a webhook is told");
        serde_json::from_str(&text).unwrap()
    };
    let payloads: Vec<Value> = (0..4).map(heard).collect();
    let kinds: Vec<&str> = payloads.iter().map(|it| it["eventType"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["customer-created", "lead-source-changed", "customer-updated", "customer-updated"]
    );
    assert_eq!(payloads[3]["_embedded"]["customer"]["locale"], "en");
    assert_eq!(payloads[3]["_links"][0]["href"], format!("{}{ada}", program.url));
    // One is told after the other, so all but the last are on record by now.
    let log = Ask::new("GET", "/organizations/acme/tracking/webhooks?filter=status:204").key();
    let log = program.expect(&log, 200);
    assert!(log.as_array().unwrap().len() >= 3, "{log}");
}

#[test]
fn a_program_refuses_what_is_over_its_rate_limit() {
    let program = Program::start(&["--rate-limit", "1"]);
    let put = Ask::new("PUT", "/customers/eve").key().json(&json!({}));

    let first = program.ask(&put);

    assert_eq!(first.status(), 201);
    assert_eq!(header(&first, "X-RateLimit-Limit"), Some("1"));
    program.expect(&put, 429);
    program.expect(&Ask::new("GET", "/customers/eve").key(), 200);
}

#[test]
fn the_switches_of_a_program_are_those_of_the_builder() {
    let program = Program::start(&[
        "--sequential-ids",
        "--order-independent",
        "--organization",
        "acme",
        "--without-compliance-products",
    ]);

    let post = Ask::new("POST", "/customers").key().json(&json!({}));
    let made = program.ask(&post);

    // With the order of arrival, what is left of the limit goes.
    assert_eq!(header(&made, "X-RateLimit-Remaining"), Some("2999"));
    assert_eq!(header(&program.ask(&post), "X-RateLimit-Remaining"), Some("2999"));
    let made = body_of(&made);
    assert_eq!(made["organizationId"], "acme");
    let path = format!("/organizations/acme/customers/{}", made["id"].as_str().unwrap());
    assert!(path.ends_with("/cus_00000000000000000000000001"), "{path}");
    program.expect(&Ask::new("GET", &path).key(), 200);
    program.expect(&Ask::new("POST", &format!("{path}/compliance-screening-report")).key(), 403);
}

#[test]
fn a_program_refuses_switches_that_would_take_each_others_sense() {
    for switches in [["--rate-limit=1", "--order-independent"], ["--empty", "--fixtures=x.json"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));
        let output = program.args(switches).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("cannot be used with"), "{said}");
    }
}

/// A file of this name that a test may write.
#[cfg(feature = "tls")]
fn scratch(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"))
}

#[cfg(feature = "tls")]
#[test]
fn a_program_with_tls_is_trusted_by_the_file_that_it_has_written_when_it_is_ready() {
    let file = scratch("written's.pem");
    let _ = std::fs::remove_file(&file);

    let program = Program::start(&["--tls", "--tls-ca-out", &file]);

    let pem = std::fs::read_to_string(&file).unwrap();
    let address = program.url.strip_prefix("https://").expect("it speaks https");
    let stream = shaken(trusting(&[&pem]), address.parse().unwrap(), "localhost").unwrap();
    assert_eq!(Wire::over(stream).ask(&get_ada()).status(), 200);
    let trust = format!("curl -s --cacert '{}' -H ", file.replace('\'', r"'\''"));
    assert!(program.command.starts_with(&trust), "{}", program.command);
}

#[cfg(feature = "tls")]
#[test]
fn every_program_with_tls_has_an_authority_of_its_own() {
    let files = ["one.pem", "other.pem"].map(scratch);
    let programs = files.each_ref().map(|file| Program::start(&["--tls", "--tls-ca-out", file]));

    let [one, other] = files.map(|file| std::fs::read_to_string(file).unwrap());
    let address = programs[0].url.strip_prefix("https://").unwrap().parse().unwrap();

    assert!(shaken(trusting(&[&other]), address, "localhost").is_err());
    assert!(shaken(trusting(&[&other, &one]), address, "localhost").is_ok());
}

#[cfg(feature = "tls")]
#[test]
fn a_program_that_cannot_write_its_authority_names_the_file_and_does_not_start() {
    let file = scratch("no/such/folder/ca.pem");
    let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));

    let output = program.args(["--tls", "--tls-ca-out", &file]).output().unwrap();

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with(&format!("mock-rebilly: {file} cannot be written: ")), "{said}");
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
}

#[cfg(feature = "tls")]
#[test]
fn a_program_has_an_authority_only_with_tls() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mock-rebilly"));

    let output = program.args(["--tls-ca-out", &scratch("never.pem")]).output().unwrap();

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("required") && said.contains("--tls"),
        "{said}"
    );
}
