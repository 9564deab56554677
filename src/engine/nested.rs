//! [`from_pairs`] and [`to_form`]: JSON in names with brackets, as forms and query
//! strings carry it: `a[b]=1`, `a[]=1`, `a[][b]=1`. In `a[0]=1` the number is a name.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::json::Json;
use super::wording::shown;

/// The deepest nesting that is read.
const DEPTH_MAX: usize = 100;

/// What need not be encoded.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'*');

/// The object that these names and values describe; every value is a text.
///
/// An item of a list that is an object ends where one of its names comes again:
/// `a[][b]=1&a[][c]=2&a[][b]=3` are two. A number is a name like any other: whoever
/// wants a list reads such an object as one. Of a name that is said twice, or that is
/// said to be several of a text, a list and an object, the last counts.
///
/// # Errors
///
/// In words, when a name is nested deeper than 100 levels.
pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Json, String> {
    let mut root = Part::Object(Members::default());
    for (name, value) in pairs {
        let steps = steps(name);
        if steps.len() > DEPTH_MAX {
            return Err("a name is nested too deeply".to_owned());
        }
        root.put(&steps, value);
    }
    Ok(root.into_json())
}

/// A JSON object as a form. `null` is an empty value, and so is an empty list or object.
#[must_use]
pub fn to_form(json: &Json) -> String {
    let mut form = String::new();
    write(&mut form, "", json);
    form
}

/// What is read so far.
enum Part {
    Text(String),
    List(Vec<Part>),
    Object(Members),
}

/// Members in the order sent, and where each stands.
#[derive(Default)]
struct Members {
    parts: Vec<(String, Part)>,
    places: BTreeMap<String, usize>,
}

impl Members {
    fn find(&self, name: &str) -> Option<&Part> {
        self.places.get(name).map(|place| &self.parts[*place].1)
    }

    /// The member of that name, which is begun if it is not there.
    fn at(&mut self, name: &str, rest: &[Step<'_>]) -> &mut Part {
        let place = *self.places.entry(name.to_owned()).or_insert(self.parts.len());
        if place == self.parts.len() {
            self.parts.push((name.to_owned(), Part::begun(rest)));
        }
        &mut self.parts[place].1
    }
}

/// One step on the way from the whole to a value.
#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    NextItem,
}

/// `a[b][]` is `a`, `b`, next item. A name whose brackets do not match is one step.
fn steps(name: &str) -> Vec<Step<'_>> {
    let whole = vec![Step::Member(name)];
    let Some((first, rest)) = name.split_once('[') else { return whole };
    let Some(rest) = rest.strip_suffix(']').filter(|_| !first.is_empty()) else { return whole };
    let mut steps = vec![Step::Member(first)];
    for step in rest.split("][") {
        steps.push(match step {
            "" => Step::NextItem,
            step if step.contains(['[', ']']) => return whole,
            step => Step::Member(step),
        });
    }
    steps
}

