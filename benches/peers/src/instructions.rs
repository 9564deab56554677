//! Instructions that a request takes, client included, by valgrind's callgrind: they
//! differ by less than a percent between runs, whatever else the machine does.

use std::process::{Command, Stdio};

use crate::apart::{text, this};
use crate::client::{Client, Question};
use crate::contender::{CONTENDERS, Contender};
use crate::rounds::count;
use crate::table::{Budget, Cell, Table};
use crate::wire::{BODY, canned};

/// Requests of a short and of a long run: the difference is theirs alone.
const FEW: usize = 50;
const MORE: usize = 450;

/// Counts them, where there is a valgrind.
pub fn measure(table: &mut Table) {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        eprintln!("no valgrind: no instructions are counted");
        return;
    }
    for (name, method, release, debug) in
        [("GET of a customer", "GET", 17e3, 160e3), ("create", "POST", 80e3, 600e3)]
    {
        let budget = Budget::of(Budget::Most(release), Budget::Most(debug));
        table.line(&format!("{name}: instructions a request"), budget, count, || {
            let bare = each(Contender::SharedRuntime, method);
            CONTENDERS.map(|contender| {
                // It does the same as the other bare one, on another thread.
                let contender = Some(contender).filter(|it| *it != Contender::OwnThread)?;
                let figure = each(contender, method);
                let text = format!("{:.2} ({})", figure / bare, count(figure));
                Some(Cell { figure, text })
            })
        });
    }
}

/// The instructions of one request.
fn each(contender: Contender, method: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let more = (MORE - FEW) as f64;
    (all(contender, method, MORE) - all(contender, method, FEW)) / more
}

/// The instructions of a process that asks so many times.
fn all(contender: Contender, method: &str, times: usize) -> f64 {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"]);
    let part = ["apart", "ask", contender.name(), method, &times.to_string()];
    let output = valgrind.arg(this()).args(part).output().expect("valgrind");
    let said = text(&output);
    let collected = said.split_once("Collected : ").and_then(|(_, rest)| rest.lines().next());
    collected.and_then(|number| number.trim().parse().ok()).expect("what callgrind collected")
}

/// Asks a server so many times.
pub fn ask(contender: Contender, method: &str, times: usize) {
    let question = match method {
        "GET" => Question::GET,
        "POST" => Question { method: "POST", path: "/customers", body: BODY, ..Question::GET },
        "LIST" => Question { path: "/customers", query: "?limit=100", ..Question::GET },
        _ => panic!("GET, POST or LIST"),
    };
    let (ours, canned) = canned(question);
    let server = if contender == Contender::Ours { ours } else { contender.start(&canned) };
    let mut client = Client::of(server.address, question);
    for _ in 0..times {
        client.ask();
    }
}
