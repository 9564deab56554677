//! [`Sort`]: `-createdTime,id`.

use std::cmp::Ordering;

use super::field::{Datum, Queryable, Source, unknown};
use super::filter::ERRORS_MAX;
use crate::engine::clock::Timestamp;
use crate::engine::failure::{Failure, FieldError};

/// In which order records are listed.
pub(in crate::rebilly) struct Sort<T: 'static> {
    orders: Vec<Order<T>>,
}

impl<T: Queryable> Sort<T> {
    /// Reads the parameter; an empty one leaves records as they stand.
    ///
    /// # Errors
    ///
    /// [`Failure::Invalid`] with one error for each unknown field, all of the field `sort`.
    pub(in crate::rebilly) fn parse(text: &str) -> Result<Sort<T>, Failure> {
        let (mut orders, mut errors) = (Vec::new(), Vec::new());
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let name = part.strip_prefix(['-', '+']).unwrap_or(part).trim_start();
            match Source::named(name) {
                Some(source) => orders.push(Order { source, descending: part.starts_with('-') }),
                None if errors.len() == ERRORS_MAX => {}
                None => errors.push(FieldError {
                    path: vec!["sort".to_owned()],
                    message: unknown::<T>(name),
                }),
            }
        }
        if errors.is_empty() { Ok(Sort { orders }) } else { Err(Failure::Invalid(errors)) }
    }

    /// Sorts rows by their records. Equal ones stay as they stand; `null` is the
    /// least value. Says whether there was one.
    pub(in crate::rebilly) fn sort<R>(&self, rows: &mut Vec<R>, record: impl Fn(&R) -> &T) -> bool {
        let mut unset = false;
        // From the last order to the first: each leaves the ties to those before it.
        for order in self.orders.iter().rev() {
            let keyed = rows.drain(..).map(|row| (order.key(record(&row)), row));
            let mut keyed: Vec<(Key, R)> = keyed.collect();
            unset = unset || keyed.iter().any(|(key, _)| *key == Key::Null);
            keyed.sort_by(|(one, _), (other, _)| order.compare(one, other));
            rows.extend(keyed.into_iter().map(|(_, row)| row));
        }
        unset
    }
}

struct Order<T: 'static> {
    source: Source<T>,
    descending: bool,
}

impl<T: Queryable> Order<T> {
    /// Assumed: a list is sorted by its first value.
    fn key(&self, record: &T) -> Key {
        let mut key = Key::Null;
        self.source.read(record, &mut |datum| {
            if key == Key::Null {
                key = Key::of(datum);
            }
        });
        key
    }

    fn compare(&self, one: &Key, other: &Key) -> Ordering {
        // No number is NaN: JSON has none.
        let order = one.partial_cmp(other).unwrap_or(Ordering::Equal);
        if self.descending { order.reverse() } else { order }
    }
}

/// What a record is sorted by. Free values of several types stand in this order.
#[derive(PartialEq, PartialOrd)]
enum Key {
    Null,
    Flag(bool),
    Number(f64),
    Time(Timestamp),
    /// In lower case: texts are filtered without regard to case, and so sorted.
    Text(String),
}

impl Key {
    fn of(datum: Datum<'_>) -> Key {
        match datum {
            Datum::Flag(flag) => Key::Flag(flag),
            Datum::Number(number) => Key::Number(number),
            Datum::Time(time) => Key::Time(time),
            Datum::Text(text) => Key::Text(text.to_lowercase()),
            Datum::Realm => Key::Flag(true), // the same for all
        }
    }
}
