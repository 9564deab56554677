//! Faults on the wire: what the rest of a connection, and everybody else, sees of them.

use std::io::ErrorKind;
use std::time::Duration;

use mock_rebilly::{MockRebilly, Op};
use serde_json::json;

use crate::support::{self, header};
use crate::wire::{Wire, get_ada, wired};

/// So long that no test waits for it.
const HOUR: Duration = Duration::from_secs(3_600);

fn put_eve() -> String {
    wired("PUT /customers/eve HTTP/1.1", &[], "{}")
}

fn head_ada() -> String {
    wired("HEAD /customers/cus_ada HTTP/1.1", &["Host: rebilly.test"], "")
}

#[test]
fn a_reset_is_one_to_the_system() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::PutCustomer).nth(1).reset_before_commit();
    rebilly.on(Op::PutCustomer).nth(2).lose_response();

    for _ in 0..2 {
        let mut wire = Wire::to(&rebilly);
        assert_eq!(wire.ask(&get_ada()).status(), 200);
        wire.send(&put_eve());
        assert_eq!(wire.end(), Err(ErrorKind::ConnectionReset));
    }

    assert!(rebilly.customer("eve").is_some());
}

#[test]
fn what_was_answered_before_a_reset_arrives_and_what_follows_is_not_served() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::PutCustomer).lose_response();
    let mut wire = Wire::to(&rebilly);

    wire.send(&[get_ada(), put_eve(), get_ada()].concat());

    assert_eq!(support::json(&wire.answer())["id"], "cus_ada");
    assert_eq!(wire.end(), Err(ErrorKind::ConnectionReset));
    assert_eq!(rebilly.journal().len(), 2);
}

#[test]
fn a_body_is_cut_by_a_close_and_what_follows_is_not_served() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::GetCustomer).nth(2).close_after(17);
    let mut wire = Wire::to(&rebilly);
    let whole = wire.ask(&get_ada());

    // Were what follows left unread, the system would reset the connection.
    wire.send(&[get_ada(), put_eve()].concat());
    let head = wire.head();

    assert_eq!(header(&head, "content-length"), header(&whole, "content-length"));
    assert_eq!(wire.bytes(17), whole.body()[..17]);
    wire.send(&put_eve());
    assert_eq!(wire.end(), Ok(0));
    assert_eq!(rebilly.journal().len(), 2);
    assert!(rebilly.customer("eve").is_none());
}

#[test]
fn a_connection_is_closed_after_a_shorter_body_too() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on_any().close_after(1_000_000);
    let nothing = wired("DELETE /customers/cus_grace?targetCustomerId=cus_ada HTTP/1.1", &[], "");

    for (asked, status) in [(get_ada(), 200), (nothing, 204)] {
        let mut wire = Wire::to(&rebilly);
        wire.send(&(asked + &put_eve()));
        assert_eq!(wire.answer().status(), status);
        assert_eq!(wire.end(), Ok(0));
    }
    let mut wire = Wire::to(&rebilly);
    wire.send(&(head_ada() + &put_eve()));
    assert_eq!(wire.head().status(), 200);
    assert_eq!(wire.end(), Ok(0));

    assert!(rebilly.customer("eve").is_none());
}

#[test]
fn a_large_body_is_cut_where_it_should_be_to_a_client_that_is_slow_to_read() {
    let rebilly = MockRebilly::start_blocking();
    let mut wire = Wire::to(&rebilly);
    let body = json!({ "customFields": { "note": "x".repeat(3_000_000) } }).to_string();
    assert_eq!(wire.ask(&wired("PUT /customers/large HTTP/1.1", &[], &body)).status(), 201);
    rebilly.on(Op::GetCustomer).nth(3).close_after(2_900_000);

    // More than the system keeps of a connection: all of it waits for the client.
    wire.send(&wired("GET /customers/large HTTP/1.1", &[], "").repeat(4));

    let whole = [wire.answer(), wire.answer()];
    assert_eq!(whole[0].body(), whole[1].body());
    wire.head();
    assert_eq!(wire.bytes(2_900_000), whole[0].body()[..2_900_000]);
    assert_eq!(wire.end(), Ok(0));
    assert_eq!(rebilly.journal().len(), 4);
}

#[test]
fn a_connection_goes_on_after_what_leaves_it_whole() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on_any().nth(1).status(503);
    rebilly.on_any().nth(2).rate_limited(HOUR);
    rebilly.on_any().nth(3).malformed_json();
    rebilly.on_any().nth(4).slow_body(900, Duration::from_millis(1));
    rebilly.on_any().nth(5).latency(HOUR);
    rebilly.on_any().nth(6).real_latency(Duration::from_millis(1));
    rebilly.on_any().nth(7).content_type("text/html");
    let mut wire = Wire::to(&rebilly);

    wire.send(&get_ada().repeat(8));

    let statuses: Vec<u16> = (0..8).map(|_| wire.answer().status().as_u16()).collect();
    assert_eq!(statuses, [503, 429, 200, 200, 200, 200, 200, 200]);
    assert_eq!(support::json(&wire.ask(&get_ada()))["id"], "cus_ada");
}

#[test]
fn head_has_the_head_of_get_whatever_goes_wrong() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::GetCustomer).nth(1).times(2).malformed_json();
    rebilly.on(Op::GetCustomer).nth(3).times(2).status(503);
    rebilly.on(Op::GetCustomer).nth(5).times(2).slow_body(1, HOUR);
    let mut wire = Wire::to(&rebilly);

    for _ in 0..2 {
        wire.send(&[head_ada(), get_ada()].concat());
        let (head, get) = (wire.head(), wire.answer());
        assert_eq!((head.status(), head.headers()), (get.status(), get.headers()));
    }
    wire.send(&[head_ada(), get_ada()].concat());
    let (head, get) = (wire.head(), wire.head());
    assert_eq!((head.status(), head.headers()), (get.status(), get.headers()));
}

#[test]
fn a_slow_body_comes_piece_by_piece_and_holds_up_no_other() {
    let rebilly = MockRebilly::start_blocking();
    let whole = Wire::to(&rebilly).ask(&get_ada());
    rebilly.on(Op::GetCustomer).nth(1).slow_body(17, HOUR);
    let mut slow = Wire::to(&rebilly);

    slow.send(&get_ada());

    let head = slow.head();
    assert_eq!(header(&head, "content-length"), header(&whole, "content-length"));
    assert_eq!(slow.bytes(17), whole.body()[..17]);
    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
    drop(rebilly);
    assert!(slow.is_closed());
}

#[test]
fn an_answer_that_is_late_was_a_change_at_once_and_holds_up_no_other() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::PutCustomer).nth(1).real_latency(HOUR);
    let gate = rebilly.hold(Op::PutCustomer).after_commit();
    let mut late = Wire::to(&rebilly);
    late.send(&put_eve());
    gate.arrived_blocking();
    gate.release();

    let get_eve = wired("GET /customers/eve HTTP/1.1", &[], "");
    assert_eq!(Wire::to(&rebilly).ask(&get_eve).status(), 200);
    drop(rebilly);
    assert!(late.is_closed());
}

#[test]
fn a_client_that_hangs_up_is_nobodys_problem() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::GetCustomer).slow_body(1, Duration::from_millis(1));
    let mut wire = Wire::to(&rebilly);
    wire.send(&get_ada());
    wire.head();
    drop(wire);

    rebilly.clear_rules();
    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
}
