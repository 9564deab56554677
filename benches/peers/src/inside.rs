//! Calls without a socket: what they take, and what of that grows with what a double holds.

use std::fmt::Write as _;

use mock_rebilly::http::{Request, Response};
use mock_rebilly::{MockRebilly, Op, Snapshot};

use crate::rounds::{beside, median, time, timed};
use crate::table::Table;
use crate::wire::BODY;

/// How many customers a double has: a few, and many.
const FEW: usize = 100;
const MANY: usize = 100_000;

/// Measures single calls, then those that look at many customers.
pub fn measure(table: &mut Table) {
    table.our_line("GET by `handle`", || {
        let rebilly = company(FEW);
        time(each(2_000, || drop(get(&rebilly))))
    });
    table.our_line("create by `handle`", || {
        let rebilly = company(FEW);
        time(each(1_000, || drop(create(&rebilly))))
    });
    table.our_line("GET by `handle`: ten rules and 10,000 exchanges beside none", || {
        let [bare, laden] = [company(FEW), company(FEW)];
        (0..10).for_each(|_| laden.on(Op::DeleteCustomerLeadSource).status(503));
        (0..10_000).for_each(|_| drop(get(&laden)));
        ratio(|| each(100, || drop(get(&bare))), || each(100, || drop(get(&laden))))
    });
    table.our_line(&format!("create by `handle`: {MANY} customers beside {FEW}"), || {
        let [few, many] = [company(FEW), company(MANY)];
        ratio(|| each(200, || drop(create(&few))), || each(200, || drop(create(&many))))
    });
    for (name, path) in [
        (
            "filter, sort, offset",
            "/customers?filter=primaryAddress.country:GB&sort=-id&offset=5000",
        ),
        ("first page", "/customers"),
    ] {
        table.our_line(&format!("{MANY} customers, page by `handle`: {name}"), || {
            let many = company(MANY);
            time(each(15, || assert_eq!(ask(&many, "GET", path, "").status(), 200)))
        });
    }
    type Work = fn(&MockRebilly, &Snapshot<mock_rebilly::Rebilly>);
    let works: [(&str, Work); 3] = [
        ("snapshot", |rebilly, _| drop(rebilly.snapshot())),
        ("restore", |rebilly, snapshot| rebilly.restore(snapshot)),
        ("fork", |_, snapshot| drop(MockRebilly::from_snapshot_without_socket(snapshot))),
    ];
    for (name, work) in works {
        table.our_line(&format!("{name}: {MANY} customers beside {FEW}"), || {
            let [few, many] = [company(FEW), company(MANY)];
            let [of_few, of_many] = [few.snapshot(), many.snapshot()];
            ratio(|| each(200, || work(&few, &of_few)), || each(200, || work(&many, &of_many)))
        });
    }
}

/// A double of so many customers; every other one lives in Great Britain.
fn company(size: usize) -> MockRebilly {
    let mut text = String::from(r#"{"customers":["#);
    for number in 0..size {
        let (between, country) = (if number == 0 { "" } else { "," }, ["GB", "FR"][number % 2]);
        let address = format!(r#"{{"firstName":"Ada","country":"{country}"}}"#);
        let _ = write!(text, r#"{between}{{"id":"cus_{number}","primaryAddress":{address}}}"#);
    }
    text.push_str("]}");
    MockRebilly::builder().fixture("company.json", &text).without_socket()
}

fn ask(
    rebilly: &MockRebilly,
    method: &str,
    path: &str,
    body: &'static str,
) -> Response<hyper::body::Bytes> {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("REB-APIKEY", "sk_sandbox_bench").body(body);
    rebilly.handle(request.expect("a request"))
}

fn get(rebilly: &MockRebilly) -> Response<hyper::body::Bytes> {
    ask(rebilly, "GET", "/customers/cus_0", "")
}

fn create(rebilly: &MockRebilly) -> Response<hyper::body::Bytes> {
    ask(rebilly, "POST", "/customers", BODY)
}

/// The median of what something takes, in seconds.
fn each(times: usize, mut work: impl FnMut()) -> f64 {
    median((0..times).map(|_| timed(&mut work).as_secs_f64()).collect())
}

/// How many times as long the second one takes, both in turn.
fn ratio<'w>(one: impl FnMut() -> f64 + 'w, other: impl FnMut() -> f64 + 'w) -> String {
    let mut both: [Option<Box<dyn FnMut() -> f64 + 'w>>; 2] =
        [Some(Box::new(one)), Some(Box::new(other))];
    let measured = beside(&mut both);
    let (figure, ratio) = measured[1].expect("it was measured");
    format!("× {ratio:.2} ({})", time(figure))
}
