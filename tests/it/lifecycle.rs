//! The life of a double: start, ports, many at once, what it costs, and that gone means gone.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use mock_rebilly::{MockRebilly, Op, StartError};
use serde_json::json;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::support::Api;
use crate::wire::{PATIENCE, Wire, deaf, get_ada, is_gone, is_refused, wired};

/// In the environment of a process that runs a single test: its name.
const ALONE: &str = "MOCK_REBILLY_TEST_ALONE";

/// A fixture that stops every start.
const BAD_FIXTURE: &str = r#"{ "customers": [{ "primaryAddress": { "country": "gb" } }] }"#;

// Start.

#[tokio::test]
async fn a_blocking_client_works_inside_an_async_test() {
    let rebilly = MockRebilly::start().await;

    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_starts_and_ends_on_any_thread_of_a_runtime() {
    let live = async || {
        let start = async { MockRebilly::start().await };
        let rebilly = tokio::spawn(start).await.unwrap();
        let address = rebilly.address().unwrap();
        assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
        tokio::spawn(async move { drop(rebilly) }).await.unwrap();
        [address]
    };

    let runtime = Handle::current();
    assert!(is_gone(|| block_in_place(|| runtime.block_on(live()))));
}

#[test]
fn start_blocking_needs_no_runtime() {
    assert!(Handle::try_current().is_err());
    let rebilly = MockRebilly::start_blocking();

    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
}

#[tokio::test]
async fn start_blocking_works_inside_a_runtime_too() {
    let rebilly = MockRebilly::start_blocking();

    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
}

#[test]
fn a_double_outlives_the_runtime_and_the_thread_that_started_it() {
    let start = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(MockRebilly::start())
    };
    let rebilly = thread::spawn(start).join().unwrap();

    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
}

#[test]
fn a_leaked_double_answers_whoever_asks() {
    let rebilly: &'static MockRebilly = MockRebilly::start_blocking().leak();
    let asked = thread::spawn(|| Wire::to(rebilly).ask(&get_ada()).status()).join();

    assert_eq!(asked.unwrap(), 200);
    assert_eq!(rebilly.journal().len(), 1);
}

// Starts that fail.

#[test]
fn a_taken_port_is_an_error_and_disturbs_nobody() {
    let first = MockRebilly::start_blocking();
    let address = first.address().unwrap();

    let error = MockRebilly::builder().port(address.port()).try_start().unwrap_err();

    let StartError::Listen { address: asked, cause } = &error else { panic!("{error:?}") };
    assert_eq!((*asked, cause.kind()), (address, ErrorKind::AddrInUse));
    let text = error.to_string();
    assert!(text.starts_with(&format!("{address} cannot be listened on: ")), "{text}");
    assert_eq!(Wire::to(&first).ask(&get_ada()).status(), 200);
}

#[test]
fn a_bad_fixture_is_an_error_and_listens_on_nothing() {
    let fail = || {
        let free = MockRebilly::start_blocking().address().unwrap();
        let builder = MockRebilly::builder().fixture("acme.json", BAD_FIXTURE).port(free.port());
        let error = builder.try_start().unwrap_err();

        assert!(matches!(error, StartError::Fixture(_)), "{error:?}");
        let said = "acme.json: /customers/0/primaryAddress/country: must be two upper-case letters";
        assert_eq!(error.to_string(), said);
        [free]
    };

    assert!(is_gone(fail));
}

#[test]
#[cfg(target_os = "linux")]
fn a_double_beyond_the_limit_of_open_files_is_an_error_that_names_it() {
    const TEST: &str =
        "lifecycle::a_double_beyond_the_limit_of_open_files_is_an_error_that_names_it";
    if !alone_with_files(64, TEST) {
        return;
    }
    let mut doubles = vec![MockRebilly::start_blocking()];
    let error = loop {
        match MockRebilly::try_start() {
            Ok(double) => doubles.push(double),
            Err(error) => break error,
        }
        assert!(doubles.len() < 64, "more doubles than files");
    };

    let StartError::OpenFiles { limit, cause } = &error else { panic!("{error:?}") };
    assert_eq!(*limit, Some(64));
    let text = error.to_string();
    let what =
        "no port can be opened: this process has all 64 files open that it may (`ulimit -n`): ";
    assert!(text.starts_with(&format!("{what}{cause}. ")), "{text}");
    assert!(text.contains("drop doubles that are done with"), "{text}");
    assert!(text.ends_with("or raise the limit"), "{text}");

    // It says what to do: with room for a port and the two ends of a connection, all is well.
    doubles.truncate(doubles.len() - 3);
    let rebilly = MockRebilly::start_blocking();
    assert_eq!(ping(&rebilly), 200);
    // A server may close its end after its client has gone on to the next one.
    doubles.truncate(doubles.len() / 3);
    assert!(doubles.iter().all(|double| ping(double) == 200));
}

