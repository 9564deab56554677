//! [`Entries`]: entries in an order, as a persistent tree whose leaves hold many each.
//!
//! A clone shares all nodes with it. Nodes that have become thin are not joined, only empty
//! ones go: a double that lets go of most of what it had is about to be dropped itself.
//!
//! It is our own because of what others cost here. Each entry of a red-black tree is two
//! blocks of memory, and a search among 100,000 waits for memory at each of seventeen steps:
//! 60,000 creates in a row took twice the time with one, and 40 % more memory. Persistent
//! B-trees bring nine crates along.

use std::slice::Iter;
use std::sync::Arc;

use super::node::{By, Headed, Node, Order, below, place};

/// Entries in an order, which is the same at each call.
pub(super) struct Entries<E> {
    root: Option<Arc<Node<E>>>,
    len: usize,
}

impl<E> Clone for Entries<E> {
    fn clone(&self) -> Entries<E> {
        Entries { root: self.root.clone(), len: self.len }
    }
}

impl<E> Default for Entries<E> {
    fn default() -> Entries<E> {
        Entries { root: None, len: 0 }
    }
}

impl<E> Entries<E> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Everything, in its order.
    pub(super) fn iter(&self) -> Walk<'_, E> {
        let root = self.root.as_deref();
        Walk { front: Side::new(root), back: Side::new(root), left: self.len }
    }

    /// So many of them, from the last one on backwards, after some that are passed by.
    pub(super) fn stretch(&self, after: usize, count: usize) -> Stretch<'_, E> {
        let mut back = Side::new(self.root.as_deref());
        let after = after.min(self.len);
        back.pass_back(after);
        Stretch { back, left: count.min(self.len - after) }
    }

    /// Whether they are the same, untouched. They hold the same then; the reverse need
    /// not be true.
    pub(super) fn are(&self, others: &Entries<E>) -> bool {
        match (&self.root, &others.root) {
            (Some(root), Some(other)) => Arc::ptr_eq(root, other),
            (None, None) => true,
            _ => false,
        }
    }

    /// The one that is sought.
    pub(super) fn find(&self, head: u64, by: By<'_, E>) -> Option<&E> {
        let mut node = self.root.as_ref()?;
        loop {
            match &**node {
                Node::Branch(nodes) => node = &nodes[below(nodes, head, by)].it,
                Node::Leaf(entries) => return Some(&entries[place(entries, head, by).ok()?].it),
            }
        }
    }
}

impl<E: Clone> Entries<E> {
    /// The one that is sought, to be changed.
    pub(super) fn find_mut(&mut self, head: u64, by: By<'_, E>) -> Option<&mut E> {
        let mut node = self.root.as_mut()?;
        loop {
            match Arc::make_mut(node) {
                Node::Branch(nodes) => {
                    let at = below(nodes, head, by);
                    node = &mut nodes[at].it;
                }
                Node::Leaf(entries) => {
                    let at = place(entries, head, by).ok()?;
                    return Some(&mut entries[at].it);
                }
            }
        }
    }

    /// Puts an entry where it belongs, instead of any that it is equal to.
    pub(super) fn insert(&mut self, head: u64, it: E, order: Order<E>) {
        let new = Headed { head, it };
        let Some(root) = &mut self.root else {
            *self = Entries { root: Some(Arc::new(Node::Leaf(vec![new]))), len: 1 };
            return;
        };
        let (is_new, next) = Node::insert(root, new, order);
        if let Some(next) = next {
            let first = Arc::clone(root);
            *root = Arc::new(Node::of(first, next));
        }
        self.len += usize::from(is_new);
    }

    /// Takes away the one that is sought. Whether there was one.
    pub(super) fn remove(&mut self, head: u64, by: By<'_, E>) -> bool {
        if self.find(head, by).is_none() {
            return false;
        }
        self.len -= 1;
        if let Some(root) = &mut self.root
            && Node::remove(root, head, by)
        {
            self.root = None;
        }
        true
    }
}

/// Entries from both of their ends.
pub(super) struct Walk<'t, E> {
    front: Side<'t, E>,
    back: Side<'t, E>,
    /// How many are between them.
    left: usize,
}

/// Entries that stand next to each other, backwards.
pub(super) struct Stretch<'t, E> {
    back: Side<'t, E>,
    /// How many are to come.
    left: usize,
}

/// How to come by what is next, from one end or the other.
type Next<I> = fn(&mut I) -> Option<<I as Iterator>::Item>;

type Nodes<'t, E> = Iter<'t, Headed<Arc<Node<E>>>>;
type Leaf<'t, E> = Iter<'t, Headed<E>>;

/// One end of a walk: what of the nodes on the way to it is still to come.
struct Side<'t, E> {
    nodes: Vec<Nodes<'t, E>>,
    entries: Leaf<'t, E>,
}

impl<'t, E> Side<'t, E> {
    fn new(root: Option<&'t Node<E>>) -> Side<'t, E> {
        match root {
            Some(Node::Branch(nodes)) => Side { nodes: vec![nodes.iter()], entries: [].iter() },
            Some(Node::Leaf(entries)) => Side { nodes: Vec::new(), entries: entries.iter() },
            None => Side { nodes: Vec::new(), entries: [].iter() },
        }
    }

    /// The next entry, where these are what is next of an entry and of a node.
    fn step(&mut self, entry: Next<Leaf<'t, E>>, node: Next<Nodes<'t, E>>) -> Option<&'t E> {
        loop {
            if let Some(entry) = entry(&mut self.entries) {
                return Some(&entry.it);
            }
            self.open(node)?;
        }
    }

