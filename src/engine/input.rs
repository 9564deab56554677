//! [`Input`]: reads a body field by field and collects every error.
//!
//! Models name their fields; what `null` is, how PHP sends lists, and where an
//! error stands is known here, once. Reading never stops at an error: a value
//! that does not fit is noted in [`Errors`] and read as absent.

use std::cell::Cell;

use super::among::is_among;
use super::clock::{Date, Timestamp};
use super::errors::Errors;
use super::evidence::Guess;
use super::given::Given;
use super::json::Member;
use super::rule::TextRule;
use super::tape::Tape;
use super::text::Text;
use super::trail::Trail;
use super::value::{Members, Value};

/// One object of a document, and the way to it.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    members: Members<'a>,
    /// Where the member stands after the one that was read last: most are read in the order sent.
    next: Cell<u32>,
    trail: Trail<'a>,
    errors: &'a Errors,
}

impl<'a> Input<'a> {
    /// A reader for a whole document, which is an object (or `[]`, which is PHP's empty one).
    #[must_use]
    pub fn new(tape: &'a Tape, errors: &'a Errors) -> Input<'a> {
        Input::of(tape.value(), errors)
    }

    /// The same for what is part of a document, but told of as if it were a whole one.
    #[must_use]
    pub fn of(value: Value<'a>, errors: &'a Errors) -> Input<'a> {
        Input::reading(value.members(), Trail::Root, errors)
    }

    fn reading(members: Members<'a>, trail: Trail<'a>, errors: &'a Errors) -> Input<'a> {
        Input { members, next: Cell::new(members.start), trail, errors }
    }

    /// The names of all members, in the order sent.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.members.iter().map(|(name, _)| name)
    }

    /// The member as it was sent.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<Value<'a>> {
        let place = self.find(name)?;
        Some(self.members.value(place))
    }

    /// Whether the member is there, `null` or not.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether the member is there and not `null`.
    #[must_use]
    pub fn says(&self, name: &str) -> bool {
        match self.find(name) {
            Some(place) => !self.members.is_null(place),
            None => false,
        }
    }

    /// Where the member stands.
    #[inline]
    fn find(&self, name: &str) -> Option<u32> {
        let place = self.members.find(name, self.next.get())?;
        self.next.set(self.members.after(place));
        Some(place)
    }

    /// Notes that the reading leans on a guess.
    pub fn assume(&self, guess: &'static Guess) {
        self.errors.assumed.note(guess);
    }

    /// Notes a guess when there is a member that is none of these. A name that
    /// begins with `_` is the vendor's own, in whatever was fetched before.
    pub fn assume_beside(&self, known: &[&str], guess: &'static Guess) {
        self.assume_beside_all(&[known], guess);
    }

    /// The same where what is known stands in several lists.
    pub fn assume_beside_all(&self, known: &[&[&str]], guess: &'static Guess) {
        let mut from = 0;
        let is_other = |name: &[u8]| !is_among(name, known, &mut from) && !name.starts_with(b"_");
        if self.members.any_name(is_other) {
            self.assume(guess);
        }
    }

    /// Notes a guess when one of these members is `null`.
    pub fn assume_null(&self, names: &[&str], guess: &'static Guess) {
        if !self.members.tape.has_null {
            return;
        }
        for name in names {
            if let Some(place) = self.find(name)
                && self.members.is_null(place)
            {
                return self.assume(guess);
            }
        }
    }

    /// Notes that a member is not as it must be.
    pub fn refuse(&self, name: &str, message: impl Into<String>) {
        let mut path = self.trail.names();
        path.push(name.to_owned());
        self.errors.note(path, message.into());
    }

    /// A string.
    pub fn text(&self, name: &str, rule: TextRule) -> Given<String> {
        match self.said(name, rule) {
            Given::Value(text) => Given::Value(text.to_owned()),
            Given::Null => Given::Null,
            Given::Absent => Given::Absent,
        }
    }

    /// The same as a [`Text`]: a short one needs no allocation.
    pub fn kept_text(&self, name: &str, rule: TextRule) -> Given<Text> {
        match self.said(name, rule) {
            Given::Value(text) => Given::Value(text.into()),
            Given::Null => Given::Null,
            Given::Absent => Given::Absent,
        }
    }

    /// A string as it stands in the body. Most members are strings, so what is asked of them
    /// is written without closures, which cost twice as much in the debug profile.
    fn said(&self, name: &str, rule: TextRule) -> Given<&'a str> {
        let Some(place) = self.find(name) else { return Given::Absent };
        match self.members.value(place) {
            Value::Text(text) => match rule.check(text) {
                Ok(()) => return Given::Value(text),
                Err(_) => rule.faults(text).for_each(|fault| self.refuse(name, fault)),
            },
            Value::Null => return Given::Null,
            other => self.refuse(name, unlike("a string", other)),
        }
        Given::Absent
    }

    /// A string that must be there.
    pub fn required_text(&self, name: &str, rule: TextRule) -> Option<String> {
        self.required_kept_text(name, rule).map(String::from)
    }

    /// The same as a [`Text`].
    pub fn required_kept_text(&self, name: &str, rule: TextRule) -> Option<Text> {
        let text = self.kept_text(name, rule).value();
        if text.is_none() && !self.says(name) {
            self.refuse(name, "is required");
        }
        text
    }

    /// One of a closed set of strings.
    pub fn one_of<T: Copy>(&self, name: &str, choices: &[(&str, T)]) -> Given<T> {
        self.read(name, "a string", |value| {
            let text = value.as_text()?;
            let found = choices.iter().find(|(known, _)| *known == text);
            Some(found.map(|(_, value)| *value).ok_or_else(|| {
                let known: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
                format!("must be one of {}, but is \"{text}\"", known.join(", "))
            }))
        })
    }

    /// A boolean.
    pub fn flag(&self, name: &str) -> Given<bool> {
        self.read(name, "a boolean", |value| match value {
            Value::Bool(value) => Some(Ok(value)),
            _ => None,
        })
    }

    /// Any number.
    pub fn number(&self, name: &str) -> Given<f64> {
        self.read(name, "a number", |value| value.as_number().map(Ok))
    }

    /// A whole number within the range. `7.0` is one, as it is to JSON Schema.
    pub fn whole(&self, name: &str, range: std::ops::RangeInclusive<i64>) -> Given<i64> {
        self.read(name, "a whole number", |value| {
            let number = value.as_whole()?;
            let (least, most) = (range.start(), range.end());
            let unfit = || format!("must be between {least} and {most}, but is {number}");
            Some(range.contains(&number).then_some(number).ok_or_else(unfit))
        })
    }

    /// An RFC 3339 date-time.
    pub fn time(&self, name: &str) -> Given<Timestamp> {
        self.read(name, "an RFC 3339 date-time", |value| {
            let text = value.as_text()?;
            Some(
                text.parse()
                    .map_err(|_| format!("must be an RFC 3339 date-time, but is \"{text}\"")),
            )
        })
    }

    /// A calendar date.
    pub fn date(&self, name: &str) -> Given<Date> {
        self.read(name, "a date", |value| {
            let text = value.as_text()?;
            let date = Date::parse(text);
            Some(
                date.ok_or_else(|| format!("must be a date such as 2024-01-31, but is \"{text}\"")),
            )
        })
    }

    /// A free map; PHP's `[]` is an empty one.
    pub fn map(&self, name: &str) -> Given<Vec<Member>> {
        self.read(name, "an object", |value| Some(Ok(value.as_php_object()?.to_json())))
    }

    /// A nested object, handed to `read`; PHP's `[]` is an empty one.
    pub fn object<T>(&self, name: &str, read: impl FnOnce(&Input<'_>) -> T) -> Given<T> {
        let members = |value: Value<'a>| value.as_php_object().map(Ok);
        self.read(name, "an object", members).map(|members| read(&self.below(name, members)))
    }

    /// A nested object, handed to `read` even where there is none: then it is an
    /// empty one, whose members can be missed.
    pub fn within<T>(&self, name: &str, read: impl FnOnce(&Input<'_>) -> T) -> T {
        let value = self.raw(name).unwrap_or(Value::Null);
        read(&self.below(name, value.members()))
    }

    /// A reader of the members that a member has.
    fn below<'b>(&'b self, name: &'b str, members: Members<'b>) -> Input<'b> {
        Input::reading(members, Trail::Step { from: &self.trail, name }, self.errors)
    }

    /// A list of objects, each handed to `read`. PHP's `{"0":…}` and `{}` are lists.
    pub fn objects<T>(&self, name: &str, mut read: impl FnMut(&Input<'_>) -> T) -> Given<Vec<T>> {
        self.items(name, "an object", |value, trail| {
            let members = value.as_php_object()?;
            Some(Ok(read(&Input::reading(members, *trail, self.errors))))
        })
    }

    /// How many items a list has, whatever they are.
    pub fn length(&self, name: &str) -> Option<usize> {
        self.raw(name).and_then(Value::listed).map(|items| items.len())
    }

    /// A list of strings. PHP's `{"0":…}` and `{}` are lists.
    pub fn texts(&self, name: &str, rule: TextRule) -> Given<Vec<String>> {
        self.items(name, "a string", |value, _| {
            let text = value.as_text()?;
            let faults: Vec<String> = rule.faults(text).collect();
            Some(if faults.is_empty() { Ok(text.to_owned()) } else { Err(faults) })
        })
    }

    fn items<T>(
        &self,
        name: &str,
        wanted: &str,
        mut read: impl FnMut(Value<'a>, &Trail<'_>) -> Option<Result<T, Vec<String>>>,
    ) -> Given<Vec<T>> {
        self.read(name, "a list", |value| value.listed().map(Ok)).map(|items| {
            let list = Trail::Step { from: &self.trail, name };
            let mut kept = Vec::with_capacity(items.len());
            for (index, value) in items.enumerate() {
                let trail = Trail::Item { from: &list, index };
                match read(value, &trail) {
                    Some(Ok(item)) => kept.push(item),
                    Some(Err(all)) => {
                        all.into_iter().for_each(|it| self.errors.note(trail.names(), it));
                    }
                    None => self.errors.note(trail.names(), unlike(wanted, value)),
                }
            }
            kept
        })
    }

    /// `fit` answers `None` for another type of value and an error for an unfit one.
    fn read<T>(
        &self,
        name: &str,
        wanted: &str,
        fit: impl FnOnce(Value<'a>) -> Option<Result<T, String>>,
    ) -> Given<T> {
        let value = match self.raw(name) {
            None => return Given::Absent,
            Some(Value::Null) => return Given::Null,
            Some(value) => value,
        };
        match fit(value) {
            Some(Ok(fit)) => return Given::Value(fit),
            Some(Err(message)) => self.refuse(name, message),
            None => self.refuse(name, unlike(wanted, value)),
        }
        Given::Absent
    }
}

fn unlike(wanted: &str, found: Value<'_>) -> String {
    format!("must be {wanted}, but is {}", found.kind())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::failure::Failure;

    fn read<T>(text: &str, read: impl FnOnce(&Input<'_>) -> T) -> (T, Vec<(String, String)>) {
        let (tape, errors) = (Tape::parse(text.as_bytes()).unwrap(), Errors::default());
        let value = read(&Input::new(&tape, &errors));
        let noted = match errors.finish() {
            Err(Failure::Invalid(noted)) => noted,
            _ => Vec::new(),
        };
        (value, noted.into_iter().map(|error| (error.dotted(), error.message)).collect())
    }

    #[test]
    fn absent_null_and_a_value_are_three_things() {
        let rule = TextRule::max(9);
        let texts = |text: &str| read(text, |input| input.text("a", rule)).0;
        assert_eq!(texts("{}"), Given::Absent);
        assert_eq!(texts(r#"{"a":null}"#), Given::Null);
        assert_eq!(texts(r#"{"a":"x"}"#), Given::Value("x".to_owned()));
        assert_eq!(texts("{}").or_keep(Some("before".to_owned())), Some("before".to_owned()));
        assert_eq!(texts(r#"{"a":null}"#).or_keep(Some("before".to_owned())), None);
    }

    #[test]
    fn all_errors_are_collected_with_their_paths() {
        let ((), noted) = read(r#"{"a":{"b":[{"c":1},2]},"d":"toolong"}"#, |input| {
            input.object("a", |a| a.objects("b", |b| b.text("c", TextRule::max(5))));
            input.text("d", TextRule::max(3));
        });
        let expected = [
            ("a.b.0.c", "must be a string, but is a number"),
            ("a.b.1", "must be an object, but is a number"),
            ("d", "must have at most 3 characters, but has 7"),
        ];
        let noted: Vec<(&str, &str)> =
            noted.iter().map(|(path, message)| (path.as_str(), message.as_str())).collect();
        // Errors inside a list's items are noted while the list is read.
        assert_eq!(noted, expected);
    }

    #[test]
    fn lists_and_maps_are_read_the_way_php_sends_them() {
        let rule = TextRule::max(9);
        let texts = |text: &str| read(text, |input| input.texts("a", rule));
        assert_eq!(
            texts(r#"{"a":{"0":"x","1":"y"}}"#).0,
            Given::Value(vec!["x".into(), "y".into()])
        );
        assert_eq!(texts(r#"{"a":{}}"#).0, Given::Value(Vec::new()));
        let length = |text: &str| read(text, |input| input.length("a")).0;
        assert_eq!(length(r#"{"a":{"0":1,"1":null}}"#), Some(2));
        assert_eq!((length(r#"{"a":"x"}"#), length("{}")), (None, None));
        assert_eq!(
            texts(r#"{"a":{"1":"x","7":"y"}}"#).0,
            Given::Value(vec!["x".into(), "y".into()])
        );
        assert_eq!(texts(r#"{"a":{"x":"y"}}"#).1.len(), 1);
        assert_eq!(read(r#"{"a":[]}"#, |input| input.map("a")).0, Given::Value(Vec::new()));
        assert_eq!(read(r#"{"a":[1]}"#, |input| input.map("a")).1.len(), 1);
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_decimal_point() {
        let whole = |text: &str| read(text, |input| input.whole("a", 0..=9));
        assert_eq!(whole(r#"{"a":7.0}"#).0, Given::Value(7));
        assert_eq!(whole(r#"{"a":7.5}"#).1[0].1, "must be a whole number, but is a number");
        assert_eq!(whole(r#"{"a":1e300}"#).1.len(), 1);
    }

    #[test]
    fn length_is_counted_in_characters() {
        let rule = TextRule::max(3);
        assert_eq!(read(r#"{"a":"äöü"}"#, |input| input.text("a", rule)).1, []);
        assert_eq!(read(r#"{"a":"äöüß"}"#, |input| input.text("a", rule)).1.len(), 1);
    }
}
