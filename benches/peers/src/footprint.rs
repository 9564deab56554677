//! [`Footprint`]: what a process has of the machine, and what of that is the servers'.

use std::fs::{read_dir, read_to_string};

use mock_rebilly::MockRebilly;

use crate::apart::numbers;
use crate::client::{Client, Question};
use crate::contender::{CONTENDERS, Canned, Contender, Server};
use crate::inside::{MANY, ask, company, create};
use crate::rounds::{count, kib, time, timed};
use crate::table::Budget::{Least, Most};
use crate::table::{Cell, Table};

/// Servers that are started and dropped in a row.
const ROW: usize = 1_000;

/// Servers at once; more than most systems let a process have files, unless it asks.
const AT_ONCE: usize = 10_000;

/// Files that a process needs beside the servers' own.
const SPARE: usize = 64;

/// The most that a request may list.
const PAGE: usize = 1_000;

/// How many calls a double remembers, and how many events.
const LAST_CALLS: usize = 10_000;

/// What a process has.
#[derive(Clone, Copy)]
struct Footprint {
    files: f64,
    threads: f64,
    bytes: f64,
}

impl Footprint {
    /// Of this process.
    fn now() -> Footprint {
        let entries = |folder| read_dir(folder).expect("Linux").count();
        let memory = read_to_string("/proc/self/smaps_rollup").expect("Linux");
        // Not `Rss`: that counts code, too, of which 64 KiB come along when a rare line runs.
        let own = memory.lines().find_map(|line| line.strip_prefix("Anonymous:"));
        let own = own.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        let kib: f64 = own.expect("a number of KiB");
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let [files, threads] =
            ["/proc/self/fd", "/proc/self/task"].map(|folder| entries(folder) as f64);
        Footprint { files, threads, bytes: kib * 1024.0 }
    }

    /// What this process has more of than it had, divided among some.
    fn since(before: Footprint, shares: usize) -> Footprint {
        let now = Footprint::now();
        #[expect(clippy::cast_precision_loss, reason = "some thousand")]
        let share = |now: f64, before: f64| (now - before) / shares as f64;
        Footprint {
            files: share(now.files, before.files),
            threads: share(now.threads, before.threads),
            bytes: share(now.bytes, before.bytes),
        }
    }

    fn print(self) {
        println!("{} {} {}", self.files, self.threads, self.bytes);
    }
}

/// Measures what servers have, and what they leave behind.
pub fn measure(table: &mut Table) {
    let idle = |contender: Contender| {
        let measured = numbers(&["idle", contender.name()]);
        let [files, threads, bytes] = measured[..] else { panic!("{measured:?}") };
        (files, threads, bytes)
    };
    table.line("an idle server: memory", Most(4096.0), kib, || {
        CONTENDERS.map(|contender| {
            let (_, _, bytes) = idle(contender);
            Some(Cell { figure: bytes, text: kib(bytes) })
        })
    });
    table.line("an idle server: fds + threads", Most(1.0), count, || {
        CONTENDERS.map(|contender| {
            let (files, threads, _) = idle(contender);
            let text = format!("{} + {}", count(files), count(threads));
            Some(Cell { figure: files + threads, text })
        })
    });
    let name = format!("{ROW} servers in a row leave behind: fds + threads");
    table.our_line(&name, Most(0.0), count, || {
        let [files, threads, _] = numbers(&["left"])[..] else { panic!("three numbers") };
        Cell { figure: files + threads, text: format!("{} + {}", count(files), count(threads)) }
    });
    // What an allocator keeps for later comes and goes by some pages.
    let name = format!("{ROW} servers in a row leave behind: memory");
    table.our_line(&name, Most(64.0 * 1024.0), kib, || {
        let bytes = numbers(&["left"])[2];
        Cell { figure: bytes, text: kib(bytes) }
    });
    #[expect(clippy::cast_precision_loss, reason = "some thousand")]
    let enough = AT_ONCE as f64;
    let name = format!("{AT_ONCE} servers at once that all answer");
    table.line(&name, Least(enough), count, || {
        CONTENDERS.map(|contender| {
            // A thread each, or a pool that waits when it is empty: they are out.
            let can = contender.is_on_shared_runtime();
            let measured = can.then(|| numbers(&["at once", contender.name()]))?;
            let [servers, seconds, bytes] = measured[..] else { panic!("{measured:?}") };
            let each = time(seconds / servers);
            let text = format!("{} ({each} and {} each)", count(servers), kib(bytes));
            Some(Cell { figure: servers, text })
        })
    });
    for (origin, name) in [("planted", "of a fixture"), ("created", "created by requests")] {
        let name = format!("a customer of {MANY}, {name}: memory beyond its JSON");
        table.our_line(&name, Most(2048.0), kib, || {
            let bytes = numbers(&["customers", origin])[0];
            Cell { figure: bytes, text: kib(bytes) }
        });
    }
}

