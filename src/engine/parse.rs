//! [`Json::parse`]: JSON text, read.
//!
//! The one thing here that a library does as well, and it earned its place:
//! `serde_json` rounds some floats by a last digit, and keeps or drops `-0` and
//! long numbers, depending on features that *any* crate of a build may switch
//! on. What was written must be read back, with the same bytes in every build.

use std::collections::BTreeSet;

use super::failure::FieldError;
use super::json::Json;
use super::members::Members;
use super::text::Text;
use super::verbatim::verbatim;

/// The deepest nesting that is read.
const DEPTH_MAX: usize = 128;

impl Json {
    /// Reads a JSON text.
    ///
    /// # Errors
    ///
    /// A sentence with line and column when the text is not JSON, is nested
    /// deeper than 128 levels, or holds a number beyond the range of `f64`.
    pub fn parse(text: &[u8]) -> Result<Json, String> {
        Reader::read_all(text, None).map(|(json, _)| json)
    }

    /// The same of a file that a person wrote, and what is wrong with it
    /// although it is JSON: members that it names twice. Of a request's, the last
    /// one counts; in a file, the first one was meant as well.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn parse_file(text: &[u8]) -> Result<(Json, Vec<FieldError>), String> {
        let (json, mut twice) = Reader::read_all(text, Some(Vec::new()))?;
        let mut told = BTreeSet::new();
        twice.retain(|error| told.insert(error.path.clone())); // one may be there three times
        Ok((json, twice))
    }
}

struct Reader<'t> {
    /// All of it is UTF-8, and it is only cut at ASCII.
    valid: &'t str,
    text: &'t [u8],
    at: usize,
    members: Members,
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
    ) -> Result<(Json, Vec<FieldError>), String> {
        let valid = std::str::from_utf8(text)
            .map_err(|error| wrong("this is not UTF-8", text, error.valid_up_to()))?;
        let mut reader = Reader { valid, text, at: 0, members: Members::new(), twice };
        let json = reader.document().map_err(|what| wrong(what, text, reader.at))?;
        Ok((json, reader.twice.unwrap_or_default()))
    }

    fn document(&mut self) -> Read<Json> {
        let json = self.value(0)?;
        match self.next_byte() {
            None => Ok(json),
            Some(_) => Err("expected the end"),
        }
    }

    /// The next byte that is not white space; it stays.
    fn next_byte(&mut self) -> Option<u8> {
        // By index: this is asked four times a member, and an index costs no call in
        // the debug profile.
        while self.at < self.text.len() {
            match self.text[self.at] {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                other => return Some(other),
            }
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

    fn value(&mut self, depth: usize) -> Read<Json> {
        if depth == DEPTH_MAX {
            return Err("nested too deeply");
        }
        match self.next_byte() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) => Err("expected a value"),
            None => Err("expected a value, found the end"),
        }
    }

    fn word(&mut self, word: &str, json: Json) -> Read<Json> {
        if !self.text[self.at..].starts_with(word.as_bytes()) {
            return Err("expected a value");
        }
        self.at += word.len();
        Ok(json)
    }

    /// The value of a member or of an item.
    fn below(&mut self, depth: usize, name: impl Fn() -> String) -> Read<Json> {
        let Some(before) = self.twice.as_ref().map(Vec::len) else {
            return self.value(depth + 1);
        };
        let json = self.value(depth + 1)?;
        for error in self.twice.iter_mut().flat_map(|all| all.iter_mut().skip(before)) {
            error.path.insert(0, name());
        }
        Ok(json)
    }

    fn list(&mut self, depth: usize) -> Read<Json> {
        self.at += 1;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.below(depth, || items.len().to_string())?);
            if self.take(b']') {
                return Ok(Json::List(items));
            }
            if !self.take(b',') {
                return Err("expected `,` or `]`");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Read<Json> {
        self.at += 1;
        if self.take(b'}') {
            return Ok(Json::Object(Vec::new()));
        }
        let mut object = self.members.open();
        loop {
            if self.next_byte() != Some(b'"') {
                return Err("expected a member's name in quotes");
            }
            let name = self.string()?;
            if !self.take(b':') {
                return Err("expected `:`");
            }
            let value = self.below(depth, || name.to_string())?;
            if let (Some(name), Some(twice)) =
                (self.members.set(&mut object, name, value), &mut self.twice)
            {
                let message = "stands there twice".to_owned();
                twice.push(FieldError { path: vec![name.to_owned()], message });
            }
            if self.take(b'}') {
                return Ok(Json::Object(self.members.close(&object)));
            }
            if !self.take(b',') {
                return Err("expected `,` or `}`");
            }
        }
    }

    /// A string, whose opening quote is next.
    fn string(&mut self) -> Read<Text> {
        self.at += 1;
        let start = self.at;
        let plain = self.verbatim();
        if self.at < self.text.len() && self.text[self.at] == b'"' {
            self.at += 1;
            return Ok(plain.into());
        }
        self.escaped(start)
    }

    /// A string that began there and is not only what stands there, up to its end.
    fn escaped(&mut self, start: usize) -> Read<Text> {
        let mut text = self.valid[start..self.at].to_owned();
        loop {
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text.into());
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                    text.push_str(self.verbatim());
                }
                Some(_) => return Err("a control character in a string"),
                None => return Err("a string without an end"),
            }
        }
    }

    /// What stands next in a string as it is meant.
    fn verbatim(&mut self) -> &'t str {
        let start = self.at;
        self.at += verbatim(&self.text[start..]);
        &self.valid[start..self.at]
    }

    fn escape(&mut self) -> Read<char> {
        let letter = self.text.get(self.at).copied();
        self.at += 1;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            _ => return Err("an escape that JSON does not have"),
        })
    }

    /// `\u0041`, or two of them for what needs two.
    fn code_point(&mut self) -> Read<char> {
        let high = self.four_digits()?;
        let code = match high {
            0xd800..=0xdbff if self.text[self.at..].starts_with(b"\\u") => {
                self.at += 2;
                let low = self.four_digits()?;
                if !(0xdc00..=0xdfff).contains(&low) {
                    return Err("half a surrogate pair");
                }
                0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)
            }
            other => other,
        };
        char::from_u32(code).ok_or("half a surrogate pair")
    }

    fn four_digits(&mut self) -> Read<u32> {
        let digits = self.text.get(self.at..self.at + 4).ok_or("expected four digits")?;
        self.at += 4;
        digits.iter().try_fold(0, |code, byte| {
            let digit = char::from(*byte).to_digit(16).ok_or("expected four digits")?;
            Ok(code * 16 + digit)
        })
    }

    fn number(&mut self) -> Read<Json> {
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
        if let (true, Ok(number)) = (whole, text.parse()) {
            return Ok(Json::Whole(number));
        }
        match text.parse::<f64>() {
            // Zero has no sign, as in every client's arithmetic.
            Ok(0.0) => Ok(Json::Float(0.0)),
            Ok(number) if number.is_finite() => Ok(Json::Float(number)),
            _ => Err("number out of range"),
        }
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
