//! [`Digest`]: what makes one call distinct from any other, as one number.

use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

use super::tape::{Node, Tape, bytes};

/// A hash, fed piece by piece. On every platform it is the same, and so is all that
/// derives from it.
#[derive(Clone)]
pub struct Digest(u128);

/// What a number of eight bytes is. No text begins with any of these bytes.
#[derive(Clone, Copy)]
enum Kind {
    Null = 0xF8,
    Bool,
    Whole,
    Float,
    Item,
    List,
    Object,
}

impl Digest {
    /// A digest that starts from a simulation's seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Digest {
        Digest(u128::from(seed))
    }

    /// Adds a piece, however long it is: pieces do not run together.
    pub fn eat(&mut self, piece: &[u8]) {
        #[expect(clippy::cast_possible_truncation, reason = "the other half is kept beside")]
        let seed = self.0 as u64;
        // Two that were fed alike but for the half that is no seed stay apart by it.
        self.0 = xxh3_128_with_seed(piece, seed) ^ (self.0 >> 64);
    }

    /// Adds what a JSON value says: the order of members does not count.
    ///
    /// Clients that build a body from a hash map send its members in another
    /// order on every run; what they *say* is the same.
    pub fn eat_json(&mut self, tape: &Tape) {
        let said = Said { nodes: &tape.nodes, text: tape.text.as_bytes(), next: 0 }.value();
        self.eat(&said.to_le_bytes());
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> u128 {
        self.0
    }
}

/// What is said, as numbers, and how far it was read.
struct Said<'a> {
    nodes: &'a [Node],
    text: &'a [u8],
    next: usize,
}

impl Said<'_> {
    /// What the next value says, as one number. Each part is hashed by itself, with what
    /// belongs to it as the seed; members are added up, because a sum has no order. So nothing
    /// has to be sorted, and no text is put together.
    fn value(&mut self) -> u64 {
        let node = self.nodes[self.next];
        self.next += 1;
        match node {
            Node::Null => number(Kind::Null, 0, 0),
            Node::Bool(value) => number(Kind::Bool, u64::from(value), 0),
            Node::Whole(value) => number(Kind::Whole, value.cast_unsigned(), 0),
            Node::Float(value) => number(Kind::Float, value.to_bits(), 0),
            Node::Text { .. } | Node::Name { .. } => xxh3_64_with_seed(bytes(node, self.text), 0),
            Node::List { nodes, .. } => {
                let (end, mut so_far) = (self.next + nodes as usize, 0);
                while self.next < end {
                    so_far = number(Kind::Item, self.value(), so_far);
                }
                number(Kind::List, so_far, 0)
            }
            Node::Object { nodes, .. } => {
                let (end, mut sum) = (self.next + nodes as usize, 0_u64);
                while self.next < end {
                    let name = bytes(self.nodes[self.next], self.text);
                    self.next += 1;
                    sum = sum.wrapping_add(xxh3_64_with_seed(name, self.value()));
                }
                number(Kind::Object, sum, 0)
            }
        }
    }
}

/// The hash of a number and of what it is. The seed alone would not tell one kind from
/// another: it only shifts what so few bytes are.
fn number(kind: Kind, number: u64, seed: u64) -> u64 {
    let mut bytes = [kind as u8; 9];
    bytes[1..].copy_from_slice(&number.to_le_bytes());
    xxh3_64_with_seed(&bytes, seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> u128 {
        let mut digest = Digest::seeded(7);
        digest.eat_json(&Tape::parse(text.as_bytes()).unwrap());
        digest.finish()
    }

    #[test]
    fn the_digest_does_not_see_the_order_of_members() {
        assert_eq!(of(r#"{"a":[1],"b":"x"}"#), of(r#"{"b":"x","a":[1]}"#));
        assert_ne!(of(r#"{"a":[1],"b":"x"}"#), of(r#"{"a":[1],"b":"y"}"#));
        assert_ne!(of(r#"["ab","c"]"#), of(r#"["a","bc"]"#));
    }

    #[test]
    fn nor_does_it_in_large_objects() {
        let member = |number: usize| format!("\"m{number}\":{number}");
        let object = |members: Vec<String>| format!("{{{}}}", members.join(","));
        let all = || (0..100).map(member);
        assert_eq!(of(&object(all().collect())), of(&object(all().rev().collect())));
        assert_ne!(of(&object(all().collect())), of(&object(all().skip(1).collect())));
    }

    #[test]
    fn what_is_said_otherwise_has_another_digest() {
        let texts = [
            "null",
            "true",
            "false",
            "0",
            "1",
            "0.5",
            "4602678819172646912",
            "\"\"",
            "\"a\"",
            "\"1\"",
            "17246978048",
            "[null]",
            "12968787969",
            "4602678823585054720",
            "9.99",
            "4621813483677029499",
            "\"customer\"",
            "8243115009810593123",
            r#"{"ab_":null}"#,
            r#"{"abb":[]}"#,
            "[]",
            "[[]]",
            "[1]",
            "[1,1]",
            "[1,2]",
            "[2,1]",
            "[\"ab\",\"c\"]",
            "[\"a\",\"bc\"]",
            "{}",
            "[{}]",
            r#"{"a":1}"#,
            r#"{"a":"1"}"#,
            r#"{"a":[1]}"#,
            r#"{"b":1}"#,
            r#"{"a":1,"b":2}"#,
            r#"{"a":2,"b":1}"#,
            r#"{"a":"b"}"#,
            r#"{"b":"a"}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"b":{"a":1}}"#,
            r#"{"a":{},"b":1}"#,
        ];
        for one in texts {
            for other in texts {
                assert_eq!(of(one) == of(other), one == other, "{one} and {other}");
            }
        }
    }

    #[test]
    fn pieces_do_not_run_together() {
        let of = |pieces: &[&str]| {
            let mut digest = Digest::seeded(7);
            pieces.iter().for_each(|piece| digest.eat(piece.as_bytes()));
            digest.finish()
        };
        let all: [&[&str]; 7] =
            [&[], &[""], &["", ""], &["ab"], &["a", "b"], &["ab", ""], &["", "ab"]];
        for (index, one) in all.iter().enumerate() {
            for (place, other) in all.iter().enumerate() {
                assert_eq!(of(one) == of(other), index == place, "{one:?} and {other:?}");
            }
        }
    }
}
