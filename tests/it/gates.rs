//! [`Gate`]: a call that is held in flight, and everything that goes on meanwhile.

use std::panic::catch_unwind;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use mock_rebilly::engine::gate::GATES_MAX;
use mock_rebilly::{Broken, Gate, MockRebilly, Op};
use serde_json::json;

use crate::channel::{Channel, Outcome};
use crate::lifecycle::alone;
use crate::support::{Api, Ask};
use crate::toy::caught;
use crate::wire::{Wire, get_ada, wired};

fn put(id: &str) -> Ask {
    Ask::new("PUT", &format!("/customers/{id}")).key().json(&json!({}))
}

/// What becomes of a call while it is held: `meanwhile` is given its gate.
fn held(
    rebilly: &MockRebilly,
    channel: Channel,
    ask: &Ask,
    gate: Gate,
    meanwhile: impl FnOnce(Gate),
) -> Outcome {
    thread::scope(|scope| {
        let client = scope.spawn(|| channel.ask(rebilly, ask));
        gate.arrived_blocking();
        meanwhile(gate);
        client.join().unwrap()
    })
}

#[test]
fn before_the_commit_nothing_is_done_until_the_call_is_released() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        let gate = rebilly.hold(Op::PutCustomer).before_commit();

        let outcome = held(&rebilly, channel, &put("eve"), gate, |gate| {
            assert_eq!(gate.call().unwrap().body, "{}");
            assert!(rebilly.customer("eve").is_none());
            assert!(rebilly.journal().is_empty());
            gate.release();
            // Not when the client has its answer: now.
            assert!(rebilly.customer("eve").is_some());
            assert_eq!(rebilly.journal().to_string(), "#1 PUT /customers/eve -> 201 PutCustomer\n");
        });

        assert_eq!(outcome.whole().status(), 201);
    }
}

#[test]
fn after_the_commit_all_is_done_and_nothing_answered() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        let gate = rebilly.hold(Op::PutCustomer).after_commit();

        let outcome = held(&rebilly, channel, &put("eve"), gate, |gate| {
            assert!(rebilly.customer("eve").is_some());
            assert_eq!(rebilly.journal().to_string(), "#1 PUT /customers/eve -> 201 PutCustomer\n");
            gate.release();
        });

        assert_eq!(outcome.whole().status(), 201);
        assert_eq!(rebilly.journal().len(), 1);
    }
}

#[test]
fn what_is_aborted_before_the_commit_is_never_done() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        let gate = rebilly.hold(Op::PutCustomer).before_commit();

        held(&rebilly, channel, &put("eve"), gate, Gate::abort).is_reset();

        assert!(rebilly.customer("eve").is_none());
        let line = "#1 PUT /customers/eve -> nothing PutCustomer (reset before the commit)\n";
        assert_eq!(rebilly.journal().to_string(), line);
    }
}

#[test]
fn what_is_aborted_after_the_commit_was_done() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        let gate = rebilly.hold(Op::PutCustomer).after_commit();

        held(&rebilly, channel, &put("eve"), gate, |gate| {
            let before = rebilly.journal();
            Api::direct(&rebilly).get("/customers/eve", 200);
            gate.abort();
            // A copy keeps what it saw.
            assert_eq!(before.to_string(), "#1 PUT /customers/eve -> 201 PutCustomer\n");
        })
        .is_reset();

        assert!(rebilly.customer("eve").is_some());
        let journal = rebilly.journal();
        let lines = "#1 PUT /customers/eve -> 201 PutCustomer (response lost)\n\
                     #2 GET /customers/eve -> 200 GetCustomer\n";
        assert_eq!(journal.to_string(), lines);
        assert!(journal.iter().next().unwrap().delivered().is_none());
    }
}

#[test]
fn what_is_aborted_after_a_reset_leaves_the_new_journal_alone() {
    let rebilly = MockRebilly::start_blocking();
    let gate = rebilly.hold(Op::PutCustomer).after_commit();

    held(&rebilly, Channel::Socket, &put("eve"), gate, |gate| {
        rebilly.reset();
        Api::direct(&rebilly).get("/customers/cus_ada", 200);
        gate.abort();
    })
    .is_reset();

    assert_eq!(rebilly.journal().to_string(), "#1 GET /customers/cus_ada -> 200 GetCustomer\n");
}

