//! [`Sort`]: `-createdTime,id`.

use std::cmp::Ordering;

use super::field::{Datum, Queryable, Source, liberty, unknown};
use super::filter::ERRORS_MAX;
use crate::engine::clock::Timestamp;
use crate::engine::evidence::Guess;
use crate::engine::failure::{Failure, FieldError};
use crate::rebilly::assumed::{SORT_ANY, SORT_FIRST, SORT_TEXTS, SORT_TIES, SORT_UNSET};

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
                Some(source) => {
                    let (liberty, descending) = (liberty::<T>(name), part.starts_with('-'));
                    orders.push(Order { source, liberty, descending });
                }
                None if errors.len() == ERRORS_MAX => {}
                None => errors.push(FieldError {
                    path: vec!["sort".to_owned()],
                    message: unknown::<T>(name),
                }),
            }
        }
        if errors.is_empty() { Ok(Sort { orders }) } else { Err(Failure::Invalid(errors)) }
    }

    /// Sorts rows by their records, and says by which guesses. Equal ones stay as
    /// they stand (assumed: `sort-ties`); `null` is the least value (assumed: `sort-unset-first`).
    pub(in crate::rebilly) fn sort<R>(
        &self,
        rows: &mut Vec<R>,
        record: impl Fn(&R) -> &T,
    ) -> Vec<&'static Guess> {
        let mut guesses = Guesses::default();
        // The place of each row; those that are alike so far share one.
        let mut places = vec![0; rows.len()];
        // From the last order to the first: each leaves the ties to those before it.
        for order in self.orders.iter().rev() {
            let keyed = rows.drain(..).zip(places);
            let mut keyed: Vec<Keyed<R>> = keyed
                .map(|(row, place)| (order.key(record(&row), &mut guesses), row, place))
                .collect();
            keyed.sort_by(|(one, ..), (other, ..)| order.compare(one, other));
            places = placed(&keyed, &mut guesses);
            rows.extend(keyed.into_iter().map(|(_, row, _)| row));
        }
        let ties = places.windows(2).any(|two| two[0] == two[1]).then_some(&SORT_TIES);
        self.orders.iter().flat_map(Order::assumed).chain(guesses.each()).chain(ties).collect()
    }
}

/// By which guesses rows stand as they do.
#[derive(Default)]
struct Guesses {
    unset: bool,
    texts: bool,
    first: bool,
}

impl Guesses {
    fn each(self) -> impl Iterator<Item = &'static Guess> {
        let guesses = [
            self.unset.then_some(&SORT_UNSET),
            self.texts.then_some(&SORT_TEXTS),
            self.first.then_some(&SORT_FIRST),
        ];
        guesses.into_iter().flatten()
    }
}

/// A row with what it is sorted by, and its place by the orders that count less.
type Keyed<R> = (Key, R, usize);

/// The places of sorted rows.
fn placed<R>(keyed: &[Keyed<R>], guesses: &mut Guesses) -> Vec<usize> {
    let mut place = 0;
    let mut places: Vec<usize> = keyed.first().map(|_| place).into_iter().collect();
    for two in keyed.windows(2) {
        let ((one, _, one_before), (other, _, other_before)) = (&two[0], &two[1]);
        place += usize::from(one != other || one_before != other_before);
        places.push(place);
        guesses.texts |= one.is_compared_by_guess(other);
        guesses.unset |= (*one == Key::Null) != (*other == Key::Null);
    }
    places
}

struct Order<T: 'static> {
    source: Source<T>,
    /// The guess by which its name was read.
    liberty: Option<&'static Guess>,
    descending: bool,
}

impl<T: Queryable> Order<T> {
    fn assumed(&self) -> impl Iterator<Item = &'static Guess> {
        let is_published =
            matches!(&self.source, Source::Known(field) if T::SORTABLE.contains(&field.name));
        let any = (!is_published).then_some(&SORT_ANY);
        any.into_iter().chain(self.liberty).chain(self.source.assumed())
    }

    /// Assumed: a list is sorted by its first value (`sort-first-value`).
    fn key(&self, record: &T, guesses: &mut Guesses) -> Key {
        let mut key = Key::Null;
        self.source.read(record, &mut |datum| {
            if key == Key::Null {
                key = Key::of(datum);
            } else {
                guesses.first = true;
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
    Text(Word),
}

/// A text in lower case. Assumed: texts are filtered without regard to case,
/// and so sorted (`sort-texts`).
struct Word {
    folded: String,
    /// How it is written, where that is otherwise.
    written: Option<String>,
}

impl Word {
    fn new(text: &str) -> Word {
        let folded = text.to_lowercase();
        let written = (folded != text).then(|| text.to_owned());
        Word { folded, written }
    }

    fn written(&self) -> &str {
        self.written.as_deref().unwrap_or(&self.folded)
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Word) -> bool {
        self.folded == other.folded
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Word) -> Option<Ordering> {
        self.folded.partial_cmp(&other.folded)
    }
}

impl Key {
    fn of(datum: Datum<'_>) -> Key {
        match datum {
            Datum::Flag(flag) => Key::Flag(flag),
            Datum::Number(number) => Key::Number(number),
            Datum::Time(time) => Key::Time(time),
            Datum::Text(text) => Key::Text(Word::new(text)),
            Datum::Realm => Key::Flag(true), // the same for all
        }
    }

    /// Whether two texts would stand otherwise if case counted, or have letters
    /// whose order differs from language to language.
    fn is_compared_by_guess(&self, other: &Key) -> bool {
        let (Key::Text(one), Key::Text(other)) = (self, other) else { return false };
        let (one_written, other_written) = (one.written(), other.written());
        let is_plain = one_written.is_ascii() && other_written.is_ascii();
        let stands_by_case = one.partial_cmp(other) != one_written.partial_cmp(other_written);
        one_written != other_written && (!is_plain || stands_by_case)
    }
}
