//! [`Tape`]: a JSON value in one piece.
//!
//! A tree gives each name and each value room of its own. A body is read once and let go of
//! soon, so what it says stands on a tape: a row of nodes, and beside it one text.
//!
//! A node is a value, or the name of a member, whose value follows. Lists, objects and
//! names say how many of the nodes after them are theirs, so that one can step over them.
//! `{"a":[7,"b"],"c":null}` is this:
//!
//! ```text
//! Object: 6   Name a: 3   List: 2   Whole 7   Text b   Name c: 1   Null
//! ```
//!
//! Names and strings are places in the text. That begins with the text that was read, in which
//! most of them are found as they were sent; what is meant by those with escapes is added after it.
//!
//! Whoever reads a tape may count on this, whatever was sent:
//!
//! - The first node is the whole value, and all others are its parts.
//! - An object has each name once, where it was sent first, with the value that was sent last.
//! - Names and strings are UTF-8, and free of escapes.
//! - Numbers are finite. One without fraction and exponent is whole if an `i64` can hold it,
//!   and a float if not. Zero has no sign.
//! - A text that was read is nested no deeper than 128 levels, and no longer than 1 GiB, since
//!   places have 32 bits.
//!
//! [`Tape::parse`] sees to that. The tape [of](Tape::of) a [`Json`] is as good as that one is.

use std::ops::Range;

use super::json::Json;

/// A JSON value, its parts one after the other. [`Tape::value`] reads it.
#[derive(Debug)]
pub struct Tape {
    pub(super) nodes: Vec<Node>,
    /// Of a text that was read, all of it, and after it what strings with escapes mean; of a
    /// value, its names and strings.
    pub(super) text: String,
    /// Whether there is a `null` anywhere.
    pub(super) has_null: bool,
}

/// A value, or what is known of one before its parts, which follow.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Whole(i64),
    Float(f64),
    /// A string: where it begins and ends in the text.
    Text {
        start: u32,
        end: u32,
    },
    /// The name of a member, of the same kind, and how many nodes follow that are its value's.
    Name {
        start: u32,
        end: u32,
        nodes: u32,
    },
    /// How many items it has, and how many nodes follow that are theirs.
    List {
        items: u32,
        nodes: u32,
    },
    /// How many nodes follow that are its members', each a name and a value. And what is known
    /// of all names: see [`mark`].
    Object {
        nodes: u32,
        names: u64,
    },
}

impl Tape {
    /// Nothing, not even a value.
    pub(super) const BLANK: Tape = Tape { nodes: Vec::new(), text: String::new(), has_null: false };

    /// The tape of a value.
    ///
    /// # Panics
    ///
    /// When its strings fill gigabytes.
    #[must_use]
    pub fn of(json: &Json) -> Tape {
        let (nodes, text) = (Vec::with_capacity(USUAL), String::with_capacity(USUAL * NODE));
        let mut tape = Tape { nodes, text, has_null: false };
        tape.push(json);
        assert!(tape.text.len() <= LENGTH_MAX, "nobody says gigabytes");
        tape
    }

    fn push(&mut self, json: &Json) {
        let place = self.nodes.len();
        match json {
            Json::Null => {
                self.has_null = true;
                self.nodes.push(Node::Null);
            }
            Json::Bool(value) => self.nodes.push(Node::Bool(*value)),
            Json::Whole(number) => self.nodes.push(Node::Whole(*number)),
            Json::Float(number) => self.nodes.push(Node::Float(*number)),
            Json::Text(text) => {
                let (start, end) = self.add(text);
                self.nodes.push(Node::Text { start, end });
            }
            Json::List(items) => {
                self.nodes.push(Node::Null);
                for item in items {
                    self.push(item);
                }
                self.nodes[place] =
                    Node::List { items: short(items.len()), nodes: self.after(place) };
            }
            Json::Object(members) => {
                self.nodes.push(Node::Null);
                let mut names = 0;
                for (name, value) in members {
                    let (start, end) = self.add(name);
                    let place = self.name(start, end);
                    names |= mark(name.as_bytes());
                    self.push(value);
                    self.named(place);
                }
                self.nodes[place] = Node::Object { nodes: self.after(place), names };
            }
        }
    }