#[test]
#[cfg(target_os = "linux")]
fn where_no_file_is_left_for_the_first_double_that_is_said_and_it_starts_later() {
    const TEST: &str =
        "lifecycle::where_no_file_is_left_for_the_first_double_that_is_said_and_it_starts_later";
    if !alone_with_files(64, TEST) {
        return;
    }
    let (_, threads) = resources();
    let mut files: Vec<_> = (0..64).map_while(|_| std::fs::File::open("/dev/null").ok()).collect();

    // One after the other is given back, until all that a double needs fits.
    let rebilly = loop {
        match MockRebilly::try_start() {
            Ok(double) => break double,
            Err(StartError::OpenFiles { limit, .. }) => assert_eq!(limit, Some(64)),
            Err(other) => panic!("{other:?}"),
        }
        drop(files.pop().expect("the files were what it lacked"));
    };

    drop(files);
    assert_eq!(ping(&rebilly), 200);
    let cores = thread::available_parallelism().unwrap().get();
    assert!(resources().1 <= threads + cores, "a start that failed left a thread behind");
}

#[test]
#[cfg(target_os = "linux")]
fn a_client_waits_for_a_file_and_not_until_others_go() {
    const TEST: &str = "lifecycle::a_client_waits_for_a_file_and_not_until_others_go";
    if !alone_with_files(64, TEST) {
        return;
    }
    let rebilly = MockRebilly::start_blocking();
    let mut first = Wire::to(&rebilly);
    assert_eq!(first.ask(&get_ada()).status(), 200);
    let mut files: Vec<_> = (0..64).map_while(|_| std::fs::File::open("/dev/null").ok()).collect();
    drop(files.pop().expect("room for a client's end"));
    let mut second = Wire::to(&rebilly);
    // Who asks after it is answered after it was looked for the second's file.
    assert_eq!(first.ask(&get_ada()).status(), 200);

    drop(files);

    assert_eq!(second.ask(&get_ada()).status(), 200);
    assert_eq!(first.ask(&get_ada()).status(), 200);
}

#[test]
fn an_answer_that_is_late_is_late_though_no_file_can_be_opened() {
    const TEST: &str = "lifecycle::an_answer_that_is_late_is_late_though_no_file_can_be_opened";
    if !alone_with_files(64, TEST) {
        return;
    }
    let rebilly = MockRebilly::start_blocking();
    let [mut late, mut other] = [Wire::to(&rebilly), Wire::to(&rebilly)];
    for wire in [&mut late, &mut other] {
        assert_eq!(wire.ask(&get_ada()).status(), 200);
    }
    let files: Vec<_> = (0..64).map_while(|_| std::fs::File::open("/dev/null").ok()).collect();
    rebilly.on(Op::GetCustomer).nth(1).real_latency(Duration::from_secs(3_600));

    late.send(&get_ada());
    rebilly.wait_for(Op::GetCustomer).times(3).within_blocking(PATIENCE).unwrap();
    assert_eq!(other.ask(&get_ada()).status(), 200);
    drop((rebilly, files));
    assert!(late.is_closed());
}

#[test]
fn a_start_that_fails_panics_with_a_sentence_at_the_callers_line() {
    // What happens at a panic is decided for a whole process.
    if !alone("lifecycle::a_start_that_fails_panics_with_a_sentence_at_the_callers_line") {
        return;
    }
    let bad = || MockRebilly::builder().fixture("acme.json", BAD_FIXTURE);
    let (told, places) = channel();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().expect("a place");
        told.send((place.file().to_owned(), place.line())).expect("a listener");
    }));

    let (line, blocking) = (line!(), catch_unwind(|| bad().start_blocking()));
    assert_eq!(places.try_recv().unwrap(), (file!().to_owned(), line));
    let (line, future) = (line!(), catch_unwind(|| drop(bad().start())));
    assert_eq!(places.try_recv().unwrap(), (file!().to_owned(), line));

    let sentence = "the rebilly double cannot start: \
        acme.json: /customers/0/primaryAddress/country: must be two upper-case letters";
    assert_eq!(*blocking.unwrap_err().downcast::<String>().unwrap(), sentence);
    assert_eq!(*future.unwrap_err().downcast::<String>().unwrap(), sentence);
}

