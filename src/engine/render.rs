//! [`Rendered`]: JSON text that was written once and is shown many times.
//!
//! A row's text is the same on every server and in every realm but for the
//! links in it. So it is written once, with marks where the server's address
//! and the realm's name belong, and shared by all doubles of the process.
//! Writing it member by member, and not through `Serialize`, is also what
//! spares every user the compilation of serde's derive.

use super::clock::Timestamp;
use super::json::Json;
use super::setting::Filling;
use super::verbatim::escape;

pub use super::setting::{Mark, Setting};

/// Room for a usual object: growing from nothing would copy it again and again.
const USUAL: usize = 2_048;

/// Room for the marks in a few links.
const USUAL_MARKS: usize = 16;

/// JSON text with marks in it.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    text: Vec<u8>,
    marks: Vec<(usize, Mark)>,
}

impl Rendered {
    /// Writes one object.
    #[must_use]
    pub fn object(write: impl FnOnce(&mut Object<'_>)) -> Rendered {
        // The text last: what it does not need is then the end of the heap, and no gap.
        let marks = Vec::with_capacity(USUAL_MARKS);
        let text = Vec::with_capacity(USUAL);
        let mut writer = Writer(Rendered { text, marks });
        writer.object(write);
        writer.0.text.shrink_to_fit(); // it may be kept for long, and thousands of its like
        writer.0
    }

    /// Writes one value.
    #[must_use]
    pub fn json(value: &Json) -> Rendered {
        let mut writer = Writer::default();
        writer.json(value);
        writer.0
    }

    /// The text, and where in it which marks are.
    pub(super) fn into_parts(self) -> (Vec<u8>, Vec<(usize, Mark)>) {
        (self.text, self.marks)
    }

    pub(super) fn from_parts(text: Vec<u8>, marks: Vec<(usize, Mark)>) -> Rendered {
        Rendered { text, marks }
    }

    /// The same object with one more member.
    #[must_use]
    pub fn with(&self, write: impl FnOnce(&mut Object<'_>)) -> Rendered {
        let mut writer = Writer(self.clone());
        let closing = writer.0.text.pop();
        debug_assert_eq!(closing, Some(b'}'), "only objects have members");
        let first = writer.0.text.last() == Some(&b'{');
        write(&mut Object { writer: &mut writer, first });
        writer.0.text.push(b'}');
        writer.0
    }

    /// Feeds what is said to `eat`, wherever it will be shown.
    pub(super) fn digest(&self, eat: &mut impl FnMut(&[u8])) {
        eat(&self.text);
        for (place, mark) in &self.marks {
            eat(&(*place as u64).to_le_bytes());
            eat(match mark {
                Mark::Base => b"base",
                Mark::Realm => b"realm",
            });
        }
    }

    /// The text where no marks can be in it.
    #[must_use]
    pub fn plain(&self) -> String {
        debug_assert!(self.marks.is_empty(), "a text with marks depends on where it is shown");
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// How many bytes [`Rendered::show`] will add.
    #[must_use]
    pub fn size(&self, setting: Setting<'_>) -> usize {
        self.filled_size(&setting.filling())
    }

    /// The same, with what stands at the marks made ready before.
    pub(super) fn filled_size(&self, filling: &Filling<'_>) -> usize {
        let filled = self.marks.iter().map(|(_, mark)| filling.at(*mark).len());
        self.text.len() + filled.sum::<usize>()
    }

    /// Appends the text, with everything in its place.
    pub fn show(&self, setting: Setting<'_>, out: &mut Vec<u8>) {
        self.fill(&setting.filling(), out);
    }

    /// The same, with what stands at the marks made ready before.
    pub(super) fn fill(&self, filling: &Filling<'_>, out: &mut Vec<u8>) {
        let mut shown = 0;
        for &(place, mark) in &self.marks {
            out.extend_from_slice(&self.text[shown..place]);
            shown = place;
            out.extend_from_slice(filling.at(mark));
        }
        out.extend_from_slice(&self.text[shown..]);
    }
}

/// Writes JSON text.
#[derive(Default)]
pub struct Writer(Rendered);

impl Writer {
    /// A string, or what has the UTF-8 of one.
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        self.utf8(text.as_ref());
    }

    /// It is written as it is kept: to look at it as a `str` would be to check it again.
    fn utf8(&mut self, text: &[u8]) {
        self.0.text.push(b'"');
        escape(text, &mut self.0.text);
        self.0.text.push(b'"');
    }

    /// A string that is put together from parts.
    pub fn quoted(&mut self, write: impl FnOnce(&mut Quoted<'_>)) {
        self.0.text.push(b'"');
        write(&mut Quoted(&mut self.0));
        self.0.text.push(b'"');
    }

    /// A JSON value.
    pub fn json(&mut self, value: &Json) {
        match value {
            Json::Null => self.raw("null"),
            Json::Bool(value) => self.raw(if *value { "true" } else { "false" }),
            Json::Whole(number) => self.whole(*number),
            Json::Float(number) => self.float(*number),
            Json::Text(text) => self.text(text),
            Json::List(items) => self.list(items, Writer::json),
            Json::Object(members) => self.object(|object| {
                for (name, value) in members {
                    object.named(name).json(value);
                }
            }),
        }
    }

    /// A number: shortest text that reads back as the same `f64`, whole ones without `.0`.
    pub fn number(&mut self, number: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "checked: whole and far inside i64")]
        let whole = (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64);
        match whole {
            Some(whole) => self.whole(whole),
            None => self.float(number),
        }
    }

    fn whole(&mut self, number: i64) {
        let mut digits = [b'0'; 20];
        let (mut at, mut rest) = (digits.len(), number.unsigned_abs());
        while rest > 0 || at == digits.len() {
            at -= 1;
            digits[at] += (rest % 10).to_le_bytes()[0];
            rest /= 10;
        }
        if number < 0 {
            self.0.text.push(b'-');
        }
        self.0.text.extend_from_slice(&digits[at..]);
    }

    fn float(&mut self, number: f64) {
        // The shortest text that reads back, which is also a JSON number.
        self.raw(&format!("{number:?}"));
    }

    /// A list.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Writer, T),
    ) {
        self.0.text.push(b'[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.0.text.push(b',');
            }
            write(self, item);
        }
        self.0.text.push(b']');
    }

    /// An object.
    pub fn object(&mut self, write: impl FnOnce(&mut Object<'_>)) {
        self.0.text.push(b'{');
        write(&mut Object { writer: self, first: true });
        self.0.text.push(b'}');
    }

    /// What was rendered before.
    pub fn rendered(&mut self, other: &Rendered) {
        let shift = self.0.text.len();
        self.0.text.extend_from_slice(&other.text);
        self.0.marks.extend(other.marks.iter().map(|&(place, mark)| (place + shift, mark)));
    }

    fn raw(&mut self, text: &str) {
        self.0.text.extend_from_slice(text.as_bytes());
    }
}

