//! Calls without a socket: what they take, and what of that grows with what a double holds.

use std::cell::LazyCell;
use std::fmt::Write as _;

use hyper::body::Bytes;
use mock_rebilly::http::{Request, Response};
use mock_rebilly::{Builder, MockRebilly, Op, Rebilly, Snapshot};
use serde_json::Value;

use crate::client::{Client, Question};
use crate::rounds::{alone, compare, median, ratio, time, timed};
use crate::table::Budget::{self, Free, Most};
use crate::table::Table;
use crate::wire::BODY;

/// How many customers a double has: a few, and many.
const FEW: usize = 100;
pub const MANY: usize = 100_000;

/// What may be done to a double and to a snapshot of it.
type Work = fn(&MockRebilly, &Snapshot<Rebilly>);

/// Measures single calls, then those that look at many customers.
pub fn measure(table: &mut Table) {
    calls(table);
    laden(table);
    // Made when a line asks for it.
    let many = LazyCell::new(|| company(MANY).snapshot());
    let many = || MockRebilly::from_snapshot_without_socket(&many);
    let name = format!("create by `handle`: {MANY} customers beside {FEW}");
    table.our_line(&name, Budget::of(Most(1.2), Free), ratio, || {
        let [few, many] = [company(FEW), many()];
        compare(|| handled(200, &few, CREATE), || handled(200, &many, CREATE))
    });
    let filtered = "/customers?filter=primaryAddress.country:GB&sort=-id&offset=";
    for (name, path, offset, budget) in [
        ("filter, sort, offset", filtered, 5000, Budget::of(Most(3e-3), Most(8e-3))),
        ("first page", "/customers?offset=", 0, Budget::of(Most(1e-4), Free)),
    ] {
        table.our_line(
            &format!("{MANY} customers, page by `handle`: {name}"),
            budget,
            time,
            || {
                let many = many();
                // By turns, since a list that is asked for again is not made again.
                let paths = [offset, offset + 1].map(|offset| format!("{path}{offset}"));
                let mut paths = paths.iter().cycle();
                let mut page = || ask(&many, "GET", paths.next().expect("a cycle"), "").status();
                alone(|| each(3, || assert_eq!(page(), 200)))
            },
        );
    }
    let works: [(&str, Work); 3] = [
        ("snapshot", |rebilly, _| drop(rebilly.snapshot())),
        ("restore", |rebilly, snapshot| rebilly.restore(snapshot)),
        ("fork", |_, snapshot| drop(MockRebilly::from_snapshot_without_socket(snapshot))),
    ];
    for (name, work) in works {
        // Not to grow with the state is not to grow by more than what noise is.
        let name = format!("{name}: {MANY} customers beside {FEW}");
        table.our_line(&name, Most(1.2), ratio, || {
            let [few, many] = [company(FEW), many()];
            let [of_few, of_many] = [few.snapshot(), many.snapshot()];
            compare(|| each(200, || work(&few, &of_few)), || each(200, || work(&many, &of_many)))
        });
    }
}

/// The time of single calls, and beside what a processor needs for work that does not change:
/// where the budgets were set, [`reading`] took 2.5 µs, and only ratios travel.
fn calls(table: &mut Table) {
    for (name, asked, most) in [("GET", GET, 1e-6), ("create", CREATE, 8e-6)] {
        table.our_line(&format!("{name} by `handle`"), Budget::of(Most(most), Free), time, || {
            let rebilly = company(FEW);
            alone(|| handled(200, &rebilly, asked))
        });
        table.our_line(
            &format!("{name} by `handle` beside serde_json's reading of a create's body"),
            Budget::of(Most(most / 2.5e-6), Free),
            ratio,
            || {
                let rebilly = company(FEW);
                compare(|| each(200, reading), || handled(200, &rebilly, asked))
            },
        );
    }
}

/// Reads the body of a create as a tree, and lets go of it.
fn reading() {
    let body: Value = serde_json::from_str(BODY).expect("JSON");
    drop(std::hint::black_box(body));
}

