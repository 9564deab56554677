//! [`Wire`], a client that sends what it is told to, and what the server makes of it:
//! HTTP as well-behaved, unusual and broken clients speak it.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use mock_rebilly::engine::double::BODY_MAX;
use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{Mock, MockRebilly, Op, Unmatched};
use serde_json::{Value, json};

use crate::support::{self, Api, Ask, header};

/// How long a test waits for what must come at once. It passes only when a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A connection on which tests choose every byte.
pub(crate) struct Wire<S = TcpStream>(BufReader<S>);

impl Wire {
    pub(crate) fn to(double: &Mock<impl Vendor>) -> Wire {
        Wire::over(connected(double.address().unwrap()))
    }
}

/// A connection that waits for nothing longer than a test does.
pub(crate) fn connected(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Whether nobody listens there.
pub(crate) fn is_refused(address: SocketAddr) -> bool {
    TcpStream::connect(address).is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
}

/// Whether nobody listens any more where doubles did that had their lives before this asks.
/// The system may give such a port to another test at once; hardly so three times of eight.
/// One time would not do: of doubles that go a moment too late, one may go in time.
pub(crate) fn is_gone<const N: usize>(mut live: impl FnMut() -> [SocketAddr; N]) -> bool {
    let refused = (0..8).filter(|_| live().into_iter().all(is_refused));
    refused.count() >= 6
}

impl<S: Read + Write> Wire<S> {
    pub(crate) fn over(stream: S) -> Wire<S> {
        Wire(BufReader::new(stream))
    }

    pub(crate) fn send(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// Sends a request and reads its answer.
    pub(crate) fn ask(&mut self, text: &str) -> Response<Vec<u8>> {
        self.send(text);
        self.answer()
    }

    /// Reads one answer, and no byte more.
    pub(crate) fn answer(&mut self) -> Response<Vec<u8>> {
        let mut answer = self.head();
        let length = header(&answer, "content-length").map_or(0, |length| length.parse().unwrap());
        answer.body_mut().resize(length, 0);
        self.0.read_exact(answer.body_mut()).unwrap();
        answer
    }

    /// Reads the head of an answer: all there is to one of `HEAD` or with status 100.
    pub(crate) fn head(&mut self) -> Response<Vec<u8>> {
        let mut lines = self.0.by_ref().lines().map(|line| line.expect("more of an answer"));
        let first = lines.next().expect("an answer before the end");
        let status = first.split(' ').nth(1).expect("a status");
        let mut answer = Response::builder().status(status);
        for line in lines.take_while(|line| !line.is_empty()) {
            let (name, value) = line.split_once(": ").expect("a header");
            answer = answer.header(name, value);
        }
        answer.body(Vec::new()).unwrap()
    }

    /// Reads so many bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.0.read_exact(&mut bytes).expect("so many bytes");
        bytes
    }

    /// What comes next, when it is no answer: so many bytes, or an error.
    pub(crate) fn end(&mut self) -> Result<usize, ErrorKind> {
        self.0.read(&mut [0; 16]).map_err(|error| error.kind())
    }

    /// Whether the other side has closed it, and sent nothing before that.
    pub(crate) fn is_closed(&mut self) -> bool {
        match self.0.read(&mut [0]) {
            Ok(count) => count == 0,
            Err(error) => is_broken(&error),
        }
    }
}

/// A request as it is sent: its first line, headers beside the key, and a body.
pub(crate) fn wired(line: &str, headers: &[&str], body: &str) -> String {
    let headers: String = headers.iter().flat_map(|header| [header, "\r\n"]).collect();
    let length = match body.len() {
        0 => String::new(),
        length => format!("Content-Length: {length}\r\n"),
    };
    format!("{line}\r\nREB-APIKEY: sk_sandbox_test\r\n{headers}{length}\r\n{body}")
}

pub(crate) fn get_ada() -> String {
    wired("GET /customers/cus_ada HTTP/1.1", &["Host: rebilly.test"], "")
}

/// How many answers of a megabyte [`deaf`] has asked for.
const DEAF_TO: usize = 64;

/// A client that has asked for much, more than the system keeps for it, and reads nothing.
pub(crate) fn deaf(rebilly: &MockRebilly) -> Wire {
    let mut wire = Wire::to(rebilly);
    let body = json!({ "customFields": { "note": "x".repeat(1_000_000) } }).to_string();
    assert_eq!(wire.ask(&wired("PUT /customers/large HTTP/1.1", &[], &body)).status(), 201);
    wire.send(&wired("GET /customers/large HTTP/1.1", &[], "").repeat(DEAF_TO));
    wire
}

fn is_broken(error: &io::Error) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    // The last is what TLS calls an end that nobody announced.
    [BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof].contains(&error.kind())
}

