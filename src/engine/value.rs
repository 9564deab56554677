//! [`Value`]: what stands at one place of a [`Tape`].

use super::json::{Json, Member};
use super::tape::{Node, Tape, find, mark, short};

/// A JSON value that is read where it stands.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without fraction and exponent, as far as it fits.
    Whole(i64),
    /// Any other number. Never infinite, never NaN.
    Float(f64),
    /// A string.
    Text(&'a str),
    /// An array.
    List(Items<'a>),
    /// An object.
    Object(Members<'a>),
}

impl Tape {
    /// The value that this is the tape of.
    #[must_use]
    pub fn value(&self) -> Value<'_> {
        Value::at(self, 0)
    }
}

impl<'a> Value<'a> {
    /// The value that stands there.
    #[inline]
    fn at(tape: &'a Tape, place: u32) -> Value<'a> {
        match tape.nodes[place as usize] {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(value),
            Node::Whole(number) => Value::Whole(number),
            Node::Float(number) => Value::Float(number),
            Node::Text { start, end } | Node::Name { start, end, .. } => {
                Value::Text(&tape.text[start as usize..end as usize])
            }
            Node::List { items, .. } => Value::List(Items { tape, start: place + 1, count: items }),
            Node::Object { nodes, names } => {
                Value::Object(Members { tape, start: place + 1, end: place + 1 + nodes, names })
            }
        }
    }

    /// The member of that name, if this is an object that has it.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        self.members().get(name)
    }

    /// The members of an object; anything else has none.
    #[must_use]
    pub fn members(self) -> Members<'a> {
        match self {
            Value::Object(members) => members,
            _ => Members::NONE,
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_text(self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_number(self) -> Option<f64> {
        self.scalar().as_number()
    }

    /// The number, if this is one without a fraction.
    #[must_use]
    pub fn as_whole(self) -> Option<i64> {
        self.scalar().as_whole()
    }

    /// The members of an object; or of PHP's idea of an empty one, `[]`.
    #[must_use]
    pub fn as_php_object(self) -> Option<Members<'a>> {
        match self {
            Value::Object(members) => Some(members),
            Value::List(items) if items.is_empty() => Some(Members::NONE),
            _ => None,
        }
    }

    /// The items of a list; or of PHP's idea of one, an object whose names are numbers.
    #[must_use]
    pub fn listed(self) -> Option<EachItem<'a>> {
        match self {
            Value::List(items) => Some(items.iter()),
            Value::Object(members) => {
                // There may be gaps: PHP keeps the keys of what a filter has left.
                let number =
                    |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
                members.iter().all(|(name, _)| number(name)).then(|| members.values())
            }
            _ => None,
        }
    }

    /// What a person would call a value like this one, with its article.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Value::Text(_) => "a string",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
            scalar => scalar.scalar().kind(),
        }
    }

    /// A number, a boolean or `null` as it is kept.
    fn scalar(self) -> Json {
        match self {
            Value::Bool(value) => Json::Bool(value),
            Value::Whole(number) => Json::Whole(number),
            Value::Float(number) => Json::Float(number),
            _ => Json::Null,
        }
    }

    /// The same as a value of its own, which is to be kept.
    #[must_use]
    pub fn to_json(self) -> Json {
        match self {
            Value::Text(text) => Json::Text(text.into()),
            Value::List(items) => Json::List(items.iter().map(Value::to_json).collect()),
            Value::Object(members) => Json::Object(members.to_json()),
            scalar => scalar.scalar(),
        }
    }
}

/// The items of a list.
#[derive(Clone, Copy, Debug)]
pub struct Items<'a> {
    tape: &'a Tape,
    /// Where the first stands.
    start: u32,
    count: u32,
}

impl<'a> Items<'a> {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.count as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// In the order sent.
    #[must_use]
    pub fn iter(self) -> EachItem<'a> {
        EachItem { tape: self.tape, next: self.start, left: self.count, names: 0 }
    }
}

/// The members of an object: each name once, the last value that was sent for it.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a> {
    pub(super) tape: &'a Tape,
    /// Where the first stands, and where the last one ends.
    pub(super) start: u32,
    end: u32,
    /// The [`mark`]s of their names.
    names: u64,
}

impl<'a> Members<'a> {
    /// Those of an empty object.
    pub const NONE: Members<'static> = Members { tape: &Tape::BLANK, start: 0, end: 0, names: 0 };

