//! One call again and again, without a socket: something to profile.

use mock_rebilly::MockRebilly;
use mock_rebilly::http::Request;

use crate::wire::BODY;

/// Makes a call so many times.
pub fn run(call: &str, times: usize) {
    let rebilly = MockRebilly::builder().without_socket();
    let (method, path, body) = match call {
        "get" => ("GET", "/customers/cus_ada", ""),
        "list" => ("GET", "/customers?limit=100", ""),
        "create" => ("POST", "/customers", BODY),
        "upsert" => ("PUT", "/customers/cus_ada", BODY),
        _ => panic!("get, list, create or upsert"),
    };
    if call == "list" {
        for _ in 0..100 {
            rebilly.handle(asked("POST", "/customers", BODY));
        }
    }
    for _ in 0..times {
        assert!(rebilly.handle(asked(method, path, body)).status().is_success());
    }
}

fn asked(method: &str, path: &str, body: &'static str) -> Request<&'static str> {
    let request = Request::builder().method(method).uri(path).header("Host", "localhost");
    let request =
        request.header("REB-APIKEY", "sk_sandbox_bench").header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(body).expect("a request")
}
