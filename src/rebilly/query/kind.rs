//! [`Kind`]: what the values of a field are.

/// What the values of a field are, and so what they may be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rebilly) enum Kind {
    Text,
    Number,
    Flag,
    Time,
    /// A day of the calendar, lent as its text `YYYY-MM-DD`.
    Date,
    /// Whatever its author stored: each value is compared by what it is.
    Free,
}

impl Kind {
    /// What a literal must be; it ends the sentence "found …, expected …".
    pub(super) fn expected(self) -> &'static str {
        match self {
            Kind::Text => "a text other than `true` and `false`",
            Kind::Number => "a number",
            Kind::Flag => "`true` or `false`",
            Kind::Time => "a date-time such as 2024-01-31T12:00:00Z or a day such as 2024-01-31",
            Kind::Date => "a day such as 2024-01-31",
            Kind::Free => "a value",
        }
    }
}