    /// Adds to the text. Returns where it begins and ends there.
    fn add(&mut self, text: &str) -> (u32, u32) {
        let start = short(self.text.len());
        self.text.push_str(text);
        (start, short(self.text.len()))
    }

    /// Begins a member. Returns its place.
    pub(super) fn name(&mut self, start: u32, end: u32) -> usize {
        self.nodes.push(Node::Name { start, end, nodes: 0 });
        self.nodes.len() - 1
    }

    /// Ends the member that stands there.
    pub(super) fn named(&mut self, place: usize) {
        let after = self.after(place);
        if let Node::Name { nodes, .. } = &mut self.nodes[place] {
            *nodes = after;
        }
    }

    /// How many nodes there are after that place.
    pub(super) fn after(&self, place: usize) -> u32 {
        short(self.nodes.len() - place - 1)
    }

    /// The string that stands there.
    pub(super) fn string(&self, place: usize) -> &str {
        match self.nodes[place] {
            Node::Text { start, end } | Node::Name { start, end, .. } => {
                &self.text[start as usize..end as usize]
            }
            _ => "",
        }
    }
}

impl Node {
    /// How many nodes a value or a member has, with this one, which is its first.
    pub(super) fn count(self) -> u32 {
        match self {
            Node::List { nodes, .. } | Node::Object { nodes, .. } | Node::Name { nodes, .. } => {
                nodes + 1
            }
            _ => 1,
        }
    }
}

/// A string or a name in UTF-8, which takes no look at where its characters begin.
#[inline]
pub(super) fn bytes(node: Node, text: &[u8]) -> &[u8] {
    match node {
        Node::Text { start, end } | Node::Name { start, end, .. } => {
            &text[start as usize..end as usize]
        }
        _ => &[],
    }
}

/// Where among the members that stand there the one of that name does, which is looked for
/// from one of them on.
pub(super) fn find(tape: &Tape, members: Range<u32>, from: u32, name: &[u8]) -> Option<u32> {
    let found = find_in(tape, from..members.end, name);
    if found.is_none() { find_in(tape, members.start..from, name) } else { found }
}

/// Most are told apart by the lengths of their names. A loop, since this is asked for every
/// field of every body: closures cost twice as much in the debug profile.
fn find_in(tape: &Tape, members: Range<u32>, name: &[u8]) -> Option<u32> {
    let (nodes, text) = (tape.nodes.as_slice(), tape.text.as_bytes());
    let mut place = members.start;
    while place < members.end {
        let Node::Name { start, end, nodes: after } = nodes[place as usize] else { break };
        if (end - start) as usize == name.len() && text[start as usize..end as usize] == *name {
            return Some(place);
        }
        place += after + 1;
    }
    None
}

/// How many bytes of text a node stands for in a usual body.
pub(super) const NODE: usize = 8;

/// Room for the nodes of a usual form.
const USUAL: usize = 32;

/// The most bytes of text that a tape can have: its places have 32 bits.
pub(super) const LENGTH_MAX: usize = 1 << 31;

/// A number of bytes or of nodes, of which there are no more than bytes.
#[expect(clippy::cast_possible_truncation, reason = "no tape has more than `LENGTH_MAX` bytes")]
pub(super) fn short(number: usize) -> u32 {
    number as u32
}

/// One bit for a name. Where it is not among those of an object's names, the name is not there:
/// most that are asked for are not.
pub(super) fn mark(name: &[u8]) -> u64 {
    let length = name.len();
    if length == 0 {
        return 1;
    }
    let (first, last) = (usize::from(name[0]), usize::from(name[length - 1]));
    1 << ((length ^ first ^ (last << 1)) & 63)
}
