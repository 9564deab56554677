//! [`Filter`]: `firstName:John;primaryAddress.country:US,CA`.

use std::cell::Cell;
use std::sync::Arc;

use super::field::{Names, Queryable, Source, liberty, unknown};
use super::kind::Kind;
use super::literal::Literal;
use super::records::Records;
use super::values::Values;
use crate::engine::blocks::{Bits, Block};
use crate::engine::evidence::Guess;
use crate::engine::failure::{Failure, FieldError};
use crate::engine::table::Row;
use crate::rebilly::assumed::{
    FIELD_TYPES, FILTER_DAYS, FILTER_FREE, FILTER_LISTS, FILTER_NEGATED, FILTER_NULL, FILTER_TEXTS,
};

/// The most faulty clauses that are told.
pub(super) const ERRORS_MAX: usize = 20;

/// What a record must be like to be listed. Names and literals are checked when it is read.
pub(in crate::rebilly) struct Filter {
    clauses: Vec<Clause>,
    realm: String,
}

impl Filter {
    /// Reads the parameter; an empty one keeps every record. `realm` is the
    /// organization whose records are asked for.
    ///
    /// # Errors
    ///
    /// [`Failure::Invalid`] with one error for each faulty clause, up to [`ERRORS_MAX`], all of
    /// the field `filter`.
    pub(in crate::rebilly) fn parse(
        names: &Names<'_>,
        text: &str,
        realm: &str,
    ) -> Result<Filter, Failure> {
        let (mut clauses, mut errors) = (Vec::new(), Vec::new());
        for clause in parts(text, ';').filter(|clause| !clause.is_empty()) {
            // More are not told, and to look for the name that was meant takes its time.
            if errors.len() == ERRORS_MAX {
                break;
            }
            match Clause::parse(names, clause) {
                Ok(clause) => clauses.push(clause),
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

    /// The rows for which every clause holds.
    pub(in crate::rebilly) fn kept(&self, block: &dyn Records) -> Bits {
        self.clauses.iter().fold(block.all(), |rows, clause| match rows {
            0 => 0,
            rows => clause.kept(block, rows, &self.realm),
        })
    }

    /// Whether every clause holds for the row.
    pub(in crate::rebilly) fn keeps<T: Queryable>(&self, row: &Arc<Row<T>>) -> bool {
        self.kept(&Block::only(Arc::clone(row))) != 0
    }
}

/// `tags.name:vip,!blocked`. Several sources come of a `*` and count as one list.
struct Clause {
    sources: Vec<Source>,
    /// The guess by which its name was read.
    liberty: Option<&'static Guess>,
    wanted: Sought,
    unwanted: Sought,
    /// Whether some values are negated and others are not, or a range is.
    is_mixed: bool,
    /// The most values that a record had, once there was a record; two stand for any more.
    most: Cell<Option<usize>>,
    /// Whether a record held what is not of the field's type.
    is_unfit: Cell<bool>,
}

impl Clause {
    fn parse(names: &Names<'_>, clause: &str) -> Result<Clause, String> {
        // Only the first colon splits: date-times have their own.
        let name = parts(clause, ':').next().unwrap_or_default();
        let Some(values) = clause[name.len()..].trim_start().strip_prefix(':') else {
            return Err("found no colon, expected `field:value`".to_owned());
        };
        let sources = names.matching(name);
        if sources.is_empty() {
            return Err(unknown(names, name));
        }
        let mut kinds: Vec<Kind> = Vec::new();
        for kind in sources.iter().map(Source::kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let (mut wanted, mut unwanted) = (Sought::default(), Sought::default());
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
        let (liberty, most, is_unfit) = (liberty(names, name), Cell::new(None), Cell::new(false));
        Ok(Clause { sources, liberty, wanted, unwanted, is_mixed, most, is_unfit })
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
            self.is_unfit.get().then_some(&FIELD_TYPES),
        ];
        fields.chain(self.liberty).chain(guesses.into_iter().flatten())
    }

    /// Those of the rows for which it holds. Assumed: of a list, one value that is as
    /// asked for is enough, and one that is not wanted is too many (`filter-lists`).
    fn kept(&self, block: &dyn Records, rows: Bits, realm: &str) -> Bits {
        let (mut some, mut several, mut unfit) = (0, 0, 0);
        let (mut wanted, mut unwanted) = (0, 0);
        for source in &self.sources {
            let values = Values::of(source, block);
            several |= values.several | (some & values.some);
            some |= values.some;
            unfit |= values.unfit;
            wanted |= self.wanted.met_by(&values, realm);
            unwanted |= self.unwanted.met_by(&values, realm);
        }
        let most = if rows & several != 0 { 2 } else { usize::from(rows & some != 0) };
        self.most.set(self.most.get().max(Some(most)));
        self.is_unfit.set(self.is_unfit.get() || rows & unfit != 0);
        let of_none = |sought: &Sought| if sought.null { !some } else { 0 };
        wanted |= of_none(&self.wanted);
        unwanted |= of_none(&self.unwanted);
        rows & !unwanted & if self.wanted.are_none() { Bits::MAX } else { wanted }
    }
}

/// The values of a clause that stand on one side of its negation.
#[derive(Default)]
struct Sought {
    null: bool,
    literals: Vec<Literal>,
}

impl Sought {
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

    fn met_by(&self, values: &Values, realm: &str) -> Bits {
        self.literals.iter().fold(0, |rows, literal| rows | literal.met_by(values, realm))
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
