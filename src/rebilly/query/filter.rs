//! [`Filter`]: `firstName:John;primaryAddress.country:US,CA`.

use std::cell::Cell;

use super::field::{Datum, Kind, Queryable, Source, liberty, unknown};
use super::literal::Literal;
use crate::engine::evidence::Guess;
use crate::engine::failure::{Failure, FieldError};
use crate::rebilly::assumed::{
    FILTER_DAYS, FILTER_FREE, FILTER_LISTS, FILTER_NEGATED, FILTER_NULL, FILTER_TEXTS,
};

/// The most faulty clauses that are told.
pub(super) const ERRORS_MAX: usize = 20;

/// What a record must be like to be listed. Names and literals are checked when it is read.
pub(in crate::rebilly) struct Filter<T: 'static> {
    clauses: Vec<Clause<T>>,
    realm: String,
}

impl<T: Queryable> Filter<T> {
    /// Reads the parameter; an empty one keeps every record. `realm` is the
    /// organization whose records are asked for.
    ///
    /// # Errors
    ///
    /// [`Failure::Invalid`] with one error for each faulty clause, all of the field `filter`.
    pub(in crate::rebilly) fn parse(text: &str, realm: &str) -> Result<Filter<T>, Failure> {
        let (mut clauses, mut errors) = (Vec::new(), Vec::new());
        for clause in parts(text, ';').filter(|clause| !clause.is_empty()) {
            match Clause::parse(clause) {
                Ok(clause) => clauses.push(clause),
                Err(_) if errors.len() == ERRORS_MAX => {}
                Err(fault) => errors.push(FieldError {
                    path: vec!["filter".to_owned()],
                    message: format!(
                        "in `{}`: {fault}",
                        clause.chars().take(100).collect::<String>()
                    ),
                }),
            }
        }
        let realm = realm.to_owned();
        if errors.is_empty() {
            Ok(Filter { clauses, realm })
        } else {
            Err(Failure::Invalid(errors))
        }
    }

    /// Whether it keeps every record, whatever it is like.
    pub(in crate::rebilly) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The guesses that its reading leans on, and what it kept so far.
    pub(in crate::rebilly) fn assumed(&self) -> impl Iterator<Item = &'static Guess> {
        self.clauses.iter().flat_map(Clause::assumed)
    }

    /// Whether every clause holds for the record.
    pub(in crate::rebilly) fn keeps(&self, record: &T) -> bool {
        self.clauses.iter().all(|clause| clause.holds(record, &self.realm))
    }
}

/// `tags.name:vip,!blocked`. Several sources come of a `*` and count as one list.
struct Clause<T: 'static> {
    sources: Vec<Source<T>>,
    /// The guess by which its name was read.
    liberty: Option<&'static Guess>,
    wanted: Values,
    unwanted: Values,
    /// Whether some values are negated and others are not, or a range is.
    is_mixed: bool,
    /// The most values that a record had, once there was a record.
    most: Cell<Option<usize>>,
}

