//! [`Listing`]: which part of a list a call asks for; [`Page`]: that part, and its envelope.

use std::num::IntErrorKind;
use std::sync::Arc;

use super::assumed::{
    CURSOR_UNKNOWN, CURSORS_BOTH, ENDING_BEFORE, LIMIT_DEFAULT, LIMIT_LENIENT, NEWEST_FIRST,
};
use super::params::Params;
use crate::engine::exchange::{Body, Call, Reply};
use crate::engine::render::{Object, Rendered};
use crate::engine::table::{Record, Row, Table};

/// The most rows of a page.
const LIMIT_MAX: usize = 100;
/// The rows of a page that does not say how many.
const LIMIT_UNSAID: usize = 10;

/// What a page is asked by.
pub(super) const MEMBERS: [&str; 3] = ["limit", "starting_after", "ending_before"];

/// The page that a call asks for. No list is ever refused, as the documents promise.
pub(super) struct Listing<'c> {
    call: &'c Call,
    params: &'c Params,
}

/// A page, and what is said of it.
pub(super) struct Page<T> {
    rows: Vec<Arc<Row<T>>>,
    total: usize,
    has_before: bool,
    has_more: bool,
}

impl<'c> Listing<'c> {
    /// The page that these parameters ask for.
    pub(super) fn of(call: &'c Call, params: &'c Params) -> Listing<'c> {
        Listing { call, params }
    }

    /// Takes the page out of a table. Assumed: the newest come first (`lists-newest-first`).
    pub(super) fn page<T: Record>(&self, table: &Table<T>, keeps: impl Fn(&T) -> bool) -> Page<T> {
        let kept: Vec<&Arc<Row<T>>> =
            table.newest_first().filter(|row| keeps(&row.record)).collect();
        note_order(self.call, kept.len());
        let total = kept.len();
        let limit = self.limit(total);
        let (start, end) = match self.cursor() {
            None => (0, limit.min(total)),
            Some((id, is_after)) => match kept.iter().position(|row| row.id() == id) {
                Some(place) if is_after => (place + 1, (place + 1 + limit).min(total)),
                Some(place) => (place.saturating_sub(limit), place),
                // Assumed: nowhere is an empty place (`cursor-unknown`).
                None => {
                    self.call.assume(&CURSOR_UNKNOWN);
                    return Page { rows: Vec::new(), total, has_before: false, has_more: false };
                }
            },
        };
        let rows = kept[start..end].iter().map(|row| Arc::clone(row)).collect();
        Page { rows, total, has_before: start > 0, has_more: end < total }
    }

    /// Assumed: 10, where nothing is said (`limit-default`), and whatever is said
    /// is made to fit (`limit-lenient`).
    fn limit(&self, total: usize) -> usize {
        let said = self.params.text("limit").map(whole);
        if let Some(Some(said)) = said {
            let fit = usize::try_from(said).unwrap_or(0).clamp(1, LIMIT_MAX);
            if i64::try_from(fit) != Ok(said) {
                self.call.assume(&LIMIT_LENIENT);
            }
            return fit;
        }
        if said.is_some() {
            self.call.assume(&LIMIT_LENIENT);
        }
        if total > LIMIT_UNSAID {
            self.call.assume(&LIMIT_DEFAULT);
        }
        LIMIT_UNSAID
    }

    /// An id, and whether the page comes after it. Assumed: of two the first counts
    /// (`cursors-both`); a page before an id ends there (`ending-before`).
    fn cursor(&self) -> Option<(&'c str, bool)> {
        let (after, before) =
            (self.params.text("starting_after"), self.params.text("ending_before"));
        if after.is_some() && before.is_some() {
            self.call.assume(&CURSORS_BOTH);
        } else if before.is_some() {
            self.call.assume(&ENDING_BEFORE);
        }
        after.map(|id| (id, true)).or(before.map(|id| (id, false)))
    }
}

/// A whole number, however large: what does not fit is the last that does.
fn whole(text: &str) -> Option<i64> {
    match text.trim().parse() {
        Ok(number) => Some(number),
        Err(error) => match error.kind() {
            IntErrorKind::PosOverflow => Some(i64::MAX),
            IntErrorKind::NegOverflow => Some(i64::MIN),
            _ => None,
        },
    }
}

/// Notes that it is a guess which of several comes first.
pub(super) fn note_order(call: &Call, count: usize) {
    if count > 1 {
        call.assume(&NEWEST_FIRST);
    }
}

impl<T: Record> Page<T> {
    /// The answer: the envelope around what `show` makes of each row. Clients ask
    /// for more at `request_url`, which they append to their base address.
    pub(super) fn reply(&self, request_url: &str, show: impl Fn(&Row<T>) -> Rendered) -> Reply {
        let total = i64::try_from(self.total).unwrap_or(i64::MAX);
        Reply::ok(Body::Json(Rendered::object(|object| {
            envelope(object, request_url, [self.has_before, self.has_more], total);
            object.member("data").list(&self.rows, |writer, row| writer.rendered(&show(row)));
        })))
    }
}

/// All of a list but its data.
pub(super) fn envelope(
    object: &mut Object<'_>,
    request_url: &str,
    [has_before, has_more]: [bool; 2],
    total: i64,
) {
    object.text("object", "list");
    object.flag("has_before", has_before);
    object.flag("has_more", has_more);
    object.whole("total_count", total);
    object.text("request_url", request_url);
}
