//! [`Count`]: how often something may have happened.

use std::fmt;
use std::ops::{Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive};

/// How often something may have happened: a number, or a range of numbers.
///
/// ```
/// use mock_rebilly::Count;
///
/// assert_eq!(Count::from(2).to_string(), "exactly 2");
/// assert_eq!(Count::from(..=2).to_string(), "at most 2");
/// assert_eq!(Count::from(1..4).to_string(), "1 to 3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    least: usize,
    most: usize,
}

impl Count {
    /// Whether it happened as often as it may.
    #[must_use]
    pub fn holds(self, times: usize) -> bool {
        (self.least..=self.most).contains(&times)
    }

    /// Whether no number is right.
    pub(super) fn is_impossible(self) -> bool {
        self.least > self.most
    }

    /// Whether what cannot be counted could make it too many.
    pub(super) fn is_bounded(self) -> bool {
        self.most < usize::MAX
    }

    /// Whether it may not have happened so often.
    pub(super) fn is_exceeded_by(self, times: usize) -> bool {
        times > self.most
    }

    /// Two ends, of which the second is not reached.
    fn below(least: usize, end: usize) -> Count {
        match end.checked_sub(1) {
            Some(most) => Count { least, most },
            None => Count { least: 1, most: 0 },
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (0, 0) => out.write_str("no"),
            (least, most) if least == most => write!(out, "exactly {least}"),
            (least, usize::MAX) => write!(out, "at least {least}"),
            (0, most) => write!(out, "at most {most}"),
            (least, most) => write!(out, "{least} to {most}"),
        }
    }
}

impl From<usize> for Count {
    fn from(times: usize) -> Count {
        Count { least: times, most: times }
    }
}

impl From<Range<usize>> for Count {
    fn from(range: Range<usize>) -> Count {
        Count::below(range.start, range.end)
    }
}

impl From<RangeInclusive<usize>> for Count {
    fn from(range: RangeInclusive<usize>) -> Count {
        Count { least: *range.start(), most: *range.end() }
    }
}

impl From<RangeFrom<usize>> for Count {
    fn from(range: RangeFrom<usize>) -> Count {
        Count { least: range.start, most: usize::MAX }
    }
}

impl From<RangeTo<usize>> for Count {
    fn from(range: RangeTo<usize>) -> Count {
        Count::below(0, range.end)
    }
}

impl From<RangeToInclusive<usize>> for Count {
    fn from(range: RangeToInclusive<usize>) -> Count {
        Count { least: 0, most: range.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_hold_what_they_say() {
        for (count, says, holds) in [
            (Count::from(0), "no", vec![0]),
            (Count::from(2), "exactly 2", vec![2]),
            (Count::from(1..3), "1 to 2", vec![1, 2]),
            (Count::from(1..2), "exactly 1", vec![1]),
            (Count::from(1..=3), "1 to 3", vec![1, 2, 3]),
            (Count::from(3..), "at least 3", vec![3, 4]),
            (Count::from(..2), "at most 1", vec![0, 1]),
            (Count::from(..=1), "at most 1", vec![0, 1]),
        ] {
            assert_eq!(count.to_string(), says);
            let held: Vec<usize> = (0..5).filter(|&times| count.holds(times)).collect();
            assert_eq!(held, holds, "{says}");
            assert!(!count.is_impossible(), "{says}");
        }
    }

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "that is what is tested")]
    fn an_empty_range_holds_nothing() {
        for count in [Count::from(3..3), Count::from(3..2), Count::from(..0), Count::from(2..=1)] {
            assert!(count.is_impossible() && !(0..5).any(|times| count.holds(times)), "{count:?}");
        }
    }
}
