//! [`Fixture`]: documents that are there before the first call.

use std::fmt;
use std::path::{Path, PathBuf};

use super::failure::FieldError;
use super::json::Json;

/// A fixture file: a JSON object whose members are kinds of things, each a list of documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixture {
    /// What the file is called in errors.
    pub name: String,
    /// Its text.
    pub text: String,
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
    pub(super) fn new(file: &str, pointer: &str, reason: impl Into<String>) -> FixtureError {
        let problem = FixtureProblem {
            file: file.to_owned(),
            pointer: pointer.to_owned(),
            reason: reason.into(),
        };
        FixtureError { problems: vec![problem] }
    }

    /// What is wrong within one document.
    pub(super) fn within(document: &Document, errors: &[FieldError]) -> FixtureError {
        let problems = errors.iter().map(|error| FixtureProblem {
            file: document.file.clone(),
            pointer: format!("{}{}", document.pointer, error.pointer()),
            reason: error.message.clone(),
        });
        FixtureError { problems: problems.collect() }
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
            FixtureError::new(&path.display().to_string(), "", format!("cannot be read: {error}"))
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
            let reason = "is a directory without any .json file";
            return Err(FixtureError::new(&path.display().to_string(), "", reason));
        }
        let read = |file: PathBuf| match std::fs::read_to_string(&file) {
            Ok(text) => Ok(Fixture { name: file.display().to_string(), text }),
            Err(error) => Err(refused(&file, error)),
        };
        files.into_iter().map(read).collect()
    }

    pub(super) fn documents(&self) -> Result<Vec<Document>, FixtureError> {
        let json = Json::parse(self.text.as_bytes())
            .map_err(|error| FixtureError::new(&self.name, "", format!("is not JSON: {error}")))?;
        let Json::Object(kinds) = json else {
            let reason = format!("must be an object of lists, but is {}", json.kind());
            return Err(FixtureError::new(&self.name, "", reason));
        };
        let mut documents = Vec::new();
        for (kind, list) in kinds {
            let Json::List(list) = list else {
                let reason = format!("must be a list of documents, but is {}", list.kind());
                return Err(FixtureError::new(&self.name, &format!("/{kind}"), reason));
            };
            for (index, json) in list.into_iter().enumerate() {
                let pointer = format!("/{kind}/{index}");
                if !matches!(json, Json::Object(_)) {
                    let reason = format!("must be an object, but is {}", json.kind());
                    return Err(FixtureError::new(&self.name, &pointer, reason));
                }
                documents.push(Document {
                    file: self.name.clone(),
                    pointer,
                    kind: kind.clone(),
                    json,
                });
            }
        }
        Ok(documents)
    }
}
