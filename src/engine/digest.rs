//! [`Digest`]: what makes one call distinct from any other, as one number.

use xxhash_rust::xxh3::Xxh3;

use super::json::{Json, Member};
use super::text::Text;

/// How many bytes are hashed at a time: pieces are short, and the hash likes long ones;
/// and allocators have this many at hand.
const EATEN: usize = 1_000;

/// Of an object with so many members, their order is found without an allocation.
const FEW_MEMBERS: usize = 32;

/// A hash, fed piece by piece.
#[derive(Clone)]
pub struct Digest {
    hash: Xxh3,
    /// What is not hashed yet.
    eaten: Vec<u8>,
}

impl Digest {
    /// A digest that starts from a simulation's seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Digest {
        Digest { hash: Xxh3::with_seed(seed), eaten: Vec::with_capacity(EATEN) }
    }

    /// Adds a piece. Its length counts too, so that pieces do not run together. On every
    /// platform it is as many bytes: what derives from a digest is the same on all.
    pub fn eat(&mut self, piece: &[u8]) {
        self.push(&length(piece));
        self.push(piece);
    }

    /// Adds what a JSON value says: the order of members does not count.
    ///
    /// Clients that build a body from a hash map send its members in another
    /// order on every run; what they *say* is the same.
    pub fn eat_json(&mut self, json: &Json) {
        match json {
            Json::Null => self.eat_letter(b'n'),
            Json::Bool(value) => self.eat_letter(if *value { b't' } else { b'f' }),
            Json::Whole(number) => self.eat_sized(b'i', number.to_le_bytes()),
            Json::Float(number) => self.eat_sized(b'd', number.to_bits().to_le_bytes()),
            Json::Text(text) => {
                self.eat_letter(b's');
                self.eat_text(text);
            }
            Json::List(items) => {
                self.eat_sized(b'l', (items.len() as u64).to_le_bytes());
                items.iter().for_each(|item| self.eat_json(item));
            }
            Json::Object(members) => {
                self.eat_sized(b'o', (members.len() as u64).to_le_bytes());
                by_name(members, |(name, value)| {
                    self.eat_text(name);
                    self.eat_json(value);
                });
            }
        }
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(mut self) -> u128 {
        self.hash.update(&self.eaten);
        self.hash.digest128()
    }

    /// A letter for what it is, then eight bytes: two pieces.
    fn eat_sized(&mut self, letter: u8, bytes: [u8; 8]) {
        // Put together here: in the debug profile, each push costs hundreds of instructions.
        let mut pieces = [0; 25];
        pieces[..9].copy_from_slice(&lettered(letter));
        pieces[9] = 8;
        pieces[17..].copy_from_slice(&bytes);
        self.push(&pieces);
    }

    fn eat_letter(&mut self, letter: u8) {
        self.push(&lettered(letter));
    }

    /// The length as a piece of its own, then the text.
    fn eat_text(&mut self, text: &Text) {
        let text = text.as_bytes();
        let length = length(text);
        let mut before = [0; 24];
        before[0] = 8;
        before[8..16].copy_from_slice(&length);
        before[16..].copy_from_slice(&length);
        self.push(&before);
        self.push(text);
    }

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        if self.eaten.len() + bytes.len() > EATEN {
            self.hash.update(&self.eaten);
            self.eaten.clear();
        }
        self.eaten.extend_from_slice(bytes);
    }
}

/// A letter as a piece: its length, in little endian, and it.
fn lettered(letter: u8) -> [u8; 9] {
    [1, 0, 0, 0, 0, 0, 0, 0, letter]
}

fn length(piece: &[u8]) -> [u8; 8] {
    (piece.len() as u64).to_le_bytes()
}

/// Shows every member, in the order of the names.
fn by_name<'j>(members: &'j [Member], mut see: impl FnMut(&'j Member)) {
    let (mut few, mut many) = ([0; FEW_MEMBERS], Vec::new());
    let order = if let Some(order) = few.get_mut(..members.len()) {
        order
    } else {
        many.resize(members.len(), 0);
        &mut many
    };
    order.iter_mut().enumerate().for_each(|(index, place)| *place = index);
    order.sort_unstable_by(|one, other| members[*one].0.cmp(&members[*other].0));
    order.iter().for_each(|place| see(&members[*place]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> u128 {
        let mut digest = Digest::seeded(7);
        digest.eat_json(&Json::parse(text.as_bytes()).unwrap());
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
}
