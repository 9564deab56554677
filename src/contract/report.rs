//! [`Report`]: what came of playing contracts.

use std::fmt;

use crate::engine::journal::Journal;
use crate::engine::wording::{counted, cut};

/// What came of playing contracts: data for programs, a [`Display`](fmt::Display) for people.
///
/// ```
/// use mock_rebilly::contract::{Contracts, Target};
///
/// let contracts = Contracts::parse(
///     "wrong.json",
///     r#"{
///         "format": 1,
///         "title": "A new customer is answered with 200.",
///         "source": "made up",
///         "steps": [{
///             "request": { "method": "PUT", "path": "/customers/ada", "body": {} },
///             "answer": { "status": 200, "body": { "id": "ada", "revision": 7 } }
///         }]
///     }"#,
/// )?;
/// let report = contracts.run(&Target::mock());
///
/// let places: Vec<&str> = report.differences().iter().map(|it| it.pointer.as_str()).collect();
/// assert_eq!(places, ["/status", "/body/revision"]);
/// assert_eq!(
///     report.to_string(),
///     "\
/// contracts on a double without a socket: 1 file, 1 step, 2 differences
///
/// wrong.json: A new customer is answered with 200.
///   step 1: PUT /customers/ada
///     /status: expected 200, found 201
///     /body/revision: expected 7, found 0
/// "
/// );
/// # Ok::<(), mock_rebilly::contract::ContractError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a report that nobody reads proves nothing: call `assert_none`"]
pub struct Report {
    pub(super) target: String,
    pub(super) files: usize,
    pub(super) steps: usize,
    pub(super) assumed: usize,
    pub(super) differences: Vec<Difference>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) journals: Vec<(String, Journal)>,
}

/// A place where an answer was not as a contract expects.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The file's name, below the directory that was loaded.
    pub file: String,
    /// The file's title.
    pub title: String,
    /// The number of the step; the first is 1. It is 0 if the file could not even begin.
    pub step: usize,
    /// The request's first line, without the organization: `PUT /customers/ada`.
    pub request: String,
    /// Where in the answer, as a JSON pointer into the answer as the format
    /// writes it: `/status`, `/headers/Location`, `/body/tags/0`. It is empty
    /// if there was no answer.
    pub pointer: String,
    /// What was expected: JSON as the format writes it, or words.
    pub expected: String,
    /// What was found: JSON, or words.
    pub found: String,
    /// Why the expectation was a guess, if it was one.
    pub assumed: Option<String>,
}

/// A file, or a step of one, that was not played, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The file's name.
    pub file: String,
    /// The number of the step, or `None` for the whole file.
    pub step: Option<usize>,
    /// Why.
    pub reason: String,
}

impl Report {
    pub(super) fn new(target: String) -> Report {
        let (differences, skipped) = (Vec::new(), Vec::new());
        let journals = Vec::new();
        Report { target, files: 0, steps: 0, assumed: 0, differences, skipped, journals }
    }

    /// Everything that was not as expected, in the order of files and steps.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// What was not played, and why.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// What each double was asked and answered, by the file that it played; nothing where
    /// the target is no double.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use mock_rebilly::contract::{Contracts, Target};
    /// use mock_rebilly::{MockNotihub, NotihubOp};
    ///
    /// let contracts = Contracts::load("fixtures/notihub/contracts")?;
    /// let report = contracts.run(&Target::of(MockNotihub::builder));
    /// let exchanges = report.journals().flat_map(|(_, journal)| journal.iter());
    /// let shown: BTreeSet<&str> = exchanges.filter_map(|it| it.operation).collect();
    /// assert_eq!(shown.len(), NotihubOp::ALL.len());
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    pub fn journals(&self) -> impl Iterator<Item = (&str, &Journal)> {
        self.journals.iter().map(|(file, journal)| (file.as_str(), journal))
    }

    /// How many files were played.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files
    }

    /// How many steps were played.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// How many of these steps expect what no document states.
    #[must_use]
    pub fn assumed(&self) -> usize {
        self.assumed
    }

    /// Fails the test with this report, unless everything was as expected.
    ///
    /// ```should_panic
    /// # use mock_rebilly::contract::{Contracts, Target};
    /// # let text = r#"{ "format": 1, "title": "Wrong.", "source": "made up", "steps": [{
    /// #     "request": { "method": "GET", "path": "/customers" }, "answer": { "status": 418 } }] }"#;
    /// let contracts = Contracts::parse("wrong.json", text)?;
    /// contracts.run(&Target::mock()).assert_none();
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When there is a difference, or when no step was played at all: that proves nothing.
    #[track_caller]
    pub fn assert_none(&self) {
        assert!(self.differences.is_empty(), "\n{self}");
        assert!(self.steps > 0, "no step was played\n{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (files, steps) = (counted(self.files, "file"), counted(self.steps, "step"));
        let differences = counted(self.differences.len(), "difference");
        write!(out, "contracts on {}: {files}, {steps}", self.target)?;
        if self.assumed > 0 {
            write!(out, " ({} assumed)", self.assumed)?;
        }
        writeln!(out, ", {differences}")?;
        let mut before: Option<&Difference> = None;
        for it in &self.differences {
            let same_file = before.is_some_and(|before| before.file == it.file);
            if !same_file {
                writeln!(out, "\n{}: {}", it.file, it.title)?;
            }
            if !same_file || before.is_some_and(|before| before.step != it.step) {
                it.head(out)?;
            }
            let (expected, found) = (cut(&it.expected), cut(&it.found));
            let place = if it.pointer.is_empty() { "" } else { ": " };
            writeln!(out, "    {}{place}expected {expected}, found {found}", it.pointer)?;
            before = Some(it);
        }
        if !self.skipped.is_empty() {
            writeln!(out, "\nnot played:")?;
        }
        for Skipped { file, step, reason } in &self.skipped {
            match step {
                Some(step) => writeln!(out, "  {file}, step {step}: {reason}")?,
                None => writeln!(out, "  {file}: {reason}")?,
            }
        }
        Ok(())
    }
}

impl Difference {
    fn head(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            0 => writeln!(out, "  before the first step")?,
            step => writeln!(out, "  step {step}: {}", self.request)?,
        }
        match &self.assumed {
            Some(reason) => writeln!(out, "    (assumed: {reason})"),
            None => Ok(()),
        }
    }
}
