//! [`Stream`]: the ids that one call may hand out.
//!
//! An id derives from what is asked (seed, realm, operation, path, query,
//! body) and from how often exactly that was asked before, never from when it
//! arrived. Tests that race get the same ids on every run.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::{Xxh3, xxh3_128_with_seed};

/// The alphabet of Rebilly's ids and of ULIDs: Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What an id's text consists of, after its prefix.
pub const ID_LENGTH: usize = 26;

/// How a simulation names what it makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// From a hash of what is asked.
    #[default]
    Derived,
    /// `…01`, `…02`, …: pleasant to read, but dependent on the order of calls.
    Sequential,
}

/// What makes one call distinct from any other: its hash, fed piece by piece.
#[derive(Clone, Default)]
pub struct Digest(Xxh3);

impl Digest {
    /// A digest that starts from a simulation's seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Digest {
        Digest(Xxh3::with_seed(seed))
    }

    /// Adds a piece. Its length counts too, so that pieces do not run together.
    pub fn eat(&mut self, piece: &[u8]) {
        self.0.update(&(piece.len() as u64).to_le_bytes());
        self.0.update(piece);
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(&self) -> u128 {
        self.0.digest128()
    }
}

/// How many ids of each prefix were handed out so far.
pub type Counters = BTreeMap<&'static str, u64>;

/// A source of ids. The same call gets the same ones.
#[derive(Debug)]
pub enum Stream {
    /// From the call's digest; and how many were drawn.
    Call(u128, u64),
    /// From what was handed out before.
    Counters(Counters),
}

impl Stream {
    /// Ids of a call that was said `ordinal` times before.
    #[must_use]
    pub fn derived(call: u128, ordinal: u64) -> Stream {
        Stream::Call(xxh3_128_with_seed(&call.to_le_bytes(), ordinal), 0)
    }

    /// For a read, which is lent no way to draw from it: nothing is worked out.
    #[must_use]
    pub fn unused() -> Stream {
        Stream::Call(0, 0)
    }

    /// The next id: the prefix and 26 characters.
    #[must_use]
    pub fn next(&mut self, prefix: &'static str) -> String {
        match self {
            Stream::Call(origin, drawn) => {
                *drawn += 1;
                spelled(prefix, xxh3_128_with_seed(&origin.to_le_bytes(), *drawn))
            }
            Stream::Counters(counters) => {
                let counter = counters.entry(prefix).or_default();
                *counter += 1;
                // Decimal, because people count along.
                format!("{prefix}{counter:0ID_LENGTH$}")
            }
        }
    }
}

/// An id that depends on nothing but the text it is made from.
#[must_use]
pub fn named(prefix: &str, text: &str) -> String {
    spelled(prefix, xxh3_128_with_seed(text.as_bytes(), 0))
}

fn spelled(prefix: &str, number: u128) -> String {
    let mut id = String::with_capacity(prefix.len() + ID_LENGTH);
    id.push_str(prefix);
    for place in (0..ID_LENGTH).rev() {
        let digit = (number >> (5 * place)) & 31;
        id.push(char::from(ALPHABET[usize::try_from(digit).unwrap_or(0)]));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_call_gets_the_same_ids_and_another_gets_others() {
        let two = |call, ordinal| {
            let mut stream = Stream::derived(call, ordinal);
            (stream.next("cus_"), stream.next("cus_"))
        };
        assert_eq!(two(1, 0), two(1, 0));
        assert_ne!(two(1, 0), two(1, 1));
        assert_ne!(two(1, 0), two(2, 0));
        assert_ne!(two(1, 0).0, two(1, 0).1);
    }

    #[test]
    fn an_id_is_spelled_in_the_vendors_alphabet() {
        let id = Stream::derived(7, 0).next("cus_");
        let text = id.strip_prefix("cus_").unwrap();
        assert_eq!(text.len(), ID_LENGTH);
        assert!(text.bytes().all(|byte| ALPHABET.contains(&byte)), "{text}");
    }

    #[test]
    fn sequential_ids_count_by_prefix() {
        let mut stream = Stream::Counters(Counters::from([("cus_", 9)]));
        assert_eq!(stream.next("cus_"), "cus_00000000000000000000000010");
        assert_eq!(stream.next("tmln_"), "tmln_00000000000000000000000001");
    }
}
