//! [`Page`]: which part of a list a call asks for.

use super::assumed::{LIMITS, PAGES};
use super::state::Switches;
use crate::engine::exchange::Call;

/// The rows of a page that does not say how many.
const LIMIT_DEFAULT: usize = 25;
/// The most rows of a page.
const LIMIT_MAX: usize = 200;

/// A part of a list.
pub(super) struct Page {
    limit: usize,
    skipped: usize,
}

impl Page {
    /// Reads the query. Nothing is refused: no document has a refusal for it.
    pub(super) fn read(call: &Call, switches: Switches) -> Page {
        let limit = limit(call);
        let first = if switches.one_based_pages { 1.0 } else { 0.0 };
        let page = page(call, first);
        Page { limit, skipped: page.saturating_mul(limit) }
    }

    /// The rows of this page.
    pub(super) fn of<T>(&self, rows: impl Iterator<Item = T>) -> Vec<T> {
        rows.skip(self.skipped).take(self.limit).collect()
    }
}

/// Assumed: what is out of bounds counts as the nearest bound or the default, and a
/// fraction is cut off (`list-limits`).
fn limit(call: &Call) -> usize {
    let Some(said) = call.query.get("limit") else { return LIMIT_DEFAULT };
    let limit = match number(said) {
        Some(number) if number >= 1.0 => whole(number).min(LIMIT_MAX),
        _ => LIMIT_DEFAULT,
    };
    if said != limit.to_string() {
        call.assume(&LIMITS);
    }
    limit
}

/// How many pages are before this one. Assumed: what comes before the first is the first,
/// and a fraction is cut off (`list-pages`).
fn page(call: &Call, first: f64) -> usize {
    let Some(said) = call.query.get("page") else { return 0 };
    let number = number(said);
    if number.is_none_or(|number| number < first || number.fract() != 0.0) {
        call.assume(&PAGES);
    }
    number.map_or(0, |number| whole((number.trunc() - first).max(0.0)))
}

/// What JavaScript writes where it has no number is none.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is not negative, and one beyond the range of `usize` is as good as its end"
)]
fn whole(number: f64) -> usize {
    number as usize
}