// Ports.

#[test]
fn a_double_is_reached_over_127_0_0_1_and_nothing_else() {
    let rebilly = MockRebilly::start_blocking();
    let address = rebilly.address().unwrap();

    assert_eq!(address.ip().to_string(), "127.0.0.1");
    assert_eq!(rebilly.url(), format!("http://{address}"));
    // The whole of 127.0.0.0/8 is this machine, at least on Linux: who listened
    // on every address would be found at this one too.
    assert!(TcpStream::connect(("127.0.0.2", address.port())).is_err());
}

#[test]
fn a_port_is_never_issued_twice() {
    const STARTS: usize = 1_000;
    let port = |_| MockRebilly::builder().empty().start_blocking().address().unwrap().port();

    let ports: BTreeSet<u16> = (0..STARTS).map(port).collect();

    assert_eq!(ports.len(), STARTS);
}

#[test]
fn two_doubles_at_once_share_nothing() {
    let (one, two) = (MockRebilly::start_blocking(), MockRebilly::start_blocking());
    assert_ne!(one.address(), two.address());

    Api::new(&one).put("/customers/ada", &json!({}), 201);

    Api::new(&two).get("/customers/ada", 404);
    assert_eq!((one.journal().len(), two.journal().len()), (1, 1));
}

#[test]
fn without_a_socket_there_is_no_address() {
    let rebilly = MockRebilly::builder().without_socket();

    assert_eq!((rebilly.address(), rebilly.url()), (None, "http://localhost"));
}

// Gone means gone.

#[test]
fn a_dropped_double_refuses_connections_at_once() {
    let live = || {
        let rebilly = MockRebilly::start_blocking();
        let address = rebilly.address().unwrap();
        assert!(!is_refused(address));
        drop(rebilly);
        [address]
    };

    assert!(is_gone(live));
}

#[test]
fn a_connection_that_was_kept_alive_is_closed_and_others_are_not() {
    let (rebilly, other) = (MockRebilly::start_blocking(), MockRebilly::start_blocking());
    let (mut wire, mut other_wire) = (Wire::to(&rebilly), Wire::to(&other));
    assert_eq!(wire.ask(&get_ada()).status(), 200);
    assert_eq!(other_wire.ask(&get_ada()).status(), 200);

    drop(rebilly);

    assert!(wire.is_closed());
    assert_eq!(other_wire.ask(&get_ada()).status(), 200);
}

#[test]
fn dropping_waits_for_no_client() {
    let rebilly = MockRebilly::start_blocking();
    let (mut silent, mut half_head) = (Wire::to(&rebilly), Wire::to(&rebilly));
    let (mut half_body, _deaf) = (Wire::to(&rebilly), deaf(&rebilly));
    half_head.send("GET /customers/cus_ada HTTP/1.1\r\nREB-API");
    half_body.send(&wired("PUT /customers/new HTTP/1.1", &["Content-Length: 2"], ""));
    half_body.send("{");
    // Accepted in the order in which they came: now all of them are.
    assert_eq!(Wire::to(&rebilly).ask(&get_ada()).status(), 200);
    let (gone, is_gone) = channel();

    thread::spawn(move || {
        drop(rebilly);
        gone.send(()).unwrap();
    });

    is_gone.recv_timeout(PATIENCE).expect("drop returns, whatever clients do");
    assert!(silent.is_closed() && half_head.is_closed() && half_body.is_closed());
}