/// An empty object in this many bytes.
fn padded(size: usize) -> String {
    format!("{{{}}}", " ".repeat(size - 2))
}

/// Where an answer's first link leads.
pub(crate) fn first_link(answer: &Response<Vec<u8>>) -> String {
    support::json(answer)["_links"][0]["href"].as_str().expect("a link").to_owned()
}

// Bodies.

#[test]
fn a_body_of_four_mebibytes_is_read() {
    let rebilly = MockRebilly::start_blocking();
    let body = padded(BODY_MAX);
    let put = wired("PUT /customers/big HTTP/1.1", &["Host: rebilly.test"], &body);

    assert_eq!(Wire::to(&rebilly).ask(&put).status(), 201);

    assert_eq!(rebilly.journal().last().unwrap().body().len(), 4 * 1024 * 1024);
}

#[test]
fn a_body_that_is_one_byte_larger_is_refused_and_its_connection_closed() {
    let rebilly = MockRebilly::start_blocking();
    let body = padded(BODY_MAX + 1);
    let put = wired("PUT /customers/big HTTP/1.1", &["Host: rebilly.test"], &body);
    let mut wire = Wire::to(&rebilly);

    let answer = wire.ask(&put);

    assert_eq!(answer.status(), 413);
    assert_eq!(header(&answer, "connection"), Some("close"));
    let problem = support::json(&answer);
    assert_eq!(problem["status"], 413);
    assert_eq!(problem["detail"], "The body has more than 4194304 bytes.");
    assert!(wire.is_closed());
    assert!(rebilly.customer("big").is_none());
    let refused = rebilly.journal().last().unwrap().to_string();
    assert_eq!(refused, "#1 PUT /customers/big -> 413");
}

#[test]
fn a_large_body_in_chunks_is_refused_too() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let chunk = format!("{BODY_MAX:x}\r\n{}\r\n", padded(BODY_MAX));

    wire.send(&wired("PUT /customers/big HTTP/1.1", &["Transfer-Encoding: chunked"], ""));
    wire.send(&chunk);
    let answer = wire.ask("1\r\n \r\n0\r\n\r\n");

    assert_eq!(answer.status(), 413);
    assert!(wire.is_closed());
}

#[test]
fn a_client_that_sends_far_too_much_sees_its_answer() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let body = padded(10 * BODY_MAX);

    let answer = wire.ask(&wired("PUT /customers/big HTTP/1.1", &[], &body));

    assert_eq!(answer.status(), 413);
    assert!(wire.is_closed());
}

#[test]
fn a_client_that_never_stops_sending_is_cut_off() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let chunk = format!("{BODY_MAX:x}\r\n{}\r\n", padded(BODY_MAX));
    wire.send(&wired("PUT /customers/big HTTP/1.1", &["Transfer-Encoding: chunked"], ""));

    let mut sent = (0..64).map(|_| wire.0.get_mut().write_all(chunk.as_bytes()));

    let error = sent.find_map(Result::err).expect("an end before a quarter of a gibibyte");
    assert!(is_broken(&error), "{error}");
    assert_eq!(rebilly.journal().last().unwrap().status().unwrap(), 413);
}

