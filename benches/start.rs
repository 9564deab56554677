//! What starting and stopping cost, beside a bare hyper server on a runtime that runs already.
//!
//! `cargo bench --bench start`

mod bare;

use bare::{Client, beside, request, runtime, serve};
use hyper::body::Bytes;
use mock_rebilly::MockRebilly;

/// Servers a round. Each takes a port that no other of this process had.
const SERVERS: u32 = 50;

fn main() {
    let runtime = runtime();
    let body = Bytes::from_static(b"{}");
    let bytes = request("GET", "/customers/cus_ada", "");
    println!("ratio to bare hyper on a shared runtime, medians of {} rounds", bare::ROUNDS);

    let (ours, bare, ratio) = beside(
        || (0..SERVERS).for_each(|_| drop(MockRebilly::start_blocking())),
        || (0..SERVERS).for_each(|_| serve(&runtime, 200, body.clone()).1.abort()),
    );
    report("start+stop", ours, bare, ratio);

    let (ours, bare, ratio) = beside(
        || {
            for _ in 0..SERVERS {
                let rebilly = MockRebilly::start_blocking();
                Client::connect(rebilly.address().expect("a socket")).ask(&bytes);
            }
        },
        || {
            for _ in 0..SERVERS {
                let (address, accepting) = serve(&runtime, 200, body.clone());
                Client::connect(address).ask(&bytes);
                accepting.abort();
            }
        },
    );
    report("start→answer+stop", ours, bare, ratio);
}

fn report(name: &str, ours: std::time::Duration, bare: std::time::Duration, ratio: f64) {
    let each = |round: std::time::Duration| round.as_secs_f64() * 1e6 / f64::from(SERVERS);
    println!("ratio {name:<18} {ratio:.2}   ({:.0} µs, bare {:.0} µs)", each(ours), each(bare));
}
