//! [`Builder::rate_limit`](mock_rebilly::Builder::rate_limit): what comes too often is refused.

use std::time::Duration;

use mock_rebilly::{Exchange, MockRebilly, Op};
use serde_json::json;

use crate::support::{Api, Ask, Way, header};

fn put(id: &str) -> Ask {
    Ask::new("PUT", &format!("/customers/{id}")).key().json(&json!({}))
}

#[test]
fn one_write_too_many_is_refused_with_every_header_that_clients_read() {
    for way in [Way::Socket, Way::Direct] {
        let rebilly = MockRebilly::builder().empty().rate_limit(2).start_blocking();
        let api = Api::by(&rebilly, way);
        let first = api.ask(&put("ada"));
        assert_eq!(header(&first, "x-ratelimit-limit"), Some("2"));
        assert_eq!(header(&first, "x-ratelimit-remaining"), Some("1"));
        rebilly.advance(Duration::from_secs(100));
        assert_eq!(header(&api.ask(&put("ada")), "x-ratelimit-remaining"), Some("0"));

        let ask = put("ada");
        let refused = api.ask(&ask);
        let said = |name: &str| header(&refused, name);
        assert_eq!(said("x-ratelimit-limit"), Some("2"));
        assert_eq!(said("x-ratelimit-remaining"), Some("0"));
        assert_eq!(said("x-ratelimit-retry-after"), Some("1704067800")); // 00:10:00
        assert_eq!(said("retry-after"), Some("500"));
        assert_eq!(said("rate-limit-limit"), Some("2"));
        assert_eq!(said("content-type"), Some("application/json"));
        let problem = json!({
            "type": "about:blank",
            "status": 429,
            "title": "Rate Limit Exceeded",
            "detail": "More than 2 calls were made in the present period; it ends in 500 seconds.",
            "instance": "/customers/ada",
        });
        assert_eq!(api.expect(&ask, 429), problem);
    }
}

#[test]
fn what_is_refused_changes_nothing_and_reads_go_on() {
    let rebilly = MockRebilly::builder().empty().rate_limit(1).without_socket();
    let api = Api::direct(&rebilly);
    let ada = api.put("/customers/ada", &json!({}), 201);
    let refused = [
        put("ada"),
        put("bob"),
        Ask::new("POST", "/customers").key().json(&json!({})),
        Ask::new("DELETE", "/customers/ada?targetCustomerId=ada").key(),
        Ask::new("POST", "/customers/ada/timeline").key().json(&json!({ "message": "x" })),
    ];
    for ask in &refused {
        api.expect(ask, 429);
    }
    for _ in 0..10 {
        assert_eq!(api.get("/customers/ada", 200), ada);
        api.expect(&Ask::new("OPTIONS", "/customers"), 204);
    }
    assert_eq!(api.get("/customers", 200).as_array().unwrap().len(), 1);
    assert_eq!(rebilly.timeline("ada").len(), 1);
    assert_eq!(rebilly.events().len(), 1);
    let last = rebilly.journal();
    assert_eq!(
        last.of(Op::PostCustomer).iter().filter_map(Exchange::status).collect::<Vec<_>>(),
        [429]
    );
}

#[test]
fn time_frees_it() {
    let rebilly = MockRebilly::builder().empty().rate_limit(1).without_socket();
    let api = Api::direct(&rebilly);
    api.expect(&put("ada"), 201);
    rebilly.advance(Duration::from_secs(599));
    let refused = api.ask(&put("ada"));
    assert_eq!((refused.status().as_u16(), header(&refused, "retry-after")), (429, Some("1")));
    rebilly.advance(Duration::from_secs(1));
    api.expect(&put("ada"), 200);
    api.expect(&put("ada"), 429);
}

#[test]
fn organizations_are_counted_one_by_one_and_refusals_count() {
    let rebilly = MockRebilly::builder().empty().rate_limit(2).without_socket();
    let api = Api::direct(&rebilly);
    api.put("/customers/a%20b", &json!({}), 422);
    api.expect(&put("ada"), 201);
    api.expect(&put("ada"), 429);
    api.put("/organizations/other/customers/ada", &json!({}), 201);
    api.put("/organizations/org_default/customers/ada", &json!({}), 429);
    // Assumed: who is not let in hears that first.
    api.expect(&Ask::new("PUT", "/customers/ada").json(&json!({})), 401);
}

#[test]
fn without_a_limit_nothing_is_refused() {
    let rebilly = MockRebilly::builder().empty().without_socket();
    let api = Api::direct(&rebilly);
    for _ in 0..3_000 {
        api.ask(&put("ada"));
    }
    let more = api.ask(&put("ada"));
    assert_eq!((more.status().as_u16(), header(&more, "x-ratelimit-remaining")), (200, Some("0")));
}

#[test]
fn where_arrival_does_not_count_nothing_is_refused() {
    let rebilly = MockRebilly::builder().empty().rate_limit(1).order_independent().without_socket();
    let api = Api::direct(&rebilly);
    for id in ["ada", "bob", "cy"] {
        let answer = api.ask(&put(id));
        let left = header(&answer, "x-ratelimit-remaining");
        assert_eq!((answer.status().as_u16(), left), (201, Some("0")));
    }
}