#[test]
fn a_body_may_come_in_chunks() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);

    wire.send(&wired("PUT /customers/chunked HTTP/1.1", &["Transfer-Encoding: chunked"], ""));
    wire.send("11\r\n{\"websiteId\": \"we\r\n");
    let answer = wire.ask("4;name=value\r\nb_1\"\r\n1\r\n}\r\n0\r\nTrailer: ignored\r\n\r\n");

    assert_eq!(answer.status(), 201);
    assert_eq!(rebilly.journal().last().unwrap().body(), r#"{"websiteId": "web_1"}"#);
    assert_eq!(wire.ask(&get_ada()).status(), 200);
}

#[test]
fn a_client_that_asks_whether_to_go_on_is_told_to() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let headers = ["Expect: 100-continue", "Content-Length: 2"];

    wire.send(&wired("PUT /customers/polite HTTP/1.1", &headers, ""));

    assert_eq!(wire.head().status(), 100);
    assert!(rebilly.journal().is_empty());
    assert_eq!(wire.ask("{}").status(), 201);
}

#[test]
fn a_body_that_breaks_off_changes_nothing() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);

    wire.send(&wired("PUT /customers/half HTTP/1.1", &["Content-Length: 20"], ""));
    wire.send("{}");
    wire.0.get_ref().shutdown(Shutdown::Write).unwrap();

    assert_eq!(wire.answer().status(), 400);
    assert!(wire.is_closed());
    assert!(rebilly.customer("half").is_none());
    assert_eq!(rebilly.journal().len(), 1);
}

#[test]
fn a_body_whose_chunks_are_none_is_malformed() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);

    wire.send(&wired("POST /customers HTTP/1.1", &["Transfer-Encoding: chunked"], ""));
    let answer = wire.ask("ZZ\r\n");

    assert_eq!(answer.status(), 400);
    assert_eq!(header(&answer, "connection"), Some("close"));
    assert!(wire.is_closed());
}

// Clients that send what is no request, or only a part of one.

#[test]
fn what_is_no_request_is_answered_with_400_and_disturbs_nobody() {
    let rebilly = MockRebilly::start_blocking();
    let (mut wire, mut other) = (Wire::to(&rebilly), Wire::to(&rebilly));
    assert_eq!(other.ask(&get_ada()).status(), 200);

    let answer = wire.ask("this is no request\r\n\r\n");

    assert_eq!(answer.status(), 400);
    assert_eq!(header(&answer, "date"), None, "the real time must not be seen");
    assert!(wire.is_closed());
    assert_eq!(other.ask(&get_ada()).status(), 200);
    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
    assert_eq!(rebilly.journal().len(), 3);
}

#[test]
fn two_lengths_that_differ_are_answered_with_400() {
    let rebilly = MockRebilly::start_blocking();
    let headers = ["Content-Length: 2", "Content-Length: 3"];
    let put = wired("PUT /customers/smuggled HTTP/1.1", &headers, "");

    assert_eq!(Wire::to(&rebilly).ask(&(put + "{} ")).status(), 400);

    assert!(rebilly.journal().is_empty());
}

#[test]
fn too_many_headers_are_answered_with_431_and_disturb_nobody() {
    let rebilly = MockRebilly::start_blocking();
    let (mut wire, mut other) = (Wire::to(&rebilly), Wire::to(&rebilly));

    let answer = wire.ask(&wired("GET /customers HTTP/1.1", &["X-Many: 1"; 101], ""));

    assert_eq!(answer.status(), 431);
    assert!(wire.is_closed());
    assert_eq!(other.ask(&get_ada()).status(), 200);
}

#[test]
fn headers_that_are_too_large_are_answered_with_431_and_disturb_nobody() {
    let rebilly = MockRebilly::start_blocking();
    let (mut wire, mut other) = (Wire::to(&rebilly), Wire::to(&rebilly));

    // More than hyper buffers of a head, which has no end yet.
    wire.send("GET /customers HTTP/1.1\r\nX-Large: ");
    let answer = wire.ask(&"x".repeat(420_000));

    assert_eq!(answer.status(), 431);
    assert_eq!(other.ask(&get_ada()).status(), 200);
}

