//! [`Clock`] and [`Timestamp`]: virtual time, which moves only when a test moves it.
//!
//! The calendar arithmetic, like that of a [`Date`], is ours: the well-kept time crates cost a third of
//! a clean build of hyper and tokio together, for these hundred lines.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use super::date::Date;
use super::date::{DAY_SECONDS, number};

/// An instant. Shown as RFC 3339 in UTC, to the second, as Rebilly's examples show theirs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

impl Timestamp {
    /// Where every clock starts unless a test says otherwise: `2024-01-01T00:00:00Z`.
    pub const START: Timestamp = Timestamp { seconds: 1_704_067_200, nanos: 0 };

    /// The instant that many seconds after 1970 began in UTC.
    #[must_use]
    pub const fn from_epoch(seconds: i64) -> Timestamp {
        Timestamp { seconds, nanos: 0 }
    }

    /// Whole seconds since 1970 began in UTC.
    #[must_use]
    pub const fn epoch(self) -> i64 {
        self.seconds
    }

    /// Whole milliseconds since 1970 began in UTC.
    #[must_use]
    pub const fn epoch_millis(self) -> i64 {
        self.seconds.saturating_mul(1_000).saturating_add(self.nanos as i64 / 1_000_000)
    }

    /// Reads an RFC 3339 date-time: any offset, any fraction, `T`, `t` or a space between.
    #[must_use]
    pub fn parse(text: &str) -> Option<Timestamp> {
        let date = Date::parse(text.get(..10)?)?;
        let mut rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
        let (hour, minute, second) =
            (number(&mut rest, ":")?, number(&mut rest, ":")?, number(&mut rest, "")?);
        // 60 is a leap second, which RFC 3339 allows and Unix time folds into the next one.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let nanos = fraction(&mut rest)?;
        let seconds = date.days() * DAY_SECONDS + hour * 3_600 + minute * 60 + second;
        Some(Timestamp { seconds: seconds - offset(rest)?, nanos })
    }

    /// This instant, moved on; it stops at the last representable one.
    #[must_use]
    pub fn plus(self, step: Duration) -> Timestamp {
        let nanos = self.nanos + step.subsec_nanos();
        let whole = i64::try_from(step.as_secs()).unwrap_or(i64::MAX);
        let carried = i64::from(nanos / 1_000_000_000);
        Timestamp {
            seconds: self.seconds.saturating_add(whole).saturating_add(carried),
            nanos: nanos % 1_000_000_000,
        }
    }

    /// The same as its `Display`, to the millisecond: `2024-01-01T00:00:00.000Z`.
    pub(super) fn with_millis(self) -> String {
        let seconds = self.to_string();
        format!("{}.{:03}Z", seconds.trim_end_matches('Z'), self.nanos / 1_000_000)
    }

    /// The form of the `Date` header: `Mon, 01 Jan 2024 00:00:00 GMT`.
    #[must_use]
    pub fn http_date(self) -> String {
        const DAYS: [&[u8; 3]; 7] = [b"Thu", b"Fri", b"Sat", b"Sun", b"Mon", b"Tue", b"Wed"];
        #[rustfmt::skip]
        const MONTHS: [&[u8; 3]; 12] = [
            b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
        ];
        let (date, hour, minute, second) = self.civil();
        let weekday = usize::try_from(date.days().rem_euclid(7)).unwrap_or(0);
        let mut text = *b"Day, 00 Mon 0000 00:00:00 GMT";
        text[..3].copy_from_slice(DAYS[weekday]);
        [text[5], text[6]] = two_digits(date.day.into());
        text[8..11].copy_from_slice(MONTHS[usize::from(date.month) - 1]);
        [text[12], text[13]] = two_digits(i64::from(date.year) / 100);
        [text[14], text[15]] = two_digits(date.year.into());
        [text[17], text[18]] = two_digits(hour);
        [text[20], text[21]] = two_digits(minute);
        [text[23], text[24]] = two_digits(second);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// What is shown of it, digit by digit: a customer shows several.
    pub(super) fn rfc3339(self) -> [u8; 20] {
        let (date, hour, minute, second) = self.civil();
        let year = i64::from(date.year);
        let mut text = *b"0000-00-00T00:00:00Z";
        [text[0], text[1]] = two_digits(year / 100);
        [text[2], text[3]] = two_digits(year);
        [text[5], text[6]] = two_digits(date.month.into());
        [text[8], text[9]] = two_digits(date.day.into());
        [text[11], text[12]] = two_digits(hour);
        [text[14], text[15]] = two_digits(minute);
        [text[17], text[18]] = two_digits(second);
        text
    }

    fn civil(self) -> (Date, i64, i64, i64) {
        let second = self.seconds.rem_euclid(DAY_SECONDS);
        let date = Date::from_days(self.seconds.div_euclid(DAY_SECONDS));
        (date, second / 3_600, second / 60 % 60, second % 60)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&String::from_utf8_lossy(&self.rfc3339()))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Timestamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Timestamp, String> {
        Timestamp::parse(text).ok_or_else(|| {
            format!("`{text}` is not an RFC 3339 date-time such as 2024-01-01T00:00:00Z")
        })
    }
}

/// What [`FromStr`] reads, for calls that take a text or a [`Timestamp`].
impl TryFrom<&str> for Timestamp {
    type Error = String;

