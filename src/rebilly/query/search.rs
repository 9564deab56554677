//! [`Search`]: the words of `q`.

use super::chosen::each;
use super::field::Queryable;
use super::folded::Folded;
use crate::engine::blocks::{Bits, Block};

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

    /// Those of the rows that have every word.
    pub(in crate::rebilly) fn kept<T: Queryable>(&self, block: &Block<T>, rows: Bits) -> Bits {
        if self.is_empty() {
            return rows;
        }
        let found = each(rows).filter(|nth| self.keeps(&block.rows()[*nth].record));
        found.fold(0, |kept, nth| kept | 1 << nth)
    }

    fn keeps<T: Queryable>(&self, record: &T) -> bool {
        self.words.iter().all(|word| {
            let mut found = false;
            record.texts(&mut |text| found = found || word.is_in(text));
            found
        })
    }
}
