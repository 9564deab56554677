//! Waiting: what wakes a wait, what ends it, and what it leaves behind.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use mock_rebilly::{MockRebilly, NotSeen, Op, Pattern};
use serde_json::json;

use crate::support::Api;
use crate::wire::PATIENCE;

fn empty() -> MockRebilly {
    MockRebilly::builder().empty().without_socket()
}

fn put(rebilly: &MockRebilly, id: &str) {
    Api::direct(rebilly).put(&format!("/customers/{id}"), &json!({}), 201);
}

/// Counts how often it is woken.
#[derive(Default)]
struct Alarm(AtomicUsize);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Alarm {
    fn rang(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn what_was_asked_already_is_not_waited_for() {
    let rebilly = empty();
    put(&rebilly, "ada");
    put(&rebilly, "bob");

    let seen = rebilly.wait_for(Op::PutCustomer).within_blocking(Duration::ZERO).unwrap();
    assert_eq!(seen.number, 1);
    let seen = rebilly.wait_for(Op::PutCustomer).times(2).within_blocking(Duration::ZERO).unwrap();
    assert_eq!(seen.number, 2);
}

#[test]
fn a_wait_is_woken_at_each_exchange_and_ends_at_its_own() {
    let rebilly = empty();
    put(&rebilly, "ada");
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(Arc::clone(&alarm));
    let mut cx = Context::from_waker(&waker);
    let mut wait = pin!(rebilly.wait_for(Op::PutCustomer).id("bob").times(2).within(PATIENCE));
    assert!(wait.as_mut().poll(&mut cx).is_pending());
    assert_eq!(alarm.rang(), 0);

    put(&rebilly, "bob");
    assert_eq!(alarm.rang(), 1);
    assert!(wait.as_mut().poll(&mut cx).is_pending(), "two were waited for");
    put(&rebilly, "eve");
    assert!(wait.as_mut().poll(&mut cx).is_pending(), "another was waited for");
    Api::direct(&rebilly).put("/customers/bob", &json!({}), 200);

    assert_eq!(alarm.rang(), 3);
    let Poll::Ready(seen) = wait.as_mut().poll(&mut cx) else { panic!("it was seen") };
    assert_eq!(seen.unwrap().number, 4);
}

#[test]
fn a_wait_goes_on_after_a_reset_and_begins_to_count_anew() {
    let rebilly = empty();
    put(&rebilly, "ada");
    put(&rebilly, "bob");
    let mut cx = Context::from_waker(Waker::noop());
    let mut wait = pin!(rebilly.wait_for(Op::PutCustomer).times(3).within(PATIENCE));
    assert!(wait.as_mut().poll(&mut cx).is_pending());

    rebilly.reset();
    put(&rebilly, "ada");
    put(&rebilly, "bob");
    assert!(wait.as_mut().poll(&mut cx).is_pending());
    put(&rebilly, "eve");

    let Poll::Ready(Ok(seen)) = wait.as_mut().poll(&mut cx) else { panic!("it was seen") };
    assert_eq!((seen.number, seen.ids()), (3, &[("id", "eve".to_owned())][..]));
}

#[test]
fn a_wait_that_is_dropped_leaves_nothing_behind() {
    let rebilly = empty();
    let alarm = Arc::new(Alarm::default());
    let mine = Arc::new(());
    {
        let theirs = Arc::clone(&mine);
        let wait = rebilly.wait_for(Op::PutCustomer).matching("mine", move |_| {
            let _ = &theirs;
            true
        });
        let waker = Waker::from(Arc::clone(&alarm));
        let mut wait = pin!(wait.within(PATIENCE));
        assert!(wait.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        assert_eq!(Arc::strong_count(&mine), 2);
    }

    assert_eq!((Arc::strong_count(&mine), Arc::strong_count(&alarm)), (1, 1));
    put(&rebilly, "ada");
    assert_eq!(alarm.rang(), 0);
    rebilly.wait_for(Op::PutCustomer).within_blocking(PATIENCE).unwrap();
}

#[test]
fn any_number_may_wait_at_once() {
    let rebilly = empty();
    thread::scope(|scope| {
        let wait = |id: &'static str| rebilly.wait_for(Op::PutCustomer).id(id);
        let waits: Vec<_> = ["ada", "bob", "ada", "eve", "ada"]
            .into_iter()
            .map(|id| scope.spawn(move || (id, wait(id).within_blocking(PATIENCE).unwrap())))
            .collect();
        for id in ["eve", "bob", "ada"] {
            put(&rebilly, id);
        }
        for wait in waits {
            let (id, seen) = wait.join().unwrap();
            assert_eq!(seen.ids(), [("id", id.to_owned())]);
        }
    });
}

#[test]
fn a_wait_ends_when_its_time_is_up_and_names_what_it_did_not_see() {
    let rebilly = empty();
    put(&rebilly, "ada");

    let wait = rebilly.wait_for(Op::PutCustomer).id("Ada");
    let error = wait.within_blocking(Duration::from_millis(5)).unwrap_err();

    let text = error.to_string();
    assert!(text.starts_with("waited 5ms for 1 PutCustomer of Ada, saw none\n"), "{text}");
    assert!(text.contains("found \"ada\" (only the case differs)"), "{text}");
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
    assert_eq!(boxed.to_string(), text);
}

#[tokio::test]
async fn a_wait_goes_on_while_the_test_does_on_one_thread() {
    waits_beside_what_it_waits_for().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_goes_on_while_the_test_does_on_many_threads() {
    waits_beside_what_it_waits_for().await;
}

#[tokio::test(start_paused = true)]
async fn a_wait_measures_real_time_though_the_tests_own_stands_still() {
    waits_beside_what_it_waits_for().await;
    let rebilly = empty();

    let late = rebilly.wait_for(Op::PutCustomer).within(Duration::from_millis(5)).await;

    assert!(late.is_err());
}

async fn waits_beside_what_it_waits_for() {
    let rebilly = Arc::new(empty());
    let double = Arc::clone(&rebilly);
    let test = tokio::spawn(async move {
        let wait = double.wait_for(Op::PutCustomer).id("bob").answer("/id", "bob");
        wait.within(PATIENCE).await.map(|seen| seen.number)
    });
    let ada = rebilly.wait_for(Op::PutCustomer).id("ada");
    let (seen, ()) = tokio::join!(ada.within(PATIENCE), async {
        tokio::task::yield_now().await;
        put(&rebilly, "ada");
        put(&rebilly, "bob");
    });
    assert_eq!(seen.unwrap().number, 1);
    assert_eq!(test.await.unwrap(), Ok(2));
}

#[tokio::test]
async fn a_blocking_wait_works_inside_a_runtime_over_a_socket() {
    let rebilly = MockRebilly::builder().empty().start().await;
    thread::scope(|scope| {
        scope.spawn(|| Api::new(&rebilly).put("/customers/ada", &json!({}), 201));
        rebilly.wait_for(Op::PutCustomer).within_blocking(PATIENCE).unwrap();
    });
}

#[tokio::test]
async fn a_pattern_that_a_test_gives_up_may_be_waited_for_again() -> Result<(), NotSeen> {
    let rebilly = empty();
    let created = Pattern::of(Op::PutCustomer).status(201);
    let given_up = rebilly.wait_for(created.clone()).within(PATIENCE);
    tokio::select! {
        biased;
        _ = given_up => panic!("nothing was asked"),
        () = std::future::ready(()) => {}
    }
    put(&rebilly, "ada");

    let seen = rebilly.wait_for(created).within(PATIENCE).await?;

    assert_eq!(seen.number, 1);
    Ok(())
}