#[test]
fn a_slow_client_holds_up_no_other_and_is_answered_in_the_end() {
    let rebilly = MockRebilly::start_blocking();
    let (mut slow_head, mut slow_body) = (Wire::to(&rebilly), Wire::to(&rebilly));
    slow_head.send("GET /customers/cus_ada HTTP/1.1\r\nREB-API");
    slow_body.send(&wired("PUT /customers/slow HTTP/1.1", &["Content-Length: 2"], ""));
    slow_body.send("{");

    let statuses = std::thread::scope(|scope| {
        let ask = || Wire::to(&rebilly).ask(&get_ada()).status().as_u16();
        let clients = [(); 8].map(|()| scope.spawn(ask));
        clients.map(|client| client.join().unwrap())
    });

    assert_eq!(statuses, [200; 8]);
    assert_eq!(slow_head.ask("KEY: sk_sandbox_test\r\n\r\n").status(), 200);
    assert_eq!(slow_body.ask("}").status(), 201);
}

#[test]
fn a_client_that_reads_nothing_holds_up_no_other() {
    let rebilly = MockRebilly::start_blocking();
    let mut deaf = deaf(&rebilly);

    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
    assert_eq!(deaf.answer().status(), 200);
}

// Connections.

#[test]
fn a_connection_is_used_again() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let put = wired("PUT /customers/ada HTTP/1.1", &["Host: rebilly.test"], "{}");
    let get = wired("GET /customers/ada HTTP/1.1", &["Host: rebilly.test"], "");
    let delete = wired("DELETE /customers/ada?targetCustomerId=cus_ada HTTP/1.1", &[], "");

    assert_eq!(wire.ask(&put).status(), 201);
    assert_eq!(wire.ask(&get).status(), 200);
    assert_eq!(wire.ask(&delete).status(), 204);
    assert_eq!(wire.ask(&get).status(), 404);
    assert_eq!(rebilly.journal().len(), 4);
}

#[test]
fn a_client_that_says_close_is_closed() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);

    let answer = wire.ask(&wired("GET /customers HTTP/1.1", &["Connection: close"], ""));

    assert_eq!(answer.status(), 200);
    assert!(wire.is_closed());
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let put = wired("PUT /customers/ada HTTP/1.1", &["Host: rebilly.test"], "{}");
    let get = wired("GET /customers/ada HTTP/1.1", &["Host: rebilly.test"], "");
    let missing = wired("GET /customers/nobody HTTP/1.1", &["Host: rebilly.test"], "");

    wire.send(&[get.as_str(), &put, &get, &missing].concat());

    assert_eq!(wire.answer().status(), 404);
    assert_eq!(wire.answer().status(), 201);
    let found = wire.answer();
    assert_eq!((found.status().as_u16(), &support::json(&found)["id"]), (200, &json!("ada")));
    let instance = support::json(&wire.answer())["instance"].clone();
    assert_eq!(instance, "/customers/nobody");
}

#[test]
fn head_is_get_without_the_body() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let head = wired("HEAD /customers/cus_ada HTTP/1.1", &["Host: rebilly.test"], "");

    // Were there a body, it would stand where the second answer begins.
    wire.send(&(head + &get_ada()));
    let (head, get) = (wire.head(), wire.answer());

    assert_eq!((head.status(), head.headers()), (get.status(), get.headers()));
    assert_eq!(header(&head, "content-length"), Some(get.body().len().to_string().as_str()));
    assert!(get.body().len() > 1_000);
}

