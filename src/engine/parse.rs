//! [`Tape::parse`] and [`Json::parse`]: JSON text, read.
//!
//! A library does that as well, but `serde_json` rounds some floats by a last digit, and
//! keeps or drops `-0` and long numbers, depending on features that *any* crate of a build
//! may switch on. What was written must be read back, with the same bytes in every build.

use std::collections::BTreeSet;

use super::failure::FieldError;
use super::json::Json;
use super::opened::Opened;
use super::tape::{LENGTH_MAX, NODE, Node, Tape, short};
use super::unescape::unescape;
use super::verbatim::verbatim;

/// The deepest nesting that is read.
const DEPTH_MAX: usize = 128;

impl Tape {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// A sentence with line and column when the text is not JSON, is nested
    /// deeper than 128 levels, or holds a number beyond the range of `f64`.
    pub fn parse(text: &[u8]) -> Result<Tape, String> {
        Reader::read_all(text, None).map(|(tape, _)| tape)
    }
}

impl Json {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// Those of [`Tape::parse`].
    pub fn parse(text: &[u8]) -> Result<Json, String> {
        Tape::parse(text).map(|tape| tape.value().to_json())
    }

    /// The same of a file that a person wrote, and what is wrong with it
    /// although it is JSON: members that it names twice. Of a request's, the last
    /// one counts; in a file, the first one was meant as well.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn parse_file(text: &[u8]) -> Result<(Json, Vec<FieldError>), String> {
        let (tape, mut twice) = Reader::read_all(text, Some(Vec::new()))?;
        let mut told = BTreeSet::new();
        twice.retain(|error| told.insert(error.path.clone())); // one may be there three times
        Ok((tape.value().to_json(), twice))
    }
}

struct Reader<'t> {
    /// All of it is UTF-8, and it is only cut at ASCII.
    valid: &'t str,
    text: &'t [u8],
    at: usize,
    /// All that was read. Its text begins with this one.
    tape: Tape,
    /// What stands there twice, below the value that is being read. A request
    /// may have any number of those, and nobody counts them.
    twice: Option<Vec<FieldError>>,
}

type Read<T> = Result<T, &'static str>;

impl<'t> Reader<'t> {
    /// The document, and what stands there twice if that is to be told.
    fn read_all(
        text: &'t [u8],
        twice: Option<Vec<FieldError>>,
    ) -> Result<(Tape, Vec<FieldError>), String> {
        let valid = std::str::from_utf8(text)
            .map_err(|error| wrong("this is not UTF-8", text, error.valid_up_to()))?;
        // A string that is not what stands there is kept as well.
        if text.len() > LENGTH_MAX / 2 {
            return Err(wrong("longer than 1 GiB", text, 0));
        }
        let nodes = Vec::with_capacity(text.len() / NODE + 1);
        let tape = Tape { nodes, text: valid.to_owned(), has_null: false };
        let mut reader = Reader { valid, text, at: 0, tape, twice };
        reader.document().map_err(|what| wrong(what, text, reader.at))?;
        Ok((reader.tape, reader.twice.unwrap_or_default()))
    }

