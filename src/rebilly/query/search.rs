//! [`Search`]: the words of `q`.

use super::chosen::each;
use super::records::Records;
use crate::engine::blocks::Bits;

/// The words that a record must have, each somewhere in one of its texts. In lower case.
pub(in crate::rebilly) struct Search {
    words: Vec<String>,
}

impl Search {
    /// Reads the parameter; an empty one keeps every record.
    pub(in crate::rebilly) fn parse(text: &str) -> Search {
        Search { words: text.split_whitespace().map(str::to_lowercase).collect() }
    }

    /// Whether it keeps every record, whatever it is like.
    pub(in crate::rebilly) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Those of the rows that have every word.
    pub(in crate::rebilly) fn kept(&self, block: &dyn Records, rows: Bits) -> Bits {
        if self.is_empty() {
            return rows;
        }
        let texts = block
            .findings()
            .learn("q", || (0..block.count()).map(|nth| texts(block, nth)).collect::<Vec<_>>());
        let has_all = |nth: &usize| self.words.iter().all(|word| texts[*nth].contains(word));
        each(rows).filter(has_all).fold(0, |kept, nth| kept | 1 << nth)
    }
}

/// All texts that are searched in, in lower case, one after another. No word goes on
/// from one to the next: there is a line break between them, and none in a word.
fn texts(block: &dyn Records, nth: usize) -> String {
    let mut texts = String::new();
    block.texts(nth, &mut |text| {
        texts.push_str(&text.to_lowercase());
        texts.push('\n');
    });
    texts
}
