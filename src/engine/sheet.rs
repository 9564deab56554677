//! [`Sheet`]: JSON text while it is being written.
//!
//! A text is put together from hundreds of pieces of a few bytes each. Each takes its
//! place in a room that is there from the beginning, with all that stands around it: a
//! name with its comma, its quotes and its colon. Item by item and byte by byte would
//! take a build without optimization many times as long.

use super::verbatim::{escape, plain};

/// How much room there is behind the text at least, so that it can be looked at eight
/// bytes at a time, whatever its length.
const SPARE: usize = 8;

/// JSON text that is being written.
#[derive(Default)]
pub(super) struct Sheet {
    /// The text and room for more. What stands there does not matter.
    room: Vec<u8>,
    length: usize,
}

impl Sheet {
    /// Nothing yet, with room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Sheet {
        Sheet { room: vec![0; bytes], length: 0 }
    }

    /// How many bytes there are so far.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The text, without room for more: it may be kept for long, and thousands of its like.
    pub(super) fn into_text(self) -> Vec<u8> {
        let mut text = self.room;
        text.truncate(self.length);
        text.shrink_to_fit();
        text
    }

    /// The next so many bytes, to be written.
    pub(super) fn next(&mut self, bytes: usize) -> &mut [u8] {
        let start = self.length;
        self.length += bytes;
        if self.room.len() < self.length + SPARE {
            self.grow(start);
        }
        &mut self.room[start..self.length]
    }

    #[cold]
    fn grow(&mut self, written: usize) {
        let mut room = vec![0; (self.length + SPARE).max(2 * self.room.len())];
        room[..written].copy_from_slice(&self.room[..written]);
        self.room = room;
    }

    /// Adds what needs no escaping.
    pub(super) fn put(&mut self, piece: &[u8]) {
        self.next(piece.len()).copy_from_slice(piece);
    }

    /// Adds a comma, and the name of a member that needs no escaping.
    pub(super) fn name(&mut self, name: &[u8]) {
        let end = name.len() + 2;
        let place = self.next(end + 2);
        place[0] = b',';
        place[1] = b'"';
        place[2..end].copy_from_slice(name);
        place[end] = b'"';
        place[end + 1] = b':';
    }

    /// Adds a string that needs no escaping.
    pub(super) fn word(&mut self, word: &[u8]) {
        let end = word.len() + 1;
        let place = self.next(end + 1);
        place[0] = b'"';
        place[1..end].copy_from_slice(word);
        place[end] = b'"';
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
        let eights = self.room[start..].as_chunks().0;
        let mut nth = 0;
        while 8 * nth < length {
            let found = plain(eights[nth]);
            if found < 8 {
                return 8 * nth + found >= length;
            }
            nth += 1;
        }
        true
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

    /// Opens again what [`Sheet::enclose`] closed last and began with.
    pub(super) fn reopen(&mut self) {
        self.length = if self.length == 2 { 0 } else { self.length - 1 };
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
                let mut sheet = Sheet::default();
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
        let mut sheet = Sheet::default();
        sheet.enclose(0, *b"{}");
        assert_eq!(sheet.len(), 2);
        for _ in 0..2 {
            sheet.reopen();
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
