//! [`Scene`]: what a copy of the journal knows of the simulation that it was taken from.

use std::fmt;
use std::sync::Arc;

use hyper::Method;

use super::exchange::Call;
use super::realms::Realms;
use super::thing::Thing;
use super::tour::Tour;
use super::vendor::{Located, Vendor};

/// The state at the time of the copy, and how paths are read. State is a
/// value, so that this costs what a few pointers cost.
#[derive(Clone)]
pub(super) struct Scene {
    /// Whose API it is.
    pub(super) vendor: &'static str,
    /// Where the double listens, if it does.
    pub(super) url: Option<Arc<str>>,
    view: Arc<dyn View>,
}

/// Any vendor's simulation, as reports need it: object safe, so that a journal is
/// of one type whoever's it is.
trait View: Send + Sync {
    fn places(&self, operation: &str) -> Vec<(&'static Method, &'static str)>;
    fn segments(&self, call: &Call) -> Vec<String>;
    fn realms(&self) -> Vec<&str>;
    fn tour(&self, realm: &str, show: &mut dyn FnMut(Thing<'_>));
}

struct Held<V: Vendor> {
    vendor: Arc<V>,
    realms: Realms<V::State>,
}

impl Scene {
    pub(super) fn new<V: Vendor>(
        vendor: Arc<V>,
        realms: Realms<V::State>,
        url: Option<&str>,
    ) -> Scene {
        let (url, view) = (url.map(Arc::from), Arc::new(Held { vendor, realms }));
        Scene { vendor: V::NAME, url, view }
    }

    /// The methods and paths under which an operation is served.
    pub(super) fn places(&self, operation: &str) -> Vec<(&'static Method, &'static str)> {
        self.view.places(operation)
    }

    /// The segments of a call's path within the API; none if it leads to no realm.
    pub(super) fn segments(&self, call: &Call) -> Vec<String> {
        self.view.segments(call)
    }

    /// The realms in which anything happened, by name.
    pub(super) fn realms(&self) -> Vec<&str> {
        self.view.realms()
    }

    /// Shows everything that a realm held.
    pub(super) fn tour(&self, realm: &str, show: &mut dyn FnMut(Thing<'_>)) {
        self.view.tour(realm, show);
    }
}

impl<V: Vendor> View for Held<V> {
    fn places(&self, operation: &str) -> Vec<(&'static Method, &'static str)> {
        let rows = V::routes().operations().iter().filter(|row| row.id == operation);
        rows.map(|row| (&row.method, row.path)).collect()
    }

    fn segments(&self, call: &Call) -> Vec<String> {
        let located = self.vendor.locate(call, &self.realms);
        located.map(Located::into_segments).unwrap_or_default()
    }

    fn realms(&self) -> Vec<&str> {
        self.realms.iter().map(|(name, _)| name).collect()
    }

    fn tour(&self, realm: &str, show: &mut dyn FnMut(Thing<'_>)) {
        let state = &self.realms.of(realm).state;
        V::tour(&mut Tour::of(state, &mut |_, thing| show(thing)));
    }
}

impl fmt::Debug for Scene {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Scene({}: {:?})", self.vendor, self.realms())
    }
}
