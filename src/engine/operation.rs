//! [`OperationName`]: the name of an operation, as a type that nobody can misspell.

use std::fmt;

/// The vendor's names for the operations that are simulated: an enumeration
/// whose members are called as the vendor calls them.
pub trait OperationName: Copy + fmt::Debug + Send + Sync + 'static {
    /// Whose they are: what the vendor is called on the command line.
    const VENDOR: &'static str;

    /// As the vendor writes it: `PutCustomer`.
    fn name(self) -> &'static str;
}
