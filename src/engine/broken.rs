//! [`Broken`]: why no answer arrives.

use std::fmt;
use std::io;

/// Why no answer arrived, or no whole one. Over a socket these are errors of
/// the connection; [`kind`](Broken::kind) is the one that a client sees there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Broken {
    /// The connection was reset.
    Reset,
    /// The connection was closed in the midst of the body.
    Closed {
        /// How many bytes of the body arrived.
        bytes: usize,
        /// How many it has.
        of: usize,
    },
    /// A [`Gate`](crate::Gate) held the call for as long as [it may](crate::Hold::at_most).
    Held,
    /// The double was dropped: nobody is there.
    Gone,
}

impl Broken {
    /// What a socket would say.
    #[must_use]
    pub fn kind(self) -> io::ErrorKind {
        match self {
            Broken::Reset | Broken::Held => io::ErrorKind::ConnectionReset,
            Broken::Closed { .. } => io::ErrorKind::UnexpectedEof,
            Broken::Gone => io::ErrorKind::ConnectionRefused,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Reset => out.write_str("the connection was reset before an answer came"),
            Broken::Closed { bytes, of } => {
                write!(out, "the connection was closed after {bytes} of the body's {of} bytes")
            }
            Broken::Held => out.write_str("a gate held the call, and nobody let it go in time"),
            Broken::Gone => out.write_str("the double is gone"),
        }
    }
}

impl std::error::Error for Broken {}

impl From<Broken> for io::Error {
    fn from(broken: Broken) -> io::Error {
        io::Error::new(broken.kind(), broken)
    }
}
