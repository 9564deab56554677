//! [`Fixture`]: documents that are there before the first call.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::json::Json;
use super::pointer::below;

/// A fixture file: a JSON object whose members are kinds of things, each a list of documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixture {
    /// What the file is called in errors.
    pub name: Cow<'static, str>,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// One document of a fixture file.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) file: String,
    /// Where it stands in its file: `/customers/1`.
    pub(super) pointer: String,
    pub(super) kind: String,
    pub(super) json: Json,
}

/// What is wrong with the fixtures. Nothing of them is loaded then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixtureError {
    /// All that was found, in the order of the files.
    pub problems: Vec<FixtureProblem>,
}

/// One thing that is wrong with a fixture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixtureProblem {
    /// The file's name.
    pub file: String,
    /// Where in it, as a JSON pointer: `/customers/1/primaryAddress/country`.
    pub pointer: String,
    /// What was found and what was expected.
    pub reason: String,
}

impl fmt::Display for FixtureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let FixtureProblem { file, pointer, reason } = problem;
            let between = if index > 0 { "\n" } else { "" };
            match pointer.as_str() {
                "" => write!(out, "{between}{file}: {reason}")?,
                pointer => write!(out, "{between}{file}: {pointer}: {reason}")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for FixtureError {}

impl FixtureError {
    fn unreadable(path: &Path, reason: String) -> FixtureError {
        let (file, pointer) = (path.display().to_string(), String::new());
        FixtureError { problems: vec![FixtureProblem { file, pointer, reason }] }
    }
}

impl Document {
    /// Why it cannot be planted.
    pub(super) fn problems(&self, failure: &Failure) -> impl Iterator<Item = FixtureProblem> {
        failure.problems().into_iter().map(|(pointer, reason)| FixtureProblem {
            file: self.file.clone(),
            pointer: format!("{}{pointer}", self.pointer),
            reason,
        })
    }
}

impl Fixture {
    /// Reads a file, or every `.json` file of a directory in the order of their names.
    ///
    /// # Errors
    ///
    /// When there is nothing to read there.
    pub fn read(path: &Path) -> Result<Vec<Fixture>, FixtureError> {
        let refused = |path: &Path, error: std::io::Error| {
            FixtureError::unreadable(path, format!("cannot be read: {error}"))
        };
        let mut files: Vec<PathBuf> = vec![path.to_owned()];
        if path.is_dir() {
            let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            let entries = entries.map_err(|error| refused(path, error))?;
            files = entries.into_iter().map(|entry| entry.path()).collect();
            files.retain(|file| file.extension().is_some_and(|end| end == "json"));
            files.sort();
        }
        if files.is_empty() {
            let reason = "is a directory without any .json file".to_owned();
            return Err(FixtureError::unreadable(path, reason));
        }
        let read = |file: PathBuf| match std::fs::read_to_string(&file) {
            Ok(text) => Ok(Fixture { name: file.display().to_string().into(), text: text.into() }),
            Err(error) => Err(refused(&file, error)),
        };
        files.into_iter().map(read).collect()
    }

    /// Whether it is the same. What is part of the crate is told by its address.
    pub(super) fn is(&self, other: &Fixture) -> bool {
        let are_same = |one: &str, other: &str| std::ptr::eq(one, other) || one == other;
        are_same(&self.name, &other.name) && are_same(&self.text, &other.text)
    }

    /// The documents of the file, and what is wrong with the rest of it.
    pub(super) fn documents(&self) -> (Vec<Document>, Vec<FixtureProblem>) {
        let (mut documents, mut problems) = (Vec::new(), Vec::new());
        let mut wrong = |pointer: String, reason: String| {
            problems.push(FixtureProblem { file: self.name.to_string(), pointer, reason });
        };
        let read = Json::parse_file(self.text.as_bytes()).map(|(json, twice)| {
            twice.into_iter().for_each(|error| wrong(error.pointer(), error.message));
            json
        });
        match read {
            Err(error) => wrong(String::new(), format!("is not JSON: {error}")),
            Ok(Json::Object(kinds)) => {
                for (kind, list) in kinds {
                    let place = below("", &kind);
                    let Json::List(list) = list else {
                        let reason = format!("must be a list of documents, but is {}", list.kind());
                        wrong(place, reason);
                        continue;
                    };
                    for (index, json) in list.into_iter().enumerate() {
                        let (file, kind) = (self.name.to_string(), kind.to_string());
                        let pointer = below(&place, &index.to_string());
                        if matches!(json, Json::Object(_)) {
                            documents.push(Document { file, pointer, kind, json });
                        } else {
                            wrong(pointer, format!("must be an object, but is {}", json.kind()));
                        }
                    }
                }
            }
            Ok(json) => {
                wrong(String::new(), format!("must be an object of lists, but is {}", json.kind()));
            }
        }
        (documents, problems)
    }
}
