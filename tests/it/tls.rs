//! A double that speaks https: whom it lets in, what it makes of everybody
//! else, and that all that holds over a connection holds over this one, too.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use mock_rebilly::http::header::HOST;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{MockRebilly, Op};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::TLS12;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::support::{self, caught, header};
use crate::wire::{Wire, connected, first_link, get_ada, is_gone, wired};

type Secure = Wire<StreamOwned<ClientConnection, TcpStream>>;

fn start() -> MockRebilly {
    MockRebilly::builder().tls().start_blocking()
}

/// A client that trusts these certificates and no others.
pub(crate) fn trusting(pems: &[&str]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for pem in pems {
        roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    }
    ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()
}

/// Shakes hands with whom it takes for `name`.
pub(crate) fn shaken(
    config: ClientConfig,
    address: SocketAddr,
    name: &str,
) -> std::io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = connected(address);
    connection.complete_io(&mut stream)?;
    Ok(StreamOwned::new(connection, stream))
}

/// A connection of a client that trusts the double.
fn secure(rebilly: &MockRebilly) -> Secure {
    let config = trusting(&[rebilly.ca_pem()]);
    Wire::over(shaken(config, rebilly.address().unwrap(), "127.0.0.1").unwrap())
}

/// A transport for contracts: every request on a connection of its own.
pub(crate) fn by_tls() -> impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> {
    let config = trusting(&[start().ca_pem()]);
    let connector = TlsConnector::from(Arc::new(config));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    move |request| {
        let answer = runtime.block_on(send(&connector, request));
        answer.map_err(|error| error.to_string())
    }
}

async fn send(
    connector: &TlsConnector,
    request: Request<Vec<u8>>,
) -> Result<Response<Vec<u8>>, Box<dyn std::error::Error>> {
    let (mut head, body) = request.into_parts();
    assert_eq!(head.uri.scheme_str(), Some("https"));
    let authority = head.uri.authority().ok_or("no authority")?.clone();
    let tcp = tokio::net::TcpStream::connect(authority.as_str()).await?;
    let name = ServerName::try_from(authority.host().to_owned())?;
    let stream = TokioIo::new(connector.connect(name, tcp).await?);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
    tokio::spawn(connection);
    head.headers.entry(HOST).or_insert(authority.as_str().parse()?);
    head.uri = head.uri.path_and_query().ok_or("no path")?.as_str().parse()?;
    let request = Request::from_parts(head, Full::new(Bytes::from(body)));
    let (head, body) = sender.send_request(request).await?.into_parts();
    Ok(Response::from_parts(head, body.collect().await?.to_bytes().to_vec()))
}

// Answers.

#[test]
fn a_double_with_tls_says_https_in_its_url_and_in_every_link() {
    let rebilly = start();
    let mut wire = secure(&rebilly);
    let address = rebilly.address().unwrap();
    assert_eq!(rebilly.url(), format!("https://{address}"));

    let own = wire.ask(&wired("GET /customers/cus_ada HTTP/1.1", &[], ""));
    let named = wire.ask(&get_ada());
    let made = wire.ask(&wired("PUT /customers/eve HTTP/1.1", &[], "{}"));

    assert!(first_link(&own).starts_with(&format!("https://{address}/")), "{}", first_link(&own));
    assert!(first_link(&named).starts_with("https://rebilly.test/"), "{}", first_link(&named));
    let place = header(&made, "location").unwrap();
    assert!(place.starts_with(&format!("https://{address}/")), "{place}");
    assert_eq!(rebilly.journal().len(), 3);
}

#[test]
fn a_double_is_trusted_by_every_name_of_loopback_and_by_no_other() {
    let rebilly = start();
    let shake = |name| shaken(trusting(&[rebilly.ca_pem()]), rebilly.address().unwrap(), name);

    for name in ["localhost", "127.0.0.1", "::1"] {
        let mut wire = Wire::over(shake(name).unwrap());
        assert_eq!(wire.ask(&get_ada()).status(), 200, "{name}");
    }
    let error = shake("api.rebilly.com").unwrap_err();

    assert!(error.to_string().contains("not valid for name"), "{error}");
}

