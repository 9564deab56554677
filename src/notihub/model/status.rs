//! [`CustomerStatus`]: whether a customer takes part.

/// Whether a customer takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CustomerStatus {
    /// They do.
    #[default]
    Enabled,
    /// They do not, for now.
    Disabled,
}

impl CustomerStatus {
    /// Both, by the vendor's words.
    pub(in crate::notihub) const ALL: [(&'static str, CustomerStatus); 2] =
        [("ENABLED", CustomerStatus::Enabled), ("DISABLED", CustomerStatus::Disabled)];

    /// The vendor's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            CustomerStatus::Enabled => "ENABLED",
            CustomerStatus::Disabled => "DISABLED",
        }
    }
}
