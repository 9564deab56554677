//! What a call costs without a socket, by operation and by how many customers there are.
//!
//! `cargo bench --bench core`

use std::fmt::Write as _;

use divan::Bencher;
use mock_rebilly::MockRebilly;
use mock_rebilly::http::Request;

const SIZES: [usize; 4] = [1, 100, 10_000, 100_000];

/// About 600 bytes, as a billing system sends them.
const BODY: &str = include_str!("customer.json");

fn main() {
    divan::main();
}

fn company(size: usize) -> MockRebilly {
    let mut text = String::from(r#"{"customers":["#);
    for number in 0..size {
        let between = if number == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{between}{{"id":"cus_{number}","primaryAddress":{{"firstName":"Ada","country":"GB"}}}}"#
        );
    }
    text.push_str("]}");
    MockRebilly::builder().fixture("company.json", &text).without_socket()
}

fn request(method: &str, path: &str, body: &'static str) -> Request<&'static str> {
    let request =
        Request::builder().method(method).uri(path).header("REB-APIKEY", "sk_sandbox_bench");
    request.body(body).expect("a request")
}

#[divan::bench(args = SIZES)]
fn get(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| rebilly.handle(request("GET", "/customers/cus_0", "")));
}

#[divan::bench(args = SIZES)]
fn create(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| rebilly.handle(request("POST", "/customers", BODY)));
}

#[divan::bench(args = SIZES)]
fn upsert_of_one_that_is_known(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| rebilly.handle(request("PUT", "/customers/cus_0", BODY)));
}

#[divan::bench(args = SIZES)]
fn comment(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| {
        rebilly.handle(request("POST", "/customers/cus_0/timeline", r#"{"message":"call back"}"#))
    });
}

#[divan::bench(args = SIZES)]
fn list_of_a_hundred(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| rebilly.handle(request("GET", "/customers", "")));
}

#[divan::bench(args = SIZES)]
fn filter_and_sort(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    let path = "/customers?filter=primaryAddress.country:GB&sort=-id&limit=100";
    bencher.bench(|| rebilly.handle(request("GET", path, "")));
}

/// Two orders, of which the first leaves everything to the second, far from the first page.
#[divan::bench(args = SIZES)]
fn sort_by_two_fields(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    let path = "/customers?sort=createdTime,id&offset=1000";
    bencher.bench(|| rebilly.handle(request("GET", path, "")));
}

/// The first query after a write.
#[divan::bench(args = SIZES)]
fn write_then_filter_and_sort(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    let path = "/customers?filter=primaryAddress.country:GB&sort=-id&limit=100";
    bencher.bench(|| {
        rebilly.handle(request("PUT", "/customers/cus_0", BODY));
        rebilly.handle(request("GET", path, ""))
    });
}

#[divan::bench(args = SIZES)]
fn search(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| rebilly.handle(request("GET", "/customers?q=cus_77+ada", "")));
}

#[divan::bench]
fn refuse(bencher: Bencher<'_, '_>) {
    let rebilly = company(1);
    let wrong = r#"{"primaryAddress":{"country":"gb"}}"#;
    assert_eq!(rebilly.handle(request("PUT", "/customers/cus_0", wrong)).status(), 422);
    bencher.bench(|| rebilly.handle(request("PUT", "/customers/cus_0", wrong)));
}

/// Also one that differs only in case must be looked for: it would be a guess.
#[divan::bench(args = SIZES)]
fn get_what_is_not_there(bencher: Bencher<'_, '_>, size: usize) {
    let rebilly = company(size);
    bencher.bench(|| rebilly.handle(request("GET", "/customers/cus_none", "")));
}
