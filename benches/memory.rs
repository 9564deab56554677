//! What a customer takes in memory beyond its JSON, where Linux tells.
//!
//! `cargo bench --bench memory`

use std::fs::read_to_string;

use mock_rebilly::MockRebilly;
use mock_rebilly::http::{Request, Response};

/// Made first, so that the journal is full and grows no more.
const BEFORE: usize = 20_000;

/// Made then, and measured.
const CUSTOMERS: usize = 100_000;

/// About 600 bytes, as a billing system sends them.
const BODY: &str = include_str!("customer.json");

fn main() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let ask = |method: &str, path: &str, body: &'static str| {
        let request =
            Request::builder().method(method).uri(path).header("REB-APIKEY", "sk_sandbox_bench");
        rebilly.handle(request.body(body).expect("a request"))
    };
    let create = |count| (0..count).for_each(|_| drop(ask("POST", "/customers", BODY)));
    create(BEFORE);
    let before = resident();
    create(CUSTOMERS);
    let made = resident() - before;
    let answer: Response<Vec<u8>> = ask("GET", "/customers?limit=1", "").map(Into::into);
    let json = answer.body().len() - 2;
    drop(ask("GET", "/customers?filter=primaryAddress.country:GB&sort=-id", ""));
    let queried = resident() - before - made;
    let each = |bytes: usize| bytes / CUSTOMERS;
    println!("a customer's JSON                             {json:>6} bytes");
    println!("a customer, its timeline and its event        {:>6} bytes", each(made));
    println!("beyond its JSON                               {:>6} bytes", each(made) - json);
    println!("what a filter and a sort by ids add           {:>6} bytes", each(queried));
}

/// The bytes of this process that are in memory; 0 where nobody says.
fn resident() -> usize {
    let pages = read_to_string("/proc/self/statm").ok();
    let pages = pages.as_deref().and_then(|text| text.split(' ').nth(1)?.parse::<usize>().ok());
    pages.unwrap_or_default() * 4_096
}
