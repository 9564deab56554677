//! [`ContractError`]: what is wrong with contract files.

use std::fmt;

/// What is wrong with contract files. Nothing of them can be played then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractError {
    /// All that was found in all files, in their order.
    pub problems: Vec<ContractProblem>,
}

/// One thing that is wrong with a contract file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractProblem {
    /// The file's name.
    pub file: String,
    /// Where in it, as a JSON pointer: `/steps/1/answer/status`. Empty for the whole file.
    pub pointer: String,
    /// What was found and what was expected.
    pub reason: String,
}

impl fmt::Display for ContractError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let between = if index > 0 { "\n" } else { "" };
            write!(out, "{between}{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ContractProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ContractProblem { file, pointer, reason } = self;
        match pointer.as_str() {
            "" => write!(out, "{file}: {reason}"),
            pointer => write!(out, "{file}: {pointer}: {reason}"),
        }
    }
}

impl std::error::Error for ContractError {}