#[test]
fn an_answer_is_the_same_over_a_socket_and_without_one() {
    let (served, inside) = (MockRebilly::start_blocking(), MockRebilly::builder().without_socket());
    for double in [&served, &inside] {
        double.on(Op::GetCustomerLeadSource).malformed_json();
        double.on(Op::GetCustomerTimelineCollection).status(503);
    }
    let mut wire = Wire::to(&served);
    for (method, path) in [
        ("GET", "/customers/cus_ada"),
        ("HEAD", "/customers/cus_ada"),
        ("GET", "/customers?limit=2"),
        ("GET", "/customers/nobody"),
        ("HEAD", "/customers/nobody"),
        ("OPTIONS", "/customers"),
        ("GET", "/customers/cus_ada/lead-source"),
        ("HEAD", "/customers/cus_ada/lead-source"),
        ("GET", "/customers/cus_ada/timeline"),
        ("DELETE", "/customers/cus_ada/lead-source"),
        ("PATCH", "/customers/cus_ada"),
        ("PUT", "/customers/eve"),
    ] {
        let body = if method == "PUT" { "{}" } else { "" };
        let line = format!("{method} {path} HTTP/1.1");
        wire.send(&wired(&line, &["Host: rebilly.test"], body));
        let over = if method == "HEAD" { wire.head() } else { wire.answer() };
        let request = Request::builder().method(method).uri(path).header("Host", "rebilly.test");
        let within = inside.handle(request.header("REB-APIKEY", "sk").body(body).unwrap());

        assert_eq!((over.status(), over.headers()), (within.status(), within.headers()), "{line}");
        assert_eq!(over.body(), within.body(), "{line}");
    }
}

#[test]
fn a_client_that_has_finished_speaking_is_still_answered() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);

    wire.send(&(get_ada() + &get_ada()));
    wire.0.get_ref().shutdown(Shutdown::Write).unwrap();

    assert_eq!(support::json(&wire.answer())["id"], "cus_ada");
    assert_eq!(support::json(&wire.answer())["id"], "cus_ada");
    assert!(wire.is_closed());
}

#[test]
fn a_client_that_has_finished_speaking_may_be_slow_to_listen() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = deaf(&rebilly);

    wire.0.get_ref().shutdown(Shutdown::Write).unwrap();

    let mut statuses = (0..DEAF_TO).map(|_| wire.answer().status());
    assert!(statuses.all(|status| status == 200));
    assert!(wire.is_closed());
}

#[test]
fn an_old_client_without_a_host_gets_links_to_the_double() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);

    let answer = wire.ask(&wired("GET /customers/cus_ada HTTP/1.0", &[], ""));

    assert_eq!(answer.status(), 200);
    let self_link = format!("{}/organizations/org_default/customers/cus_ada", rebilly.url());
    assert_eq!(first_link(&answer), self_link);
    assert!(wire.is_closed());
}

#[test]
fn links_and_locations_begin_with_the_host_that_the_client_used() {
    let rebilly = MockRebilly::start_blocking();
    let post = wired("POST /customers HTTP/1.1", &["Host: api.rebilly.test:8443"], "{}");

    let answer = Wire::to(&rebilly).ask(&post);

    let (place, link) = (header(&answer, "location").unwrap(), first_link(&answer));
    assert!(place.starts_with("http://api.rebilly.test:8443/customers/cus_"), "{place}");
    assert!(link.starts_with("http://api.rebilly.test:8443/organizations/org_default/"), "{link}");
}

#[test]
fn a_client_may_name_the_whole_url_as_it_would_to_a_proxy() {
    let rebilly = MockRebilly::start_blocking();
    let line = "GET http://api.rebilly.test/customers/cus_ada HTTP/1.1";

    let answer = Wire::to(&rebilly).ask(&wired(line, &[], ""));

    assert_eq!(answer.status(), 200);
    assert!(first_link(&answer).starts_with("http://api.rebilly.test/organizations/"));
    assert_eq!(rebilly.journal().last().unwrap().path(), "/customers/cus_ada");
}

#[test]
fn a_host_that_is_none_never_gets_into_an_answer() {
    let rebilly = MockRebilly::start_blocking();
    let hosts = [
        "evil\"",
        "evil/..",
        "evil\\",
        "<evil>",
        "evil evil",
        "me@evil",
        "evil?",
        "evil\u{e9}",
        "",
    ];

    for host in hosts {
        let post = wired("POST /customers HTTP/1.1", &[&format!("Host: {host}")], "{}");
        let answer = Wire::to(&rebilly).ask(&post);

        let place = header(&answer, "location").unwrap().to_owned();
        assert!(place.starts_with(&format!("{}/customers/", rebilly.url())), "{host}: {place}");
        let body = String::from_utf8_lossy(answer.body());
        assert!(body.contains(rebilly.url()) && !body.contains("evil"), "{host}: {body}");
    }
}

