//! [`StartError`]: why a double could not start.

use std::net::SocketAddr;
use std::{fmt, fs, io};

use crate::engine::fixtures::FixtureError;

/// What the system says when a process has as many files open as it may: `EMFILE`, or
/// `WSAEMFILE`.
const TOO_MANY_OPEN_FILES: i32 = if cfg!(windows) { 10_024 } else { 24 };

/// Why a double could not start.
///
/// ```
/// use mock_rebilly::{MockRebilly, StartError};
///
/// let first = MockRebilly::start_blocking();
/// let port = first.address().unwrap().port();
/// match MockRebilly::builder().port(port).try_start() {
///     Err(StartError::Listen { address, .. }) => assert_eq!(address.port(), port),
///     other => panic!("the port is taken: {other:?}"),
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Fixtures are not as they must be. Nothing of them was loaded.
    Fixture(FixtureError),
    /// A setting is not as it must be, or settings exclude each other.
    Settings(&'static str),
    /// A double of a [`World`](crate::World) could not start.
    Double {
        /// Whose it would have been.
        vendor: &'static str,
        /// Why not.
        cause: Box<StartError>,
    },
    /// An address cannot be listened on.
    Listen {
        /// The address; port 0 is any.
        address: SocketAddr,
        /// What the system says.
        cause: io::Error,
    },
    /// This process has as many files open as it may, and a port is a file.
    OpenFiles {
        /// How many that are, where the system tells.
        limit: Option<usize>,
        /// What the system says.
        cause: io::Error,
    },
}

impl StartError {
    /// Why an address cannot be listened on.
    pub(crate) fn listen(address: SocketAddr, cause: io::Error) -> StartError {
        if cause.raw_os_error() == Some(TOO_MANY_OPEN_FILES) {
            return StartError::OpenFiles { limit: open_files_max(), cause };
        }
        StartError::Listen { address, cause }
    }
}

/// More files than any process may have open.
const MOST_FILES: usize = 1 << 24;

/// How many files this process may have open, asked when it has, or nearly has, that many.
///
/// Linux tells it in a file, which can be opened where what failed needed more than one.
/// Otherwise numbers tell: a file takes the least that is free, so all below the limit are
/// taken, and to look a number up takes no file.
fn open_files_max() -> Option<usize> {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let said = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let said = said.and_then(|line| line.split_whitespace().next()?.parse().ok());
    said.or_else(|| {
        let is_taken = |number: &usize| fs::symlink_metadata(format!("/dev/fd/{number}")).is_ok();
        let taken = (0..MOST_FILES).take_while(is_taken).count();
        // There is no such folder everywhere.
        (taken > 0).then_some(taken)
    })
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Fixture(error) => error.fmt(out),
            StartError::Settings(reason) => out.write_str(reason),
            StartError::Double { vendor, cause } => {
                write!(out, "the {vendor} double cannot start: {cause}")
            }
            StartError::Listen { address, cause } if address.port() == 0 => {
                write!(out, "no port of {} can be listened on: {cause}", address.ip())
            }
            StartError::Listen { address, cause } => {
                write!(out, "{address} cannot be listened on: {cause}")
            }
            StartError::OpenFiles { limit, cause } => {
                let limit = limit.map_or_else(String::new, |limit| format!(" {limit}"));
                write!(
                    out,
                    "no port can be opened: this process has all{limit} files open that it may \
                     (`ulimit -n`): {cause}. A double takes one, and each connection to it two: \
                     drop doubles that are done with, run fewer tests at once \
                     (`cargo test -- --test-threads=4`), or raise the limit"
                )
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Fixture(error) => Some(error),
            StartError::Settings(_) => None,
            StartError::Double { cause, .. } => Some(&**cause),
            StartError::Listen { cause, .. } | StartError::OpenFiles { cause, .. } => Some(cause),
        }
    }
}
