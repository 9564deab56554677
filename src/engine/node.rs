//! [`Node`]: a piece of a persistent tree, with many entries in it or many nodes below it.
//!
//! A write copies the nodes on its way that are shared, and changes the others in place.
//!
//! A node does not know what its entries are ordered by: it is told. So all that is kept in
//! several orders is one kind of node.

use std::cmp::Ordering;
use std::sync::Arc;

/// The most entries of a leaf, and the most nodes below a branch.
const NODE_MAX: usize = 32;

/// For how many of them room is made at a time: there are thousands of nodes, and few of
/// them are full.
const ROOM: usize = 8;

/// A piece of a tree. None is empty.
#[derive(Clone)]
pub(super) enum Node<E> {
    Leaf(Vec<Headed<E>>),
    Branch(Vec<Headed<Arc<Node<E>>>>),
}

/// An entry, or a node that stands for the entries below it.
#[derive(Clone)]
pub(super) struct Headed<N> {
    /// What its key begins with. A node's is at most what any key in it begins with, and at
    /// least what any key before it in the same branch begins with. It need not be exact: the
    /// first key may have been taken out.
    pub(super) head: u64,
    pub(super) it: N,
}

/// How an entry stands to what is sought, which may be any of several that stand next to each
/// other. It is the whole order: mostly entries of the same head are asked, but where a node's
/// first entry was taken out, one with another is.
pub(super) type By<'b, E> = &'b dyn Fn(&E) -> Ordering;

/// How one entry stands to another, by the whole order as well.
pub(super) type Order<E> = fn(&E, &E) -> Ordering;

impl<E> Node<E> {
    /// A node of these.
    pub(super) fn of(first: Arc<Node<E>>, second: Arc<Node<E>>) -> Node<E> {
        Node::Branch(vec![Node::headed(first), Node::headed(second)])
    }

    fn headed(node: Arc<Node<E>>) -> Headed<Arc<Node<E>>> {
        let head = match &*node {
            Node::Leaf(entries) => entries[0].head,
            Node::Branch(nodes) => nodes[0].head,
        };
        Headed { head, it: node }
    }

    /// The first entry in it.
    fn first(&self) -> &E {
        let mut node = self;
        loop {
            match node {
                Node::Leaf(entries) => return &entries[0].it,
                Node::Branch(nodes) => node = &nodes[0].it,
            }
        }
    }
}

impl<E: Clone> Node<E> {
    /// Puts an entry where it belongs, instead of any that it is equal to. Whether there was
    /// none; and what has no room any more, as a node of its own, to stand right after this one.
    pub(super) fn insert(
        node: &mut Arc<Node<E>>,
        new: Headed<E>,
        order: Order<E>,
    ) -> (bool, Option<Arc<Node<E>>>) {
        let head = new.head;
        let (is_new, rest) = match Arc::make_mut(node) {
            Node::Leaf(entries) => match place(entries, head, &|it| order(it, &new.it)) {
                Ok(at) => {
                    entries[at] = new;
                    (false, None)
                }
                Err(at) => (true, with(entries, at, new).map(Node::Leaf)),
            },
            Node::Branch(nodes) => {
                let at = below(nodes, head, &|it| order(it, &new.it));
                // Of all nodes only the first takes what comes before its first key.
                nodes[at].head = nodes[at].head.min(head);
                let (is_new, next) = Node::insert(&mut nodes[at].it, new, order);
                let Some(next) = next else { return (is_new, None) };
                (is_new, with(nodes, at + 1, Node::headed(next)).map(Node::Branch))
            }
        };
        (is_new, rest.map(Arc::new))
    }

    /// Takes away an entry. Whether nothing is left.
    pub(super) fn remove(node: &mut Arc<Node<E>>, head: u64, by: By<'_, E>) -> bool {
        match Arc::make_mut(node) {
            Node::Leaf(entries) => {
                place(entries, head, by).map(|at| entries.remove(at)).ok();
                entries.shrink_to(entries.len() + ROOM);
                entries.is_empty()
            }
            Node::Branch(nodes) => {
                let at = below(nodes, head, by);
                if Node::remove(&mut nodes[at].it, head, by) {
                    nodes.remove(at);
                }
                nodes.is_empty()
            }
        }
    }
}

/// Which of these nodes something belongs to: the last that begins with nothing greater, else
/// the first.
pub(super) fn below<E>(nodes: &[Headed<Arc<Node<E>>>], head: u64, by: By<'_, E>) -> usize {
    place(nodes, head, &|node| by(node.first())).unwrap_or_else(|after| after.saturating_sub(1))
}

/// Where something stands among these, or where it would.
pub(super) fn place<N>(among: &[Headed<N>], head: u64, by: By<'_, N>) -> Result<usize, usize> {
    let (mut from, mut to) = (0, among.len());
    // The last one first: what is new comes last in whatever is kept by time.
    let mut middle = to - 1;
    while from < to {
        let one = &among[middle];
        let order = match one.head.cmp(&head) {
            Ordering::Equal => by(&one.it),
            told => told,
        };
        match order {
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
    let mut rest = nodes.split_off(NODE_MAX / 2);
    rest.reserve_exact(ROOM);
    let (half, at) = match at.checked_sub(NODE_MAX / 2) {
        Some(at) => (&mut rest, at),
        None => (&mut *nodes, at),
    };
    half.insert(at, new);
    nodes.shrink_to(NODE_MAX / 2 + ROOM);
    Some(rest)
}
