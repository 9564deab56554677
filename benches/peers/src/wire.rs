//! Requests over loopback: how long one takes, and how many are answered when many ask.

use hyper::body::Bytes;

use crate::client::{Client, crowd, request};
use crate::contender::{CONTENDERS, Canned, Contender, Server};
use crate::rounds::{cells, rate, ratio, taking_part, time, timed};
use crate::table::Budget::{self, Free, Least, Most};
use crate::table::Table;

/// Requests of one connection in a round.
const REQUESTS: usize = 500;

/// Connections at once, and the requests of each in a round.
const CONNECTIONS: usize = 64;
const EACH: usize = 30;

/// About 600 bytes, as a billing system sends them.
pub const BODY: &str = include_str!("../../customer.json");

/// Servers at once, each with a client of its own, and the requests of each in a round.
const PAIRS: usize = 8;
const OF_A_PAIR: usize = 250;

/// What is asked, and what that may cost.
struct Asked {
    name: &'static str,
    method: &'static str,
    path: &'static str,
    query: &'static str,
    body: &'static str,
    p50: Budget,
    throughput: Budget,
}

/// Measures them all.
pub fn measure(table: &mut Table) {
    let write = Budget::of(Most(1.35), Most(2.0));
    let write_rate = Budget::of(Least(0.60), Free);
    let get = Asked {
        name: "GET of a customer",
        method: "GET",
        path: "/customers/cus_ada",
        query: "",
        body: "",
        p50: Budget::of(Most(1.05), Most(1.15)),
        throughput: Budget::of(Least(0.95), Free),
    };
    let list = Asked {
        name: "list of 100",
        path: "/customers",
        query: "?limit=100",
        p50: Budget::of(Most(1.15), Free),
        throughput: Free,
        ..get
    };
    let create = Asked {
        name: "create",
        method: "POST",
        path: "/customers",
        body: BODY,
        p50: write,
        throughput: write_rate,
        ..get
    };
    let upsert = Asked { name: "upsert", method: "PUT", path: get.path, ..create };
    for asked in [&get, &list, &create, &upsert] {
        let Asked { name, method, path, query, body, .. } = *asked;
        let bytes = request(method, &format!("{path}{query}"), body);
        table.line(&format!("{name}: p50"), asked.p50, ratio, || {
            let servers = start(method, path, &bytes);
            cells(
                servers.each_ref().map(|server| {
                    let mut client = Client::connect(server.address);
                    let bytes = &bytes;
                    taking_part(move || client.p50(bytes, REQUESTS))
                }),
                time,
            )
        });
        let name = format!("{name}: throughput of {CONNECTIONS} connections");
        table.line(&name, asked.throughput, ratio, || {
            let servers = start(method, path, &bytes);
            cells(
                servers.each_ref().map(|server| {
                    let (address, bytes) = (server.address, &bytes);
                    let ask = move || crowd(address, CONNECTIONS, bytes, EACH);
                    taking_part(ask)
                }),
                rate,
            )
        });
    }
    let name = format!("GET of {PAIRS} servers by {PAIRS} clients: throughput");
    table.line(&name, Budget::of(Least(0.90), Free), ratio, || {
        let bytes = request(get.method, get.path, get.body);
        let servers: Vec<_> = (0..PAIRS).map(|_| start(get.method, get.path, &bytes)).collect();
        let contestants = std::array::from_fn(|place| {
            let clients = servers.iter().map(|servers| Client::connect(servers[place].address));
            let (mut clients, bytes) = (clients.collect::<Vec<_>>(), &bytes);
            taking_part(move || pairs(&mut clients, bytes))
        });
        cells(contestants, rate)
    });
}

/// How many requests a second are answered when each client has a thread of its own.
fn pairs(clients: &mut [Client], bytes: &[u8]) -> f64 {
    let ask = |client: &mut Client| {
        (0..OF_A_PAIR).for_each(|_| {
            client.ask(bytes);
        });
    };
    let time = timed(|| {
        std::thread::scope(|scope| {
            for client in clients {
                scope.spawn(move || ask(client));
            }
        });
    });
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let requests = (PAIRS * OF_A_PAIR) as f64;
    requests / time.as_secs_f64()
}

/// A server of each contender; all answer with the bytes that the double answers with.
fn start(method: &'static str, path: &'static str, bytes: &[u8]) -> [Server; CONTENDERS.len()] {
    let (ours, canned) = canned(method, path, bytes);
    let mut ours = Some(ours);
    CONTENDERS.map(|contender| match contender {
        Contender::Ours => ours.take().expect("one of ours"),
        other => other.start(&canned),
    })
}

/// A double that holds a page of customers, and what it answers.
pub fn canned(method: &'static str, path: &'static str, bytes: &[u8]) -> (Server, Canned) {
    let empty = Canned { method, path, status: 200, body: Bytes::new() };
    let ours = Contender::Ours.start(&empty);
    let mut client = Client::connect(ours.address);
    for _ in 0..100 {
        client.ask(&request("POST", "/customers", BODY));
    }
    let body = Bytes::copy_from_slice(client.ask(bytes));
    let status = if method == "POST" { 201 } else { 200 };
    (ours, Canned { body, status, ..empty })
}
