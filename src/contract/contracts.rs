//! [`Contracts`]: files that are loaded, and can be played.

use std::path::{Path, PathBuf};

use super::error::{ContractError, ContractProblem};
use super::file::File;
use super::play::play;
use super::report::Report;
use super::target::Target;
use crate::engine::vendor::Vendor;

/// Contract files, ready to be played. How one is written: see the [module](super).
#[derive(Clone, Debug)]
pub struct Contracts {
    files: Vec<File>,
}

impl Contracts {
    /// Loads a file, or every `.json` file of a directory and the directories
    /// in it, in the order of their names.
    ///
    /// ```
    /// use mock_rebilly::contract::Contracts;
    ///
    /// let contracts = Contracts::load("fixtures/rebilly/contracts")?;
    /// assert!(contracts.len() >= 40);
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is nothing to read, or a file is not as the format says.
    /// All problems of all files are told at once.
    pub fn load(path: impl AsRef<Path>) -> Result<Contracts, ContractError> {
        let path = path.as_ref();
        let mut problems = Vec::new();
        let mut found = Vec::new();
        if path.is_dir() {
            find(path, &mut found, &mut problems);
        } else {
            found.push(path.to_owned());
        }
        if found.is_empty() && problems.is_empty() {
            problems.push(problem(path, "is a directory without any .json file"));
        }
        let mut files = Vec::new();
        for file in found {
            let text = match std::fs::read_to_string(&file) {
                Ok(text) => text,
                Err(error) => {
                    problems.push(problem(&file, format!("cannot be read: {error}")));
                    continue;
                }
            };
            match File::read(&name(&file, path), &text) {
                Ok(file) => files.push(file),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(Contracts { files }) } else { Err(ContractError { problems }) }
    }

    /// One contract by its text. The name is for reports and errors.
    ///
    /// ```
    /// use mock_rebilly::contract::Contracts;
    ///
    /// let text = r#"{
    ///     "format": 1,
    ///     "title": "There is a list.",
    ///     "source": "published definition: GetCustomerCollection",
    ///     "steps": [{
    ///         "request": { "method": "GET", "path": "/customers" },
    ///         "answer": { "status": 2000, "body": "$lst" }
    ///     }]
    /// }"#;
    /// let error = Contracts::parse("list.json", text).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "\
    /// list.json: /steps/0/answer/status: must be a status: a whole number from 100 to 599
    /// list.json: /steps/0/answer/body: `$lst` is not a matcher; a text that begins with `$` is written with `$$`"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is not as the format says.
    pub fn parse(name: &str, text: &str) -> Result<Contracts, ContractError> {
        let file = File::read(name, text).map_err(|problems| ContractError { problems })?;
        Ok(Contracts { files: vec![file] })
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none, which no way of loading leads to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Plays every file against a target, and reports. A difference stops nothing.
    /// Files about another vendor are not played.
    ///
    /// ```
    /// use mock_rebilly::contract::{Contracts, Target};
    ///
    /// let report = Contracts::load("fixtures/rebilly/contracts")?.run(&Target::mock());
    /// assert!(report.differences().is_empty(), "{report}");
    /// # Ok::<(), mock_rebilly::contract::ContractError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When a double cannot start.
    #[track_caller]
    pub fn run<V: Vendor>(&self, target: &Target<V>) -> Report {
        let mut report = Report::new(target.to_string());
        for file in &self.files {
            play(file, target, &mut report);
        }
        report
    }
}

/// Finds the contract files below a directory.
fn find(folder: &Path, found: &mut Vec<PathBuf>, problems: &mut Vec<ContractProblem>) {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<PathBuf> = match entries {
        Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect(),
        Err(error) => {
            problems.push(problem(folder, format!("cannot be read: {error}")));
            return;
        }
    };
    paths.sort();
    for path in paths {
        if path.is_dir() {
            find(&path, found, problems);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
}

/// What a file is called: its path below the directory that was asked for.
fn name(file: &Path, root: &Path) -> String {
    let below = file.strip_prefix(root).ok().filter(|below| !below.as_os_str().is_empty());
    let name = below.or(file.file_name().map(Path::new)).unwrap_or(file);
    name.to_string_lossy().replace('\\', "/")
}

fn problem(path: &Path, reason: impl Into<String>) -> ContractProblem {
    let (file, pointer) = (path.display().to_string(), String::new());
    ContractProblem { file, pointer, reason: reason.into() }
}
