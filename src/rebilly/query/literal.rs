//! [`Literal`]: what a value of a filter can mean to the kinds of field it is held against.

use std::time::Duration;

use super::field::{Datum, Kind};
use super::folded::Folded;
use crate::engine::clock::{Date, Timestamp};

/// From the first to the last instant of a day.
const DAY: Duration = Duration::new(86_399, 999_999_999);

/// From the first to the last instant of a second.
const SECOND: Duration = Duration::new(0, 999_999_999);

/// The values that fit: one span for each type that a stored value may have.
#[derive(Debug, Default)]
pub(super) struct Literal {
    text: Option<Span<Folded>>,
    number: Option<Span<f64>>,
    flag: Option<bool>,
    time: Option<Span<Timestamp>>,
    /// Whether it means a time that it does not say in full.
    pub(super) is_loose: bool,
    /// Whether it is a range of texts that are neither numbers nor times.
    pub(super) is_alphabetical: bool,
}

impl Literal {
    /// Reads a single value; `None` when it means nothing to any of the kinds.
    pub(super) fn read(text: &str, kinds: &[Kind]) -> Option<Literal> {
        let is = |kind| kinds.contains(&kind) || kinds.contains(&Kind::Free);
        let flag = text.parse().ok();
        // The guide calls `true` on a text field an error; only free values may be that text.
        let plain = kinds.contains(&Kind::Free) || (is(Kind::Text) && flag.is_none());
        let day = is(Kind::Date) && Date::parse(text).is_some();
        let literal = Literal {
            text: (plain || day).then(|| Span::of(Folded::new(text))),
            number: number(text).filter(|_| is(Kind::Number)).map(Span::of),
            flag: flag.filter(|_| is(Kind::Flag)),
            time: time(text).filter(|_| is(Kind::Time)),
            is_loose: is(Kind::Time) && time(text).is_some() && Timestamp::parse(text).is_none(),
            is_alphabetical: false,
        };
        literal.means_something()
    }

    /// Reads a range; an empty end is open.
    pub(super) fn range(from: &str, to: &str, kinds: &[Kind]) -> Option<Literal> {
        let end = |text: &str| {
            if text.is_empty() { Some(Literal::anything()) } else { Literal::read(text, kinds) }
        };
        let (from, to) = (end(from)?, end(to)?);
        let number = Span::between(from.number, to.number);
        let time = Span::between(from.time, to.time);
        // What numbers and times are compared by, a custom field may hold as well.
        let free_text = kinds.contains(&Kind::Free) && number.is_none() && time.is_none();
        let literal = Literal {
            text: Span::between(from.text, to.text),
            flag: None,
            is_loose: from.is_loose || to.is_loose,
            is_alphabetical: kinds.contains(&Kind::Text) || free_text,
            number,
            time,
        };
        literal.means_something()
    }

    /// Whether a stored value is among those that fit.
    pub(super) fn meets(&self, datum: Datum<'_>) -> bool {
        match datum {
            Datum::Text(text) => self.text.as_ref().is_some_and(|span| span.holds(text)),
            Datum::Number(number) => self.number.as_ref().is_some_and(|span| span.holds(&number)),
            Datum::Flag(flag) => self.flag == Some(flag),
            Datum::Time(time) => self.time.as_ref().is_some_and(|span| span.holds(&time)),
            Datum::Realm => false,
        }
    }

    fn anything() -> Literal {
        Literal {
            text: Some(Span::open()),
            number: Some(Span::open()),
            flag: None,
            time: Some(Span::open()),
            is_loose: false,
            is_alphabetical: false,
        }
    }

    fn means_something(self) -> Option<Literal> {
        let Literal { text, number, flag, time, is_loose: _, is_alphabetical: _ } = &self;
        let any = text.is_some() || number.is_some() || flag.is_some() || time.is_some();
        any.then_some(self)
    }
}

/// Everything between two values, themselves included.
#[derive(Debug)]
struct Span<V> {
    from: Option<V>,
    to: Option<V>,
}

impl<V> Span<V> {
    fn of(value: V) -> Span<V>
    where
        V: Clone,
    {
        Span { from: Some(value.clone()), to: Some(value) }
    }

    fn open() -> Span<V> {
        Span { from: None, to: None }
    }

    /// From the beginning of the one to the end of the other.
    fn between(one: Option<Span<V>>, other: Option<Span<V>>) -> Option<Span<V>> {
        Some(Span { from: one?.from, to: other?.to })
    }

    fn holds<D: PartialOrd<V> + ?Sized>(&self, value: &D) -> bool {
        self.from.as_ref().is_none_or(|from| value >= from)
            && self.to.as_ref().is_none_or(|to| value <= to)
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A time is all that it says: a day, a second, or with a fraction an instant.
/// Answers show times to the second, and what they show must be found again.
fn time(text: &str) -> Option<Span<Timestamp>> {
    let (from, length) = match Date::parse(text) {
        Some(day) => (day.midnight(), DAY),
        None if text.contains('.') => (instant(text)?, Duration::ZERO),
        None => (instant(text)?, SECOND),
    };
    Some(Span { from: Some(from), to: Some(from.plus(length)) })
}

/// An RFC 3339 date-time. Assumed: or one that lost the `+` of its offset to a
/// query string's decoder, or one without an offset, which is in UTC (`filter-days`).
fn instant(text: &str) -> Option<Timestamp> {
    let rejoined = || {
        let (time, offset) = text.rsplit_once(' ')?;
        Timestamp::parse(&format!("{time}+{offset}"))
    };
    Timestamp::parse(text).or_else(rejoined).or_else(|| Timestamp::parse(&format!("{text}Z")))
}
