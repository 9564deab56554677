//! [`StartError`]: why a double could not start.

use std::fmt;
use std::net::SocketAddr;

use crate::engine::fixtures::FixtureError;

/// Why a double could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Fixtures are not as they must be. Nothing of them was loaded.
    Fixture(FixtureError),
    /// An address cannot be listened on.
    Listen {
        /// The address; port 0 is any.
        address: SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Fixture(error) => error.fmt(out),
            StartError::Listen { address, cause } if address.port() == 0 => {
                write!(out, "no port of {} can be listened on: {cause}", address.ip())
            }
            StartError::Listen { address, cause } => {
                write!(out, "{address} cannot be listened on: {cause}")
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Fixture(error) => Some(error),
            StartError::Listen { cause, .. } => Some(cause),
        }
    }
}
