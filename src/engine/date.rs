//! [`Date`]: a day of the calendar, and how it is reckoned.

use std::fmt;

/// How long a day is.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// A day of the Gregorian calendar, shown as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`, which must be a day that exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        let mut rest = text;
        if text.len() != 10 {
            return None;
        }
        let year = digits(&mut rest, 4, "-")?;
        let (month, day) = (number(&mut rest, "-")?, number(&mut rest, "")?);
        let date = Date {
            year: i32::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        };
        let exists =
            (1..=12).contains(&date.month) && (1..=date.month_length()).contains(&date.day);
        exists.then_some(date)
    }

    fn month_length(self) -> u8 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Days since 1970-01-01, counted in years that begin in March, so that the
    /// leap day is a year's last.
    pub(super) fn days(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
    }

    /// The inverse of [`Date::days`]; years beyond four digits stop at the last that has them.
    pub(super) fn from_days(days: i64) -> Date {
        let shifted = days.clamp(-719_528, 2_932_896) + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i64::from(month <= 2);
        let fits = "a clamped day has a small year, month and day";
        Date {
            year: i32::try_from(year).expect(fits),
            month: u8::try_from(month).expect(fits),
            day: u8::try_from(day).expect(fits),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Two digits and what must follow them.
pub(super) fn number(rest: &mut &str, then: &str) -> Option<i64> {
    digits(rest, 2, then)
}

fn digits(rest: &mut &str, count: usize, then: &str) -> Option<i64> {
    let (head, tail) = rest.split_at_checked(count)?;
    let value = head.bytes().all(|byte| byte.is_ascii_digit()).then(|| head.parse().ok())??;
    *rest = tail.strip_prefix(then)?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_nine_centuries_comes_back() {
        let mut date = Date::parse("1600-01-01").unwrap().days();
        let last = Date::parse("2500-12-31").unwrap().days();
        while date <= last {
            let shown = Date::from_days(date).to_string();
            assert_eq!(Date::parse(&shown).map(Date::days), Some(date), "{shown}");
            date += 1;
        }
    }
}
