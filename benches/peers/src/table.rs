//! [`Table`]: what was measured, as Markdown.

use std::fmt;

/// The columns beside the name of a line.
const COLUMNS: [&str; 6] = [
    "bare hyper, own thread",
    "bare hyper, shared runtime",
    "mock-rebilly",
    "wiremock",
    "httpmock",
    "mockito",
];

/// A place in [`COLUMNS`].
pub const OURS: usize = 2;

/// Lines of cells; a cell is empty where a contender has no such thing.
pub struct Table {
    word: String,
    lines: Vec<(String, [String; COLUMNS.len()])>,
}

impl Table {
    /// A table of the lines whose names contain a word.
    pub fn new(word: &str) -> Table {
        Table { word: word.to_owned(), lines: Vec::new() }
    }

    /// Measures a line, if it is wanted.
    pub fn line(&mut self, name: &str, measure: impl FnOnce() -> [String; COLUMNS.len()]) {
        if name.contains(&self.word) {
            eprintln!("{name}");
            self.lines.push((name.to_owned(), measure()));
        }
    }

    /// Measures a line that only the double has.
    pub fn our_line(&mut self, name: &str, measure: impl FnOnce() -> String) {
        self.line(name, || {
            let mut cells: [String; COLUMNS.len()] = Default::default();
            cells[OURS] = measure();
            cells
        });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "| | {} |", COLUMNS.join(" | "))?;
        writeln!(out, "|---|{}", "---|".repeat(COLUMNS.len()))?;
        for (name, cells) in &self.lines {
            writeln!(out, "| {name} | {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}