#[test]
fn dropping_a_gate_lets_the_call_go_on() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        for gate in [
            rebilly.hold(Op::PutCustomer).id("ada").before_commit(),
            rebilly.hold(Op::PutCustomer).id("ada").after_commit(),
        ] {
            assert!(held(&rebilly, channel, &put("ada"), gate, drop).whole().status().is_success());
        }
    }
}

#[test]
fn a_race_is_a_straight_line() {
    let rebilly = MockRebilly::start_blocking();
    let api = Api::new(&rebilly);
    let merge = Ask::new("DELETE", "/customers/cus_grace?targetCustomerId=cus_ada").key();
    let gate = rebilly.hold(Op::DeleteCustomer).id("cus_grace").before_commit();

    let outcome = held(&rebilly, Channel::Socket, &merge, gate, |gate| {
        // Somebody else writes to what is about to disappear.
        api.post("/customers/cus_grace/timeline", &json!({ "message": "late" }), 201);
        gate.release();
        api.get("/customers/cus_grace", 404);
    });

    assert_eq!(outcome.whole().status(), 204);
    let kept = rebilly.timeline("cus_ada").all();
    assert!(kept.iter().any(|it| it.message == "late"), "{kept:?}");
}

// Which call.

#[test]
fn a_gate_holds_exactly_one_call() {
    let rebilly = MockRebilly::start_blocking();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    held(&rebilly, Channel::Socket, &put("eve"), gate, |gate| {
        Api::new(&rebilly).expect(&put("bob"), 201);
        assert_eq!(gate.call().unwrap().path, "/customers/eve");
    })
    .whole();
    Api::new(&rebilly).expect(&put("eve"), 200);
}

#[test]
fn a_gate_waits_for_the_nth_call_of_those_it_means() {
    let rebilly = MockRebilly::start_blocking();
    let api = Api::new(&rebilly);
    let gate = rebilly.hold(Op::PutCustomer).id("ada").realm("acme").nth(2).before_commit();
    api.put("/organizations/acme/customers/ada", &json!({}), 201);
    api.put("/organizations/acme/customers/bob", &json!({}), 201);
    api.put("/customers/ada", &json!({}), 201);
    assert!(gate.call().is_none());

    let second = Ask::new("PUT", "/organizations/acme/customers/ada").key().json(&json!({}));
    held(&rebilly, Channel::Socket, &second, gate, drop).whole();
}

#[test]
fn the_first_gate_that_wants_a_call_has_it_and_all_count_it() {
    let rebilly = MockRebilly::start_blocking();
    let (first, second) =
        (rebilly.hold_any().before_commit(), rebilly.hold(Op::PutCustomer).before_commit());
    let lost = rebilly.hold(Op::PutCustomer).nth(1).before_commit();
    thread::scope(|scope| {
        let ada = scope.spawn(|| Channel::Socket.ask(&rebilly, &put("ada")));
        first.arrived_blocking();
        assert!(second.call().is_none());
        let bob = scope.spawn(|| Channel::Socket.ask(&rebilly, &put("bob")));
        assert_eq!(second.arrived_blocking().path, "/customers/bob");
        // The later one goes first, and both are answered.
        second.release();
        assert_eq!(bob.join().unwrap().whole().status(), 201);
        assert!(rebilly.customer("ada").is_none());
        first.release();
        assert_eq!(ada.join().unwrap().whole().status(), 201);
    });
    assert!(lost.call().is_none());
}

#[test]
fn a_gate_that_is_released_before_its_call_holds_nothing() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.hold(Op::PutCustomer).before_commit().release();
    rebilly.hold(Op::PutCustomer).after_commit().abort();
    Api::new(&rebilly).expect(&put("eve"), 201);
}

#[test]
fn a_call_that_goes_wrong_is_held_too() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        rebilly.on(Op::PutCustomer).nth(1).status(503);
        rebilly.on(Op::PutCustomer).nth(2).lose_response();
        let gate = rebilly.hold(Op::PutCustomer).nth(1).before_commit();
        let outcome = held(&rebilly, channel, &put("eve"), gate, Gate::release);
        assert_eq!(outcome.whole().status(), 503);
        let gate = rebilly.hold(Op::PutCustomer).after_commit();
        held(&rebilly, channel, &put("eve"), gate, Gate::release).is_reset();
        assert!(rebilly.customer("eve").is_some());
    }
}

