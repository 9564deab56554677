//! [`Suggestion`]: what a request that found no operation probably meant.

use std::fmt;

use hyper::Method;

use super::likeness::path_cost;
use super::vendor::Routes;

/// With more slips than this a path is another path.
const COST_MAX: usize = 4;

/// The nearest operation that the vendor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    method: &'static str,
    path: &'static str,
    operation: &'static str,
}

/// Ends the sentence "did you mean …?".
impl fmt::Display for Suggestion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} /{} ({})", self.method, self.path, self.operation)
    }
}

impl<S> Routes<S> {
    /// The operation whose path is most like these segments. Another method is
    /// a slip too, and so is one that is not simulated: somebody tests against
    /// a double of what they use.
    pub(crate) fn nearest(&self, method: &Method, segments: &[String]) -> Option<Suggestion> {
        let simulated = self.operations().iter().map(|row| (row.method.as_str(), row.path, row.id));
        let simulated = simulated.map(|place| (place, 0));
        let others = self.index().map(|place| (place, 1));
        let near = simulated.chain(others).filter_map(|((known, path, operation), other)| {
            let cost = path_cost(path, segments)? + usize::from(known != method.as_str()) + other;
            Some((cost, Suggestion { method: known, path, operation }))
        });
        let (cost, nearest) = near.min_by_key(|(cost, _)| *cost)?;
        (cost <= COST_MAX).then_some(nearest)
    }
}
