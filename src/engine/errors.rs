//! [`Errors`]: everything that is wrong with one document.

use std::cell::RefCell;

use super::evidence::{Assumed, Guess};
use super::failure::{Failure, FieldError};

/// The most errors that are told of one document. Nobody reads a millionth one,
/// and a body of a few megabytes could have as many.
pub const ERRORS_MAX: usize = 1_000;

/// The errors of one document, in the order in which its fields are read: the
/// first [`ERRORS_MAX`] of them.
#[derive(Debug, Default)]
pub struct Errors {
    noted: RefCell<Vec<FieldError>>,
    pub(super) assumed: Assumed,
}

impl Errors {
    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// [`Failure::Invalid`] with everything that was noted, if anything was.
    pub fn finish(self) -> Result<(), Failure> {
        let noted = self.noted.into_inner();
        if noted.is_empty() { Ok(()) } else { Err(Failure::Invalid(noted)) }
    }

    /// The guesses that the reading leaned on.
    #[must_use]
    pub fn assumed(&self) -> Vec<&'static Guess> {
        self.assumed.guesses()
    }

    pub(super) fn note(&self, path: Vec<String>, message: String) {
        let mut noted = self.noted.borrow_mut();
        if noted.len() < ERRORS_MAX {
            noted.push(FieldError { path, message });
        }
    }
}