    fn try_from(text: &str) -> Result<Timestamp, String> {
        text.parse()
    }
}

impl Date {
    /// The first instant of this day in UTC.
    #[must_use]
    pub fn midnight(self) -> Timestamp {
        Timestamp::from_epoch(self.days() * DAY_SECONDS)
    }
}

/// A handle on virtual time. Clones show the same time; several doubles may share one.
///
/// ```
/// use std::time::Duration;
/// use mock_rebilly::Clock;
///
/// let clock = Clock::default();
/// let shared = clock.clone();
/// clock.advance(Duration::from_secs(90));
/// assert_eq!(shared.now().to_string(), "2024-01-01T00:01:30Z");
/// ```
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Timestamp>>);

impl Clock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn at(start: Timestamp) -> Clock {
        Clock(Arc::new(Mutex::new(start)))
    }

    /// Whether it is a handle on the same time.
    pub(crate) fn is(&self, other: &Clock) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the clock on and says what it shows then.
    pub fn advance(&self, step: Duration) -> Timestamp {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.plus(step);
        *now
    }

    /// Makes the clock show an RFC 3339 date-time, or a [`Timestamp`], and says what it
    /// shows then. It may be earlier than what it shows now: nothing that was written
    /// changes by it.
    ///
    /// ```
    /// use mock_rebilly::{Clock, Timestamp};
    ///
    /// let clock = Clock::default();
    /// clock.set("2026-03-01T00:00:00Z");
    /// assert_eq!(clock.now().to_string(), "2026-03-01T00:00:00Z");
    /// clock.set(Timestamp::START);
    /// assert_eq!(clock.now(), Timestamp::START);
    /// ```
    ///
    /// # Panics
    ///
    /// When the text is not a date-time.
    #[track_caller]
    pub fn set<T>(&self, time: T) -> Timestamp
    where
        T: TryInto<Timestamp>,
        T::Error: fmt::Display,
    {
        match time.try_into() {
            Ok(time) => {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = time;
                time
            }
            Err(error) => panic!("{error}"),
        }
    }
}

impl Default for Clock {
    fn default() -> Clock {
        Clock::at(Timestamp::START)
    }
}

/// The last two digits of a number.
fn two_digits(number: i64) -> [u8; 2] {
    // No year before 0 can be written.
    let [two, ..] = (number.max(0) % 100).to_le_bytes();
    [b'0' + two / 10, b'0' + two % 10]
}

/// An optional `.5`, in nanoseconds; finer digits are dropped.
fn fraction(rest: &mut &str) -> Option<u32> {
    let Some(tail) = rest.strip_prefix('.') else { return Some(0) };
    let length = tail.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = tail.split_at(length);
    *rest = tail;
    let nine: String = head.chars().chain("000000000".chars()).take(9).collect();
    if length == 0 { None } else { nine.parse().ok() }
}

/// `Z`, `+02:00` or `-02:00`, in seconds.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, mut rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = (number(&mut rest, ":")?, number(&mut rest, "")?);
    (rest.is_empty() && hours <= 23 && minutes <= 59)
        .then_some(sign * (hours * 3_600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Timestamp::parse(text).map(|time| time.to_string())
    }

    #[test]
    fn any_offset_and_fraction_is_read_and_shown_in_utc() {
        assert_eq!(shown("2021-02-14T13:30:00+02:00").as_deref(), Some("2021-02-14T11:30:00Z"));
        assert_eq!(shown("2019-08-24t14:15:22.250-00:30").as_deref(), Some("2019-08-24T14:45:22Z"));
        assert_eq!(shown("2016-12-31T23:59:60Z").as_deref(), Some("2017-01-01T00:00:00Z"));
    }

    #[test]
    fn what_is_not_a_date_time_is_refused() {
        for text in [
            "",
            "2021-02-14",
            "2021-02-30T00:00:00Z",
            "2021-02-14T24:00:00Z",
            "2021-02-14T00:00:00",
            "2021-02-14T00:00:00.Z",
            "2021-02-14T00:00:00Z ",
            "2021-2-14T00:00:00Z",
            "２021-02-14T00:00:00Z",
            "2021-02-14T00:00:00+0200",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn the_date_header_names_the_right_weekday() {
        assert_eq!(Timestamp::START.http_date(), "Mon, 01 Jan 2024 00:00:00 GMT");
        let old = Timestamp::parse("1969-12-31T23:59:59Z").unwrap();
        assert_eq!(old.http_date(), "Wed, 31 Dec 1969 23:59:59 GMT");
    }

    #[test]
    fn fractions_add_up_when_the_clock_moves() {
        let clock = Clock::default();
        clock.advance(Duration::from_millis(600));
        clock.advance(Duration::from_millis(600));
        assert_eq!(clock.now(), Timestamp::START.plus(Duration::from_millis(1_200)));
        assert_eq!(clock.now().to_string(), "2024-01-01T00:00:01Z");
    }
}
