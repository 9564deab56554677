//! [`Key`]: what a tree is searched by.

use std::sync::Arc;

use super::id::Id;

/// What has an order, and begins with a number that has the same.
///
/// A tree keeps that number beside each key. Most keys are told apart by it, and a search
/// looks into the memory of few of them: for thousands of keys that is most of its time.
pub trait Key: Ord {
    /// What it begins with: the greater of two keys never begins with the lesser number.
    fn head(&self) -> u64;
}

impl Key for str {
    /// The first eight bytes.
    fn head(&self) -> u64 {
        let bytes = self.as_bytes();
        let mut first = [0; 8];
        let length = bytes.len().min(8);
        first[..length].copy_from_slice(&bytes[..length]);
        u64::from_be_bytes(first)
    }
}

impl Key for String {
    fn head(&self) -> u64 {
        self.as_str().head()
    }
}

impl Key for Arc<str> {
    fn head(&self) -> u64 {
        (**self).head()
    }
}

impl Key for Id {
    fn head(&self) -> u64 {
        self.as_str().head()
    }
}

impl Key for u64 {
    fn head(&self) -> u64 {
        *self
    }
}

/// A number of twice that size.
impl Key for [u64; 2] {
    fn head(&self) -> u64 {
        self[0]
    }
}

#[cfg(test)]
impl Key for u8 {
    /// Two keys share each, so that tests see what is told apart otherwise.
    fn head(&self) -> u64 {
        u64::from(*self / 2)
    }
}

#[cfg(test)]
impl Key for u16 {
    /// Three keys share each.
    fn head(&self) -> u64 {
        u64::from(*self / 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_order_of_what_they_begin_with() {
        let mut texts = [
            "",
            "a",
            "a\0",
            "aa",
            "abcdefg",
            "abcdefgh",
            "abcdefghi",
            "abcdefgz",
            "b",
            "ä",
            "\u{7f}",
        ];
        texts.sort_unstable();
        assert!(texts.is_sorted_by_key(|text| text.head()));
        assert!("abcdefgh".head() < "abcdefgz".head());
    }
}
