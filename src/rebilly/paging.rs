//! [`Listing`]: which rows of a collection a call asks for, and in which order.

use std::marker::PhantomData;

use hyper::header::HeaderName;

use super::assumed::{
    ARRAYS, BLANKS, FILTER_ESCAPED, LIMIT_CLAMPED, LIST_PARAMETERS, LIST_REFUSED, NEWEST_FIRST,
    OFFSET_HONOURED, SEARCH_WORDS,
};
use super::query::{
    Chosen, Filter, Names, Queryable, Records, Search, Sort, Sorted, records, rows_at,
};
use super::state::Reading;
use crate::engine::exchange::{Body, Call, Reply, header_numbers};
use crate::engine::failure::{Failure, FieldError};
use crate::engine::table::{Record, Selection, Table};

/// The most rows of a page. Assumed: more is understood as this many, since no
/// refusal of a list is documented (`limit-clamped`).
pub(super) const LIMIT_MAX: usize = 1_000;
/// The largest offset of the newest definition. Assumed: a larger one is
/// honoured, as it was before; taken for this one, PHP's paginator never ends (`offset-honoured`).
const OFFSET_MAX: usize = 1_000;
/// The rows of a page that does not say how many.
const LIMIT_DEFAULT: usize = 100;

/// The headers that say which part of how many rows a page is.
const TOTAL: HeaderName = HeaderName::from_static("pagination-total");
const LIMIT: HeaderName = HeaderName::from_static("pagination-limit");
const OFFSET: HeaderName = HeaderName::from_static("pagination-offset");

/// The list parameters of a call, for records of one type.
pub(super) struct Listing<'c, T> {
    asked: Asked<'c>,
    of: PhantomData<fn() -> T>,
}

/// The list parameters of a call, for records of whatever type.
struct Asked<'c> {
    call: &'c Call,
    filter: Filter,
    search: Search,
    sort: Option<Sort>,
    /// Whether the call says in which order.
    sorted: bool,
    limit: usize,
    offset: usize,
}

/// One page of a collection.
pub(super) struct Page<T> {
    /// The rows, in order.
    pub(super) rows: Selection<T>,
    part: Part,
}

/// Which part of a collection a page is.
#[derive(Clone, Copy)]
struct Part {
    total: usize,
    limit: usize,
    offset: usize,
}

impl<'c, T: Queryable + Record> Listing<'c, T> {
    /// Reads the query. Assumed: what cannot be understood is `422`, of all parameters at
    /// once (`list-parameters-refused`).
    pub(super) fn read(cx: &Reading<'_>, call: &'c Call) -> Result<Listing<'c, T>, Failure> {
        note_form(call, T::UNDOCUMENTED);
        let names = Names::of::<T>().defined_by(&cx.state.custom_fields);
        let asked = Asked::read(call, &names, cx.realm)?;
        Ok(Listing { asked, of: PhantomData })
    }

    /// The order of a list that does not say its own.
    pub(super) fn or_by(mut self, field: &'static str) -> Listing<'c, T> {
        let Asked { sort, .. } = &mut self.asked;
        *sort = sort.take().or_else(|| Sort::parse(&Names::of::<T>(), field).ok());
        self
    }

    /// Takes the page out of a table. Assumed: the newest first, unless `sort`
    /// says otherwise (`lists-newest-first`).
    pub(super) fn page(&self, table: &Table<T>) -> Page<T> {
        let asked = &self.asked;
        if asked.is_plain() {
            // Nothing needs to look at the rows before the page.
            return self.show(table.selection(asked.offset, asked.limit), table.len());
        }
        let blocks = table.blocks();
        let records = records(blocks);
        let kept =
            Chosen::from(&records, |block| asked.search.kept(block, asked.filter.kept(block)));
        let sorted = asked.sorted_page(&records, &kept);
        self.show(rows_at(&sorted.rows, blocks), kept.len())
    }

    fn show(&self, rows: Selection<T>, total: usize) -> Page<T> {
        let part = self.asked.part(rows.len(), total);
        Page { rows, part }
    }
}

