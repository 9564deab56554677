//! What the double costs, beside bare hyper and beside its peers, as one table in Markdown.
//!
//! ```text
//! taskset -c 0 cargo run --release                      # every line
//! taskset -c 0 cargo run                                # the same in the profile of `cargo test`
//! taskset -c 0 cargo run --release -- only "create"     # lines whose names contain that
//! cargo run --release -- weight 3                       # crates and clean builds, in 3 rounds
//! ```
//!
//! Pinned to one core, a wake-up across cores hides nothing; only the ratios travel.
//! It reads `/proc`, so it needs Linux; without valgrind, no instructions are counted.

mod apart;
mod bare;
mod client;
mod contender;
mod footprint;
mod inside;
mod instructions;
mod prototype;
mod rounds;
mod starting;
mod table;
mod weight;
mod wire;

use table::Table;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => measure(""),
        ["only", line] => measure(line),
        ["weight", rounds] => weight::measure(rounds.parse().expect("a number of rounds")),
        ["apart", part @ ..] => apart::run(part),
        _ => panic!("see the first lines of src/main.rs"),
    }
}

/// Measures the lines whose names contain a word, and prints them.
fn measure(word: &str) {
    let mut table = Table::new(word);
    wire::measure(&mut table);
    starting::measure(&mut table);
    footprint::measure(&mut table);
    inside::measure(&mut table);
    instructions::measure(&mut table);
    print!("{table}");
}