#[test]
fn all_doubles_of_a_process_are_trusted_by_who_trusts_one() {
    let (one, other) = (start(), start());
    let config = trusting(&[one.ca_pem()]);

    let stream = shaken(config, other.address().unwrap(), "localhost");

    assert_eq!(Wire::over(stream.unwrap()).ask(&get_ada()).status(), 200);
    assert!(one.journal().is_empty());
    assert_eq!(other.journal().len(), 1);
}

#[test]
fn a_client_of_an_older_tls_is_served_too() {
    let rebilly = start();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(rebilly.ca_pem().as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_protocol_versions(&[&TLS12]);
    let config = config.with_root_certificates(roots).with_no_client_auth();

    let stream = shaken(config, rebilly.address().unwrap(), "localhost");

    assert_eq!(Wire::over(stream.unwrap()).ask(&get_ada()).status(), 200);
}

#[test]
fn a_client_that_could_speak_http_2_is_told_to_speak_1() {
    let rebilly = start();
    let offering = |protocols: &[&str]| {
        let mut config = trusting(&[rebilly.ca_pem()]);
        config.alpn_protocols = protocols.iter().map(|it| it.as_bytes().to_vec()).collect();
        shaken(config, rebilly.address().unwrap(), "localhost")
    };

    let stream = offering(&["h2", "http/1.1"]).unwrap();
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    let error = offering(&["h2"]).unwrap_err();

    assert!(error.to_string().contains("NoApplicationProtocol"), "{error}");
    assert_eq!(Wire::over(stream).ask(&get_ada()).status(), 200);
}

// A connection is one, whatever it is made of.

#[test]
fn a_connection_over_tls_is_used_again_and_answers_in_order() {
    let rebilly = start();
    let mut wire = secure(&rebilly);
    let put = wired("PUT /customers/eve HTTP/1.1", &[], "{}");
    let missing = wired("GET /customers/nobody HTTP/1.1", &[], "");

    wire.send(&[get_ada(), put, missing, get_ada()].concat());

    let statuses = [(); 4].map(|()| wire.answer().status().as_u16());
    assert_eq!(statuses, [200, 201, 404, 200]);
    assert_eq!(wire.ask(&get_ada()).status(), 200);
}

#[test]
fn large_bodies_arrive_whole_over_tls_at_a_client_that_is_slow_to_read() {
    let rebilly = start();
    let mut wire = secure(&rebilly);
    let note = "x".repeat(3_000_000);
    let body = json!({ "customFields": { "note": note } }).to_string();
    assert_eq!(wire.ask(&wired("PUT /customers/large HTTP/1.1", &[], &body)).status(), 201);

    // More than the system keeps of a connection: all of it waits for the client.
    wire.send(&wired("GET /customers/large HTTP/1.1", &[], "").repeat(4));

    for _ in 0..4 {
        assert_eq!(support::json(&wire.answer())["customFields"]["note"], note);
    }
}

#[test]
fn a_client_that_says_close_is_told_that_this_is_the_end() {
    let rebilly = start();
    let mut wire = secure(&rebilly);

    let answer = wire.ask(&wired("GET /customers HTTP/1.1", &["Connection: close"], ""));

    assert_eq!(answer.status(), 200);
    assert_eq!(wire.end(), Ok(0));
}

#[test]
fn a_client_over_tls_that_has_finished_speaking_is_still_answered() {
    let rebilly = start();
    let config = trusting(&[rebilly.ca_pem()]);
    let mut stream = shaken(config, rebilly.address().unwrap(), "localhost").unwrap();

    stream.write_all((get_ada() + &get_ada()).as_bytes()).unwrap();
    stream.conn.send_close_notify();
    stream.flush().unwrap();

    let mut wire = Wire::over(stream);
    assert_eq!([wire.answer().status(), wire.answer().status()], [200, 200]);
    assert_eq!(wire.end(), Ok(0));
}

#[test]
fn a_reset_is_one_to_the_system_over_tls_too() {
    let rebilly = start();
    rebilly.on(Op::PutCustomer).nth(1).reset_before_commit();
    rebilly.on(Op::PutCustomer).nth(2).lose_response();

    for customers in [0, 1] {
        let mut wire = secure(&rebilly);
        wire.send(&[get_ada(), wired("PUT /customers/eve HTTP/1.1", &[], "{}")].concat());
        assert_eq!(support::json(&wire.answer())["id"], "cus_ada");
        assert_eq!(wire.end(), Err(ErrorKind::ConnectionReset));
        assert_eq!(usize::from(rebilly.customer("eve").is_some()), customers);
    }
}

#[test]
fn a_body_is_cut_where_it_should_be_over_tls_and_what_follows_is_not_served() {
    let rebilly = start();
    rebilly.on(Op::GetCustomer).nth(2).close_after(17);
    let mut wire = secure(&rebilly);
    let whole = wire.ask(&get_ada());

    wire.send(&[get_ada(), wired("PUT /customers/eve HTTP/1.1", &[], "{}")].concat());
    let head = wire.head();

    assert_eq!(header(&head, "content-length"), header(&whole, "content-length"));
    assert_eq!(wire.bytes(17), whole.body()[..17]);
    assert_eq!(wire.end(), Ok(0));
    assert!(rebilly.customer("eve").is_none());
}

#[test]
fn a_call_over_tls_is_held_by_a_gate_and_goes_on_when_it_is_released() {
    let rebilly = start();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let mut wire = secure(&rebilly);
    wire.send(&wired("PUT /customers/eve HTTP/1.1", &[], "{}"));

    gate.arrived_blocking();

    assert!(rebilly.customer("eve").is_none());
    assert_eq!(secure(&rebilly).ask(&get_ada()).status(), 200);
    gate.release();
    assert_eq!(wire.answer().status(), 201);
}

#[test]
fn a_call_over_tls_that_a_gate_aborts_is_a_reset() {
    let rebilly = start();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let mut wire = secure(&rebilly);
    wire.send(&wired("PUT /customers/eve HTTP/1.1", &[], "{}"));
    gate.arrived_blocking();

    gate.abort();

    assert_eq!(wire.end(), Err(ErrorKind::ConnectionReset));
}

// Whoever does not speak as they must.

#[test]
fn a_client_that_does_not_trust_the_authority_goes_and_disturbs_nobody() {
    let rebilly = start();
    let mut other = secure(&rebilly);

    let error = shaken(trusting(&[]), rebilly.address().unwrap(), "localhost").unwrap_err();

    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    assert_eq!(other.ask(&get_ada()).status(), 200);
    assert_eq!(secure(&rebilly).ask(&get_ada()).status(), 200);
    assert_eq!(rebilly.journal().len(), 2);
}

#[test]
fn plain_http_is_told_to_speak_https() {
    let rebilly = start();
    let mut wire = Wire::to(&rebilly);

    // What follows is read and thrown away, or the system would reset the connection.
    let answer = wire.ask(&(get_ada() + &"x".repeat(1_000_000)));

    assert_eq!(answer.status(), 400);
    assert_eq!(answer.body(), b"This port speaks https, not http.\n");
    assert_eq!(wire.end(), Ok(0));
    assert!(rebilly.journal().is_empty());
}

#[test]
fn what_is_neither_is_closed_and_disturbs_nobody() {
    let rebilly = start();
    let mut stream = connected(rebilly.address().unwrap());

    stream.write_all(&[0; 64]).unwrap();

    // TLS may say what was wrong before it goes.
    let _ = stream.read_to_end(&mut Vec::new());
    assert!(Wire::over(stream).is_closed());
    assert_eq!(secure(&rebilly).ask(&get_ada()).status(), 200);
}

#[test]
fn a_client_that_hangs_up_in_its_handshake_is_nobodys_problem() {
    let rebilly = start();
    let address = rebilly.address().unwrap();

    drop(connected(address));
    drop(half_shaken(address));

    assert_eq!(secure(&rebilly).ask(&get_ada()).status(), 200);
}

/// A client that has begun its greeting and not ended it.
fn half_shaken(address: SocketAddr) -> TcpStream {
    let name = ServerName::try_from("localhost").unwrap();
    let mut connection = ClientConnection::new(Arc::new(trusting(&[])), name).unwrap();
    let mut greeting = Vec::new();
    connection.write_tls(&mut greeting).unwrap();
    let mut stream = connected(address);
    stream.write_all(&greeting[..greeting.len() / 2]).unwrap();
    stream
}

// The end.

#[test]
fn when_a_double_is_dropped_every_connection_is_closed_however_far_it_has_come() {
    let live = || {
        let rebilly = start();
        let address = rebilly.address().unwrap();
        let silent = connected(address);
        let half = half_shaken(address);
        let mut shaken = secure(&rebilly);
        let mut used = secure(&rebilly);
        let mut plain = Wire::to(&rebilly);
        assert_eq!(used.ask(&get_ada()).status(), 200);
        assert_eq!(plain.ask(&get_ada()).status(), 400);

        drop(rebilly);

        assert!(Wire::over(silent).is_closed());
        assert!(Wire::over(half).is_closed());
        assert!(shaken.is_closed() && used.is_closed() && plain.is_closed());
        [address]
    };

    assert!(is_gone(live));
}

// What is made of a double with TLS.

#[test]
fn what_is_made_of_a_double_with_tls_speaks_it_too() {
    let rebilly = start();
    let twins = [rebilly.fork_blocking(), MockRebilly::from_snapshot_blocking(&rebilly.snapshot())];

    for twin in twins {
        assert!(twin.url().starts_with("https://127.0.0.1:"), "{twin:?}");
        assert_eq!(secure(&twin).ask(&get_ada()).status(), 200);
    }
}

#[test]
fn a_double_without_a_socket_has_the_links_that_it_would_have_with_one() {
    let rebilly = MockRebilly::builder().tls().without_socket();
    let request = Request::get("/customers/cus_ada").header("REB-APIKEY", "sk_sandbox_x");

    let answer = rebilly.handle(request.body("").unwrap()).map(|body| body.to_vec());

    assert_eq!(rebilly.url(), "https://localhost");
    assert!(first_link(&answer).starts_with("https://localhost/"), "{}", first_link(&answer));
}

#[tokio::test]
async fn a_pipe_of_a_double_with_tls_is_plain() {
    let rebilly = MockRebilly::builder().tls().start().await;
    let mut pipe = rebilly.pipe();
    let get = wired("GET /customers/cus_ada HTTP/1.1", &["Connection: close"], "");

    pipe.write_all(get.as_bytes()).await.unwrap();
    let mut answer = String::new();
    pipe.read_to_string(&mut answer).await.unwrap();

    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains(&format!("{}/organizations/", rebilly.url())), "{answer}");
}

#[test]
fn who_asks_a_plain_double_for_its_authority_is_told_what_is_missing() {
    let rebilly = MockRebilly::builder().without_socket();

    let caught = caught(|| rebilly.ca_pem());

    let said = "rebilly double at http://localhost speaks no TLS: build it with `.tls()`";
    assert_eq!((caught.said.as_str(), caught.file.as_str()), (said, file!()));
}

#[test]
fn doubles_with_tls_start_on_many_threads_at_once_and_share_an_authority() {
    let pems = thread::scope(|scope| {
        let started = [(); 8].map(|()| scope.spawn(|| start().ca_pem()));
        started.map(|thread| thread.join().unwrap())
    });

    assert_eq!(pems, [pems[0]; 8]);
}
