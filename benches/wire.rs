//! What the double costs over loopback, beside a bare hyper server that sends
//! the same bytes, in the same run. Only the ratios travel.
//!
//! `cargo bench --bench wire`

mod bare;

use bare::{Client, beside, request, runtime, serve};
use hyper::body::Bytes;
use mock_rebilly::MockRebilly;

/// Requests a round.
const REQUESTS: u32 = 2_000;

const BODY: &str = include_str!("customer.json");

fn main() {
    let rebilly = MockRebilly::start_blocking();
    let address = rebilly.address().expect("a socket");
    let mut ours = Client::connect(address);
    for _ in 0..100 {
        ours.ask(&request("POST", "/customers", BODY));
    }
    let runtime = runtime();
    println!(
        "ratio to bare hyper of the time a request takes, one connection, medians of {} rounds",
        bare::ROUNDS
    );
    for (name, method, path, body) in [
        ("get", "GET", "/customers/cus_ada", ""),
        ("put", "PUT", "/customers/cus_ada", BODY),
        ("post", "POST", "/customers", BODY),
        ("list", "GET", "/customers?limit=100", ""),
    ] {
        let bytes = request(method, path, body);
        let answer = Bytes::copy_from_slice(ours.ask(&bytes));
        let (address, _) = serve(&runtime, 200, answer);
        let mut bare = Client::connect(address);
        let (ours, bare, ratio) = beside(
            || {
                (0..REQUESTS).for_each(|_| {
                    ours.ask(&bytes);
                });
            },
            || {
                (0..REQUESTS).for_each(|_| {
                    bare.ask(&bytes);
                });
            },
        );
        let each = |round: std::time::Duration| round.as_secs_f64() * 1e6 / f64::from(REQUESTS);
        println!("ratio {name:<5} {ratio:.2}   ({:.1} µs, bare {:.1} µs)", each(ours), each(bare));
    }
}