/// Prints what one server has that nobody asks.
pub fn idle(contender: Contender) {
    // Pools of the peers have no more.
    let servers = match contender {
        Contender::OwnThread
        | Contender::SharedRuntime
        | Contender::Prototype
        | Contender::Ours => 1_000,
        Contender::Wiremock | Contender::Httpmock | Contender::Mockito => 20,
    };
    // The first ones bring along what all share.
    let _shared = [(); 2].map(|()| contender.start(&canned()));
    let mut started: Vec<Server> = Vec::with_capacity(servers);
    let before = Footprint::now();
    started.extend((0..servers).map(|_| contender.start(&canned())));
    Footprint::since(before, servers).print();
}

/// Prints what the process has more after doubles that came and went.
pub fn left() {
    let come_and_go = || {
        (0..ROW).for_each(|_| {
            let server = Contender::Ours.start(&canned());
            Client::of(server.address, Question::GET).ask();
        });
    };
    come_and_go();
    let before = Footprint::now();
    come_and_go();
    Footprint::since(before, 1).print();
}

/// Prints how many servers there are at once, how long that took, and what memory each has.
pub fn at_once(contender: Contender) {
    let count = AT_ONCE.min(files_max().saturating_sub(SPARE));
    let mut servers = Vec::with_capacity(count);
    let _shared = [(); 2].map(|()| contender.start(&canned()));
    let before = Footprint::now();
    let time = timed(|| servers.extend((0..count).map(|_| contender.start(&canned()))));
    let footprint = Footprint::since(before, servers.len());
    for server in &servers {
        assert!(!Client::of(server.address, Question::GET).ask().body.is_empty());
    }
    println!("{} {} {}", servers.len(), time.as_secs_f64(), footprint.bytes);
}

/// How many files this process may have open.
fn files_max() -> usize {
    let limits = read_to_string("/proc/self/limits").expect("Linux");
    let soft = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let soft = soft.and_then(|line| line.split_whitespace().next()?.parse().ok());
    soft.unwrap_or(usize::MAX)
}

/// Prints what memory each customer of many has, beyond what a list shows of it.
pub fn customers(origin: &str) {
    drop(company(1));
    let created = MockRebilly::builder().empty().without_socket();
    // What is kept of the last calls is full then, and grows no more.
    (0..LAST_CALLS).for_each(|_| drop(create(&created)));
    let before = Footprint::now();
    let rebilly = match origin {
        "planted" => company(MANY),
        "created" => {
            (0..MANY).for_each(|_| drop(create(&created)));
            created
        }
        _ => panic!("planted or created"),
    };
    let page = |offset: usize| {
        let path = format!("/customers?limit={PAGE}&offset={offset}");
        ask(&rebilly, "GET", &path, "").body().len()
    };
    #[expect(clippy::cast_precision_loss, reason = "some hundred MB")]
    let shown = (0..MANY).step_by(PAGE).map(page).sum::<usize>() as f64;
    #[expect(clippy::cast_precision_loss, reason = "some thousand")]
    let json = shown / MANY as f64;
    println!("{}", Footprint::since(before, MANY).bytes - json);
}

fn canned() -> Canned {
    Canned::empty(Question::GET)
}