#[test]
fn calls_are_counted_when_they_arrive_not_when_they_are_released() {
    let rebilly = MockRebilly::start_blocking();
    rebilly.on(Op::PutCustomer).nth(2).status(503);
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let first = held(&rebilly, Channel::Socket, &put("eve"), gate, |gate| {
        Api::new(&rebilly).expect(&put("bob"), 503);
        gate.release();
    });
    assert_eq!(first.whole().status(), 201);
}

#[test]
fn there_is_room_for_a_thousand_gates() {
    let rebilly = MockRebilly::builder().without_socket();
    let gate = || rebilly.hold(Op::PutCustomer).before_commit();
    let mut gates: Vec<Gate> = (0..GATES_MAX).map(|_| gate()).collect();
    let said = caught(|| drop(gate())).unwrap();
    assert_eq!(said, "a double has no more than 1000 gates at a time");
    gates.pop();
    gates.push(gate());
    gates.clear();
    Api::direct(&rebilly).expect(&put("eve"), 201);
}

// What goes on meanwhile.

#[test]
fn other_connections_go_on_and_what_follows_on_the_same_one_waits() {
    let rebilly = MockRebilly::start_blocking();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let mut wire = Wire::to(&rebilly);

    wire.send(&[wired("PUT /customers/eve HTTP/1.1", &[], "{}"), get_ada()].concat());
    gate.arrived_blocking();

    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
    gate.release();
    assert_eq!((wire.answer().status().as_u16(), wire.answer().status().as_u16()), (201, 200));
}

#[test]
fn a_client_that_gave_up_does_not_undo_its_call() {
    let rebilly = MockRebilly::start_blocking();
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let mut wire = Wire::to(&rebilly);
    wire.send(&wired("PUT /customers/eve HTTP/1.1", &[], "{}"));
    gate.arrived_blocking();

    drop(wire);
    gate.release();

    assert!(rebilly.customer("eve").is_some());
}

#[test]
fn dropping_the_double_ends_what_is_held_at_once() {
    for hold in [true, false] {
        let rebilly = MockRebilly::start_blocking();
        let hold_it = || {
            let hold = if hold {
                rebilly.hold_any().before_commit()
            } else {
                rebilly.hold_any().after_commit()
            };
            let mut wire = Wire::to(&rebilly);
            wire.send(&get_ada());
            hold.arrived_blocking();
            (hold, wire)
        };
        let ((gate, mut wire), (other, mut other_wire)) = (hold_it(), hold_it());

        drop(rebilly);

        assert!(wire.is_closed() && other_wire.is_closed());
        // Whoever holds gates of what is gone may do with them what they like.
        assert!(gate.call().is_some());
        gate.release();
        other.abort();
    }
}

#[tokio::test]
async fn dropping_the_double_ends_a_service_that_is_held() {
    let rebilly = MockRebilly::builder().without_socket();
    let gate = rebilly.hold_any().before_commit();
    let request = put("eve").request("").map(http_body_util::Full::<hyper::body::Bytes>::from);
    let asked = tokio::spawn(tower_service::Service::call(&mut rebilly.service(), request));
    gate.arrived().await;

    drop(rebilly);

    assert_eq!(asked.await.unwrap().unwrap_err(), Broken::Gone);
    drop(gate);
}

// Which call.

#[test]
fn a_gate_is_for_what_a_call_says_in_its_query_a_header_or_its_body() {
    let merge = |id: &str, target: &str| {
        Ask::new("DELETE", &format!("/customers/{id}?targetCustomerId={target}")).key()
    };
    let british = json!({ "primaryAddress": { "country": "GB" } });
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        let asks = [
            merge("cus_grace", "cus_ada"),
            Ask::new("GET", "/customers/cus_ada").key().header("x-trace", "7"),
            put("eve").json(&british),
        ];
        let gates = [
            rebilly.hold(Op::DeleteCustomer).query("targetCustomerId", "cus_ada").before_commit(),
            rebilly.hold(Op::GetCustomer).header("X-Trace", "7").after_commit(),
            rebilly
                .hold(Op::PutCustomer)
                .body("/primaryAddress", british["primaryAddress"].clone())
                .before_commit(),
        ];
        // Whatever says something else is let through.
        let api = Api::new(&rebilly);
        api.expect(&merge("cus_alan", "cus_lead"), 204);
        api.get("/customers/cus_ada", 200);
        api.expect(&put("eve"), 201);

        for (ask, gate) in asks.iter().zip(gates) {
            held(&rebilly, channel, ask, gate, Gate::release).whole();
        }
    }
}

// A call that nobody lets go.

