//! Requests over loopback: how long one takes, and how many are answered when many ask.

use hyper::body::Bytes;

use crate::client::{Client, crowd, request};
use crate::contender::{CONTENDERS, Canned, Contender, Server};
use crate::rounds::{cells, rate, time};
use crate::table::Table;

/// Requests of one connection in a round.
const REQUESTS: usize = 1_000;

/// Connections at once, and the requests of each in a round.
const CONNECTIONS: usize = 64;
const EACH: usize = 30;

/// About 600 bytes, as a billing system sends them.
pub const BODY: &str = include_str!("../../customer.json");

/// What is asked: a name for the table, a method, a path, a query, a body.
type Asked = (&'static str, &'static str, &'static str, &'static str, &'static str);

const ASKED: [Asked; 4] = [
    ("GET of a customer", "GET", "/customers/cus_ada", "", ""),
    ("list of 100", "GET", "/customers", "?limit=100", ""),
    ("create", "POST", "/customers", "", BODY),
    ("upsert", "PUT", "/customers/cus_ada", "", BODY),
];

/// Measures them all.
pub fn measure(table: &mut Table) {
    for (name, method, path, query, body) in ASKED {
        let bytes = request(method, &format!("{path}{query}"), body);
        let started = || start(method, path, &bytes);
        table.line(&format!("{name}: p50"), || {
            let servers = started();
            cells(
                servers.each_ref().map(|server| {
                    let mut client = Client::connect(server.address);
                    let bytes = &bytes;
                    Some(Box::new(move || client.p50(bytes, REQUESTS)) as Box<dyn FnMut() -> f64>)
                }),
                time,
            )
        });
        table.line(&format!("{name}: throughput of {CONNECTIONS} connections"), || {
            let servers = started();
            cells(
                servers.each_ref().map(|server| {
                    let (address, bytes) = (server.address, &bytes);
                    let ask = move || crowd(&[address], CONNECTIONS, bytes, EACH);
                    Some(Box::new(ask) as Box<dyn FnMut() -> f64>)
                }),
                rate,
            )
        });
    }
}

/// A server of each contender; all answer with the bytes that the double answers with.
fn start(method: &'static str, path: &'static str, bytes: &[u8]) -> [Server; CONTENDERS.len()] {
    let empty = Canned { method, path, status: 200, body: Bytes::new() };
    let ours = Contender::Ours.start(&empty);
    let mut client = Client::connect(ours.address);
    for _ in 0..100 {
        client.ask(&request("POST", "/customers", BODY));
    }
    let body = Bytes::copy_from_slice(client.ask(bytes));
    let status = if method == "POST" { 201 } else { 200 };
    let canned = Canned { body, status, ..empty };
    let mut ours = Some(ours);
    CONTENDERS.map(|contender| match contender {
        Contender::Ours => ours.take().expect("one of ours"),
        other => other.start(&canned),
    })
}