    /// Passes so many entries, backwards. A leaf that is passed whole is not walked.
    fn pass_back(&mut self, mut count: usize) {
        while count > self.entries.len() {
            count -= self.entries.len();
            if self.open(Iter::next_back).is_none() {
                return;
            }
        }
        if let Some(before) = count.checked_sub(1) {
            self.entries.nth_back(before);
        }
    }

    /// Goes on to the next leaf, if there is one.
    fn open(&mut self, node: Next<Nodes<'t, E>>) -> Option<()> {
        loop {
            match node(self.nodes.last_mut()?).map(|node| &*node.it) {
                Some(Node::Branch(nodes)) => self.nodes.push(nodes.iter()),
                Some(Node::Leaf(entries)) => {
                    self.entries = entries.iter();
                    return Some(());
                }
                None => drop(self.nodes.pop()),
            }
        }
    }
}

impl<'t, E> Iterator for Walk<'t, E> {
    type Item = &'t E;

    fn next(&mut self) -> Option<&'t E> {
        self.left = self.left.checked_sub(1)?;
        self.front.step(Iter::next, Iter::next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<E> DoubleEndedIterator for Walk<'_, E> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        self.back.step(Iter::next_back, Iter::next_back)
    }
}

impl<'t, E> Iterator for Stretch<'t, E> {
    type Item = &'t E;

    #[inline]
    fn next(&mut self) -> Option<&'t E> {
        self.left = self.left.checked_sub(1)?;
        self.back.step(Iter::next_back, Iter::next_back)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    /// Leaf by leaf: a page takes a third of the steps.
    fn fold<A, F: FnMut(A, &'t E) -> A>(mut self, mut all: A, mut add: F) -> A {
        while self.left > 0 {
            let here = self.back.entries.len().min(self.left);
            for entry in self.back.entries.by_ref().rev().take(here) {
                all = add(all, &entry.it);
            }
            self.left -= here;
            if self.left > 0 && self.back.open(Iter::next_back).is_none() {
                break;
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many numbers from 0 on, two of which share a head.
    fn numbers(count: u64) -> Entries<u64> {
        let mut numbers = Entries::default();
        (0..count).for_each(|number| put(&mut numbers, number));
        numbers
    }

    fn put(numbers: &mut Entries<u64>, number: u64) {
        numbers.insert(number / 2, number, u64::cmp);
    }

    #[test]
    fn entries_are_their_clones_until_either_is_written_to() {
        // One node, a branch of leaves, and a branch of branches.
        for count in [1, 32, 33, 1_024, 1_025, 3_000] {
            let mut numbers = numbers(count);
            let before = numbers.clone();
            assert!(numbers.are(&numbers) && numbers.are(&before) && before.are(&numbers));
            put(&mut numbers, 0);
            assert!(!numbers.are(&before) && !before.are(&numbers), "{count}: one was replaced");
            let replaced = numbers.clone();
            assert!(numbers.remove(0, &|number| number.cmp(&0)));
            assert!(!numbers.are(&replaced) && !replaced.are(&numbers), "{count}: one went");
            let without = numbers.clone();
            put(&mut numbers, 0);
            assert!(!numbers.are(&without) && !numbers.are(&before), "{count}: it came back");
            assert!(numbers.iter().eq(before.iter()) && before.iter().copied().eq(0..count));
        }
    }

    #[test]
    fn a_stretch_is_what_a_walk_from_the_end_comes_by() {
        for count in [0, 1, 32, 33, 1_025, 3_000] {
            let numbers = numbers(count);
            for after in [0, 1, 31, 32, 33, 64, 500, 2_999, 3_000, usize::MAX] {
                for most in [0, 1, 40, 3_000, usize::MAX] {
                    let stretch = numbers.stretch(after, most);
                    let wanted = (0..count).rev().skip(after).take(most);
                    assert_eq!(stretch.size_hint(), wanted.size_hint());
                    assert!(stretch.copied().eq(wanted.clone()), "{count}: {after}, {most}");
                    let mut all = Vec::new();
                    numbers.stretch(after, most).for_each(|number| all.push(*number));
                    assert!(all.into_iter().eq(wanted), "{count}: {after}, {most}");
                }
            }
        }
    }

    #[test]
    fn taking_away_what_is_not_there_leaves_them_what_they_are() {
        for count in [0, 1, 33, 1_025] {
            let mut numbers = numbers(count);
            let before = numbers.clone();
            assert!(!numbers.remove(count / 2, &|number| number.cmp(&count)));
            assert!(numbers.are(&before), "{count}");
        }
    }

    #[test]
    fn all_that_are_empty_are_the_same() {
        let (nothing, mut emptied, one) = (numbers(0), numbers(1), numbers(1));
        assert!(nothing.are(&Entries::default()) && nothing.are(&nothing.clone()));
        assert!(!nothing.are(&one) && !one.are(&nothing) && !one.are(&emptied));
        assert!(emptied.remove(0, &|number| number.cmp(&0)));
        assert!(emptied.are(&nothing) && nothing.are(&emptied));
        assert_eq!((emptied.iter().count(), one.iter().count()), (0, 1));
    }
}