/// Writes the inside of a string.
pub struct Quoted<'w>(&'w mut Rendered);

impl Quoted<'_> {
    /// Text, escaped as JSON wants it.
    pub fn text(&mut self, text: &str) {
        escape(text.as_bytes(), &mut self.0.text);
    }

    /// A place that is filled when the answer is shown.
    pub fn mark(&mut self, mark: Mark) {
        self.0.marks.push((self.0.text.len(), mark));
    }
}

/// Writes the members of an object, in the order of the calls.
pub struct Object<'w> {
    writer: &'w mut Writer,
    first: bool,
}

impl Object<'_> {
    /// Starts a member whose name a client chose; its value is what is written next.
    pub fn named(&mut self, name: impl AsRef<[u8]>) -> &mut Writer {
        if !self.first {
            self.writer.0.text.push(b',');
        }
        self.first = false;
        self.writer.text(name);
        self.writer.0.text.push(b':');
        self.writer
    }

    /// Starts a member whose name is the vendor's, and so needs no escaping.
    pub fn member(&mut self, name: &'static str) -> &mut Writer {
        let text = &mut self.writer.0.text;
        if !self.first {
            text.push(b',');
        }
        text.push(b'"');
        text.extend_from_slice(name.as_bytes());
        text.push(b'"');
        text.push(b':');
        self.first = false;
        self.writer
    }

    /// A string, or what has the UTF-8 of one.
    pub fn text(&mut self, name: &'static str, value: impl AsRef<[u8]>) {
        self.member(name).utf8(value.as_ref());
    }

    /// The same, or `null`.
    pub fn text_or_null(&mut self, name: &'static str, value: Option<impl AsRef<[u8]>>) {
        match value {
            Some(value) => self.text(name, value),
            None => self.null(name),
        }
    }

    /// `null`.
    pub fn null(&mut self, name: &'static str) {
        self.member(name).raw("null");
    }

    /// A boolean.
    pub fn flag(&mut self, name: &'static str, value: bool) {
        self.member(name).raw(if value { "true" } else { "false" });
    }

    /// A whole number.
    pub fn whole(&mut self, name: &'static str, value: impl Into<i64>) {
        self.member(name).whole(value.into());
    }

    /// A whole number, or `null`.
    pub fn whole_or_null(&mut self, name: &'static str, value: Option<i64>) {
        match value {
            Some(value) => self.whole(name, value),
            None => self.null(name),
        }
    }

    /// A number; see [`Writer::number`].
    pub fn number(&mut self, name: &'static str, value: f64) {
        self.member(name).number(value);
    }

    /// An instant.
    pub fn time(&mut self, name: &'static str, value: Timestamp) {
        let text = &mut self.member(name).0.text;
        text.push(b'"');
        text.extend_from_slice(&value.rfc3339());
        text.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTING: Setting<'_> = Setting { base: "http://localhost", realm: "a\"b" };

    fn shown(rendered: &Rendered) -> String {
        let mut out = Vec::new();
        rendered.show(SETTING, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_are_filled_when_the_text_is_shown() {
        let link = Rendered::object(|object| {
            object.member("href").quoted(|quoted| {
                quoted.mark(Mark::Base);
                quoted.text("/");
                quoted.mark(Mark::Realm);
            });
        });
        assert_eq!(shown(&link), r#"{"href":"http://localhost/a\"b"}"#);
        let outer = link.with(|object| object.member("_embedded").rendered(&link));
        assert_eq!(
            shown(&outer),
            r#"{"href":"http://localhost/a\"b","_embedded":{"href":"http://localhost/a\"b"}}"#
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = "{\"a\":[1,-2.5,true,null,\"quote \\\" \\\\ \\n \\u0001 ü\"],\"b\":{}}";
        let json = Json::parse(text.as_bytes()).unwrap();
        assert_eq!(shown(&Rendered::json(&json)), text);
    }

    #[test]
    fn whole_amounts_have_no_fraction() {
        let rendered = Rendered::object(|object| {
            object.number("a", 0.0);
            object.number("b", 12.5);
            object.number("c", 1e300);
        });
        assert_eq!(shown(&rendered), r#"{"a":0,"b":12.5,"c":1e300}"#);
    }

    #[test]
    fn an_empty_object_takes_a_first_member() {
        let empty = Rendered::object(|_| {});
        assert_eq!(shown(&empty.with(|object| object.flag("a", true))), r#"{"a":true}"#);
    }
}
