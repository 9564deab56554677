//! [`Given`]: the three things that a request can say about a member.

/// What a request says about a member: nothing, `null`, or a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Given<T> {
    /// The member is not there.
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Given<T> {
    /// Absent and `null` mean the same here: no value.
    pub fn value(self) -> Option<T> {
        match self {
            Given::Value(value) => Some(value),
            Given::Absent | Given::Null => None,
        }
    }

    /// Absent means unchanged; `null` means no value.
    pub fn or_keep(self, before: Option<T>) -> Option<T> {
        match self {
            Given::Absent => before,
            Given::Null => None,
            Given::Value(value) => Some(value),
        }
    }

    /// The same of what `change` makes of the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Given::Absent => Given::Absent,
            Given::Null => Given::Null,
            Given::Value(value) => Given::Value(change(value)),
        }
    }
}
