//! [`Writer`]: what a [`Rendered`] is written with.
//!
//! Writing it member by member, and not through `Serialize`, spares every user the
//! compilation of serde's derive.

use std::cell::Cell;

use super::clock::Timestamp;
use super::json::Json;
use super::rendered::Marked;
use super::setting::Gaps;
use super::sheet::Sheet;

pub use super::rendered::Rendered;
pub use super::setting::{Filling, Mark, Setting};

/// Room for the marks of many links: the most that is kept for the next text's.
const MARKS_MAX: usize = 1_024;

thread_local! {
    /// Where the marks of the last text were noted: those of the next one are noted there.
    static MARKS: Cell<Vec<Marked>> = const { Cell::new(Vec::new()) };
}

impl Rendered {
    /// Writes one object.
    #[must_use]
    pub fn object(write: impl FnOnce(&mut Object<'_>)) -> Rendered {
        let mut writer = Writer::new(Gaps::NONE);
        writer.object(write);
        writer.into_rendered()
    }

    /// Writes one value.
    #[must_use]
    pub fn json(value: &Json) -> Rendered {
        let mut writer = Writer::new(Gaps::NONE);
        writer.json(value);
        writer.into_rendered()
    }

    /// The same object with one more member.
    #[must_use]
    pub fn with(&self, write: impl FnOnce(&mut Object<'_>)) -> Rendered {
        debug_assert_eq!(self.text.last(), Some(&b'}'), "only objects have members");
        let mut writer = Writer::new(Gaps::NONE);
        writer.object(|object| {
            object.members(self);
            write(object);
        });
        writer.into_rendered()
    }
}

/// Writes JSON text.
pub struct Writer {
    sheet: Sheet,
    marks: Vec<Marked>,
    /// What is left free at the marks.
    gaps: Gaps,
}

impl Writer {
    /// Nothing yet, with so much left free at the marks.
    pub(super) fn new(gaps: Gaps) -> Writer {
        let marks = MARKS.try_with(Cell::take).unwrap_or_default();
        Writer { sheet: Sheet::blank(), marks, gaps }
    }

    /// What was written, with this where it was left free.
    pub(super) fn into_filled(self, filling: &Filling) -> Rendered {
        let mut written = self.into_rendered();
        for &(place, mark) in &written.marks {
            let filled = filling.at(mark);
            written.text[place as usize..][..filled.len()].copy_from_slice(filled);
        }
        written
    }

    fn into_rendered(mut self) -> Rendered {
        let marks = self.marks.as_slice().to_vec();
        if self.marks.capacity() <= MARKS_MAX {
            self.marks.clear();
            MARKS.try_with(|last| last.set(self.marks)).ok();
        }
        Rendered { text: self.sheet.into_text(), marks }
    }

    /// A string, or what has the UTF-8 of one.
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        // It is written as it is kept: to look at it as a `str` would be to check it again.
        self.sheet.string(text.as_ref());
    }

    /// A string that is put together from parts.
    pub fn quoted(&mut self, write: impl FnOnce(&mut Quoted<'_>)) {
        self.raw("\"");
        write(&mut Quoted(self));
        self.raw("\"");
    }

    /// A JSON value.
    pub fn json(&mut self, value: &Json) {
        match value {
            Json::Null => self.raw("null"),
            Json::Bool(value) => self.flag(*value),
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

    fn flag(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
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
            self.raw("-");
        }
        self.sheet.put(&digits[at..]);
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
        self.items(|list| {
            for item in items {
                write(list.item(), item);
            }
        });
    }

    /// A list, item by item.
    pub fn items(&mut self, write: impl FnOnce(&mut List<'_>)) {
        let start = self.sheet.len();
        write(&mut List(self));
        self.sheet.enclose(start, *b"[]");
    }

    /// An object.
    pub fn object(&mut self, write: impl FnOnce(&mut Object<'_>)) {
        let start = self.sheet.len();
        write(&mut Object { writer: self });
        self.sheet.enclose(start, *b"{}");
    }

    /// What was rendered before.
    pub fn rendered(&mut self, other: &Rendered) {
        let mut shown = 0;
        for &(place, mark) in &other.marks {
            self.sheet.put(&other.text[shown..place as usize]);
            shown = place as usize;
            self.mark(mark);
        }
        self.sheet.put(&other.text[shown..]);
    }

    fn mark(&mut self, mark: Mark) {
        self.marks.push((short(self.sheet.len()), mark));
        self.sheet.next(self.gaps.at(mark));
    }

    fn raw(&mut self, text: &str) {
        self.sheet.put(text.as_bytes());
    }
}

/// A place in a text.
pub(super) fn short(place: usize) -> u32 {
    u32::try_from(place).expect("the text of a row is far below 4 GiB: a request is")
}

/// Writes the inside of a string.
pub struct Quoted<'w>(&'w mut Writer);

impl Quoted<'_> {
    /// Text, or what has the UTF-8 of one, escaped as JSON wants it.
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        self.0.sheet.part(text.as_ref());
    }

    /// The vendor's own words, which need no escaping.
    pub fn word(&mut self, word: &'static str) {
        self.0.raw(word);
    }

    /// A place that is filled when the answer is shown.
    pub fn mark(&mut self, mark: Mark) {
        self.0.mark(mark);
    }
}

/// Writes the items of a list, in the order of the calls.
pub struct List<'w>(&'w mut Writer);

impl List<'_> {
    /// Starts an item; it is what is written next.
    pub fn item(&mut self) -> &mut Writer {
        self.0.raw(",");
        self.0
    }
}

/// Writes the members of an object, in the order of the calls.
pub struct Object<'w> {
    writer: &'w mut Writer,
}

impl Object<'_> {
    /// Starts a member whose name a client chose; its value is what is written next.
    pub fn named(&mut self, name: impl AsRef<[u8]>) -> &mut Writer {
        self.writer.raw(",");
        self.writer.text(name);
        self.writer.raw(":");
        self.writer
    }

    /// Starts a member whose name is the vendor's, and so needs no escaping.
    pub fn member(&mut self, name: &'static str) -> &mut Writer {
        self.writer.sheet.name(name.as_bytes());
        self.writer
    }

    /// The members of an object that was rendered before.
    pub fn members(&mut self, of: &Rendered) {
        let start = self.writer.sheet.len();
        self.writer.rendered(of);
        self.writer.sheet.reopen(start);
    }

    /// A string, or what has the UTF-8 of one.
    pub fn text(&mut self, name: &'static str, value: impl AsRef<[u8]>) {
        self.member(name).text(value);
    }

    /// The same, or `null`.
    pub fn text_or_null(&mut self, name: &'static str, value: Option<impl AsRef<[u8]>>) {
        match value {
            Some(value) => self.text(name, value),
            None => self.null(name),
        }
    }

    /// A word of the vendor's, which like a name needs no escaping.
    pub fn word(&mut self, name: &'static str, word: &'static str) {
        self.member(name).sheet.word(word.as_bytes());
    }

    /// `null`.
    pub fn null(&mut self, name: &'static str) {
        self.member(name).raw("null");
    }

    /// A boolean.
    pub fn flag(&mut self, name: &'static str, value: bool) {
        self.member(name).flag(value);
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
        self.member(name).sheet.word(&value.rfc3339());
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
