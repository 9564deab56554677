//! [`Dice`]: the chance that one made-up thing is made by.

use fake::rand::rngs::ChaCha8Rng;
use fake::rand::{Rng, SeedableRng};

/// Letters that postal codes of both Canada and the United Kingdom use.
const LETTERS: [char; 15] =
    ['A', 'B', 'E', 'G', 'H', 'J', 'L', 'N', 'P', 'R', 'S', 'T', 'W', 'X', 'Y'];

/// Chance that depends on a seed, a kind of thing and its number, and on nothing else.
///
/// The stream of `ChaCha` is the same on every platform, and all that is made of
/// it is made here, of 32 bits at a time. Every thing has a stream of its own,
/// so the tenth is the same whether there are ten of them or ten thousand.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64, kind: &str, index: usize) -> Dice {
        let mut key = [0; 32];
        let said = seed.to_le_bytes().into_iter().chain(kind.bytes());
        key.iter_mut().zip(said).for_each(|(byte, said)| *byte = said);
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(index as u64);
        Dice(random)
    }

    /// A number from 0 on, less than `count`.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(count);
        u32::try_from(product >> 32).expect("less than `count`")
    }

    /// A number between these two, themselves included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let count = u32::try_from(from.len()).expect("a list that a person wrote");
        from[self.below(count) as usize]
    }

    /// A text in which `#` is a digit and `@` a letter.
    pub(super) fn fill(&mut self, pattern: &str) -> String {
        let letter = |letter| match letter {
            '#' => char::from_digit(self.below(10), 10).expect("a digit"),
            '@' => self.pick(&LETTERS),
            other => other,
        };
        pattern.chars().map(letter).collect()
    }

    /// A text in which each `{n}` is a number from 1 on, at most `most`.
    pub(super) fn number(&mut self, text: &str, most: u32) -> String {
        let mut parts = text.split("{n}");
        let mut numbered = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            numbered += &self.between(1, most).to_string();
            numbered += part;
        }
        numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rolls(mut dice: Dice) -> [u32; 6] {
        [(); 6].map(|()| dice.below(1_000))
    }

    #[test]
    fn a_seed_a_kind_and_a_number_say_all() {
        let of = |seed, kind, index| rolls(Dice::new(seed, kind, index));
        assert_eq!(of(7, "customers", 3), of(7, "customers", 3));
        assert_ne!(of(7, "customers", 3), of(8, "customers", 3));
        assert_ne!(of(7, "customers", 3), of(7, "comments", 3));
        assert_ne!(of(7, "customers", 3), of(7, "customers", 4));
    }

    #[test]
    fn patterns_are_filled() {
        let mut dice = Dice::new(1, "patterns", 0);
        let filled = dice.fill("SW# @-+44 #");
        let fits = |(made, asked): (char, char)| match asked {
            '#' => made.is_ascii_digit(),
            '@' => made.is_ascii_uppercase(),
            other => made == other,
        };
        assert!(filled.chars().zip("SW# @-+44 #".chars()).all(fits), "{filled}");
        assert_eq!(dice.number("{n} of {n}, #", 1), "1 of 1, #");
    }
}
