//! [`Simulation`]: a simulated API without a socket. One call goes in, one answer
//! comes out, and the same calls always give the same answers.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use hyper::Method;

use super::clock::{Clock, Timestamp};
use super::completion::Completion;
use super::entry::{Exchange, Recorded};
use super::evidence::{Guess, Leanings};
use super::exchange::{Call, Reply, Variables};
use super::failure::Failure;
use super::fault::Fault;
use super::fixtures::{Fixture, FixtureError};
use super::found::{Found, Note, Way, instead};
use super::gate::Latch;
use super::handler::guarded;
use super::identity;
use super::ids::Stream;
use super::journal::{Journal, Since};
use super::moment::Moment;
use super::realm::{Ground, Realm};
use super::realms::Realms;
use super::rulebook::Rulebook;
use super::scene::Scene;
use super::seed::seed;
use super::settings::Settings;
use super::stray::Strays;
use super::vendor::{Counted, Cx, Located, Operation, Run, Vendor, Writing};

/// How many bugs a simulation remembers: one is enough to fail a test.
pub const BUGS_MAX: usize = 20;

/// A simulated API.
pub struct Simulation<V: Vendor> {
    pub(super) vendor: Arc<V>,
    pub(super) settings: Settings,
    pub(super) realms: Realms<V::State>,
    /// How it began, to go back to.
    pub(super) start: Moment<V>,
    pub(super) journal: Journal,
    pub(super) rules: Rulebook,
    pub(super) gates: Vec<Arc<Latch>>,
    pub(super) given_up: Vec<String>,
    bugs: Vec<String>,
    strays: Strays,
    leanings: Leanings,
    completion: Completion,
}

impl<V: Vendor> Simulation<V> {
    /// A simulation in which only the fixtures have happened.
    ///
    /// # Errors
    ///
    /// When a fixture is not as it must be.
    pub fn new(
        vendor: V,
        settings: Settings,
        fixtures: &[Fixture],
    ) -> Result<Simulation<V>, FixtureError> {
        let ground = settings.ground();
        let realms = Realms::new(seed::<V>(fixtures, ground)?);
        let (vendor, auto_advance) = (Arc::new(vendor), settings.auto_advance);
        let start = Moment { vendor, ground, auto_advance, realms };
        Ok(Simulation::begun(start, settings))
    }

    /// A simulation that begins so.
    pub(super) fn begun(start: Moment<V>, settings: Settings) -> Simulation<V> {
        Simulation {
            vendor: Arc::clone(&start.vendor),
            settings,
            realms: start.realms.clone(),
            start,
            journal: Journal::default(),
            rules: Rulebook::default(),
            gates: Vec::new(),
            given_up: Vec::new(),
            bugs: Vec::new(),
            strays: Strays::default(),
            leanings: Leanings::default(),
            completion: Completion::default(),
        }
    }

    /// The vendor as it was set up.
    pub fn vendor(&self) -> &V {
        &self.vendor
    }

    /// Its time.
    pub fn clock(&self) -> &Clock {
        &self.settings.clock
    }

    /// What one realm holds.
    pub fn state(&self, realm: &str) -> &V::State {
        &self.realms.of(realm).state
    }

    /// The realms in which anything ever happened, by name, and what they hold.
    pub fn realms(&self) -> impl Iterator<Item = (&str, &V::State)> {
        self.realms.iter()
    }

    /// What was asked and answered so far.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The same with the state as it is now, to be read and reported on later.
    /// The address is where clients should ask.
    pub(crate) fn copy_journal(&self, url: Option<&str>) -> Journal {
        self.journal.copy(Scene::new(Arc::clone(&self.vendor), self.realms.clone(), url))
    }

    /// The first bugs of the double that came to light.
    pub fn bugs(&self) -> &[String] {
        &self.bugs
    }

    /// The calls for an unknown path, or for an operation that is not simulated.
    pub fn strays(&self) -> &Strays {
        &self.strays
    }