#[tokio::test]
async fn a_thousand_doubles_are_dropped_in_one_poll_and_leave_nothing_behind() {
    if !alone("lifecycle::a_thousand_doubles_are_dropped_in_one_poll_and_leave_nothing_behind") {
        return;
    }
    drop(MockRebilly::start().await); // starts the threads that host all others
    let before = resources();

    let doubles: Vec<MockRebilly> = (0..doubles_max())
        .map(|_| MockRebilly::builder().empty().start_blocking())
        .inspect(|rebilly| assert_eq!(ping(rebilly), 200))
        .collect();
    // The first is as well as the last, though all the others have come.
    assert!(doubles.iter().all(|rebilly| ping(rebilly) == 200));
    let addresses: BTreeSet<_> = doubles.iter().filter_map(MockRebilly::address).collect();
    assert_eq!(addresses.len(), doubles_max());
    drop(doubles);

    assert_eq!(resources(), before);
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_double_costs_one_file_and_no_thread() {
    if !alone("lifecycle::an_idle_double_costs_one_file_and_no_thread") {
        return;
    }
    drop(MockRebilly::start_blocking());
    let (files, threads) = resources();
    assert!(files > 0 && threads > 1, "{files} files, {threads} threads");

    let doubles = [(); 10].map(|()| MockRebilly::start_blocking());

    assert_eq!(resources(), (files + 10, threads));
    drop(doubles);
}

#[test]
#[cfg(target_os = "linux")]
fn when_drop_returns_every_connection_is_closed() {
    if !alone("lifecycle::when_drop_returns_every_connection_is_closed") {
        return;
    }
    drop(MockRebilly::start_blocking());
    let (files, threads) = resources();
    let rebilly = MockRebilly::start_blocking();
    let mut wires = [(); 20].map(|()| Wire::to(&rebilly));
    assert!(wires.iter_mut().all(|wire| wire.ask(&get_ada()).status() == 200));
    assert_eq!(resources(), (files + 1 + 2 * 20, threads));

    drop(rebilly);

    // What is left are the clients' own ends.
    assert_eq!(resources(), (files + 20, threads));
}

#[test]
#[cfg(target_os = "linux")]
fn a_start_that_fails_leaves_nothing_behind() {
    if !alone("lifecycle::a_start_that_fails_leaves_nothing_behind") {
        return;
    }
    let first = MockRebilly::start_blocking();
    let before = resources();

    let taken = MockRebilly::builder().port(first.address().unwrap().port()).try_start();
    let bad = MockRebilly::builder().fixture("acme.json", BAD_FIXTURE).try_start();

    assert!(taken.is_err() && bad.is_err());
    assert_eq!(resources(), before);
}

// What a test hears of when it ends.

#[test]
fn an_operation_that_is_not_simulated_fails_the_test_that_asked_for_it() {
    let live = || {
        let rebilly = MockRebilly::start_blocking();
        let address = rebilly.address().unwrap();
        Api::new(&rebilly).get("/customers/cus_ada", 200);
        Api::new(&rebilly).get("/invoices?limit=1", 501);

        let panic = catch_unwind(AssertUnwindSafe(|| drop(rebilly))).unwrap_err();

        let report = panic.downcast::<String>().unwrap();
        assert_eq!(
            *report,
            "the rebilly double fails this test\n\n\
             1 request asked for what it cannot answer\n  \
             #2 GET /invoices?limit=1 -> 501 GetInvoiceCollection (not simulated)\n\
             (`.allow_unmatched()` on the builder lets a test ask for anything)"
        );
        [address]
    };

    assert!(is_gone(live));
}

#[test]
fn an_unknown_path_fails_the_test_that_asked_for_it() {
    let rebilly = MockRebilly::start_blocking();
    Api::new(&rebilly).get("/custmers/cus_ada", 404);

    let panic = catch_unwind(AssertUnwindSafe(|| drop(rebilly))).unwrap_err();

    let report = panic.downcast::<String>().unwrap();
    let line = "#1 GET /custmers/cus_ada -> 404 (unknown path)\n    did you mean GET /customers/{id} (GetCustomer)?";
    assert!(report.contains(line), "{report}");
}

#[test]
fn a_test_may_allow_what_no_double_can_answer() {
    let rebilly = MockRebilly::builder().allow_unmatched().start_blocking();
    let api = Api::new(&rebilly);

    let problem = api.get("/invoices", 501);
    api.get("/no/such/path", 404);

    assert_eq!(problem["status"], 501);
    drop(rebilly);
}

#[test]
fn what_should_not_have_happened_can_be_heard_without_a_panic() {
    let live = || {
        let rebilly = MockRebilly::start_blocking();
        let address = rebilly.address().unwrap();
        Api::new(&rebilly).get("/invoices", 501);

        let violations = rebilly.finish().unwrap_err();

        let text = violations.to_string();
        assert!(text.contains("#1 GET /invoices -> 501 GetInvoiceCollection"), "{text}");
        assert_eq!(format!("{violations:?}"), text, "an unwrapped error can be read, too");
        [address]
    };

    assert!(is_gone(live));
}

#[test]
fn where_all_is_well_there_is_nothing_to_hear() {
    let live = || {
        let rebilly = MockRebilly::start_blocking();
        let address = rebilly.address().unwrap();
        Api::new(&rebilly).get("/customers/cus_ada", 200);

        assert_eq!(rebilly.finish(), Ok(()));
        [address]
    };

    assert!(is_gone(live));
}

#[test]
fn a_report_does_not_grow_with_what_it_is_about() {
    let rebilly = MockRebilly::builder().without_socket();
    let api = Api::direct(&rebilly);
    for number in 0..300 {
        api.get(&format!("/nothing/{number}/here"), 404);
    }

    let text = rebilly.finish().unwrap_err().to_string();

    assert!(text.contains("\n300 requests asked for what it cannot answer\n"), "{text}");
    assert!(text.contains("#20 GET /nothing/19/here"), "{text}");
    assert!(!text.contains("#21 ") && text.contains("\n  and 280 more\n"), "{text}");
}

#[test]
fn other_refusals_fail_no_test() {
    let rebilly = MockRebilly::start_blocking();
    let api = Api::new(&rebilly);

    api.get("/customers/nobody", 404);
    api.post("/customers/cus_ada", &json!({}), 405);
    api.put("/customers/new", &json!({ "primaryAddress": { "country": "gb" } }), 422);

    drop(rebilly);
}

#[test]
fn a_test_that_fails_already_keeps_its_own_panic() {
    let panic = catch_unwind(|| {
        let rebilly = MockRebilly::start_blocking();
        Api::new(&rebilly).get("/invoices", 501);
        panic!("the test's own words");
    });

    let words = panic.unwrap_err().downcast::<&str>().unwrap();
    assert_eq!(*words, "the test's own words");
}

// Many at once.

#[test]
fn threads_that_ask_at_the_same_time_are_all_answered_and_numbered() {
    let rebilly = MockRebilly::start_blocking();
    let visit = |thread: usize| {
        let api = Api::new(&rebilly);
        for turn in 0..25 {
            let target = format!("/customers/cus_{thread}_{turn}");
            let put = api.put(&target, &json!({ "websiteId": format!("web_{thread}") }), 201);
            let get = api.get(&target, 200);
            assert_eq!(put, get);
            assert_eq!(get["id"], target["/customers/".len()..]);
            assert_eq!(get["websiteId"], format!("web_{thread}"));
        }
    };

    thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || visit(thread));
        }
    });

    let journal = rebilly.journal();
    let numbers: Vec<u64> = journal.iter().map(|exchange| exchange.number).collect();
    assert_eq!(numbers, (1..=400).collect::<Vec<u64>>());
    assert_eq!(
        (journal.of(Op::PutCustomer).count(), journal.of(Op::GetCustomer).count()),
        (200, 200)
    );
}

