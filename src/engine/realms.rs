//! [`Realms`]: those of one simulation, by name.

use std::sync::Arc;

use super::realm::Realm;
use super::seed::Seed;
use super::table::Settle;
use super::tree::Tree;
use super::vendor::Known;

/// The realms of one simulation: those in which something happened are its own, the
/// others are as they began. A clone is another simulation's, and copies nothing.
pub(super) struct Realms<S> {
    seed: Arc<Seed<S>>,
    own: Tree<Arc<str>, Arc<Realm<S>>>,
}

impl<S> Clone for Realms<S> {
    fn clone(&self) -> Realms<S> {
        Realms { seed: Arc::clone(&self.seed), own: self.own.clone() }
    }
}

impl<S> Realms<S> {
    /// Realms in which nothing happened yet.
    pub(super) fn new(seed: Arc<Seed<S>>) -> Realms<S> {
        Realms { seed, own: Tree::default() }
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
            self.own.insert(name.into(), Arc::new(draft));
            return;
        };
        // What stood there is let go of first: then only snapshots share its trees, and
        // lists that were shown.
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
        self.own.iter().chain(self.seed.named.iter()).map(|(name, _)| name.as_ref())
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
        if !self.own.has(name) {
            self.own.insert(name.into(), Arc::clone(self.seed.of(name)));
        }
        Arc::make_mut(self.own.get_mut(name).expect("it was just put there"))
    }
}
