//! [`Dice`]: chance that is the same on every run.

use serde_json::{Value, json};

/// Numbers that look random and derive from a seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number: Marsaglia's xorshift.
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    /// A number of the range.
    pub(crate) fn within(&mut self, range: std::ops::Range<u64>) -> u64 {
        range.start + self.roll() % (range.end - range.start)
    }

    /// Whether the one case of so many has come.
    pub(crate) fn one_in(&mut self, cases: u64) -> bool {
        self.within(0..cases) == 0
    }

    /// One of them, if there is any.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(from.len()).expect("a length");
        let index = (count > 0).then(|| self.within(0..count))?;
        from.get(usize::try_from(index).expect("an index"))
    }

    /// A short word.
    pub(crate) fn word(&mut self) -> String {
        format!("w{}", self.within(0..40))
    }

    /// Any JSON value, a small one.
    pub(crate) fn json(&mut self) -> Value {
        let word = self.word();
        let values = [
            Value::Null,
            json!(true),
            json!(-7),
            json!(0.25),
            json!(""),
            json!(word),
            json!([word, 1]),
            json!({ word: null }),
            json!([]),
            json!({}),
            json!("𝄞"),
            json!("x".repeat(3_000)),
        ];
        self.pick(&values).cloned().unwrap_or_default()
    }
}
