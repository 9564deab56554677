//! One call again and again, without a socket. `.ci/instructions` counts what it takes.
//!
//! ```text
//! cargo run --release -- create 2000
//! valgrind --tool=callgrind ../../target/instructions/release/instructions create 2000
//! ```

use mock_rebilly::engine::vendor::Vendor;
use mock_rebilly::http::Request;
use mock_rebilly::{Mock, MockNotihub, MockOctobat, MockRebilly};

/// About 600 bytes, as a billing system sends them.
const BODY: &str = include_str!("../../customer.json");

const FORM: &str = "name=Ada+Lovelace&email=ada%40example.org&billing_address_country=GB\
    &tax_number=GB123456789&metadata%5Bplan%5D=gold";

const NOTIHUB_BODY: &str = r#"{ "externalId": "ada", "status": "ENABLED", "language": "en_GB" }"#;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [call, times] = words.as_slice() else { panic!("a call and a number of times") };
    let times: usize = times.parse().expect("a number of times");
    match call.as_str() {
        "get" => rebilly(times, "GET", &["/customers/cus_ada"], ""),
        // By turns, since a list that is asked for again is not made again.
        "list" => {
            rebilly(times, "GET", &["/customers?limit=100", "/customers?limit=100&offset=1"], "")
        }
        "list-again" => rebilly(times, "GET", &["/customers?limit=100"], ""),
        "create" => rebilly(times, "POST", &["/customers"], BODY),
        "upsert" => rebilly(times, "PUT", &["/customers/cus_ada"], BODY),
        "octobat-create" => {
            let octobat = MockOctobat::builder().without_socket();
            repeat(&octobat, times, "POST", &["/customers"], FORM);
        }
        "notihub-create" => {
            let notihub = MockNotihub::builder().without_socket();
            repeat(&notihub, times, "POST", &["/customers/"], NOTIHUB_BODY);
        }
        _ => panic!("get, list, list-again, create, upsert, octobat-create or notihub-create"),
    }
}

/// Asks a double of Rebilly that holds a page of customers.
fn rebilly(times: usize, method: &str, paths: &[&str], body: &'static str) {
    let rebilly = MockRebilly::builder().without_socket();
    repeat(&rebilly, 100, "POST", &["/customers"], BODY);
    repeat(&rebilly, times, method, paths, body);
}

/// Makes so many calls, of these paths by turns.
fn repeat<V: Vendor>(
    double: &Mock<V>,
    times: usize,
    method: &str,
    paths: &[&str],
    body: &'static str,
) {
    let credential = double.credential();
    let kind = if body == FORM { "application/x-www-form-urlencoded" } else { "application/json" };
    for path in paths.iter().cycle().take(times) {
        let request = Request::builder().method(method).uri(*path).header("Host", "localhost");
        let request = request.header(V::CREDENTIAL, &credential).header("Content-Type", kind);
        let request = request.header("Accept", "application/json").body(body);
        let answer = double.handle(request.expect("a request"));
        assert!(answer.status().is_success(), "{answer:?}");
    }
}