impl<'c> Asked<'c> {
    fn read(call: &'c Call, names: &Names<'_>, realm: &str) -> Result<Asked<'c>, Failure> {
        let mut errors = Vec::new();
        let said = |name: &str, by: &str| call.query.joined(name, by).unwrap_or_default();
        let filter = note(Filter::parse(names, &said("filter", ";"), realm), &mut errors)?;
        let sort = said("sort", ",");
        let sort = note(
            Sort::parse(names, &sort).map(|it| (!sort.trim().is_empty()).then_some(it)),
            &mut errors,
        )?;
        let limit = note(number(call, "limit", LIMIT_DEFAULT), &mut errors)?;
        let offset = note(number(call, "offset", 0), &mut errors)?;
        if let (Some(filter), Some(sort), Some(limit), Some(offset)) = (filter, sort, limit, offset)
        {
            let search = Search::parse(call.query.get("q").unwrap_or_default());
            if !search.is_empty() {
                call.assume(&SEARCH_WORDS);
            }
            if limit > LIMIT_MAX {
                call.assume(&LIMIT_CLAMPED);
            }
            if offset > OFFSET_MAX {
                call.assume(&OFFSET_HONOURED);
            }
            let (sorted, limit) = (sort.is_some(), limit.min(LIMIT_MAX));
            Ok(Asked { call, filter, search, sort, sorted, limit, offset })
        } else {
            call.assume(&LIST_REFUSED);
            Err(Failure::Invalid(errors))
        }
    }

    /// Whether all rows are asked for, as they stand.
    fn is_plain(&self) -> bool {
        self.filter.is_empty() && self.search.is_empty() && self.sort.is_none()
    }

    /// The page of the rows that are kept.
    fn sorted_page(&self, blocks: &[&dyn Records], kept: &Chosen) -> Sorted {
        self.filter.assumed().for_each(|rule| self.call.assume(rule));
        let page = self.offset..self.offset.saturating_add(self.limit);
        let unsorted = Sort::default();
        let sorted = self.sort.as_ref().unwrap_or(&unsorted).page(blocks, kept, page);
        // An order of our own is a guess as a whole.
        sorted.guesses.iter().filter(|_| self.sorted).for_each(|rule| self.call.assume(rule));
        sorted
    }

    fn part(&self, shown: usize, total: usize) -> Part {
        if !self.sorted && total > 1 && shown > 0 {
            self.call.assume(&NEWEST_FIRST);
        }
        Part { total, limit: self.limit, offset: self.offset }
    }
}

impl<T: Record> Page<T> {
    /// The page as an answer: a bare list, with where it stands in the headers.
    pub(super) fn reply(self) -> Reply {
        self.reply_as(Body::rows)
    }

    /// The same in another form.
    pub(super) fn reply_as(self, form: impl FnOnce(Selection<T>) -> Body) -> Reply {
        self.part.reply(form(self.rows))
    }
}

impl Part {
    fn reply(&self, body: Body) -> Reply {
        let mut reply = Reply::ok(body);
        let numbers = header_numbers([self.total, self.limit, self.offset]);
        for (name, number) in [TOTAL, LIMIT, OFFSET].into_iter().zip(numbers) {
            reply.headers.insert(name, number);
        }
        reply
    }
}

/// Notes by which guesses the parameters are read, whatever they say.
fn note_form(call: &Call, undocumented: &[&str]) {
    let (filter, sort) = (call.query.joined("filter", ";"), call.query.joined("sort", ","));
    if filter.as_ref().is_some_and(|filter| filter.contains('\\')) {
        call.assume(&FILTER_ESCAPED);
    }
    if call.query.is_array("filter") || call.query.is_array("sort") {
        call.assume(&ARRAYS);
    }
    if filter.is_some_and(|it| are_loose_clauses(&it))
        || sort.is_some_and(|it| are_loose_orders(&it))
    {
        call.assume(&BLANKS);
    }
    if undocumented.iter().any(|name| call.query.joined(name, "").is_some()) {
        call.assume(&LIST_PARAMETERS);
    }
}

/// Whether there is white space around a separator, or nothing between two.
pub(super) fn has_blanks(said: &str, separators: &[char]) -> bool {
    said.split(separators).any(|part| part.is_empty() || part.trim() != part)
}

fn are_loose_clauses(filter: &str) -> bool {
    let mut names = filter.split(';').filter_map(|clause| clause.split_once(':'));
    has_blanks(filter, &[';', ','])
        || names.any(|(name, values)| name.trim_end() != name || values.trim_start() != values)
}

fn are_loose_orders(sort: &str) -> bool {
    has_blanks(sort, &[','])
        || sort.split(',').any(|it| it.starts_with('+') || it.starts_with("- "))
}

/// Sets field errors aside, so that those of other parameters are found too.
fn note<T>(read: Result<T, Failure>, errors: &mut Vec<FieldError>) -> Result<Option<T>, Failure> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Failure::Invalid(more)) => {
            errors.extend(more);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

fn number(call: &Call, name: &str, default: usize) -> Result<usize, Failure> {
    match call.query.get(name).map(str::trim) {
        None => Ok(default),
        // A number too large for a machine word is as good as the largest.
        Some(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(text.parse().unwrap_or(usize::MAX))
        }
        Some(text) => Err(Failure::field(
            name,
            format!("must be a whole number from 0 on, but is \"{text}\""),
        )),
    }
}
