//! [`Sheet`]: JSON text while it is being written.
//!
//! A text is put together from hundreds of pieces of a few bytes each. Each takes its
//! place at once, a name with its comma, its quotes and its colon, in a room that is
//! there already: the one in which the last text was written. Piece by piece into a list
//! that grows, it would take a build without optimization three times as long.

use std::cell::Cell;

use super::verbatim::{escape, plain};

/// How much room there is behind the text at least, so that it can be looked at eight
/// bytes at a time, whatever its length.
const SPARE: usize = 8;

/// How much room there is from the beginning: a usual customer takes half of it.
const ROOM: usize = 4_096;

/// The most room that is kept for the next text.
const KEPT_MAX: usize = 65_536;

thread_local! {
    /// The room of the last text: the next one is written there.
    static LAST: Cell<Option<Box<[u8]>>> = const { Cell::new(None) };
}

/// JSON text that is being written.
pub(super) struct Sheet {
    /// The text and room for more. What stands there does not matter.
    room: Box<[u8]>,
    length: usize,
}

impl Sheet {
    /// Nothing yet.
    pub(super) fn blank() -> Sheet {
        let last = LAST.try_with(Cell::take).ok().flatten();
        Sheet { room: last.unwrap_or_else(|| vec![0; ROOM].into()), length: 0 }
    }

    /// How many bytes there are so far.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The text, in no more room than it takes: it may be kept for long, and thousands
    /// of its like.
    pub(super) fn into_text(self) -> Vec<u8> {
        let text = self.room[..self.length].to_vec();
        if self.room.len() <= KEPT_MAX {
            LAST.try_with(|last| last.set(Some(self.room))).ok();
        }
        text
    }

    /// The next so many bytes, to be written.
    pub(super) fn next(&mut self, bytes: usize) -> &mut [u8] {
        let (start, end) = (self.length, self.length + bytes);
        if self.room.len() < end + SPARE {
            self.grow(end + SPARE);
        }
        self.length = end;
        &mut self.room[start..end]
    }

    #[cold]
    fn grow(&mut self, least: usize) {
        let mut room = vec![0; least.max(2 * self.room.len())];
        room[..self.length].copy_from_slice(&self.room[..self.length]);
        self.room = room.into();
    }

    /// Adds what needs no escaping.
    pub(super) fn put(&mut self, piece: &[u8]) {
        self.next(piece.len()).copy_from_slice(piece);
    }

    /// Adds a comma, and the name of a member that needs no escaping.
    pub(super) fn name(&mut self, name: &[u8]) {
        if let [comma, open, inside @ .., close, colon] = self.next(name.len() + 4) {
            (*comma, *open, *close, *colon) = (b',', b'"', b'"', b':');
            inside.copy_from_slice(name);
        }
    }

    /// Adds a string that needs no escaping.
    pub(super) fn word(&mut self, word: &[u8]) {
        if let [open, inside @ .., close] = self.next(word.len() + 2) {
            (*open, *close) = (b'"', b'"');
            inside.copy_from_slice(word);
        }
    }

    /// Adds a string, escaped.
    pub(super) fn string(&mut self, text: &[u8]) {
        let start = self.length;
        self.word(text);
        if !self.is_plain(start + 1, text.len()) {
            self.length = start;
            self.word(&escaped(text));
        }
    }

    /// Adds a part of a string, escaped.
    pub(super) fn part(&mut self, text: &[u8]) {
        let start = self.length;
        self.put(text);
        if !self.is_plain(start, text.len()) {
            self.length = start;
            self.put(&escaped(text));
        }
    }

    /// Whether so many bytes stand as they are in a JSON string.
    fn is_plain(&self, start: usize, length: usize) -> bool {
        let mut seen = 0;
        while seen < length
            && let Some(eight) = self.room[start + seen..].first_chunk()
        {
            let found = plain(*eight);
            seen += found;
            if found < 8 {
                break;
            }
        }
        seen >= length
    }

    /// Encloses what was added since then. All members and items begin with a comma, so
    /// the first one's is where the bracket belongs.
    pub(super) fn enclose(&mut self, start: usize, [open, close]: [u8; 2]) {
        if self.length == start {
            return self.put(&[open, close]);
        }
        self.room[start] = open;
        self.next(1)[0] = close;
    }

    /// Opens again what was enclosed there: what is in it, if anything is, has its comma back.
    pub(super) fn reopen(&mut self, start: usize) {
        if self.length == start + 2 {
            self.length = start;
        } else {
            self.room[start] = b',';
            self.length -= 1;
        }
    }
}

fn escaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(2 * text.len());
    escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_any_length_are_escaped_wherever_that_is_needed() {
        for length in 0..40 {
            for place in 0..=length {
                let mut text = vec![b'x'; length];
                if let Some(byte) = text.get_mut(place) {
                    *byte = b'"';
                }
                // What stood behind the text before is no part of it.
                let mut sheet = Sheet::blank();
                sheet.put(&[b'\n'; 100]);
                sheet.length = 0;
                sheet.string(&text);
                sheet.part(&text);
                let inside = String::from_utf8(text).unwrap().replace('"', "\\\"");
                assert_eq!(sheet.into_text(), format!("\"{inside}\"{inside}").as_bytes());
            }
        }
    }

    #[test]
    fn the_first_comma_makes_room_for_the_bracket() {
        let mut sheet = Sheet::blank();
        sheet.enclose(0, *b"{}");
        assert_eq!(sheet.len(), 2);
        for _ in 0..2 {
            sheet.reopen(0);
            sheet.name(b"a");
            let start = sheet.len();
            sheet.put(b",1");
            sheet.put(b",2");
            sheet.enclose(start, *b"[]");
            sheet.enclose(0, *b"{}");
        }
        assert_eq!(sheet.into_text(), br#"{"a":[1,2],"a":[1,2]}"#);
    }
}