#[test]
fn a_call_that_only_its_own_client_could_let_go_is_given_up_and_fails_the_test() {
    for channel in Channel::ALL {
        let rebilly = MockRebilly::start_blocking();
        let hold = rebilly.hold(Op::PutCustomer).at_most(Duration::from_millis(5));
        let gate = hold.before_commit();

        match channel {
            Channel::Call => {
                let broken = rebilly.try_handle(put("eve").request("")).unwrap_err();
                assert_eq!(broken, Broken::Held);
            }
            Channel::Service => {
                let request = put("eve").request("").map(String::from_utf8).map(Result::unwrap);
                let put = tower_service::Service::call(&mut rebilly.service(), request);
                let broken = crate::channel::runtime().block_on(put).unwrap_err();
                assert_eq!(broken, Broken::Held);
            }
            Channel::Pipe | Channel::Socket => channel.ask(&rebilly, &put("eve")).is_reset(),
        }

        // Its client is gone, and it is still held.
        assert!(gate.call().is_some() && rebilly.customer("eve").is_none());
        gate.release();
        assert!(rebilly.customer("eve").is_some());
        let report = caught(|| drop(rebilly)).unwrap();
        let line = "1 gate held a call that nobody let go in time\n  before the commit of PutCustomer (tests/it/gates.rs:";
        assert!(report.contains(line) && report.ends_with("), after 5ms"), "{report}");
    }
}

// Waiting.

#[tokio::test]
async fn a_test_on_one_thread_waits_for_its_own_client() {
    let rebilly = MockRebilly::start().await;
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let request = put("eve").request("").map(http_body_util::Full::<hyper::body::Bytes>::from);
    let put = tokio::spawn(tower_service::Service::call(&mut rebilly.service(), request));

    let call = gate.arrived().await;

    assert_eq!((call.method.as_str(), call.path.as_str()), ("PUT", "/customers/eve"));
    gate.release();
    assert_eq!(put.await.unwrap().unwrap().status(), 201);
}

#[tokio::test]
async fn the_blocking_twin_works_inside_a_runtime() {
    let rebilly = MockRebilly::start().await;
    let gate = rebilly.hold(Op::PutCustomer).before_commit();
    let mut wire = Wire::to(&rebilly);
    wire.send(&wired("PUT /customers/eve HTTP/1.1", &[], "{}"));

    assert_eq!(gate.arrived_blocking().path, "/customers/eve");
    assert!(gate.arrived_within_blocking(Duration::ZERO).is_ok());
    assert!(gate.arrived_within(Duration::ZERO).await.is_ok(), "it is still there");

    gate.release();
    assert_eq!(wire.answer().status(), 201);
}

#[test]
fn nobody_waits_for_a_gate_of_what_is_gone() {
    let rebilly = MockRebilly::builder().without_socket();
    let gate = rebilly.hold(Op::PutCustomer).id("eve").before_commit();
    drop(rebilly);

    let error = gate.arrived_within_blocking(Duration::from_secs(3_600)).unwrap_err();

    let said = error.to_string();
    assert!(said.starts_with("no call arrived before the double was dropped at the gate before the commit of PutCustomer of eve\n"), "{said}");
}

#[test]
fn a_gate_that_waits_in_vain_panics_where_it_is_awaited() {
    // What happens at a panic is decided for a whole process.
    if !alone("gates::a_gate_that_waits_in_vain_panics_where_it_is_awaited") {
        return;
    }
    let gate = {
        let rebilly = MockRebilly::builder().without_socket();
        rebilly.hold(Op::PutCustomer).before_commit()
    };
    let (told, places) = channel();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().expect("a place");
        told.send((place.file().to_owned(), place.line())).expect("a listener");
    }));

    let blocking = std::panic::AssertUnwindSafe(|| gate.arrived_blocking());
    let (line, failed) = (line!() - 1, catch_unwind(blocking));
    assert!(failed.unwrap_err().downcast::<String>().unwrap().starts_with("no call arrived"));
    assert_eq!(places.try_recv().unwrap(), (file!().to_owned(), line));
    let waiting = std::panic::AssertUnwindSafe(|| {
        crate::channel::runtime().block_on(async {
            gate.arrived().await;
        });
    });
    let (line, failed) = (line!() - 3, catch_unwind(waiting));
    assert!(failed.is_err());
    assert_eq!(places.try_recv().unwrap(), (file!().to_owned(), line));
}
