//! [`Node`]: a piece of a persistent tree, with many entries in it or many nodes below it.
//!
//! A write copies the nodes on its way that are shared, and changes the others in place.
//! Nodes have no keys of their own: where an entry belongs is told by the first entries
//! below them.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

/// The most entries of a leaf, and the most nodes below a branch.
const NODE_MAX: usize = 32;

/// For how many of them room is made at a time.
const ROOM: usize = 8;

/// A piece of a tree. None is empty.
pub(super) enum Node<K, V> {
    Leaf(Vec<(K, V)>),
    Branch(Vec<Arc<Node<K, V>>>),
}

impl<K: Clone, V: Clone> Clone for Node<K, V> {
    fn clone(&self) -> Node<K, V> {
        match self {
            Node::Leaf(entries) => Node::Leaf(entries.clone()),
            Node::Branch(nodes) => Node::Branch(nodes.clone()),
        }
    }
}

impl<K, V> Node<K, V> {
    /// The first key.
    fn first(&self) -> &K {
        let mut node = self;
        loop {
            match node {
                Node::Leaf(entries) => return &entries[0].0,
                Node::Branch(nodes) => node = &nodes[0],
            }
        }
    }
}

impl<K: Ord + Clone, V: Clone> Node<K, V> {
    /// Puts a value at a key, and counts it if nothing stood there. What has no room any
    /// more is a node of its own, to stand right after this one.
    pub(super) fn insert(
        node: &mut Arc<Node<K, V>>,
        key: K,
        value: V,
        count: &mut usize,
    ) -> Option<Arc<Node<K, V>>> {
        match Arc::make_mut(node) {
            Node::Leaf(entries) => match place(entries, &key) {
                Ok(at) => {
                    entries[at] = (key, value);
                    None
                }
                Err(at) => {
                    *count += 1;
                    with(entries, at, (key, value)).map(Node::Leaf)
                }
            },
            Node::Branch(nodes) => {
                let at = below(nodes, &key);
                let next = Node::insert(&mut nodes[at], key, value, count)?;
                with(nodes, at + 1, next).map(Node::Branch)
            }
        }
        .map(Arc::new)
    }

    /// Takes away what stands at a key. Whether nothing is left.
    pub(super) fn remove<Q: Ord + ?Sized>(node: &mut Arc<Node<K, V>>, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        match Arc::make_mut(node) {
            Node::Leaf(entries) => {
                place(entries, key).map(|at| entries.remove(at)).ok();
                entries.is_empty()
            }
            Node::Branch(nodes) => {
                let at = below(nodes, key);
                if Node::remove(&mut nodes[at], key) {
                    nodes.remove(at);
                }
                nodes.is_empty()
            }
        }
    }
}

/// Which of these nodes a key belongs to: the last that begins with no greater one, else
/// the first.
pub(super) fn below<K: Borrow<Q>, V, Q: Ord + ?Sized>(nodes: &[Arc<Node<K, V>>], key: &Q) -> usize {
    let (mut from, mut to) = (0, nodes.len());
    while to - from > 1 {
        let middle = usize::midpoint(from, to);
        match nodes[middle].first().borrow().cmp(key) {
            Ordering::Greater => to = middle,
            Ordering::Less | Ordering::Equal => from = middle,
        }
    }
    from
}

/// Where a key stands among these entries, or where it would.
pub(super) fn place<K: Borrow<Q>, V, Q: Ord + ?Sized>(
    entries: &[(K, V)],
    key: &Q,
) -> Result<usize, usize> {
    let (mut from, mut to) = (0, entries.len());
    while from < to {
        let middle = usize::midpoint(from, to);
        match entries[middle].0.borrow().cmp(key) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Ok(middle),
            Ordering::Greater => to = middle,
        }
    }
    Err(from)
}

/// Puts something among others. When they are too many, those of the second half are
/// returned. What comes last begins a node of its own, since more of it is likely to
/// come: so the nodes of what is only ever added to are full.
fn with<N>(nodes: &mut Vec<N>, at: usize, new: N) -> Option<Vec<N>> {
    if nodes.len() < NODE_MAX {
        if nodes.len() == nodes.capacity() {
            // There are thousands of nodes, and few of them are full.
            nodes.reserve_exact(ROOM.min(NODE_MAX - nodes.len()));
        }
        nodes.insert(at, new);
        return None;
    }
    if at == NODE_MAX {
        return Some(vec![new]);
    }
    let mut rest = nodes.split_off(NODE_MAX / 2);
    match at.checked_sub(NODE_MAX / 2) {
        Some(at) => rest.insert(at, new),
        None => nodes.insert(at, new),
    }
    Some(rest)
}
