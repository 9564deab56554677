//! Parts that are measured in a process of their own, because they count what a whole
//! process has: files, threads, memory, instructions.

use std::process::{Command, Output};

use crate::contender::Contender;
use crate::{footprint, instructions};

/// Runs a part, and returns the numbers that it prints.
pub fn numbers(part: &[&str]) -> Vec<f64> {
    // As many files as the system lets a process have.
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"ulimit -n "$(ulimit -Hn)"; exec "$0" "$@""#]);
    let output = shell.arg(this()).arg("apart").args(part).output().expect("a shell");
    let said = text(&output);
    said.split_whitespace().map(|word| word.parse().expect("a number")).collect()
}

/// What a part that went well printed.
pub fn text(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// This program.
pub fn this() -> std::path::PathBuf {
    std::env::current_exe().expect("a program that runs")
}

/// Does what such a process does.
pub fn run(part: &[&str]) {
    match *part {
        ["idle", contender] => footprint::idle(Contender::named(contender)),
        ["left"] => footprint::left(),
        ["at once", contender] => footprint::at_once(Contender::named(contender)),
        ["customers", origin] => footprint::customers(origin),
        ["ask", contender, method, times] => {
            let times = times.parse().expect("a number of times");
            instructions::ask(Contender::named(contender), method, times);
        }
        _ => panic!("no such part: {part:?}"),
    }
}