    /// The value of that name.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Value<'a>> {
        self.find(name, self.start).map(|place| self.value(place))
    }

    /// Where the member of that name stands. It is looked for from a place on where one stands,
    /// or where the last one ends.
    #[inline]
    pub(super) fn find(self, name: &str, from: u32) -> Option<u32> {
        let name = name.as_bytes();
        if self.names & mark(name) == 0 {
            return None;
        }
        find(self.tape, self.start..self.end, from, name)
    }

    /// The value of the member that stands there.
    pub(super) fn value(self, place: u32) -> Value<'a> {
        Value::at(self.tape, place + 1)
    }

    /// Whether the member that stands there is `null`.
    pub(super) fn is_null(self, place: u32) -> bool {
        matches!(self.tape.nodes[place as usize + 1], Node::Null)
    }

    /// Where the member that stands there ends.
    pub(super) fn after(self, place: u32) -> u32 {
        place + self.tape.nodes[place as usize].count()
    }

    /// Whether there is a name of which this holds.
    pub fn any_name(self, mut holds: impl FnMut(&'a [u8]) -> bool) -> bool {
        let (tape, mut place) = (self.tape, self.start);
        while place < self.end {
            let Node::Name { start, end, nodes } = tape.nodes[place as usize] else { break };
            if holds(&tape.text.as_bytes()[start as usize..end as usize]) {
                return true;
            }
            place += nodes + 1;
        }
        false
    }

    /// In the order sent.
    #[must_use]
    pub fn iter(self) -> EachMember<'a> {
        EachMember { rest: self }
    }

    /// The values, in the order sent.
    #[must_use]
    pub fn values(self) -> EachItem<'a> {
        EachItem { tape: self.tape, next: self.start, left: short(self.len()), names: 1 }
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        let (mut count, mut place) = (0, self.start);
        while place < self.end {
            count += 1;
            place = self.after(place);
        }
        count
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as members of an object that is to be kept.
    #[must_use]
    pub fn to_json(self) -> Vec<Member> {
        let mut members = Vec::with_capacity(self.len());
        members.extend(self.iter().map(|(name, value)| (name.into(), value.to_json())));
        members
    }
}

/// The items of a list, or the values of members, one after the other.
pub struct EachItem<'a> {
    tape: &'a Tape,
    /// Where the next one stands, or its name.
    next: u32,
    left: u32,
    /// How many names stand before each: one, or none.
    names: u32,
}

impl<'a> Iterator for EachItem<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.left == 0 {
            return None;
        }
        let place = self.next + self.names;
        self.left -= 1;
        self.next = place + self.tape.nodes[place as usize].count();
        Some(Value::at(self.tape, place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for EachItem<'_> {}

/// The members of an object, one after the other.
pub struct EachMember<'a> {
    rest: Members<'a>,
}

impl<'a> Iterator for EachMember<'a> {
    type Item = (&'a str, Value<'a>);

    fn next(&mut self) -> Option<(&'a str, Value<'a>)> {
        let (rest, place) = (self.rest, self.rest.start);
        if rest.is_empty() {
            return None;
        }
        self.rest.start = rest.after(place);
        Some((rest.tape.string(place as usize), rest.value(place)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json() -> impl Strategy<Value = Json> {
        let scalar = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            any::<i64>().prop_map(Json::Whole),
            proptest::num::f64::NORMAL.prop_map(Json::Float),
            "\\PC{0,30}".prop_map(|text| Json::Text(text.into())),
        ];
        scalar.prop_recursive(4, 64, 8, |inner| {
            let names = proptest::collection::btree_map("\\PC{0,24}", inner.clone(), 0..8);
            let members = names.prop_map(|members| {
                Json::Object(members.into_iter().map(|(name, it)| (name.into(), it)).collect())
            });
            prop_oneof![proptest::collection::vec(inner, 0..8).prop_map(Json::List), members]
        })
    }

    /// Whether all that can be asked of a value is answered as its owner does.
    fn agree(value: Value<'_>, json: &Json) {
        assert_eq!(value.kind(), json.kind());
        assert_eq!(value.as_text(), json.as_text());
        assert_eq!(value.as_whole(), json.as_whole());
        assert_eq!(value.as_number(), json.as_number());
        assert!(value.get("not there").is_none());
        match json {
            Json::List(items) => {
                let listed = value.listed().unwrap();
                assert_eq!(listed.len(), items.len());
                listed.zip(items).for_each(|(value, item)| agree(value, item));
            }
            Json::Object(all) => {
                let members = value.members();
                assert_eq!(members.len(), all.len());
                assert_eq!(members.is_empty(), all.is_empty());
                let mut places = vec![members.start];
                for _ in all {
                    places.extend(places.last().map(|place| members.after(*place)));
                }
                for (((name, value), (known, it)), place) in members.iter().zip(all).zip(&places) {
                    assert_eq!(name, known.as_str());
                    assert_eq!(members.is_null(*place), *it == Json::Null);
                    agree(value, it);
                    agree(members.value(*place), it);
                    for from in &places {
                        assert_eq!(members.find(name, *from), Some(*place));
                        assert_eq!(members.find("not there", *from), None);
                    }
                }
            }
            _ => assert!(value.listed().is_none() && value.members().is_empty()),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_value_is_read_from_its_tape_as_it_is(json in json()) {
            let tape = Tape::of(&json);
            agree(tape.value(), &json);
            prop_assert_eq!(tape.value().to_json(), json);
        }
    }

    #[test]
    fn an_empty_list_is_an_object_to_php() {
        let members = |text: &str| {
            let tape = Tape::parse(text.as_bytes()).unwrap();
            tape.value().as_php_object().map(Members::len)
        };
        let found = [r#"{"a":[]}"#, "{}", "[]", "[[]]", "[{}]", "null", r#""""#].map(members);
        assert_eq!(found, [Some(1), Some(0), Some(0), None, None, None, None]);
    }

    #[test]
    fn an_object_whose_names_are_numbers_is_a_list_to_php() {
        let tape = Tape::parse(br#"{"3":"a","7":[{}]}"#).unwrap();
        let kinds: Vec<&str> = tape.value().listed().unwrap().map(Value::kind).collect();
        assert_eq!(kinds, ["a string", "a list"]);
        assert!(Tape::parse(br#"{"3":0,"x":0}"#).unwrap().value().listed().is_none());
    }
}
