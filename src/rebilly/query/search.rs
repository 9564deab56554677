//! [`Search`]: the words of `q`.

use super::field::Queryable;
use super::folded::Folded;

/// The words that a record must have, each somewhere in one of its texts.
pub(in crate::rebilly) struct Search {
    words: Vec<Folded>,
}

impl Search {
    /// Reads the parameter; an empty one keeps every record.
    pub(in crate::rebilly) fn parse(text: &str) -> Search {
        Search { words: text.split_whitespace().map(Folded::new).collect() }
    }

    /// Whether it keeps every record, whatever it is like.
    pub(in crate::rebilly) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether the record has every word.
    pub(in crate::rebilly) fn keeps<T: Queryable>(&self, record: &T) -> bool {
        self.words.iter().all(|word| {
            let mut found = false;
            record.texts(&mut |text| found = found || word.is_in(text));
            found
        })
    }
}
