//! Requests over loopback: how long one takes, and how many are answered when many ask.

use std::net::SocketAddr;

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};

use crate::client::{Client, Question, crowd};
use crate::contender::{CONTENDERS, Canned, Contender, Server};
use crate::rounds::{Contenders, cells, rate, ratio, taking_part, time, timed};
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
    question: Question,
    p50: Budget,
    throughput: Budget,
}

/// Measures them all.
pub fn measure(table: &mut Table) {
    let write = Budget::of(Most(1.35), Most(2.0));
    let write_rate = Budget::of(Least(0.60), Free);
    let get = Question::GET;
    let list = Question { path: "/customers", query: "?limit=100", ..get };
    let create = Question { method: "POST", path: "/customers", body: BODY, ..get };
    let upsert = Question { method: "PUT", body: BODY, ..get };
    let all = [
        Asked {
            name: "GET of a customer",
            question: get,
            p50: Budget::of(Most(1.05), Most(1.15)),
            throughput: Budget::of(Least(0.95), Free),
        },
        Asked {
            name: "list of 100",
            question: list,
            p50: Budget::of(Most(1.15), Free),
            throughput: Free,
        },
        Asked { name: "create", question: create, p50: write, throughput: write_rate },
        Asked { name: "upsert", question: upsert, p50: write, throughput: write_rate },
    ];
    for Asked { name, question, p50, throughput } in all {
        table.line(&format!("{name}: p50"), p50, ratio, || {
            let servers = start(question);
            cells(
                contestants(&servers, question, |address| {
                    let mut client = Client::of(address, question);
                    move || client.p50(REQUESTS)
                }),
                time,
            )
        });
        let name = format!("{name}: throughput of {CONNECTIONS} connections");
        table.line(&name, throughput, ratio, || {
            let servers = start(question);
            cells(
                contestants(&servers, question, |address| {
                    move || crowd(address, CONNECTIONS, question, EACH)
                }),
                rate,
            )
        });
    }
    // The double keeps the list that it has shown last: here it has to make each anew.
    table.line("list of 100, one of two by turns: p50", Free, ratio, || {
        let other = Question { query: "?limit=100&offset=1", ..list };
        let servers = start(list);
        cells(
            contestants(&servers, list, |address| {
                let mut client = Client::by_turns(address, &[list, other]);
                move || client.p50(REQUESTS)
            }),
            time,
        )
    });
    let name = format!("GET of {PAIRS} servers by {PAIRS} clients: throughput");
    table.line(&name, Budget::of(Least(0.90), Free), ratio, || {
        let servers: Vec<_> = (0..PAIRS).map(|_| start(get)).collect();
        let contestants = std::array::from_fn(|place| {
            let clients = servers.iter().map(|servers| Client::of(servers[place].address, get));
            let mut clients: Vec<Client> = clients.collect();
            taking_part(move || pairs(&mut clients))
        });
        cells(contestants, rate)
    });
}

/// Those of the servers that know an answer to a question, each asked in rounds of its own.
fn contestants<'c, R: FnMut() -> f64 + 'c>(
    servers: &[Server; CONTENDERS.len()],
    question: Question,
    round: impl Fn(SocketAddr) -> R,
) -> Contenders<'c> {
    std::array::from_fn(|place| {
        let takes_part = CONTENDERS[place].knows(question);
        takes_part.then(|| taking_part(round(servers[place].address)))?
    })
}

/// How many requests a second are answered when each client has a thread of its own.
fn pairs(clients: &mut [Client]) -> f64 {
    let ask = |client: &mut Client| {
        (0..OF_A_PAIR).for_each(|_| {
            client.ask();
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
fn start(question: Question) -> [Server; CONTENDERS.len()] {
    let (ours, canned) = canned(question);
    let mut ours = Some(ours);
    CONTENDERS.map(|contender| match contender {
        Contender::Ours => ours.take().expect("one of ours"),
        other => other.start(&canned),
    })
}

/// A double that holds a page of customers, and what it answers.
pub fn canned(question: Question) -> (Server, Canned) {
    let empty = Canned::empty(question);
    let ours = Contender::Ours.start(&empty);
    let create = Question { method: "POST", path: "/customers", query: "", body: BODY };
    let mut creating = Client::of(ours.address, create);
    for _ in 0..100 {
        creating.ask();
    }
    let mut client = Client::of(ours.address, question);
    let answer = client.ask();
    let mut lines = answer.head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| {
        let (name, value) = (HeaderName::try_from(name), HeaderValue::try_from(value));
        (name.expect("a header's name"), value.expect("a header's value"))
    });
    // Every server counts the length itself.
    let headers = headers.filter(|(name, _)| *name != CONTENT_LENGTH).collect();
    let body = Bytes::copy_from_slice(answer.body);
    (ours, Canned { status: status.expect("a status"), headers, body, ..empty })
}
