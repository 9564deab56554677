//! [`Tree`]: a persistent map. A clone shares with it whatever neither has changed since.

use std::borrow::Borrow;
use std::fmt;

use super::entries::Entries;
use super::key::Key;

/// Values by key, in the order of the keys.
pub struct Tree<K, V>(Entries<(K, V)>);

impl<K, V> Clone for Tree<K, V> {
    fn clone(&self) -> Tree<K, V> {
        Tree(self.0.clone())
    }
}

impl<K, V> Default for Tree<K, V> {
    fn default() -> Tree<K, V> {
        Tree(Entries::default())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Tree<K, V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

impl<K, V> Tree<K, V> {
    /// Everything, in the order of the keys.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Key, V> Tree<K, V> {
    /// What stands at a key.
    pub fn get<Q: Key + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entry(key).map(|(_, value)| value)
    }

    fn entry<Q: Key + ?Sized>(&self, key: &Q) -> Option<&(K, V)>
    where
        K: Borrow<Q>,
    {
        self.0.find(key.head(), &|(known, _)| known.borrow().cmp(key))
    }

    /// Whether anything stands at a key.
    pub fn has<Q: Key + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.entry(key).is_some()
    }
}

impl<K: Key + Clone, V: Clone> Tree<K, V> {
    /// What stands at a key, to be changed.
    pub(super) fn get_mut<Q: Key + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let entry = self.0.find_mut(key.head(), &|(known, _)| known.borrow().cmp(key));
        entry.map(|(_, value)| value)
    }

    /// Puts a value at a key, instead of any that stands there.
    pub fn insert(&mut self, key: K, value: V) {
        self.0.insert(key.head(), (key, value), |(one, _), (other, _)| one.cmp(other));
    }

    /// Takes away what stands at a key. Whether anything did.
    pub fn remove<Q: Key + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.remove(key.head(), &|(known, _)| known.borrow().cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::proptest;

    use super::*;

    #[track_caller]
    fn assert_same(tree: &Tree<u16, u16>, model: &BTreeMap<u16, u16>) {
        assert!(tree.iter().eq(model.iter()));
        assert!(tree.iter().rev().eq(model.iter().rev()));
        assert_eq!(tree.iter().size_hint(), (model.len(), Some(model.len())));
    }

    proptest! {
        #[test]
        fn a_tree_holds_what_was_put_there_and_its_clones_hold_what_they_held(
            calls in vec(vec((0..4_000_u16, 0..9_u16), 0..2_000), 0..6),
        ) {
            let (mut tree, mut model) = (Tree::default(), BTreeMap::new());
            let mut before = Vec::new();
            for writes in calls {
                before.push((tree.clone(), model.clone()));
                for (key, value) in writes {
                    assert_eq!(tree.get(&key), model.get(&key));
                    match value {
                        0..3 => assert_eq!(tree.remove(&key), model.remove(&key).is_some()),
                        3 => {
                            tree.get_mut(&key).into_iter().for_each(|it| *it += 1);
                            model.get_mut(&key).into_iter().for_each(|it| *it += 1);
                        }
                        _ => {
                            tree.insert(key, value);
                            model.insert(key, value);
                        }
                    }
                }
                assert_same(&tree, &model);
            }
            before.iter().for_each(|(tree, model)| assert_same(tree, model));
        }
    }

    #[test]
    fn what_comes_in_order_and_goes_again_leaves_an_empty_tree() {
        let mut tree = Tree::default();
        (0..5_000_u16).for_each(|key| tree.insert(key, key));
        assert!(tree.iter().map(|(key, _)| *key).eq(0..5_000));
        let (mut some, mut from_both) = (tree.iter(), Vec::new());
        while let Some((first, _)) = some.next() {
            from_both.push(*first);
            from_both.extend(some.next_back().map(|(last, _)| *last));
        }
        drop(some);
        from_both.sort_unstable();
        assert!(from_both.into_iter().eq(0..5_000));
        (0..5_000_u16).for_each(|key| assert!(tree.remove(&key)));
        assert!(tree.iter().next().is_none() && tree.0.are(&Entries::default()));
    }
}