#[test]
fn a_double_may_be_shared_between_threads() {
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<MockRebilly>();
}

/// The status of one request on a connection of its own.
fn ping(rebilly: &MockRebilly) -> u16 {
    Wire::to(rebilly).ask(&wired("GET /status HTTP/1.1", &[], "")).status().as_u16()
}

/// Whether this process runs this test and no other. If not, one is started
/// that does, and must succeed.
pub(crate) fn alone(test: &str) -> bool {
    alone_by(Command::new(std::env::current_exe().unwrap()), test)
}

/// The same in a process that may have so many files open.
#[cfg(target_os = "linux")]
fn alone_with_files(limit: usize, test: &str) -> bool {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"ulimit -n "$0" && exec "$@""#, &limit.to_string()]);
    shell.arg(std::env::current_exe().unwrap());
    alone_by(shell, test)
}

fn alone_by(mut child: Command, test: &str) -> bool {
    if std::env::var_os(ALONE).is_some_and(|name| name == test) {
        return true;
    }
    let child = child.args([test, "--exact", "--nocapture"]).env(ALONE, test).output().unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    // None would have run, had the test another name.
    let succeeded = child.status.success() && said.contains("1 passed");
    assert!(succeeded, "{said}{}", String::from_utf8_lossy(&child.stderr));
    false
}

/// How many files this process has open, and how many threads; elsewhere than on Linux, nothing.
fn resources() -> (usize, usize) {
    let count = |folder| std::fs::read_dir(folder).map_or(0, Iterator::count);
    (count("/proc/self/fd"), count("/proc/self/task"))
}

/// A thousand, or as many as this process may open files for.
fn doubles_max() -> usize {
    const SPARE: usize = 64;
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let soft = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let soft = soft.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    // Where there is no telling, 200 fit below the least limit that is usual.
    let doubles = soft.map_or(200, |files| files.saturating_sub(SPARE).min(1_000));
    assert!(doubles >= 200, "`ulimit -n` leaves room for {doubles} doubles, which proves little");
    doubles
}
