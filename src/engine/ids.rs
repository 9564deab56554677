//! [`Stream`]: the ids that one call may hand out.
//!
//! An id derives from what is asked (seed, realm, operation, path, query,
//! body) and from how often exactly that was asked before, never from when it
//! arrived. Tests that race get the same ids on every run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Deref;

use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::id::Id;

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

/// What an id is made of.
enum Drawn {
    /// A hash of what is asked.
    Number(u128),
    /// How many there are. It is shown in decimal, because people count along.
    Count(u64),
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
        match self.draw(prefix) {
            Drawn::Number(number) => spelled(prefix, number),
            Drawn::Count(count) => counted(prefix, count),
        }
    }

    /// The same as an [`Id`], of which no other text is made first.
    ///
    /// # Panics
    ///
    /// When the prefix is longer than what follows it.
    #[must_use]
    pub fn id(&mut self, prefix: &'static str) -> Id {
        match self.draw(prefix) {
            Drawn::Number(number) => {
                let (mut text, length) = ([0; 2 * ID_LENGTH], prefix.len() + ID_LENGTH);
                text[..prefix.len()].copy_from_slice(prefix.as_bytes());
                text[prefix.len()..length].copy_from_slice(&letters(number));
                std::str::from_utf8(&text[..length]).expect("prefixes are texts").into()
            }
            Drawn::Count(count) => counted(prefix, count).into(),
        }
    }

    /// The next id that is drawn and that nothing has: one that was to come may have been
    /// chosen by a client or a fixture.
    #[must_use]
    pub fn fresh<I: Deref<Target = str>>(
        &mut self,
        mut draw: impl FnMut(&mut Stream) -> I,
        mut is_taken: impl FnMut(&str) -> bool,
    ) -> I {
        loop {
            let id = draw(self);
            if !is_taken(&id) {
                return id;
            }
        }
    }

    /// The next id of a kind that consists of so many hexadecimal digits, in lower case.
    #[must_use]
    pub fn hex(&mut self, kind: &'static str, digits: usize) -> String {
        let mut id = match self.draw(kind) {
            Drawn::Number(number) => format!("{number:032x}"),
            Drawn::Count(count) => return format!("{count:0digits$}"),
        };
        while id.len() < digits {
            let more = xxh3_128_with_seed(id.as_bytes(), 0);
            let _ = write!(id, "{more:032x}");
        }
        id.truncate(digits);
        id
    }

    /// The next id of a kind that is a UUID of version 4, in lower case.
    #[must_use]
    pub fn uuid(&mut self, kind: &'static str) -> String {
        let (number, is_count) = match self.draw(kind) {
            Drawn::Number(number) => (number, false),
            Drawn::Count(count) => (u128::from(count), true),
        };
        let digits = if is_count { format!("{number:032}") } else { format!("{number:032x}") };
        let variant = ["8", "9", "a", "b"][usize::from(digits.as_bytes()[16]) % 4];
        let [first, second, third, fourth, last] =
            [&digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..]];
        [first, "-", second, "-4", third, "-", variant, fourth, "-", last].concat()
    }

    /// A number from 1 on that derives from what is asked, exact in every reader of JSON.
    #[must_use]
    pub(super) fn number(&mut self, kind: &'static str) -> i64 {
        let number = match self.draw(kind) {
            Drawn::Number(number) => number >> 76,
            Drawn::Count(count) => u128::from(count),
        };
        i64::try_from(number).unwrap_or(i64::MAX).max(1)
    }

    fn draw(&mut self, kind: &'static str) -> Drawn {
        match self {
            Stream::Call(origin, drawn) => {
                *drawn += 1;
                Drawn::Number(xxh3_128_with_seed(&origin.to_le_bytes(), *drawn))
            }
            Stream::Counters(counters) => {
                let counter = counters.entry(kind).or_default();
                *counter += 1;
                Drawn::Count(*counter)
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
    id.push_str(std::str::from_utf8(&letters(number)).expect("the alphabet is ASCII"));
    id
}

/// A number in the alphabet.
fn letters(number: u128) -> [u8; ID_LENGTH] {
    let mut letters = [0; ID_LENGTH];
    let (mut at, mut rest) = (ID_LENGTH, number);
    while at > 0 {
        at -= 1;
        letters[at] = ALPHABET[usize::from(rest.to_le_bytes()[0] & 31)];
        rest >>= 5;
    }
    letters
}

fn counted(prefix: &str, count: u64) -> String {
    format!("{prefix}{count:0ID_LENGTH$}")
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
        assert_eq!(Stream::derived(7, 0).id("cus_"), id);
    }

    #[test]
    fn hexadecimal_ids_have_the_length_and_uuids_the_form_that_is_wanted() {
        let mut stream = Stream::derived(7, 0);
        let token = stream.hex("token", 64);
        assert_eq!(token.len(), 64);
        assert!(token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{token}");
        assert_ne!(stream.hex("token", 64), token);
        let uuid = stream.uuid("customer");
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
        assert_eq!((&uuid[14..15], "89ab".contains(&uuid[19..20])), ("4", true), "{uuid}");
        let mut counted = Stream::Counters(Counters::from([("customer", 9)]));
        assert_eq!(counted.uuid("customer"), "00000000-0000-4000-8000-000000000010");
        assert_eq!(counted.hex("token", 8), "00000001");
    }

    #[test]
    fn an_id_that_is_taken_is_passed_over() {
        let drawn = Stream::derived(7, 0).id("cus_");
        let draw = |ids: &mut Stream| ids.id("cus_");
        let next = Stream::derived(7, 0).fresh(draw, |id| id == drawn.as_str());
        assert_ne!(next, drawn);
        assert_eq!(Stream::derived(7, 0).fresh(draw, |_| false), drawn);
        let mut counted = Stream::Counters(Counters::new());
        let taken = ["cus_00000000000000000000000001", "cus_00000000000000000000000002"];
        assert_eq!(counted.fresh(draw, |id| taken.contains(&id)), "cus_00000000000000000000000003");
    }

    #[test]
    fn sequential_ids_count_by_prefix() {
        let mut stream = Stream::Counters(Counters::from([("cus_", 9)]));
        assert_eq!(stream.next("cus_"), "cus_00000000000000000000000010");
        assert_eq!(stream.id("cus_"), "cus_00000000000000000000000011");
        assert_eq!(stream.next("tmln_"), "tmln_00000000000000000000000001");
    }
}
