//! [`World`]: a simulated API without a socket. One call goes in, one answer
//! comes out, and the same calls always give the same answers.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hyper::Method;
use hyper::header::{CONTENT_TYPE, DATE, HeaderValue};

use super::answer::{Answer, DateHeader};
use super::clock::{Clock, Timestamp};
use super::evidence::Rule;
use super::exchange::{Call, Reply, Variable};
use super::failure::Failure;
use super::fixtures::{Fixture, FixtureError};
use super::ids::{Digest, Stream};
use super::journal::{Entry, Journal, Unmatched};
use super::moment::Moment;
use super::realm::{Ground, Realm, Realms, seed};
use super::settings::Settings;
use super::vendor::{Counted, Cx, Located, Operation, Route, Run, Vendor, Writing};

/// How many calls for operations that are not simulated a world remembers, to
/// fail its test with. The journal may have forgotten them by then.
pub const NOT_SIMULATED_MAX: usize = 100;

/// A simulated API.
pub struct World<V: Vendor> {
    pub(super) vendor: Arc<V>,
    pub(super) settings: Settings,
    pub(super) realms: Realms<V::State>,
    /// How it began, to go back to.
    pub(super) start: Moment<V>,
    pub(super) journal: Journal,
    bugs: Vec<String>,
    not_simulated: Vec<String>,
    /// Each assumed rule that an answer leaned on, with the first exchange that did.
    assumed: BTreeMap<&'static Rule, String>,
    date: DateHeader,
}

impl<V: Vendor> World<V> {
    /// A world in which only the fixtures have happened.
    ///
    /// # Errors
    ///
    /// When a fixture is not as it must be.
    pub fn new(
        vendor: V,
        settings: Settings,
        fixtures: &[Fixture],
    ) -> Result<World<V>, FixtureError> {
        let ground = settings.ground();
        let realms = Realms::new(seed::<V>(fixtures, ground)?);
        let (vendor, auto_advance) = (Arc::new(vendor), settings.auto_advance);
        let start = Moment { vendor, ground, auto_advance, realms };
        Ok(World::begun(start, settings))
    }

