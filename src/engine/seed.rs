//! [`Seed`]: how every realm begins. Fixtures are planted once a process, and shared.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::digest::Digest;
use super::errors::Errors;
use super::exchange::Variables;
use super::fixtures::{Document, Fixture, FixtureError, FixtureProblem};
use super::input::Input;
use super::realm::{Ground, Realm};
use super::tape::Tape;
use super::tree::Tree;
use super::vendor::Vendor;

/// How realms begin: all alike, but for those that fixture documents name.
pub(super) struct Seed<S> {
    pub(super) every: Arc<Realm<S>>,
    pub(super) named: Tree<Arc<str>, Arc<Realm<S>>>,
}

impl<S> Seed<S> {
    /// How the realm of that name begins.
    pub(super) fn of(&self, realm: &str) -> &Arc<Realm<S>> {
        self.named.get(realm).unwrap_or(&self.every)
    }
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
    let same = |(it, files, on, _): &&Kept| {
        let are_same = || files.iter().zip(fixtures).all(|(one, other)| one.is(other));
        *it == kind && *on == ground && files.len() == fixtures.len() && are_same()
    };
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
    let mut seed = Seed { every, named: Tree::default() };
    for realm in documents.iter().filter_map(|document| V::realm_of(&document.json)) {
        if !seed.named.has(realm) {
            let planted = plant::<V>(&documents, ground, Some(realm), &mut problems);
            seed.named.insert(realm.into(), Arc::new(planted));
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
        let tape = Tape::of(&document.json);
        let digest = digest(ground.seed, &[&document.kind], &tape);
        let name = realm.unwrap_or_default();
        let written =
            planted.write(digest, ground, name, Cow::default(), &Variables::default(), |cx| {
                let errors = Errors::default();
                let refused = V::plant(cx, &document.kind, &Input::new(&tape, &errors));
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
pub(super) fn digest(seed: u64, place: &[&str], document: &Tape) -> u128 {
    let mut digest = Digest::seeded(seed);
    place.iter().for_each(|name| digest.eat(name.as_bytes()));
    digest.eat_json(document);
    digest.finish()
}
