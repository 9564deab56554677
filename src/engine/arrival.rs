//! [`Arrival`]: what becomes of a call before it is answered, by the rules and
//! gates of the test.

use std::sync::Arc;

use super::entry::Recorded;
use super::exchange::{Call, Variables};
use super::failure::Failure;
use super::fault::Fault;
use super::found::Way;
use super::gate::{At, GATES_MAX, Held, Latch, Side, Waiting, Wanted};
use super::identity;
use super::pattern::Asked;
use super::rulebook::Rulebook;
use super::simulation::Simulation;
use super::vendor::{Route, Vendor};

/// How many gates that held a call for too long a simulation remembers, to fail its test with.
const GIVEN_UP_MAX: usize = 100;

/// What became of a call when it arrived.
pub(super) enum Arrival {
    /// It is answered.
    Answered(Recorded),
    /// It is held.
    Held(Waiting),
}

impl<V: Vendor> Simulation<V> {
    /// Answers a call, or holds it. `refused` is why it cannot be served,
    /// whatever it asks for.
    pub(super) fn arrive(&mut self, call: &Arc<Call>, refused: Option<Failure>) -> Arrival {
        // The one check that a double without rules and gates pays for.
        if self.rules.is_empty() && self.gates.is_empty() {
            return Arrival::Answered(self.answer(call, refused, None));
        }
        let vendor = Arc::clone(&self.vendor);
        let way = Way::find(&*vendor, call, &self.realms);
        let (fault, latch) = self.decide(call, way.as_ref().ok());
        let Some(latch) = latch else {
            return Arrival::Answered(self.answer_on(way, call, refused, fault));
        };
        let at = match latch.wanted.side {
            Side::BeforeCommit => At::Before { refused, fault },
            Side::AfterCommit => {
                let answer = self.answer_on(way, call, refused, fault);
                At::After { answer, recorded: self.journal().end() }
            }
        };
        Arrival::Held(latch.hold(call, at))
    }

    /// Answers a call. `refused` is why it cannot be served, whatever it asks for.
    pub(super) fn answer(
        &mut self,
        call: &Arc<Call>,
        refused: Option<Failure>,
        fault: Option<Fault>,
    ) -> Recorded {
        let vendor = Arc::clone(&self.vendor);
        let way = Way::find(&*vendor, call, &self.realms);
        self.answer_on(way, call, refused, fault)
    }

    /// Asks every rule and every gate, in their order. Those that match count
    /// the call; the first rule that fires and the first gate that wants it have it.
    fn decide(
        &mut self,
        call: &Call,
        way: Option<&Way<'_, V::State>>,
    ) -> (Option<Fault>, Option<Arc<Latch>>) {
        let located = way.map(|way| &way.located);
        let none = Variables::default();
        let (operation, ids) = match way.map(|way| &way.route) {
            Some(Route::Operation(operation, ids)) => (Some(operation.id), ids),
            Some(Route::Refused(Failure::NotSimulated { operation })) => (Some(*operation), &none),
            Some(Route::Refused(_)) | None => (None, &none),
        };
        let realm = located.map(|it| &*it.realm).unwrap_or_default();
        let asked = Asked { operation, ids, realm, call };
        let mut first = None;
        for latch in &self.gates {
            if latch.meets(&asked) && first.is_none() {
                first = Some(Arc::clone(latch));
            }
        }
        let vendor = &self.vendor;
        // Only chaos wants to know.
        let identity = |seed| identity::of_any(seed, located, vendor.caller(call), call);
        (self.rules.decide(&asked, identity), first)
    }

    /// What goes wrong with which calls.
    pub(crate) fn rules(&self) -> &Rulebook {
        &self.rules
    }

    /// The same, to be changed.
    pub(crate) fn rules_mut(&mut self) -> &mut Rulebook {
        &mut self.rules
    }

    /// Puts up a gate; false when there are too many.
    pub(crate) fn hold(&mut self, latch: &Arc<Latch>) -> bool {
        let fits = self.gates.len() < GATES_MAX;
        if fits {
            self.gates.push(Arc::clone(latch));
        }
        fits
    }

    /// Takes a gate away, and returns the call that it held.
    pub(super) fn lift(&mut self, latch: &Arc<Latch>) -> Option<Held> {
        self.gates.retain(|gate| !Arc::ptr_eq(gate, latch));
        self.end(latch)
    }

    /// Takes all gates away. Nobody is told of the calls that they held.
    pub(crate) fn lift_all(&mut self) {
        for latch in std::mem::take(&mut self.gates) {
            drop(self.end(&latch));
        }
    }

    fn end(&mut self, latch: &Latch) -> Option<Held> {
        if latch.was_given_up() && self.given_up.len() < GIVEN_UP_MAX {
            let Wanted { place, at_most, .. } = latch.wanted;
            self.given_up.push(format!("{latch} ({place}), after {at_most:?}"));
        }
        latch.end()
    }

    /// The gates that held a call for too long, a line each.
    pub(crate) fn given_up(&self) -> &[String] {
        &self.given_up
    }
}