    /// A world that begins so.
    pub(super) fn begun(start: Moment<V>, settings: Settings) -> World<V> {
        World {
            vendor: Arc::clone(&start.vendor),
            settings,
            realms: start.realms.clone(),
            start,
            journal: Journal::default(),
            bugs: Vec::new(),
            not_simulated: Vec::new(),
            assumed: BTreeMap::new(),
            date: DateHeader::default(),
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

    /// The bugs of the double that came to light so far.
    pub fn bugs(&self) -> &[String] {
        &self.bugs
    }

    /// The first [`NOT_SIMULATED_MAX`] calls for operations that are not simulated, a line each.
    pub fn not_simulated(&self) -> &[String] {
        &self.not_simulated
    }

    /// The assumed rules that answers leaned on so far, each with the first exchange that did.
    pub fn assumed(&self) -> &BTreeMap<&'static Rule, String> {
        &self.assumed
    }

    /// Notes a bug of the double.
    pub fn report(&mut self, bug: String) {
        self.bugs.push(bug);
    }

    /// Answers a call.
    pub fn call(&mut self, call: &Arc<Call>) -> Answer {
        self.answer(call, None)
    }

    /// Answers a call that cannot be served, whatever it asks for.
    pub fn refuse(&mut self, call: &Arc<Call>, failure: Failure) -> Answer {
        self.answer(call, Some(failure))
    }

    fn answer(&mut self, call: &Arc<Call>, refused: Option<Failure>) -> Answer {
        let now = self.settings.clock.now();
        let located = self.vendor.locate(call);
        let realm = located.as_ref().map(|located| located.realm.clone()).unwrap_or_default();
        let mut note = Note::default();
        let counted = self.count(&realm, call, now);
        let result = match (refused, self.vendor.preflight(call)) {
            (Some(failure), _) => Err(failure),
            (None, Some(reply)) => Ok(reply),
            (None, None) => {
                located.and_then(|located| self.route(call, &located, now, counted, &mut note))
            }
        };
        let mut reply = result.unwrap_or_else(|failure| {
            if let Failure::Bug(bug) = &failure {
                self.bugs.push(format!("{} {}: {bug}", call.method, call.path));
            }
            self.vendor.refuse(call, &failure)
        });
        self.vendor.finish(call, counted, &mut reply);
        reply.headers.insert(DATE, self.date.at(now));
        if let Some(kind) = reply.body.content_type() {
            reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        let reply = Arc::new(reply);
        self.journal.record(Entry {
            at: now,
            realm: realm.clone(),
            operation: note.operation,
            path: note.path,
            unmatched: note.unmatched,
            call: Arc::clone(call),
            reply: Arc::clone(&reply),
        });
        for rule in call.assumed.rules() {
            let journal = &self.journal;
            let first = || journal.last().map(ToString::to_string).unwrap_or_default();
            self.assumed.entry(rule).or_insert_with(first);
        }
        if note.unmatched == Some(Unmatched::NotSimulated)
            && self.not_simulated.len() < NOT_SIMULATED_MAX
        {
            self.not_simulated.extend(self.journal.last().map(ToString::to_string));
        }
        Answer { reply, realm, base: call.base.clone(), head_only: call.method == Method::HEAD }
    }

    fn route(
        &mut self,
        call: &Call,
        located: &Located,
        now: Timestamp,
        counted: Counted,
        note: &mut Note,
    ) -> Result<Reply, Failure> {
        match V::routes().find(&call.method, &located.segments) {
            Route::Operation(operation, path) => {
                note.operation = Some(operation.id);
                self.vendor.admit(call, operation)?;
                if self.counts(call) {
                    counted.within(self.vendor.limit(), now)?;
                }
                note.path = path;
                self.run(operation, &note.path, call, located, now)
            }
            Route::Refused(failure) => {
                note.unmatched = match &failure {
                    Failure::NotSimulated { operation } => {
                        note.operation = Some(operation);
                        Some(Unmatched::NotSimulated)
                    }
                    Failure::NoMethod { .. } => Some(Unmatched::WrongMethod),
                    _ => Some(Unmatched::UnknownPath),
                };
                Err(failure)
            }
        }
    }

    /// Runs a handler. A draft counts only if it succeeds: an error or a panic drops it.
    fn run(
        &mut self,
        operation: &'static Operation<V::State>,
        path: &[Variable],
        call: &Call,
        located: &Located,
        now: Timestamp,
    ) -> Result<Reply, Failure> {
        let (realm, home) = (located.realm.as_str(), format!("{}{}", call.base, located.prefix));
        let present = self.realms.of(realm);
        match operation.run {
            Run::Read(run) => {
                let (state, ids, turn) = (&present.state, Stream::unused(), 0);
                let cx = Cx { state, now, ids, realm, home, path, turn, made: 0 };
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

    /// What is asked, as one number: the order of JSON members and of arrival does not count.
    fn digest(&self, operation: &str, path: &[Variable], call: &Call, located: &Located) -> u128 {
        let mut digest = Digest::seeded(self.settings.seed);
        digest.eat(located.realm.as_bytes());
        digest.eat(operation.as_bytes());
        digest.eat(self.vendor.caller(call).as_bytes());
        path.iter().for_each(|(_, value)| digest.eat(value.as_bytes()));
        for (name, value) in call.query.pairs() {
            digest.eat(name.as_bytes());
            digest.eat(value.as_bytes());
        }
        match call.json() {
            Ok(json) => json.digest(&mut |piece| digest.eat(piece)),
            Err(_) => digest.eat(&call.body),
        }
        if self.settings.order_independent {
            // Calls that say the same in other words get the same ids in the order of
            // their arrival. Where that must not count, the words must.
            digest.eat(&call.body);
            digest.eat(located.prefix.as_bytes());
        }
        digest.finish()
    }

    /// Counts a call against its realm's rate limit, whether it is refused or not.
    fn count(&mut self, realm: &str, call: &Call, now: Timestamp) -> Counted {
        if !self.counts(call) {
            let until = Timestamp::from_epoch(now.epoch().saturating_add(V::WINDOW_SECONDS));
            return Counted { calls: 1, until };
        }
        self.realms.own(realm).count(now, V::WINDOW_SECONDS)
    }

    /// Whether a call is counted: reads are not. Nor is anything where the order of
    /// arrival must not show, which what is left of the limit would tell.
    fn counts(&self, call: &Call) -> bool {
        let reads = matches!(call.method, Method::GET | Method::HEAD | Method::OPTIONS);
        !reads && !self.settings.order_independent
    }
}

/// What the journal says of a call beside its answer.
#[derive(Default)]
struct Note {
    operation: Option<&'static str>,
    path: Vec<Variable>,
    unmatched: Option<Unmatched>,
}

/// Runs a handler; its panic is a bug of the double.
fn guarded(run: impl FnOnce() -> Result<Reply, Failure>) -> Result<Reply, Failure> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Failure::Bug(text.unwrap_or("a panic without a message").to_owned()))
    })
}
