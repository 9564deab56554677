//! [`Map`]: a persistent map, whose drafts only note what is written to them.
//!
//! A write works on a clone of the state, which counts only if it succeeds. If it wrote
//! to a tree right away, it would copy every node on its way, since the older state still
//! has them; and right after, nobody has the older ones. So it notes what is written,
//! reads look there first, and [`Map::settle`] carries it out when the older state is
//! gone: in place, where no snapshot shares it.

use std::borrow::Borrow;
use std::fmt;
use std::sync::OnceLock;

use super::key::Key;
use super::tree::Tree;

/// The most writes that wait. A call that makes more pays for the copies.
pub(super) const WAITING_MAX: usize = 16;

/// Values by key, in the order of the keys.
pub struct Map<K, V> {
    settled: Tree<K, V>,
    /// What is written and not yet in the tree: what stands at a key from now on, if
    /// anything does; of several, the last counts.
    waiting: Vec<(K, Option<V>)>,
    /// The tree with all that, made when somebody wants to walk through it.
    whole: OnceLock<Tree<K, V>>,
}

impl<K: Clone, V: Clone> Clone for Map<K, V> {
    fn clone(&self) -> Map<K, V> {
        let Map { settled, waiting, whole } = self;
        Map { settled: settled.clone(), waiting: waiting.clone(), whole: whole.clone() }
    }
}

impl<K, V> fmt::Debug for Map<K, V>
where
    K: Key + Clone + fmt::Debug,
    V: Clone + fmt::Debug,
{
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole().fmt(out)
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map { settled: Tree::default(), waiting: Vec::new(), whole: OnceLock::new() }
    }
}

impl<K: Key + Clone, V: Clone> Map<K, V> {
    /// What stands at a key.
    pub(super) fn get<Q: Key + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let mut waiting = self.waiting.iter().rev();
        match waiting.find(|(known, _)| known.borrow() == key) {
            Some((_, value)) => value.as_ref(),
            None => self.settled.get(key),
        }
    }

    /// Puts a value at a key, instead of any that stands there.
    pub fn insert(&mut self, key: K, value: V) {
        self.note(key, Some(value));
    }

    /// Takes away what stands at a key.
    pub fn remove(&mut self, key: K) {
        self.note(key, None);
    }

    fn note(&mut self, key: K, value: Option<V>) {
        self.whole.take();
        self.waiting.reserve_exact(usize::from(self.waiting.is_empty())); // as a rule it is one
        self.waiting.push((key, value));
        if self.waiting.len() == WAITING_MAX {
            self.settle();
        }
    }

    /// Carries out what was written. As long as somebody shares the tree, that copies.
    pub fn settle(&mut self) {
        for (key, value) in self.waiting() {
            write(&mut self.settled, key, value);
        }
    }

    /// The same, and something with each value that was put there.
    pub(super) fn settle_each(&mut self, mut each: impl FnMut(&mut V)) {
        for (key, value) in self.waiting() {
            let Some(mut value) = value else {
                self.settled.remove(&key);
                continue;
            };
            if let Some(place) = self.settled.get_mut(&key) {
                // What stood there is let go of first: it may share what is to be changed.
                *place = value;
                each(place);
            } else {
                each(&mut value);
                self.settled.insert(key, value);
            }
        }
    }

    fn waiting(&mut self) -> Vec<(K, Option<V>)> {
        self.whole.take();
        std::mem::take(&mut self.waiting)
    }

    /// The tree with all that was written.
    fn whole(&self) -> &Tree<K, V> {
        if self.waiting.is_empty() {
            return &self.settled;
        }
        self.whole.get_or_init(|| {
            let mut whole = self.settled.clone();
            for (key, value) in self.waiting.iter().cloned() {
                write(&mut whole, key, value);
            }
            whole
        })
    }

    /// Everything, in the order of the keys.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.whole().iter()
    }
}

fn write<K: Key + Clone, V: Clone>(tree: &mut Tree<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => tree.insert(key, value),
        None => drop(tree.remove(&key)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::option;
    use proptest::proptest;

    use super::*;

    #[track_caller]
    fn assert_same(map: &Map<u8, u16>, model: &BTreeMap<u8, u16>) {
        assert!(map.iter().eq(model.iter()));
        (0..16).for_each(|key| assert_eq!(map.get(&key), model.get(&key)));
    }

    proptest! {
        #[test]
        fn a_draft_shows_what_was_written_and_changes_nothing_before_it(
            calls in vec((vec((0..16_u8, option::of(0..9_u16)), 0..40), 0..3_u8), 0..20),
        ) {
            let (mut map, mut model) = (Map::default(), BTreeMap::new());
            for (writes, what) in calls {
                let (mut draft, mut drafted) = (map.clone(), model.clone());
                for (key, value) in writes {
                    if let Some(value) = value {
                        draft.insert(key, value);
                        drafted.insert(key, value);
                    } else {
                        draft.remove(key);
                        drafted.remove(&key);
                    }
                    if what == 0 {
                        assert_same(&draft, &drafted);
                    }
                }
                assert_same(&map, &model);
                if what < 2 {
                    (map, model) = (draft, drafted);
                    map.settle();
                }
                assert_same(&map, &model);
            }
        }
    }
}