    fn document(&mut self) -> Read<()> {
        self.value(0)?;
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err("expected the end"),
        }
    }

    /// The next byte that is not white space; it stays.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        // By index: this is asked four times a member, and an index costs no call in
        // the debug profile.
        while self.at < self.text.len() {
            let byte = self.text[self.at];
            if byte > b' ' || !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn take(&mut self, byte: u8) -> bool {
        match self.next_byte() {
            Some(next) if next == byte => {
                self.at += 1;
                true
            }
            _ => false,
        }
    }

    fn value(&mut self, depth: usize) -> Read<()> {
        if depth == DEPTH_MAX {
            return Err("nested too deeply");
        }
        match self.next_byte() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => {
                let (start, end) = self.string()?;
                self.tape.nodes.push(Node::Text { start, end });
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Node::Bool(true)),
            Some(b'f') => self.word("false", Node::Bool(false)),
            Some(b'n') => {
                self.tape.has_null = true;
                self.word("null", Node::Null)
            }
            Some(_) => Err("expected a value"),
            None => Err("expected a value, found the end"),
        }
    }

    fn word(&mut self, word: &str, node: Node) -> Read<()> {
        if !self.text[self.at..].starts_with(word.as_bytes()) {
            return Err("expected a value");
        }
        self.at += word.len();
        self.tape.nodes.push(node);
        Ok(())
    }

    /// The value of a member or of an item.
    fn below(&mut self, depth: usize, name: impl Fn(&Tape) -> String) -> Read<()> {
        match &self.twice {
            None => self.value(depth + 1),
            Some(twice) => self.below_in_file(twice.len(), depth, name),
        }
    }

    #[cold]
    fn below_in_file(
        &mut self,
        before: usize,
        depth: usize,
        name: impl Fn(&Tape) -> String,
    ) -> Read<()> {
        self.value(depth + 1)?;
        for error in self.twice.iter_mut().flat_map(|all| all.iter_mut().skip(before)) {
            error.path.insert(0, name(&self.tape));
        }
        Ok(())
    }

    /// Not inlined, as objects are not: a single value needs less room on the stack, and most
    /// are single ones.
    #[inline(never)]
    fn list(&mut self, depth: usize) -> Read<()> {
        self.at += 1;
        let (place, mut items) = (self.tape.nodes.len(), 0);
        self.tape.nodes.push(Node::Null);
        if !self.take(b']') {
            loop {
                self.below(depth, |_| items.to_string())?;
                items += 1;
                match self.next_byte() {
                    Some(b',') => self.at += 1,
                    Some(b']') => {
                        self.at += 1;
                        break;
                    }
                    _ => return Err("expected `,` or `]`"),
                }
            }
        }
        self.tape.nodes[place] = Node::List { items, nodes: self.tape.after(place) };
        Ok(())
    }

    #[inline(never)]
    fn object(&mut self, depth: usize) -> Read<()> {
        self.at += 1;
        let mut object = Opened::begin(&mut self.tape);
        if !self.take(b'}') {
            loop {
                self.member(&mut object, depth)?;
                match self.next_byte() {
                    Some(b',') => self.at += 1,
                    Some(b'}') => {
                        self.at += 1;
                        break;
                    }
                    _ => return Err("expected `,` or `}`"),
                }
            }
        }
        object.close(&mut self.tape);
        Ok(())
    }

    fn member(&mut self, object: &mut Opened, depth: usize) -> Read<()> {
        let Some(b'"') = self.next_byte() else {
            return Err("expected a member's name in quotes");
        };
        let (start, end) = self.string()?;
        let place = self.tape.name(start, end);
        let is_again = object.note(&self.tape);
        if !self.take(b':') {
            return Err("expected `:`");
        }
        self.below(depth, |tape| tape.string(place).to_owned())?;
        self.tape.named(place);
        if let (true, Some(twice)) = (is_again, &mut self.twice) {
            let (name, message) = (self.tape.string(place), "stands there twice");
            twice.push(FieldError { path: vec![name.to_owned()], message: message.to_owned() });
        }
        Ok(())
    }

    /// A string, whose opening quote is next: where it begins and ends in the tape's text.
    fn string(&mut self) -> Read<(u32, u32)> {
        let start = self.at + 1;
        let end = start + verbatim(&self.text[start..]);
        if end < self.text.len() && self.text[end] == b'"' {
            self.at = end + 1;
            return Ok((short(start), short(end)));
        }
        self.escaped(start, end)
    }

    /// A string that began there and stands there as it is up to another place, up to its end.
    #[cold]
    fn escaped(&mut self, start: usize, verbatim: usize) -> Read<(u32, u32)> {
        self.at = verbatim;
        let text = &mut self.tape.text;
        let place = short(text.len());
        text.push_str(&self.valid[start..self.at]);
        unescape(self.valid, &mut self.at, text)?;
        Ok((place, short(text.len())))
    }

    fn number(&mut self) -> Read<()> {
        let start = self.at;
        self.at += usize::from(self.text[self.at] == b'-');
        let leading_zero = self.text.get(self.at) == Some(&b'0');
        let digits = self.digits();
        if digits == 0 || (leading_zero && digits > 1) {
            return Err("not a number");
        }
        let mut whole = true;
        if self.text.get(self.at) == Some(&b'.') {
            (self.at, whole) = (self.at + 1, false);
            if self.digits() == 0 {
                return Err("not a number");
            }
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            (self.at, whole) = (self.at + 1, false);
            self.at += usize::from(matches!(self.text.get(self.at), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return Err("not a number");
            }
        }
        let text = &self.valid[start..self.at];
        let node = match (whole, text.parse()) {
            (true, Ok(number)) => Node::Whole(number),
            _ => match text.parse::<f64>() {
                // Zero has no sign, as in every client's arithmetic.
                Ok(0.0) => Node::Float(0.0),
                Ok(number) if number.is_finite() => Node::Float(number),
                _ => return Err("number out of range"),
            },
        };
        self.tape.nodes.push(node);
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let count = self.text[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }
}

/// What is wrong, and where.
fn wrong(what: &str, text: &[u8], at: usize) -> String {
    let before = &text[..at.min(text.len())];
    let line = before.split(|byte| *byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    format!("{what} at line {line} column {column}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn members_keep_their_order_and_the_last_of_two_wins() {
        let json = Json::parse(br#"{"b":1,"a":2,"b":3}"#).unwrap();
        let expected =
            Json::Object(vec![("b".into(), Json::Whole(3)), ("a".into(), Json::Whole(2))]);
        assert_eq!(json, expected);
    }

    #[test]
    fn a_file_is_told_of_every_member_that_it_names_twice() {
        let text =
            r#"{"a/b":1,"list":[0,{"x":1,"y":{"z":1,"z":2},"x":2}],"a/b":2,"once":0,"a/b":3}"#;
        let (json, twice) = Json::parse_file(text.as_bytes()).unwrap();
        let twice: Vec<String> = twice.iter().map(FieldError::pointer).collect();
        assert_eq!(twice, ["/list/1/y/z", "/list/1/x", "/a~1b"]);
        assert_eq!(Ok(json), Json::parse(text.as_bytes()), "it is read as a request is");
        assert_eq!(Json::parse_file(b"{"), Json::parse(b"{").map(|json| (json, Vec::new())));
    }

    #[test]
    fn duplicates_are_found_in_large_objects_too() {
        let text: Vec<String> = (0..100).map(|n| format!("\"m{}\":{n}", n % 50)).collect();
        let json = Json::parse(format!("{{{}}}", text.join(",")).as_bytes()).unwrap();
        let Json::Object(members) = json else { panic!("an object") };
        assert_eq!(members.len(), 50);
        assert_eq!(members[7], ("m7".into(), Json::Whole(57)));
        assert_eq!(members[40], ("m40".into(), Json::Whole(90)));
    }

    #[test]
    fn numbers_are_whole_or_finite_and_exact() {
        for (text, expected) in [
            ("-7", Json::Whole(-7)),
            ("-0", Json::Whole(0)),
            ("-0.0", Json::Float(0.0)),
            ("1.50", Json::Float(1.5)),
            ("31.245270191439438", Json::Float(31.245_270_191_439_438)),
            ("1e2", Json::Float(100.0)),
            ("9223372036854775807", Json::Whole(i64::MAX)),
        ] {
            assert_eq!(Json::parse(text.as_bytes()).unwrap(), expected, "{text}");
        }
        for text in ["01", "-01", "-", "1.", ".5", "1e", "+1", "1e999", "0x1", "NaN", "--1", "00"] {
            assert!(Json::parse(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        assert_eq!(Json::parse(b"{\n  \"a\" 1}").unwrap_err(), "expected `:` at line 2 column 7");
        assert_eq!(Json::parse(b"[1,]").unwrap_err(), "expected a value at line 1 column 4");
        assert_eq!(Json::parse(b"\"\xff\"").unwrap_err(), "this is not UTF-8 at line 1 column 2");
        assert_eq!(
            Json::parse(b"").unwrap_err(),
            "expected a value, found the end at line 1 column 1"
        );
        let deep = "[".repeat(129) + &"]".repeat(129);
        assert!(Json::parse(deep.as_bytes()).unwrap_err().starts_with("nested too deeply"));
        assert!(Json::parse(("[".repeat(128) + &"]".repeat(128)).as_bytes()).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_serde_json_takes_is_taken_and_nothing_else(text in r#"[\[\]{}:,"\\u0-9aeEtrufalsn.+\- dD8bB]{0,12}"#) {
            // Numbers too large for f64 are refused by both, for all that is generated here.
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            prop_assert_eq!(Json::parse(text.as_bytes()).is_ok(), theirs.is_ok(), "{:?}", theirs);
        }

        #[test]
        fn texts_are_what_serde_json_makes_of_them(text in ".{0,20}") {
            let quoted = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(Json::parse(quoted.as_bytes()), Ok(Json::Text(text.into())));
        }

        #[test]
        fn floats_read_back(number in proptest::num::f64::NORMAL) {
            let text = format!("{number:?}");
            prop_assert_eq!(Json::parse(text.as_bytes()).unwrap().as_number(), Some(number));
        }
    }
}
