//! [`Realm`]: all that one customer of the vendor owns, as a value, [`Realms`]: those
//! of a simulation; and [`Seed`], how every realm begins.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rpds::RedBlackTreeMapSync;

use super::clock::Timestamp;
use super::digest::Digest;
use super::errors::Errors;
use super::exchange::Variable;
use super::failure::Failure;
use super::fixtures::{Document, Fixture, FixtureError, FixtureProblem};
use super::ids::{Counters, Naming, Stream};
use super::input::Input;
use super::json::Json;
use super::map::Map;
use super::table::Settle;
use super::vendor::{Counted, Cx, Known, Vendor, Writing};

/// The state of one realm and the engine's books about it. Cloning it is cheap.
#[derive(Clone, Default)]
pub(super) struct Realm<S> {
    pub(super) state: S,
    /// How many writes succeeded.
    pub(super) turns: u64,
    /// How often each call was said, by its digest.
    said: Map<u128, u64>,
    counters: Counters,
    /// The start of the present rate-limit window, and the calls in it.
    window: Option<(Timestamp, u64)>,
}

impl<S> Realm<S> {
    /// Writes to this realm, and notes which ids that used. What fails is not
    /// taken back: whoever wants that writes to a clone, which is thrown away.
    pub(super) fn write<R>(
        &mut self,
        call: u128,
        on: Ground,
        name: &str,
        home: Cow<'_, str>,
        path: &[Variable],
        write: impl FnOnce(&mut Writing<'_, S>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let mut cx = Cx {
            ids: self.ids(on.naming, call),
            turn: if on.order_independent { 0 } else { self.turns },
            state: &mut self.state,
            now: on.now,
            realm: name,
            home,
            path,
            made: 0,
            order_independent: on.order_independent,
        };
        let written = write(&mut cx)?;
        let ids = cx.ids;
        self.commit(call, ids);
        Ok(written)
    }

    /// The ids for a call of that digest.
    fn ids(&self, naming: Naming, call: u128) -> Stream {
        match naming {
            Naming::Derived => Stream::derived(call, self.said.get(&call).copied().unwrap_or(0)),
            Naming::Sequential => Stream::Counters(self.counters.clone()),
        }
    }

    /// Notes that a write succeeded and which ids it used.
    fn commit(&mut self, call: u128, ids: Stream) {
        self.turns += 1;
        match ids {
            Stream::Call(..) => {
                let said = self.said.get(&call).copied().unwrap_or(0);
                self.said.insert(call, said + 1);
            }
            Stream::Counters(counters) => self.counters = counters,
        }
    }

    /// Carries out what was written, now that no older self of it is needed.
    fn settle(&mut self)
    where
        S: Settle,
    {
        self.state.settle();
        self.said.settle();
    }

    /// Counts a call against the rate limit.
    pub(super) fn count(&mut self, now: Timestamp, window_seconds: i64) -> Counted {
        let (start, calls) = self.window_at(now, window_seconds);
        self.window = Some((start, calls + 1));
        self.counted(now, window_seconds)
    }

    /// What was counted so far in the present window.
    pub(super) fn counted(&self, now: Timestamp, window_seconds: i64) -> Counted {
        let (start, calls) = self.window_at(now, window_seconds);
        Counted {
            calls,
            until: Timestamp::from_epoch(start.epoch().saturating_add(window_seconds)),
        }
    }

    /// The present window: that of the last call, or one that begins now. Where the
    /// clock was set back to before it, a new one begins.
    fn window_at(&self, now: Timestamp, window_seconds: i64) -> (Timestamp, u64) {
        let ends = |start: Timestamp| start.epoch().saturating_add(window_seconds);
        self.window
            .filter(|(start, _)| *start <= now && now.epoch() < ends(*start))
            .unwrap_or((now, 0))
    }
}

/// How realms begin: all alike, but for those that fixture documents name.
pub(super) struct Seed<S> {
    every: Arc<Realm<S>>,
    named: BTreeMap<String, Arc<Realm<S>>>,
}

impl<S> Seed<S> {
    /// How the realm of that name begins.
    fn of(&self, realm: &str) -> &Arc<Realm<S>> {
        self.named.get(realm).unwrap_or(&self.every)
    }
}

/// The realms of one simulation: those in which something happened are its own, the
/// others are as they began. A clone is another simulation's, and copies nothing.
pub(super) struct Realms<S> {
    seed: Arc<Seed<S>>,
    own: RedBlackTreeMapSync<Arc<str>, Arc<Realm<S>>>,
}

impl<S> Clone for Realms<S> {
    fn clone(&self) -> Realms<S> {
        Realms { seed: Arc::clone(&self.seed), own: self.own.clone() }
    }
}

impl<S> Realms<S> {
    /// Realms in which nothing happened yet.
    pub(super) fn new(seed: Arc<Seed<S>>) -> Realms<S> {
        Realms { seed, own: RedBlackTreeMapSync::new_sync() }
    }

    /// The realm of that name, as it is now.
    pub(super) fn of(&self, name: &str) -> &Realm<S> {
        self.own.get(name).unwrap_or_else(|| self.seed.of(name))
    }

    /// Any realm in which nothing happened and that no fixture document names.
    pub(super) fn any_other(&self) -> &Realm<S> {
        &self.seed.every
    }

    /// Makes a draft the realm of that name.
    pub(super) fn keep(&mut self, name: &str, mut draft: Realm<S>)
    where
        S: Settle,
    {
        let Some(realm) = self.own.get_mut(name) else {
            draft.settle();
            self.own.insert_mut(name.into(), Arc::new(draft));
            return;
        };
        // What stood there is let go of first: then only snapshots share its trees.
        match Arc::get_mut(realm) {
            Some(own) => *own = draft,
            None => *realm = Arc::new(draft),
        }
        Arc::get_mut(realm).into_iter().for_each(Realm::settle);
    }

