//! [`Literal`]: what a value of a filter can mean to the kinds of field it is held against.

use std::time::Duration;

use super::kind::Kind;
use super::span::Span;
use super::values::Values;
use crate::engine::blocks::Bits;
use crate::engine::clock::{Date, Timestamp};

/// From the first to the last instant of a day.
const DAY: Duration = Duration::new(86_399, 999_999_999);

/// From the first to the last instant of a second.
const SECOND: Duration = Duration::new(0, 999_999_999);

/// The values that fit: one span for each type that a stored value may have.
#[derive(Debug, Default)]
pub(super) struct Literal {
    /// In lower case.
    text: Option<Span<String>>,
    number: Option<Span<f64>>,
    flag: Option<Span<bool>>,
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
            text: (plain || day).then(|| Span::of(text.to_lowercase())),
            number: number(text).filter(|_| is(Kind::Number)).map(Span::of),
            flag: flag.filter(|_| is(Kind::Flag)).map(Span::of),
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

    /// The rows that have a value that fits.
    pub(super) fn met_by(&self, values: &Values, realm: &str) -> Bits {
        let texts = self.text.as_ref().map_or(0, |span| {
            let is_realm = values.realm != 0 && span.holds(&realm.to_lowercase());
            values.texts.within(span) | if is_realm { values.realm } else { 0 }
        });
        let numbers = self.number.as_ref().map_or(0, |span| values.numbers.within(span));
        let flags = self.flag.as_ref().map_or(0, |span| values.flags.within(span));
        let times = self.time.as_ref().map_or(0, |span| values.times.within(span));
        texts | numbers | flags | times
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
    Some(Span::from_to(from, from.plus(length)))
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
