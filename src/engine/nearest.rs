//! [`NearMiss`]: the exchange that was probably meant, and in what it differs.

use std::sync::Arc;

use hyper::Method;

use super::condition::{Tell, unlike};
use super::entry::Exchange;
use super::journal::Journal;
use super::likeness::{Likeness, is_variable, path_cost};
use super::pattern::Pattern;
use super::wording::quoted;

/// Of how many exchanges that are equally near the bodies are looked at: the newest ones.
const COMPARED_MAX: usize = 200;

/// The exchange that a pattern probably means and does not fit.
pub(super) struct NearMiss {
    pub(super) exchange: Arc<Exchange>,
    /// Field by field, a line each.
    pub(super) differences: Vec<String>,
}

/// Where an operation is served.
type Place = (&'static Method, &'static str);

/// How far an exchange is from what is meant, as far as that can be seen
/// without its bodies, in the order in which it counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    /// Whether it was for somebody else, or did another thing that is right by
    /// itself: a slip of the pen in the right request is nearer than that.
    is_stranger: bool,
    is_other_operation: bool,
    path_cost: usize,
    is_other_method: bool,
    ids: Likeness,
}

/// What an exchange asked for, beside its bodies.
struct Target<'e> {
    exchange: &'e Arc<Exchange>,
    /// The segments of the path; empty where the operation says it all.
    segments: Vec<String>,
}

impl NearMiss {
    /// The nearest of these exchanges, none of which fits, if any is near at all. Of several, the newest.
    pub(super) fn find<'e>(
        pattern: &Pattern,
        journal: &Journal,
        among: impl Iterator<Item = &'e Arc<Exchange>>,
    ) -> Option<NearMiss> {
        let scene = pattern.vendor().and_then(|vendor| journal.scene(vendor));
        let places = pattern.operation().zip(scene).map(|(name, scene)| scene.places(name));
        let places = places.unwrap_or_default();
        let mut nearest: Option<Distance> = None;
        let mut targets = Vec::new();
        for exchange in among.filter(|it| pattern.may_mean(it.vendor)) {
            let is_meant = pattern.operation().is_none_or(|it| exchange.operation == Some(it));
            let segments = match journal.scene(exchange.vendor) {
                Some(scene) if !is_meant => scene.segments(exchange.call()),
                _ => Vec::new(),
            };
            let target = Target { exchange, segments };
            let Some(distance) = target.distance(pattern, &places) else { continue };
            if nearest.is_none_or(|nearest| distance < nearest) {
                nearest = Some(distance);
                targets.clear();
            }
            if nearest == Some(distance) {
                targets.push(target);
            }
        }
        let newest = targets.iter().rev().take(COMPARED_MAX);
        let target = newest.min_by_key(|it| pattern.misses(it.exchange, &it.ids(&places)))?;
        let exchange = Arc::clone(target.exchange);
        Some(NearMiss { exchange, differences: target.differences(pattern, &places) })
    }
}

impl Target<'_> {
    /// How far it is from what is meant; nothing if it is something else altogether.
    fn distance(&self, pattern: &Pattern, places: &[Place]) -> Option<Distance> {
        let is_other_operation =
            pattern.operation().is_some_and(|it| self.exchange.operation != Some(it));
        let found = self.ids(places);
        let nearest = |id: &String| found.iter().map(|found| Likeness::of(id, found)).min();
        let ids = pattern.ids().iter().map(|id| nearest(id).unwrap_or(Likeness::Far)).max();
        let ids = ids.unwrap_or(Likeness::Same);
        if !is_other_operation {
            let is_stranger = ids == Likeness::Far;
            let is_near = pattern.operation().is_some() || !is_stranger;
            let (path_cost, is_other_method) = (0, false);
            let distance =
                Distance { is_stranger, is_other_operation, path_cost, is_other_method, ids };
            return is_near.then_some(distance);
        }
        let (method, path) = self.place(places)?;
        let path_cost = path_cost(path, &self.segments)?;
        let is_other_method = method.as_str() != self.exchange.method();
        // Another method of the same path is another thing to do, unless nobody does it.
        let is_stranger = self.exchange.operation.is_some();
        let is_slip = path_cost == 0 && !is_stranger;
        let is_near = ids < Likeness::Far && (is_slip || !is_other_method);
        let distance =
            Distance { is_stranger, is_other_operation, path_cost, is_other_method, ids };
        is_near.then_some(distance)
    }

    /// The place of the operation that is most like the one that was asked for.
    fn place(&self, places: &[Place]) -> Option<Place> {
        let cost = |(_, path): &Place| path_cost(path, &self.segments).unwrap_or(usize::MAX);
        places.iter().copied().min_by_key(cost)
    }

    /// What was asked for where an id belongs: the variables of the path, or
    /// all of its segments where nobody knows which they are.
    fn ids(&self, places: &[Place]) -> Vec<&str> {
        if !self.exchange.ids().is_empty() || self.segments.is_empty() {
            return self.exchange.ids().iter().map(|(_, value)| value.as_str()).collect();
        }
        let path = self.place(places).map_or("", |(_, path)| path);
        let words: Vec<&str> = path.split('/').collect();
        let fits = words.len() == self.segments.len();
        let is_id = |at: usize| !fits || is_variable(words[at]);
        let segments = self.segments.iter().enumerate().filter(|(at, _)| is_id(*at));
        segments.map(|(_, segment)| segment.as_str()).collect()
    }

    fn differences(&self, pattern: &Pattern, places: &[Place]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut tell = |line| lines.push(line);
        if let Some(operation) = pattern.operation()
            && self.exchange.operation != Some(operation)
        {
            let place = self.place(places);
            let is_told = place.is_some_and(|place| self.tell_place(place, &mut tell));
            if !is_told {
                tell(unlike("operation", operation, self.exchange.operation.unwrap_or("none")));
            }
        }
        pattern.differ(self.exchange, &self.ids(places), &mut tell);
        lines
    }

    /// Tells method and path where they differ, and whether they do.
    fn tell_place(&self, (method, path): Place, tell: &mut Tell<'_>) -> bool {
        let is_other_method = method.as_str() != self.exchange.method();
        if is_other_method {
            tell(unlike("method", method.as_str(), self.exchange.method()));
        }
        let words: Vec<&str> = path.split('/').collect();
        if words.len() != self.segments.len() {
            let found = self.segments.join("/");
            tell(unlike("path", &format!("/{path}"), &format!("/{found}")));
            return true;
        }
        let differs = |word: &str, found: &str| !is_variable(word) && word != found;
        let mut is_other_path = false;
        for (index, (word, found)) in words.iter().zip(&self.segments).enumerate() {
            if differs(word, found) {
                is_other_path = true;
                let place = format!("path segment {}", index + 1);
                tell(unlike(&place, &quoted(word), &quoted(found)));
            }
        }
        is_other_method || is_other_path
    }
}
