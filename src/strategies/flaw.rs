//! [`Invalid`] and [`Flaw`]: the one thing that is wrong with an input.

use proptest::prelude::{Just, Strategy};
use proptest::strategy::{BoxedStrategy, Union};
use serde_json::{Map, Value, json};

use super::text::{no_text, too_long};

/// An input in which one thing is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invalid<T> {
    /// What is sent.
    pub input: T,
    /// The field that the refusal names: `primaryAddress.emails.1.value`.
    pub field: String,
}

impl<T> Invalid<T> {
    pub(super) fn new(input: T, field: &str) -> Invalid<T> {
        Invalid { input, field: field.to_owned() }
    }
}

impl Invalid<Value> {
    /// The same as a member of an object, which may be a member of another: the
    /// names on the way, with dots between them.
    ///
    /// ```
    /// use mock_rebilly::strategies::invalid;
    /// use proptest::strategy::{Strategy, ValueTree};
    /// use proptest::test_runner::TestRunner;
    /// use serde_json::json;
    ///
    /// let definition = json!({ "type": "boolean" });
    /// let mut values = invalid::custom_value(&definition).new_tree(&mut TestRunner::deterministic()).unwrap();
    /// while values.simplify() {}
    /// let customer = values.current().within("customFields.newsletter");
    /// assert_eq!(customer.input, json!({ "customFields": { "newsletter": 1 } }));
    /// assert_eq!(customer.field, "customFields.newsletter");
    /// ```
    #[must_use]
    pub fn within(self, names: &str) -> Invalid<Value> {
        let object = |input, name: &str| json!({ name: input });
        let input = names.rsplit('.').fold(self.input, object);
        let between = if self.field.is_empty() { "" } else { "." };
        Invalid { input, field: format!("{names}{between}{}", self.field) }
    }
}

/// What makes an object invalid: a value in place of what was there.
#[derive(Clone, Debug)]
pub(super) struct Flaw {
    place: Vec<Step>,
    /// `None` takes away what stands there.
    value: Option<Value>,
    /// Where in the value the fault is; empty if it is all wrong.
    below: String,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Member(&'static str),
    /// A new item at the end of a list.
    Item,
}

impl Flaw {
    /// The same inside of a member.
    pub(super) fn within(mut self, name: &'static str) -> Flaw {
        self.place.insert(0, Step::Member(name));
        self
    }

    /// The object with this flaw in it.
    pub(super) fn spoil(self, object: Value) -> Invalid<Value> {
        let mut invalid = Invalid { input: object, field: String::new() };
        let mut here = &mut invalid.input;
        let mut names = Vec::new();
        let (last, way) = self.place.split_last().expect("a flaw is somewhere");
        for step in way {
            here = step.of(here, &mut names);
        }
        match (last, self.value) {
            (Step::Member(name), None) => {
                names.push((*name).to_owned());
                members(here).remove(*name);
            }
            (step, value) => *step.of(here, &mut names) = value.unwrap_or_default(),
        }
        names.extend((!self.below.is_empty()).then_some(self.below));
        invalid.field = names.join(".");
        invalid
    }
}

impl Step {
    fn of<'v>(self, value: &'v mut Value, names: &mut Vec<String>) -> &'v mut Value {
        match self {
            Step::Member(name) => {
                names.push(name.to_owned());
                members(value).entry(name).or_insert(Value::Null)
            }
            Step::Item => {
                if !value.is_array() {
                    *value = json!([]);
                }
                let items = value.as_array_mut().expect("it is one now");
                names.push(items.len().to_string());
                items.push(Value::Null);
                items.last_mut().expect("it was pushed")
            }
        }
    }
}

/// The members of a value, which is an object from now on.
fn members(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = json!({});
    }
    value.as_object_mut().expect("it is one now")
}

pub(super) type Flaws = Vec<BoxedStrategy<Flaw>>;

/// A member that is one of these.
pub(super) fn member(name: &'static str, values: BoxedStrategy<Value>) -> BoxedStrategy<Flaw> {
    let flaw = move |value| Flaw {
        place: vec![Step::Member(name)],
        value: Some(value),
        below: String::new(),
    };
    values.prop_map(flaw).boxed()
}

/// A member that is not there.
pub(super) fn missing(name: &'static str) -> BoxedStrategy<Flaw> {
    let place = vec![Step::Member(name)];
    Just(Flaw { place, value: None, below: String::new() }).boxed()
}

/// A member in which something is wrong.
pub(super) fn inner(
    name: &'static str,
    values: BoxedStrategy<Invalid<Value>>,
) -> BoxedStrategy<Flaw> {
    let flaw = move |it: Invalid<Value>| Flaw {
        place: vec![Step::Member(name)],
        value: Some(it.input),
        below: it.field,
    };
    values.prop_map(flaw).boxed()
}

/// A list with one of these items more.
pub(super) fn item(
    name: &'static str,
    items: BoxedStrategy<Invalid<Value>>,
) -> BoxedStrategy<Flaw> {
    let flaw = move |item: Invalid<Value>| Flaw {
        place: vec![Step::Member(name), Step::Item],
        value: Some(item.input),
        below: item.field,
    };
    items.prop_map(flaw).boxed()
}

/// What is wrong as a whole.
pub(super) fn whole(values: BoxedStrategy<Value>) -> BoxedStrategy<Invalid<Value>> {
    values.prop_map(|value| Invalid::new(value, "")).boxed()
}

/// What can be wrong with any text of at most so many letters.
pub(super) fn no_text_of(name: &'static str, most: usize) -> Flaws {
    vec![member(name, super::text::json(too_long(most))), member(name, no_text())]
}

/// The flaws of what stands in a member.
pub(super) fn inside(name: &'static str, flaws: Flaws) -> BoxedStrategy<Flaw> {
    Union::new(flaws).prop_map(move |flaw| flaw.within(name)).boxed()
}

/// Valid objects, each with one of these flaws.
pub(super) fn spoilt(valid: BoxedStrategy<Value>, flaws: Flaws) -> BoxedStrategy<Invalid<Value>> {
    (valid, Union::new(flaws)).prop_map(|(object, flaw)| flaw.spoil(object)).boxed()
}