#[test]
fn the_date_is_virtual() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let dates = |answer: Response<Vec<u8>>| -> Vec<String> {
        let dates = answer.headers().get_all("date").iter();
        dates.map(|date| date.to_str().unwrap().to_owned()).collect()
    };

    assert_eq!(dates(wire.ask(&get_ada())), ["Mon, 01 Jan 2024 00:00:00 GMT"]);
    rebilly.advance(Duration::from_secs(86_401));
    assert_eq!(dates(wire.ask(&get_ada())), ["Tue, 02 Jan 2024 00:00:01 GMT"]);
}

// What the journal keeps.

#[test]
fn an_answer_stays_in_the_journal_as_it_was_sent_whatever_changes_afterwards() {
    let rebilly = MockRebilly::builder().empty().start_blocking();
    let api = Api::new(&rebilly);
    let shop = |name: &str| json!({ "name": name, "url": "https://shop.example.com", "servicePhone": "1", "serviceEmail": "a@example.com" });
    api.put("/websites/shop", &shop("Shop"), 201);
    api.put("/customers/ada", &json!({ "websiteId": "shop", "locale": "en" }), 201);
    let asked = [
        Ask::new("GET", "/customers/ada?expand=website&fields=locale").key(),
        Ask::new("GET", "/customers?expand=website,leadSource").key(),
        Ask::new("GET", "/customers?fields=id,locale").key().header("Accept", "text/csv"),
    ];
    let sent = asked.map(|it| api.ask(&it).into_body());
    let first: Value = serde_json::from_slice(&sent[0]).unwrap();
    assert_eq!(first["_embedded"]["website"]["name"], "Shop");

    api.put("/customers/ada", &json!({ "websiteId": "shop", "locale": "fr" }), 200);
    api.put("/websites/shop", &shop("Boutique"), 200);

    let journal = rebilly.journal();
    let kept: Vec<Vec<u8>> = journal.iter().map(|it| it.answer_body().to_vec()).collect();
    assert_eq!(kept[2..5], sent);
}

// What finds no operation.

#[test]
fn an_unknown_path_is_answered_with_404_and_marked() {
    let rebilly = MockRebilly::builder().allow_unmatched().start_blocking();

    let problem = Api::new(&rebilly).get("/no/such/path", 404);

    assert_eq!(problem["detail"], "There is nothing at this path.");
    let journal = rebilly.journal();
    assert_eq!(journal.last().unwrap().unmatched, Some(Unmatched::UnknownPath));
    assert_eq!(journal.to_string(), "#1 GET /no/such/path -> 404 (unknown path)\n");
}

#[test]
fn a_missing_customer_is_no_unknown_path() {
    let rebilly = MockRebilly::start_blocking();

    Api::new(&rebilly).get("/customers/nobody", 404);

    let journal = rebilly.journal();
    assert_eq!(journal.last().unwrap().unmatched, None);
    assert_eq!(journal.to_string(), "#1 GET /customers/nobody -> 404 GetCustomer\n");
}

#[test]
fn a_wrong_method_is_answered_with_405_and_those_that_are_right() {
    let rebilly = MockRebilly::start_blocking();

    let answer = Wire::to(&rebilly).ask(&wired("PATCH /customers/cus_ada HTTP/1.1", &[], ""));

    assert_eq!(answer.status(), 405);
    assert_eq!(header(&answer, "allow"), Some("DELETE, GET, PUT"));
    let journal = rebilly.journal();
    assert_eq!(journal.last().unwrap().unmatched, Some(Unmatched::WrongMethod));
    assert_eq!(journal.to_string(), "#1 PATCH /customers/cus_ada -> 405 (wrong method)\n");
}
