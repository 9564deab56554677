//! [`Node`]: a piece of a persistent tree, with many entries in it or many nodes below it.
//!
//! A write copies the nodes on its way that are shared, and changes the others in place.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::key::Key;

/// The most entries of a leaf, and the most nodes below a branch.
const NODE_MAX: usize = 32;

/// For how many of them room is made at a time: there are thousands of nodes, and few of
/// them are full.
const ROOM: usize = 8;

/// A piece of a tree. None is empty.
#[derive(Clone)]
pub(super) enum Node<K, V> {
    Leaf(Vec<Headed<(K, V)>>),
    Branch(Vec<Headed<Arc<Node<K, V>>>>),
}

/// An entry, or a node that stands for the entries below it.
#[derive(Clone)]
pub(super) struct Headed<N> {
    /// What its key begins with. A node's is at most what any key in it begins with, and at
    /// least what any key before it in the same branch begins with. It need not be exact: the
    /// first key may have been taken out.
    head: u64,
    pub(super) it: N,
}

/// What has a key by which it is found.
trait Keyed<K> {
    fn key(&self) -> &K;
}

impl<K, V> Keyed<K> for (K, V) {
    fn key(&self) -> &K {
        &self.0
    }
}

/// By its first key.
impl<K, V> Keyed<K> for Arc<Node<K, V>> {
    fn key(&self) -> &K {
        let mut node = self;
        loop {
            match &**node {
                Node::Leaf(entries) => return &entries[0].it.0,
                Node::Branch(nodes) => node = &nodes[0].it,
            }
        }
    }
}

impl<K: Key, V> Node<K, V> {
    /// A node of one entry.
    pub(super) fn only(key: K, value: V) -> Node<K, V> {
        Node::Leaf(vec![Headed { head: key.head(), it: (key, value) }])
    }

    /// A node of these.
    pub(super) fn of(nodes: [Arc<Node<K, V>>; 2]) -> Node<K, V> {
        Node::Branch(nodes.map(|it| Headed { head: it.key().head(), it }).into())
    }
}

impl<K: Key + Clone, V: Clone> Node<K, V> {
    /// Puts a value at a key, and counts it if nothing stood there. What has no room any
    /// more is a node of its own, to stand right after this one.
    pub(super) fn insert(
        node: &mut Arc<Node<K, V>>,
        head: u64,
        (key, value): (K, V),
        count: &mut usize,
    ) -> Option<Arc<Node<K, V>>> {
        match Arc::make_mut(node) {
            Node::Leaf(entries) => match place(entries, head, &key) {
                Ok(at) => {
                    entries[at].it = (key, value);
                    None
                }
                Err(at) => {
                    *count += 1;
                    with(entries, at, Headed { head, it: (key, value) }).map(Node::Leaf)
                }
            },
            Node::Branch(nodes) => {
                let at = below(nodes, head, &key);
                // Of all nodes only the first takes what comes before its first key.
                nodes[at].head = nodes[at].head.min(head);
                let it = Node::insert(&mut nodes[at].it, head, (key, value), count)?;
                let next = Headed { head: it.key().head(), it };
                with(nodes, at + 1, next).map(Node::Branch)
            }
        }
        .map(Arc::new)
    }

    /// Takes away what stands at a key. Whether nothing is left.
    pub(super) fn remove<Q: Key + ?Sized>(node: &mut Arc<Node<K, V>>, head: u64, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        match Arc::make_mut(node) {
            Node::Leaf(entries) => {
                place(entries, head, key).map(|at| entries.remove(at)).ok();
                entries.shrink_to(entries.len() + ROOM);
                entries.is_empty()
            }
            Node::Branch(nodes) => {
                let at = below(nodes, head, key);
                if Node::remove(&mut nodes[at].it, head, key) {
                    nodes.remove(at);
                }
                nodes.is_empty()
            }
        }
    }
}

/// How something stands to a key that begins with `head`.
fn compare<K: Borrow<Q>, Q: Key + ?Sized>(
    one: &Headed<impl Keyed<K>>,
    head: u64,
    key: &Q,
) -> Ordering {
    match one.head.cmp(&head) {
        Ordering::Equal => one.it.key().borrow().cmp(key),
        told => told,
    }
}

/// Which of these nodes a key belongs to: the last that begins with no greater one, else
/// the first.
pub(super) fn below<K: Borrow<Q>, V, Q: Key + ?Sized>(
    nodes: &[Headed<Arc<Node<K, V>>>],
    head: u64,
    key: &Q,
) -> usize {
    place(nodes, head, key).unwrap_or_else(|after| after.saturating_sub(1))
}

/// Where a key stands among these, or where it would.
#[expect(private_bounds, reason = "it is for leaves and for branches, and those are here")]
pub(super) fn place<K: Borrow<Q>, Q: Key + ?Sized>(
    among: &[Headed<impl Keyed<K>>],
    head: u64,
    key: &Q,
) -> Result<usize, usize> {
    let (mut from, mut to) = (0, among.len());
    // The last one first: what is new comes last in whatever is kept by time.
    let mut middle = to - 1;
    while from < to {
        match compare(&among[middle], head, key) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return Ok(middle),
            Ordering::Greater => to = middle,
        }
        middle = usize::midpoint(from, to);
    }
    Err(from)
}

/// Puts something among others. When they are too many, those of the second half are
/// returned. What comes last begins a node of its own, since more of it is likely to
/// come: so the nodes of what is only ever added to are full.
fn with<N>(nodes: &mut Vec<N>, at: usize, new: N) -> Option<Vec<N>> {
    if nodes.len() < NODE_MAX {
        if nodes.len() == nodes.capacity() {
            nodes.reserve_exact(ROOM.min(NODE_MAX - nodes.len()));
        }
        nodes.insert(at, new);
        return None;
    }
    if at == NODE_MAX {
        return Some(vec![new]);
    }
    let mut rest = Vec::with_capacity(NODE_MAX / 2 + ROOM);
    rest.extend(nodes.drain(NODE_MAX / 2..));
    nodes.shrink_to(NODE_MAX / 2 + ROOM);
    match at.checked_sub(NODE_MAX / 2) {
        Some(at) => rest.insert(at, new),
        None => nodes.insert(at, new),
    }
    Some(rest)
}
