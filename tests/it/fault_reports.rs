//! What a test is told when something did not go wrong as it should have, or
//! nobody came: checked as text, because people read it.

use std::time::Duration;

use mock_rebilly::{Chaos, Fault, MockRebilly, Op};
use serde_json::json;

use crate::golden::golden;
use crate::support::{Api, Ask};
use crate::toy::caught;

fn rebilly() -> MockRebilly {
    MockRebilly::builder().without_socket()
}

#[test]
fn a_rule_that_must_fire_and_never_did_fails_the_test() {
    let rebilly = rebilly();
    let api = Api::direct(&rebilly);
    api.put("/customers/before", &json!({}), 201); // nobody asked for a fault yet
    rebilly.on(Op::PutCustomer).id("ada").nth(3).must_fire().status(503);
    rebilly.on(Op::DeleteCustomer).id("dup").realm("acme").must_fire().lose_response();
    rebilly.on(Op::PostTag).must_fire().times(2).rate_limited(Duration::from_secs(30));
    rebilly.on(Op::PutCustomer).must_fire().latency(Duration::ZERO); // does
    api.put("/customers/ada", &json!({}), 201);
    api.put("/customers/bob", &json!({}), 201);
    api.put("/customers/ada", &json!({ "websiteId": "web_1" }), 200);
    api.delete("/customers/Dup?targetCustomerId=ada", 404);
    api.delete("/organizations/other/customers/dup?targetCustomerId=ada", 404);
    api.get("/customers/dup", 404);

    golden("must_fire.txt", &caught(|| drop(rebilly)).unwrap());
}

#[test]
fn a_rule_whose_call_another_took_says_so() {
    let rebilly = rebilly();
    rebilly.on(Op::PutCustomer).times(2).status(503);
    rebilly.on(Op::PutCustomer).nth(1).must_fire().lose_response();
    Api::direct(&rebilly).put("/customers/ada", &json!({}), 503);

    golden("must_fire_too_late.txt", &caught(|| drop(rebilly)).unwrap());
}

#[test]
fn a_gate_at_which_nobody_arrives_says_who_came_near() {
    let rebilly = rebilly();
    let api = Api::direct(&rebilly);
    api.put("/customers/dup", &json!({}), 201);
    let gate = rebilly.hold(Op::DeleteCustomer).id("dup").before_commit();
    api.delete("/customers/Dup?targetCustomerId=cus_ada", 404);
    api.get("/customers/dup", 200);

    let error = gate.arrived_within_blocking(Duration::from_millis(5)).unwrap_err();

    golden("gate.txt", &error.to_string());
}

#[test]
fn a_gate_that_waits_for_the_second_call_counts_the_first() {
    let rebilly = rebilly();
    let gate = rebilly.hold_any().realm("acme").nth(2).after_commit();
    let api = Api::direct(&rebilly);
    for id in 0..30 {
        api.get(&format!("/customers/{id}"), 404);
    }
    api.get("/organizations/acme/customers/cus_ada", 200);

    let error = gate.arrived_within_blocking(Duration::from_millis(5)).unwrap_err();

    golden("gate_nth.txt", &error.to_string());
}

#[test]
fn a_gate_of_a_double_that_was_asked_nothing_says_that() {
    let rebilly = rebilly();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();

    let error = gate.arrived_within_blocking(Duration::from_millis(5)).unwrap_err();

    golden("gate_silence.txt", &error.to_string());
}

#[test]
fn chaos_says_how_to_meet_it_again() {
    let rebilly = rebilly();
    let faults = [Fault::Status(503), Fault::LoseResponse, Fault::CloseAfter(17)];
    rebilly.on_any().chaos(Chaos::seeded(7).rate(0.5).faults(faults));
    for id in ["ada", "bob", "cy", "dee", "eve", "fay", "gus", "hal"] {
        drop(rebilly.try_handle(Ask::new("GET", &format!("/customers/{id}")).key().request("")));
    }
    // A reason to fail, which chaos may have been behind.
    Api::direct(&rebilly).get("/invoices", 501);

    golden("chaos.txt", &caught(|| drop(rebilly)).unwrap());
}