    /// Those in which something happened, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &S)> {
        self.own.iter().map(|(name, realm)| (name.as_ref(), &realm.state))
    }

    /// The names of those that may differ from [`Realms::any_other`].
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.own.keys().map(AsRef::as_ref).chain(self.seed.named.keys().map(String::as_str))
    }
}

impl<S> Known<S> for Realms<S> {
    fn realm_where(&self, holds: &mut dyn FnMut(&S) -> bool) -> Option<&str> {
        let mut names: Vec<&str> = self.names().collect();
        names.sort_unstable();
        names.into_iter().find(|name| holds(&self.of(name).state))
    }
}

impl<S: Clone> Realms<S> {
    /// The realm of that name, to be changed.
    pub(super) fn own(&mut self, name: &str) -> &mut Realm<S> {
        if !self.own.contains_key(name) {
            self.own.insert_mut(name.into(), Arc::clone(self.seed.of(name)));
        }
        Arc::make_mut(self.own.get_mut(name).expect("it was just put there"))
    }
}

/// What a realm is written on, beside the call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ground {
    pub(super) now: Timestamp,
    pub(super) seed: u64,
    pub(super) naming: Naming,
    pub(super) order_independent: bool,
}

/// How many different seeds a process keeps; the oldest makes room.
const SEEDS_MAX: usize = 64;

/// The largest fixtures that a process keeps, all files of a double together: 1 MiB.
const SEED_BYTES_MAX: usize = 1024 * 1024;

type Kept = (TypeId, Vec<Fixture>, Ground, Arc<dyn Any + Send + Sync>);

/// Fixtures are parsed and planted once a process, unless they are large; all doubles share them.
static SEEDS: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// The seed for these fixtures on this ground.
///
/// # Errors
///
/// Everything that is wrong with any of the documents.
pub(super) fn seed<V: Vendor>(
    fixtures: &[Fixture],
    ground: Ground,
) -> Result<Arc<Seed<V::State>>, FixtureError> {
    if let Some(seed) = kept::<V>(&lock(), fixtures, ground) {
        return Ok(seed);
    }
    // Planting much takes its time; nobody else who starts waits for it.
    let seed = Arc::new(plant_all::<V>(fixtures, ground)?);
    let mut seeds = lock();
    if let Some(earlier) = kept::<V>(&seeds, fixtures, ground) {
        return Ok(earlier);
    }
    if fixtures.iter().map(|it| it.text.len()).sum::<usize>() <= SEED_BYTES_MAX {
        if seeds.len() == SEEDS_MAX {
            seeds.remove(0);
        }
        let any = Arc::clone(&seed) as Arc<dyn Any + Send + Sync>;
        seeds.push((TypeId::of::<V>(), fixtures.to_vec(), ground, any));
    }
    Ok(seed)
}

fn lock() -> MutexGuard<'static, Vec<Kept>> {
    SEEDS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kept<V: Vendor>(
    seeds: &[Kept],
    fixtures: &[Fixture],
    ground: Ground,
) -> Option<Arc<Seed<V::State>>> {
    let kind = TypeId::of::<V>();
    let same = |(it, files, on, _): &&Kept| *it == kind && *on == ground && files == fixtures;
    let (.., seed) = seeds.iter().find(same)?;
    Arc::clone(seed).downcast().ok()
}

fn plant_all<V: Vendor>(
    fixtures: &[Fixture],
    ground: Ground,
) -> Result<Seed<V::State>, FixtureError> {
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    for fixture in fixtures {
        let (more, wrong) = fixture.documents();
        documents.extend(more);
        problems.extend(wrong);
    }
    let every = Arc::new(plant::<V>(&documents, ground, None, &mut problems));
    let mut seed = Seed { every, named: BTreeMap::new() };
    for realm in documents.iter().filter_map(|document| V::realm_of(&document.json)) {
        if !seed.named.contains_key(realm) {
            let planted = plant::<V>(&documents, ground, Some(realm), &mut problems);
            seed.named.insert(realm.to_owned(), Arc::new(planted));
        }
    }
    if problems.is_empty() { Ok(seed) } else { Err(FixtureError { problems }) }
}

/// Plants what belongs to every realm and what belongs to this one, in the
/// order of the files, and notes what cannot be planted.
fn plant<V: Vendor>(
    documents: &[Document],
    ground: Ground,
    realm: Option<&str>,
    problems: &mut Vec<FixtureProblem>,
) -> Realm<V::State> {
    let mut planted = Realm::default();
    for document in documents {
        let named = V::realm_of(&document.json);
        if named.is_some() && named != realm {
            continue;
        }
        let digest = digest(ground.seed, &[&document.kind], &document.json);
        let name = realm.unwrap_or_default();
        let written = planted.write(digest, ground, name, Cow::default(), &[], |cx| {
            let errors = Errors::default();
            let refused = V::plant(cx, &document.kind, &Input::new(&document.json, &errors));
            errors.finish().and(refused)
        });
        planted.settle();
        let Err(failure) = written else { continue };
        for problem in document.problems(&failure) {
            // What is wrong for every realm was noted before.
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
    }
    planted
}

/// A document that is put somewhere, as one number: where, and what it says.
pub(super) fn digest(seed: u64, place: &[&str], document: &Json) -> u128 {
    let mut digest = Digest::seeded(seed);
    place.iter().for_each(|name| digest.eat(name.as_bytes()));
    digest.eat_json(document);
    digest.finish()
}
