//! What the double costs, beside bare hyper and beside its peers, as one table in Markdown.
//!
//! ```text
//! taskset -c 0 cargo run --release                      # every line
//! taskset -c 0 cargo run                                # the same in the profile of `cargo test`
//! taskset -c 0 cargo run --release -- only "create"     # lines whose names contain that
//! cargo run --release -- repeat create 2000             # one call again and again, for a profiler
//! ```
//!
//! Pinned to one core, a wake-up across cores hides nothing; only the ratios travel.

mod client;
mod contender;
mod inside;
mod repeat;
mod rounds;
mod starting;
mod table;
mod wire;

use table::Table;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => measure(""),
        ["only", line] => measure(line),
        ["repeat", call, times] => repeat::run(call, times.parse().expect("a number of times")),
        _ => panic!("see the first lines of src/main.rs"),
    }
}

/// Measures the lines whose names contain a word, and prints them.
fn measure(word: &str) {
    let mut table = Table::new(word);
    wire::measure(&mut table);
    starting::measure(&mut table);
    inside::measure(&mut table);
    print!("{table}");
}
