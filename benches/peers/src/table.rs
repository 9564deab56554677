//! [`Table`]: what was measured, as Markdown.

use std::fmt;

use crate::contender::{CONTENDERS, Contender};

/// What a figure of the double's may be.
#[derive(Clone, Copy)]
pub enum Budget {
    /// Whatever it is.
    Free,
    /// No more than this.
    Most(f64),
    /// No less than this.
    Least(f64),
}

impl Budget {
    /// The one of the profile that this was built in.
    pub fn of(release: Budget, debug: Budget) -> Budget {
        if cfg!(debug_assertions) { debug } else { release }
    }

    /// The budget, and whether a figure keeps to it.
    fn judge(self, figure: f64, unit: Unit) -> String {
        let (is_met, sign, bound) = match self {
            Budget::Free => return String::new(),
            Budget::Most(bound) => (figure <= bound, '≤', bound),
            Budget::Least(bound) => (figure >= bound, '≥', bound),
        };
        let verdict = if is_met { "met" } else { "**missed**" };
        format!("{sign} {}: {verdict}", unit(bound))
    }
}

/// How figures of a line are written.
pub type Unit = fn(f64) -> String;

/// What a contender has in a line.
pub struct Cell {
    /// What a budget is held against.
    pub figure: f64,
    /// What is shown.
    pub text: String,
}

/// The cells of a line, in the order of the contenders; none where a contender has no such thing.
pub type Cells = [Option<Cell>; CONTENDERS.len()];

/// Lines of cells, each with the double's budget.
pub struct Table {
    word: String,
    lines: Vec<(String, String, Cells)>,
}

impl Table {
    /// A table of the lines whose names contain a word.
    pub fn new(word: &str) -> Table {
        Table { word: word.to_owned(), lines: Vec::new() }
    }

    /// Measures a line, if it is wanted.
    pub fn line(
        &mut self,
        name: &str,
        budget: Budget,
        unit: Unit,
        measure: impl FnOnce() -> Cells,
    ) {
        if name.contains(&self.word) {
            eprintln!("{name}");
            let cells = measure();
            let ours = CONTENDERS.iter().zip(&cells).find(|(it, _)| **it == Contender::Ours);
            let ours = ours.and_then(|(_, cell)| cell.as_ref());
            let verdict = ours.map_or_else(String::new, |cell| budget.judge(cell.figure, unit));
            self.lines.push((name.to_owned(), verdict, cells));
        }
    }

    /// Measures a line that only the double has.
    pub fn our_line(
        &mut self,
        name: &str,
        budget: Budget,
        unit: Unit,
        measure: impl FnOnce() -> Cell,
    ) {
        self.line(name, budget, unit, || {
            let ours = measure();
            let mut ours = Some(ours);
            CONTENDERS.map(|it| ours.take_if(|_| it == Contender::Ours))
        });
    }
}

/// The double's cell and its budget come first.
impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others = CONTENDERS.iter().filter(|it| **it != Contender::Ours);
        let heads: Vec<&str> = others.map(|it| it.name()).collect();
        writeln!(out, "| | {} | budget | {} |", Contender::Ours.name(), heads.join(" | "))?;
        writeln!(out, "|---|---|---|{}", "---|".repeat(heads.len()))?;
        for (name, verdict, cells) in &self.lines {
            let (ours, others): (Vec<_>, Vec<_>) =
                CONTENDERS.iter().zip(cells).partition(|(it, _)| **it == Contender::Ours);
            let texts = |cells: Vec<(_, &Option<Cell>)>| {
                let text = |cell: &Option<Cell>| {
                    cell.as_ref().map_or_else(String::new, |cell| cell.text.clone())
                };
                cells.into_iter().map(|(_, cell)| text(cell)).collect::<Vec<_>>().join(" | ")
            };
            let (ours, others) = (texts(ours), texts(others));
            writeln!(out, "| {name} | {ours} | {verdict} | {others} |")?;
        }
        Ok(())
    }
}