    /// The guesses that answers leaned on so far, each with the first exchange that did.
    pub fn assumed(&self) -> &BTreeMap<&'static Guess, String> {
        self.leanings.first()
    }

    /// Notes a bug of the double, if it is one of the first [`BUGS_MAX`].
    pub fn report(&mut self, bug: String) {
        if self.bugs.len() < BUGS_MAX {
            self.bugs.push(bug);
        }
    }

    /// Answers a call that leads there. `refused` is why it cannot be served, whatever
    /// it asks for.
    pub(super) fn answer_on(
        &mut self,
        way: Result<Way<'_, V::State>, Failure>,
        call: &Arc<Call>,
        refused: Option<Failure>,
        fault: Option<Fault>,
    ) -> Recorded {
        let at = self.settings.clock.now();
        let (located, route) = match way {
            Ok(Way { located, route }) => (located, Ok(route)),
            Err(failure) => (Located::default(), Err(failure)),
        };
        let mut note = Note::default();
        let found = match (refused, self.vendor.preflight(call)) {
            (Some(failure), _) => Err(failure),
            (None, Some(reply)) => Ok(Found::Reply(reply)),
            (None, None) => route.and_then(|route| note.take(route)),
        };
        // What never reaches the vendor, the vendor neither counts nor answers.
        let before = fault.as_ref().filter(|fault| fault.is_before_commit());
        let counted = self.count(&located.realm, call, at, before.is_none());
        let result = match (before, found) {
            (Some(fault), _) => {
                let max = self.vendor.limit().unwrap_or(V::WINDOW_CALLS);
                instead(fault, counted.until, max, at).map(Err)
            }
            (None, Ok(Found::Operation(operation))) => {
                Some(self.serve(operation, &note.path, call, &located, at, counted))
            }
            (None, Ok(Found::Reply(reply))) => Some(Ok(reply)),
            (None, Err(failure)) => Some(Err(failure)),
        };
        let reply = result.map(|result| self.finished(result, call, counted, at));
        let filling = self.completion.filling(call.base(), &located.realm);
        let (vendor, realm, call) = (V::NAME, (&*located.realm).into(), Arc::clone(call));
        let Note { operation, path, unmatched } = note;
        let numbering = &self.settings.numbering;
        self.record(Exchange {
            number: numbering.next(),
            vendor,
            at,
            realm,
            operation,
            unmatched,
            is_of_several: numbering.is_shared(),
            path,
            call,
            filling,
            reply,
            fault: fault.map(Box::new),
            answer_headers: OnceLock::new(),
        })
    }

    /// An answer with all that answers carry.
    fn finished(
        &mut self,
        result: Result<Reply, Failure>,
        call: &Call,
        counted: Counted,
        now: Timestamp,
    ) -> Reply {
        let mut reply = result.unwrap_or_else(|failure| {
            if let Failure::Bug(bug) = &failure {
                self.report(format!("{} {}: {bug}", call.method, call.path));
            }
            self.vendor.refuse(call, &failure)
        });
        let own = reply.headers.len();
        self.vendor.finish(call, counted, &mut reply);
        self.completion.complete(&mut reply, own, V::standing_headers(), now);
        reply
    }

    fn record(&mut self, exchange: Exchange) -> Recorded {
        let recorded = self.journal.record(exchange);
        let exchange = &recorded.0;
        let leanings = &mut self.leanings;
        exchange.call().assumed.each(|guess| leanings.note(guess, || exchange.to_string()));
        let (vendor, realms) = (&self.vendor, &self.realms);
        let located = || vendor.locate(exchange.call(), realms);
        let segments = || located().map(Located::into_segments).unwrap_or_default();
        self.strays.note(exchange, segments);
        exchange.call().forget_tape();
        recorded
    }

    /// Notes that an answer is lost that was recorded.
    pub(super) fn lose(&mut self, at: Since) {
        self.journal.lose(at);
    }

    /// Lets a call in and runs its handler. A draft counts only if it succeeds:
    /// an error or a panic drops it.
    fn serve(
        &mut self,
        operation: &'static Operation<V::State>,
        path: &Variables,
        call: &Call,
        located: &Located<'_>,
        now: Timestamp,
        counted: Counted,
    ) -> Result<Reply, Failure> {
        let (realm, home) = (&*located.realm, located.home(call.base()));
        let present = self.realms.of(realm);
        self.vendor.admit(call, operation, &present.state, now)?;
        if self.counts(call) {
            counted.within(self.vendor.limit(), now)?;
        }
        match operation.run {
            Run::Read(run) => {
                let equipped = V::EQUIPS_READS.then(|| {
                    let mut state = present.state.clone();
                    self.vendor.equip(&mut state);
                    state
                });
                let state = equipped.as_ref().unwrap_or(&present.state);
                let (ids, order_independent) = (Stream::unused(), false);
                let (turn, made) = (0, 0);
                let cx = Cx { state, now, ids, realm, home, path, turn, made, order_independent };
                guarded(|| run(&cx, call))
            }
            Run::Write(run) => {
                let digest = self.digest(operation.id, path, call, located);
                let ground = Ground { now, ..self.settings.ground() };
                let mut draft = Realm::clone(present);
                self.vendor.equip(&mut draft.state);
                let write = |cx: &mut Writing<'_, _>| guarded(|| run(cx, call));
                let reply = draft.write(digest, ground, realm, home, path, write)?;
                self.realms.keep(realm, draft);
                self.settings.pace();
                Ok(reply)
            }
        }
    }

    /// What is asked, as one number.
    fn digest(
        &self,
        operation: &str,
        path: &Variables,
        call: &Call,
        located: &Located<'_>,
    ) -> u128 {
        let (seed, caller) = (self.settings.seed, self.vendor.caller(call));
        let mut digest = identity::of_write(seed, &located.realm, operation, caller, path, call);
        if self.settings.order_independent {
            // Calls that say the same in other words get the same ids in the order of
            // their arrival. Where that must not count, the words must.
            digest.eat(&call.body);
            digest.eat(located.prefix.as_bytes());
        }
        digest.finish()
    }

    /// Counts a call that reaches the vendor against its realm's rate limit, whether it
    /// is refused or not.
    fn count(&mut self, realm: &str, call: &Call, now: Timestamp, reaches: bool) -> Counted {
        if !self.counts(call) {
            let until = Timestamp::from_epoch(now.epoch().saturating_add(V::WINDOW_SECONDS));
            return Counted { calls: 1, until };
        }
        if reaches {
            self.realms.own(realm).count(now, V::WINDOW_SECONDS)
        } else {
            self.realms.of(realm).counted(now, V::WINDOW_SECONDS)
        }
    }

    /// Whether a call is counted: reads are not. Nor is anything where the order of
    /// arrival must not show, which what is left of the limit would tell.
    fn counts(&self, call: &Call) -> bool {
        let reads = matches!(call.method, Method::GET | Method::HEAD | Method::OPTIONS);
        !reads && !self.settings.order_independent
    }
}