/// Rules and exchanges, beside a double that differs in nothing else: both were asked as
/// often, and the other one has forgotten it.
fn laden(table: &mut Table) {
    let pair = |start: fn() -> MockRebilly| {
        let [bare, laden] = [start(), start()];
        for double in [&bare, &laden] {
            (0..10_000).for_each(|_| drop(get(double)));
        }
        (0..10).for_each(|n| laden.on(Op::GetCustomer).id(&format!("cus_none_{n}")).status(503));
        [bare, laden]
    };
    let name = "ten rules and 10,000 exchanges beside none";
    table.our_line(&format!("GET: {name}"), Budget::of(Most(1.10), Free), ratio, || {
        let [bare, laden] = pair(|| company_of(FEW).start_blocking());
        let [mut to_bare, mut to_laden] = [&bare, &laden].map(|it| {
            let address = it.address().expect("a socket");
            Client::of(address, Question { path: "/customers/cus_0", ..Question::GET })
        });
        let unladen = || {
            bare.reset();
            to_bare.p50(100);
            to_bare.p50(500)
        };
        compare(unladen, || to_laden.p50(600))
    });
    table.our_line(
        &format!("GET by `handle`: {name}"),
        Budget::of(Most(1.10), Free),
        ratio,
        || {
            let [bare, laden] = pair(|| company(FEW));
            let unladen = || {
                bare.reset();
                (0..100).for_each(|_| drop(get(&bare)));
                handled(500, &bare, GET)
            };
            compare(unladen, || handled(600, &laden, GET))
        },
    );
}

/// A double of so many customers; every other one lives in Great Britain.
pub fn company(size: usize) -> MockRebilly {
    company_of(size).without_socket()
}

fn company_of(size: usize) -> Builder<Rebilly> {
    let mut text = String::from(r#"{"customers":["#);
    for number in 0..size {
        let (between, country) = (if number == 0 { "" } else { "," }, ["GB", "FR"][number % 2]);
        let address = format!(r#"{{"firstName":"Ada","country":"{country}"}}"#);
        let _ = write!(text, r#"{between}{{"id":"cus_{number}","primaryAddress":{address}}}"#);
    }
    text.push_str("]}");
    MockRebilly::builder().fixture("company.json", &text)
}

/// A call: method, path and body.
type Asked<'a> = (&'a str, &'a str, &'static str);

const GET: Asked<'static> = ("GET", "/customers/cus_0", "");
const CREATE: Asked<'static> = ("POST", "/customers", BODY);

/// Makes a call.
pub fn ask(rebilly: &MockRebilly, method: &str, path: &str, body: &'static str) -> Response<Bytes> {
    rebilly.handle(asking((method, path, body)))
}

fn asking((method, path, body): Asked<'_>) -> Request<&'static str> {
    let request = Request::builder().method(method).uri(path);
    request.header("REB-APIKEY", "sk_sandbox_bench").body(body).expect("a request")
}

/// The median of what `handle` takes, in seconds: from a request in hand to its answer.
fn handled(times: usize, rebilly: &MockRebilly, asked: Asked<'_>) -> f64 {
    let call = |_| {
        let request = asking(asked);
        let mut answer = None;
        let time = timed(|| answer = Some(rebilly.handle(request)));
        assert!(answer.is_some_and(|answer| answer.status().is_success()));
        time.as_secs_f64()
    };
    median((0..times).map(call).collect())
}

fn get(rebilly: &MockRebilly) -> Response<Bytes> {
    rebilly.handle(asking(GET))
}

/// Creates a customer.
pub fn create(rebilly: &MockRebilly) -> Response<Bytes> {
    rebilly.handle(asking(CREATE))
}

/// The median of what something takes, in seconds.
fn each(times: usize, mut work: impl FnMut()) -> f64 {
    median((0..times).map(|_| timed(&mut work).as_secs_f64()).collect())
}
