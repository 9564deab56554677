//! [`Map`]: a persistent map, whose drafts only note what is written to them.
//!
//! `Waiting` says why; [`Map::settle`] carries it out.

use std::borrow::Borrow;
use std::fmt;

use super::key::Key;
use super::tree::Tree;
use super::waiting::Waiting;

/// Values by key, in the order of the keys.
pub struct Map<K, V> {
    settled: Tree<K, V>,
    /// What is written and not yet in the tree: what stands at a key from now on, if
    /// anything does.
    waiting: Waiting<(K, Option<V>), Tree<K, V>>,
}

impl<K: Clone, V: Clone> Clone for Map<K, V> {
    fn clone(&self) -> Map<K, V> {
        Map { settled: self.settled.clone(), waiting: self.waiting.clone() }
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
        Map { settled: Tree::default(), waiting: Waiting::default() }
    }
}

impl<K: Key + Clone, V: Clone> Map<K, V> {
    /// What stands at a key.
    pub(super) fn get<Q: Key + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.waiting.last(|(known, _)| known.borrow() == key) {
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
        if self.waiting.note((key, value)) {
            self.settle();
        }
    }

    /// Carries out what was written. As long as somebody shares the tree, that copies.
    pub fn settle(&mut self) {
        for (key, value) in self.waiting.take() {
            write(&mut self.settled, key, value);
        }
    }

    /// The same, and something with each value that was put there.
    pub(super) fn settle_each(&mut self, mut each: impl FnMut(&mut V)) {
        for (key, value) in self.waiting.take() {
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

    /// The tree with all that was written.
    fn whole(&self) -> &Tree<K, V> {
        self.waiting.whole(&self.settled, |tree, (key, value)| {
            write(tree, key.clone(), value.clone());
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
