//! What it costs to go back and to start from there, for 1,000 and for 100,000
//! customers in turn. A ratio of 1 is a cost that does not grow with the state.
//!
//! `cargo bench --bench rewind`

#[expect(dead_code, reason = "nothing goes over the wire here")]
mod bare;

use std::fmt::Write as _;
use std::time::Duration;

use bare::beside;
use mock_rebilly::http::Request;
use mock_rebilly::{MockRebilly, Rebilly, Snapshot};

/// How many customers there are.
const SIZES: [usize; 2] = [1_000, 100_000];

fn main() {
    println!("{} customers beside {}, medians of {} rounds", SIZES[1], SIZES[0], bare::ROUNDS);
    let [few, many] = SIZES.map(company);
    let [of_few, of_many] = [&few, &many].map(MockRebilly::snapshot);
    let measure = |name: &str, times: u32, work: &dyn Fn(&MockRebilly, &Snapshot<Rebilly>)| {
        let (many, few, ratio) = beside(
            || (0..times).for_each(|_| work(&many, &of_many)),
            || (0..times).for_each(|_| work(&few, &of_few)),
        );
        report(name, times, [many, few], ratio);
    };

    measure("snapshot", 10_000, &|rebilly, _| drop(rebilly.snapshot()));
    measure("restore", 10_000, &MockRebilly::restore);
    measure("reset", 10_000, &|rebilly, _| rebilly.reset());
    measure("from snapshot", 1_000, &|_, base| {
        drop(MockRebilly::from_snapshot_without_socket(base));
    });
    measure("fork with port", 50, &|_, base| drop(MockRebilly::from_snapshot_blocking(base)));
    // A write is as deep as the tree is, with or without a snapshot.
    measure("write, restore", 1_000, &|rebilly, base| {
        write(rebilly);
        rebilly.restore(base);
    });

    println!("and what looks at everything:");
    measure("diff of a write", 1, &|rebilly, base| {
        write(rebilly);
        assert!(!rebilly.diff(base).is_empty());
        rebilly.restore(base);
    });
    measure("fingerprint", 1, &|rebilly, _| {
        std::hint::black_box(rebilly.fingerprint());
    });
}

fn company(size: usize) -> MockRebilly {
    let mut text = String::from(r#"{"customers":[{"id":"cus_0"}"#);
    for number in 1..size {
        let _ = write!(text, r#",{{"id":"cus_{number}","primaryAddress":{{"country":"GB"}}}}"#);
    }
    text.push_str("]}");
    MockRebilly::builder().fixture("company.json", &text).without_socket()
}

fn write(rebilly: &MockRebilly) {
    let request = Request::put("/customers/cus_0").header("REB-APIKEY", "sk_sandbox_bench");
    let answer = rebilly.handle(request.body(r#"{"locale":"en"}"#).expect("a request"));
    assert_eq!(answer.status(), 200);
}

fn report(name: &str, times: u32, [many, few]: [Duration; 2], ratio: f64) {
    let each = |round: Duration| round.as_secs_f64() * 1e6 / f64::from(times);
    println!("ratio {name:<16} {ratio:>6.2}   ({:.2} µs, {:.2} µs)", each(many), each(few));
}
