//! [`Routes`]: which operation of a vendor's a method and a path mean.

use std::sync::OnceLock;

use hyper::Method;

use super::exchange::Variables;
use super::failure::Failure;
use super::handler::Operation;
use super::router::Router;

/// The operation table as a router, and the names of what is not simulated.
pub struct Routes<S: 'static> {
    simulated: Router<&'static Operation<S>>,
    /// Hundreds, made when the first call is not for what is simulated: most processes
    /// never make one.
    known: OnceLock<Router<(Method, &'static str)>>,
    operations: &'static [Operation<S>],
    index: &'static str,
}

/// What is at a path.
pub enum Route<S: 'static> {
    /// An operation that is simulated, with the values of its path's variables.
    Operation(&'static Operation<S>, Variables),
    /// Nothing that could be served, and why.
    Refused(Failure),
}

impl<S> Routes<S> {
    /// The operations that are simulated, and an index of all that the vendor
    /// has: lines of `METHOD path operationId`, where `#` starts a comment.
    #[must_use]
    pub fn new(operations: &'static [Operation<S>], index: &'static str) -> Routes<S> {
        let mut simulated = Router::default();
        for operation in operations {
            simulated.add(operation.path, operation);
        }
        Routes { simulated, known: OnceLock::new(), operations, index }
    }

    /// The index as a router.
    fn known(&self) -> &Router<(Method, &'static str)> {
        self.known.get_or_init(|| {
            let mut known = Router::default();
            for (method, path, id) in self.index() {
                let method = method.parse().expect("the index names known methods");
                known.add(path, (method, id));
            }
            known
        })
    }

    /// The operations that are simulated.
    pub(super) fn operations(&self) -> &'static [Operation<S>] {
        self.operations
    }

    /// All that the vendor has: method, path without its first slash, name.
    pub(super) fn index(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + use<S> {
        self.index.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let mut words = line.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (Some(method), Some(path), Some(id)) => (method, path.trim_start_matches('/'), id),
                _ => panic!("`{line}` is not `METHOD path operationId`"),
            }
        })
    }

    /// Finds the operation for a method and a path. `HEAD` is `GET`.
    ///
    /// # Panics
    ///
    /// When a line of the index has another form: the index is part of the crate.
    #[must_use]
    pub fn find(&'static self, method: &Method, segments: &[impl AsRef<str>]) -> Route<S> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let simulated = self.simulated.find(segments);
        if let Some((operation, places)) = simulated.iter().find(|(it, _)| it.method == *method) {
            return Route::Operation(operation, Variables::at(places, segments));
        }
        let known = self.known().find(segments);
        if let Some(((_, operation), _)) = known.iter().find(|((it, _), _)| it == method) {
            return Route::Refused(Failure::NotSimulated { operation });
        }
        let mut allowed: Vec<Method> =
            simulated.iter().map(|(operation, _)| operation.method.clone()).collect();
        for ((method, _), _) in known {
            if !allowed.contains(method) {
                allowed.push(method.clone());
            }
        }
        if allowed.is_empty() {
            return Route::Refused(Failure::NoRoute);
        }
        allowed.sort_by(|one, two| one.as_str().cmp(two.as_str()));
        Route::Refused(Failure::NoMethod { allowed })
    }
}