impl<T: Queryable> Clause<T> {
    fn parse(clause: &str) -> Result<Clause<T>, String> {
        // Only the first colon splits: date-times have their own.
        let name = parts(clause, ':').next().unwrap_or_default();
        let Some(values) = clause[name.len()..].trim_start().strip_prefix(':') else {
            return Err("found no colon, expected `field:value`".to_owned());
        };
        let sources = Source::<T>::matching(name);
        if sources.is_empty() {
            return Err(unknown::<T>(name));
        }
        let mut kinds: Vec<Kind> = Vec::new();
        for kind in sources.iter().map(Source::kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let (mut wanted, mut unwanted) = (Values::default(), Values::default());
        // Until 2021 one `!` negated the whole list; since then each value has its own.
        // Assumed: both are still understood (`filter-negated-lists`).
        let all_unwanted = values.trim_start().starts_with('!');
        let mut is_mixed = false;
        for value in parts(values, ',') {
            match value.strip_prefix('!') {
                Some(value) => {
                    is_mixed |= !all_unwanted || value.contains("..");
                    unwanted.add(value.trim_start(), &kinds)?;
                }
                None if all_unwanted => {
                    is_mixed = true;
                    unwanted.add(value, &kinds)?;
                }
                None => wanted.add(value, &kinds)?,
            }
        }
        let (liberty, most) = (liberty::<T>(name), Cell::new(None));
        Ok(Clause { sources, liberty, wanted, unwanted, is_mixed, most })
    }

    fn assumed(&self) -> impl Iterator<Item = &'static Guess> {
        let values = || [&self.wanted, &self.unwanted].into_iter();
        let literals = || values().flat_map(|it| &it.literals);
        let most = self.most.get();
        let is_free = self.sources.iter().any(|it| it.kind() == Kind::Free);
        let fields = self.sources.iter().filter_map(Source::assumed);
        let guesses = [
            self.is_mixed.then_some(&FILTER_NEGATED),
            values().any(|it| it.null).then_some(&FILTER_NULL),
            literals().any(|it| it.is_loose).then_some(&FILTER_DAYS),
            literals().any(|it| it.is_alphabetical).then_some(&FILTER_TEXTS),
            (most > Some(1)).then_some(&FILTER_LISTS),
            (is_free && most == Some(0)).then_some(&FILTER_FREE),
        ];
        fields.chain(self.liberty).chain(guesses.into_iter().flatten())
    }

    /// Assumed: of a list, one value that is as asked for is enough, and one
    /// that is not wanted is too many (`filter-lists`).
    fn holds(&self, record: &T, realm: &str) -> bool {
        let (mut count, mut wanted, mut unwanted) = (0, false, false);
        for source in &self.sources {
            source.read(record, &mut |datum| {
                count += 1;
                let datum = if let Datum::Realm = datum { Datum::Text(realm) } else { datum };
                wanted = wanted || self.wanted.meet(datum);
                unwanted = unwanted || self.unwanted.meet(datum);
            });
        }
        self.most.set(self.most.get().max(Some(count)));
        if count == 0 {
            (wanted, unwanted) = (self.wanted.null, self.unwanted.null);
        }
        (wanted || self.wanted.are_none()) && !unwanted
    }
}

/// The values of a clause that stand on one side of its negation.
#[derive(Default)]
struct Values {
    null: bool,
    literals: Vec<Literal>,
}

impl Values {
    fn add(&mut self, value: &str, kinds: &[Kind]) -> Result<(), String> {
        if value == "null" {
            self.null = true;
            return Ok(());
        }
        if let Some(list) = value.strip_prefix('@') {
            return Err(format!("there is no value list named `{list}`"));
        }
        let literal = match value.split_once("..") {
            None if value.is_empty() => {
                return Err("found an empty value, expected `null` where none is meant".to_owned());
            }
            None => Literal::read(&unescaped(value), kinds),
            Some((from, to)) => match (from.trim_end(), to.trim_start()) {
                ("", "") => {
                    return Err("found a range without ends, expected at least one".to_owned());
                }
                (from, to) => Literal::range(&unescaped(from), &unescaped(to), kinds),
            },
        };
        self.literals.push(literal.ok_or_else(|| {
            let expected: Vec<&str> = kinds.iter().map(|kind| kind.expected()).collect();
            format!("found `{value}`, expected {}", expected.join(" or "))
        })?);
        Ok(())
    }

    fn meet(&self, datum: Datum<'_>) -> bool {
        self.literals.iter().any(|literal| literal.meets(datum))
    }

    fn are_none(&self) -> bool {
        !self.null && self.literals.is_empty()
    }
}

/// The trimmed parts of a text between separators that no backslash escapes.
fn parts(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    let separates = move |letter| {
        let separates = letter == separator && !escaped;
        escaped = letter == '\\';
        separates
    };
    text.split(separates).map(str::trim)
}

/// Assumed: `\,` `\;` `\:` stand for the separators themselves, which the
/// vendor has no way to write (`filter-escapes`). Any other backslash is only a backslash.
fn unescaped(value: &str) -> String {
    value.replace("\\,", ",").replace("\\;", ";").replace("\\:", ":")
}