impl Part {
    /// What a value is put into that is to be reached by these steps.
    fn begun(steps: &[Step<'_>]) -> Part {
        match steps.first() {
            None => Part::Text(String::new()),
            Some(Step::Member(_)) => Part::Object(Members::default()),
            Some(Step::NextItem) => Part::List(Vec::new()),
        }
    }

    fn put(&mut self, steps: &[Step<'_>], value: &str) {
        let Some((step, rest)) = steps.split_first() else {
            *self = Part::Text(value.to_owned());
            return;
        };
        match (&mut *self, *step) {
            (Part::Object(members), Step::Member(name)) => members.at(name, rest).put(rest, value),
            (Part::List(items), Step::NextItem) => {
                if let Some(last) = items.last_mut().filter(|last| last.has_room(rest)) {
                    return last.put(rest, value);
                }
                let mut item = Part::begun(rest);
                item.put(rest, value);
                items.push(item);
            }
            // It was said to be something else before.
            _ => {
                *self = Part::begun(steps);
                self.put(steps, value);
            }
        }
    }

    /// Whether an item can take a value that its form does not say already.
    fn has_room(&self, steps: &[Step<'_>]) -> bool {
        match (self, steps.split_first()) {
            (Part::Object(members), Some((Step::Member(name), rest))) => {
                members.find(name).is_none_or(|part| part.has_room(rest))
            }
            (Part::List(_), Some((Step::NextItem, _))) => true,
            _ => false,
        }
    }

    fn into_json(self) -> Json {
        match self {
            Part::Text(text) => Json::Text(text.into()),
            Part::List(items) => Json::List(items.into_iter().map(Part::into_json).collect()),
            Part::Object(Members { parts, .. }) => Json::Object(
                parts.into_iter().map(|(name, part)| (name.into(), part.into_json())).collect(),
            ),
        }
    }
}

fn write(form: &mut String, name: &str, json: &Json) {
    match json {
        Json::Object(members) if !members.is_empty() => {
            for (member, value) in members {
                let inner =
                    if name.is_empty() { member.to_string() } else { format!("{name}[{member}]") };
                write(form, &inner, value);
            }
        }
        Json::List(items) if !items.is_empty() => {
            items.iter().for_each(|item| write(form, &format!("{name}[]"), item));
        }
        _ if name.is_empty() => {}
        value => {
            if !form.is_empty() {
                form.push('&');
            }
            form.extend(utf8_percent_encode(name, KEPT));
            form.push('=');
            form.extend(utf8_percent_encode(&plain(value), KEPT));
        }
    }
}

/// A value as it stands in a form.
fn plain(value: &Json) -> String {
    match value {
        Json::Text(text) => text.into(),
        Json::Bool(_) | Json::Whole(_) | Json::Float(_) => shown(value),
        Json::Null | Json::List(_) | Json::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::form::Query;

    fn read(form: &str) -> String {
        shown(&from_pairs(Query::parse(form).pairs()).unwrap())
    }

    #[test]
    fn brackets_are_objects_and_lists() {
        assert_eq!(
            read("name=Ada+L&empty=&flag=true"),
            r#"{"name":"Ada L","empty":"","flag":"true"}"#
        );
        assert_eq!(read("m[a]=1&m[b][c]=2&m[b][d]=3"), r#"{"m":{"a":"1","b":{"c":"2","d":"3"}}}"#);
        assert_eq!(read("expand%5B%5D=x&expand[]=y"), r#"{"expand":["x","y"]}"#);
    }

    #[test]
    fn a_list_of_objects_is_said_in_two_ways() {
        let two = r#"{"s":[{"g":"stripe","i":"1"},{"g":"s2","i":"2"}]}"#;
        assert_eq!(
            read("s%5B%5D%5Bg%5D=stripe&s%5B%5D%5Bi%5D=1&s%5B%5D%5Bg%5D=s2&s%5B%5D%5Bi%5D=2"),
            two
        );
        assert_eq!(read("s[][g]=stripe&s[][i]=1&s[][g]=s2&s[][i]=2"), two);
    }

    #[test]
    fn a_number_is_a_name() {
        assert_eq!(read("m[2024]=x&m[plan]=y"), r#"{"m":{"2024":"x","plan":"y"}}"#);
        assert_eq!(read("m[plan]=y&m[2024]=x"), r#"{"m":{"plan":"y","2024":"x"}}"#);
        assert_eq!(read("s[1][g]=a&s[0][g]=b"), r#"{"s":{"1":{"g":"a"},"0":{"g":"b"}}}"#);
    }

    #[test]
    fn an_item_takes_what_is_nested_in_it_until_a_name_comes_again() {
        assert_eq!(
            read("s[][m][a]=1&s[][m][b]=2&s[][m][a]=3"),
            r#"{"s":[{"m":{"a":"1","b":"2"}},{"m":{"a":"3"}}]}"#
        );
        assert_eq!(read("s[][t][]=1&s[][t][]=2"), r#"{"s":[{"t":["1","2"]}]}"#);
    }

    #[test]
    fn the_last_that_is_said_of_a_name_counts() {
        assert_eq!(read("a=1&a=2"), r#"{"a":"2"}"#);
        assert_eq!(read("a=1&a[b]=2"), r#"{"a":{"b":"2"}}"#);
        assert_eq!(read("a[]=1&a=2"), r#"{"a":"2"}"#);
    }

    #[test]
    fn brackets_that_do_not_match_are_letters() {
        for name in ["a[", "a[b", "a]b", "[a]", "a[b]c", "a[b[c]]"] {
            assert_eq!(read(&format!("{name}=1")), format!(r#"{{"{name}":"1"}}"#));
        }
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused() {
        let deep =
            |levels: usize| from_pairs([(&*format!("a{}", "[b]".repeat(levels)), "1")].into_iter());
        assert!(deep(99).is_ok());
        assert_eq!(deep(100).unwrap_err(), "a name is nested too deeply");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let said =
            r#"{"name":"Ada & é +","m":{"a":"1"},"s":[{"g":"x","i":"1"},{"g":"y"}],"l":["1","2"]}"#;
        let form = to_form(&Json::parse(said.as_bytes()).unwrap());
        let expected = "name=Ada%20%26%20%C3%A9%20%2B&m%5Ba%5D=1&s%5B%5D%5Bg%5D=x&s%5B%5D%5Bi%5D=1\
                        &s%5B%5D%5Bg%5D=y&l%5B%5D=1&l%5B%5D=2";
        assert_eq!(form, expected);
        assert_eq!(read(&form), said);
        let typed = Json::parse(br#"{"a":1,"b":true,"c":null,"d":[],"e":{}}"#).unwrap();
        assert_eq!(to_form(&typed), "a=1&b=true&c=&d=&e=");
    }
}
