//! [`Sort`]: `-createdTime,id`.

use std::ops::Range;

use super::chosen::Chosen;
use super::field::{Names, Source, liberty, unknown};
use super::filter::ERRORS_MAX;
use super::merge::{Ranked, Run, has_several_texts, runs};
use super::ranks::Ranks;
use super::records::{Records, Spot};
use crate::engine::blocks::Bits;
use crate::engine::evidence::Guess;
use crate::engine::failure::{Failure, FieldError};
use crate::rebilly::assumed::{
    FIELD_TYPES, SORT_ANY, SORT_FIRST, SORT_TEXTS, SORT_TIES, SORT_UNSET,
};

/// In which order records are listed; by default as they stand in their table.
#[derive(Default)]
pub(in crate::rebilly) struct Sort {
    orders: Vec<Order>,
}

/// The rows of a page, in order, and the guesses by which they are these.
pub(in crate::rebilly) struct Sorted {
    pub(in crate::rebilly) rows: Vec<Spot>,
    pub(in crate::rebilly) guesses: Vec<&'static Guess>,
}

impl Sort {
    /// Reads the parameter; an empty one leaves records as they stand.
    ///
    /// # Errors
    ///
    /// [`Failure::Invalid`] with one error for each unknown field, up to [`ERRORS_MAX`], all of
    /// the field `sort`.
    pub(in crate::rebilly) fn parse(names: &Names<'_>, text: &str) -> Result<Sort, Failure> {
        let (mut orders, mut errors) = (Vec::new(), Vec::new());
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let name = part.strip_prefix(['-', '+']).unwrap_or(part).trim_start();
            match names.named(name) {
                Some(source) => {
                    let (liberty, descending) = (liberty(names, name), part.starts_with('-'));
                    orders.push(Order { source, liberty, descending });
                }
                None if errors.len() == ERRORS_MAX => {}
                None => errors.push(FieldError {
                    path: vec!["sort".to_owned()],
                    message: unknown(names, name),
                }),
            }
        }
        if errors.is_empty() { Ok(Sort { orders }) } else { Err(Failure::Invalid(errors)) }
    }

    /// Puts only so much in order as the page needs. A guess counts when the page could
    /// be another without it, be it by rows that stand elsewhere now.
    pub(in crate::rebilly) fn page(
        &self,
        blocks: &[&dyn Records],
        rows: &Chosen,
        page: Range<usize>,
    ) -> Sorted {
        let named = self.orders.iter().flat_map(Order::assumed).collect();
        let mut sorted = Sorted { rows: Vec::new(), guesses: named };
        sorted.add(&self.orders, blocks, rows, page);
        sorted
    }
}

impl Sorted {
    /// Adds the page of some rows. Assumed: equal ones stay as they stand (`sort-ties`).
    fn add(
        &mut self,
        orders: &[Order],
        blocks: &[&dyn Records],
        rows: &Chosen,
        page: Range<usize>,
    ) {
        let count = rows.len();
        if page.start >= page.end.min(count) {
            return;
        }
        let [order, others @ ..] = orders else {
            self.note(&SORT_TIES, count > 1);
            return rows.take(page, &mut self.rows);
        };
        if count == 1 {
            return rows.take(page, &mut self.rows);
        }
        for run in order.runs(blocks, rows, &page, self) {
            let start = page.start.saturating_sub(run.start);
            self.add(others, blocks, &run.rows, start..page.end - run.start);
        }
    }

    fn note(&mut self, guess: &'static Guess, is_leaned_on: bool) {
        if is_leaned_on {
            self.guesses.push(guess);
        }
    }
}

struct Order {
    source: Source,
    /// The guess by which its name was read.
    liberty: Option<&'static Guess>,
    descending: bool,
}

impl Order {
    fn assumed(&self) -> impl Iterator<Item = &'static Guess> {
        let any = (!self.source.is_sortable()).then_some(&SORT_ANY);
        any.into_iter().chain(self.liberty).chain(self.source.assumed())
    }

    /// The rows that are alike in this order, as far as some of them are on the page.
    fn runs(
        &self,
        blocks: &[&dyn Records],
        rows: &Chosen,
        page: &Range<usize>,
        sorted: &mut Sorted,
    ) -> Vec<Run> {
        let ranked: Vec<Ranked> = rows
            .by_block()
            .iter()
            .map(|&(nth, rows)| Ranked { nth, rows, ranks: Ranks::of(&self.source, blocks[nth]) })
            .collect();
        let any = |of: fn(&Ranks) -> Bits| ranked.iter().any(|it| it.rows & of(&it.ranks) != 0);
        let by = |groups| runs(&ranked, groups, self.descending, page);
        let runs_by_rule = by(|ranks| &ranks.folded);
        let is_cased = ranked.iter().any(|it| it.ranks.has_capitals());
        let is_otherwise_by_case = is_cased && by(Ranks::written) != runs_by_rule;
        let is_foreign = any(|ranks| ranks.foreign)
            && runs_by_rule.iter().any(|run| run.are_texts)
            && has_several_texts(&ranked);
        sorted.note(&SORT_UNSET, any(|ranks| ranks.none) && any(|ranks| !ranks.none));
        sorted.note(&SORT_TEXTS, is_foreign || is_otherwise_by_case);
        sorted.note(&SORT_FIRST, any(|ranks| ranks.several));
        sorted.note(&FIELD_TYPES, any(|ranks| ranks.unfit));
        runs_by_rule
    }
}
