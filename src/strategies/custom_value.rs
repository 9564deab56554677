//! Values of custom fields, as their definitions want them.

use std::ops::RangeInclusive;

use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Union};
use serde_json::{Value, json};

use super::flaw::{Invalid, member, missing, spoilt, whole};
use super::text::{
    self, among, day, no_day, no_flag, no_list, no_number, no_object, no_text, text_of, too_long,
};

/// The types that a custom field may have.
pub(super) const KINDS: [&str; 8] =
    ["boolean", "string", "integer", "number", "date", "datetime", "array", "monetary"];

/// The range of integers.
pub(super) const INTEGERS: RangeInclusive<i64> = i32::MIN as i64..=i32::MAX as i64;

/// The most characters of a text without a `maxLength`, and of an item of a list.
const LENGTH_DEFAULT: usize = 255;
/// The most items of a list.
const ITEMS_MAX: usize = 1_000;

/// Patterns, each with a text that matches and one that nearly does.
pub(super) const PATTERNS: [(&str, &str, &str); 3] = [
    ("/^[A-Z]{2}[0-9]{3}$/", "AB123", "AB12"),
    ("/^[a-z]+$/i", "Ada", "Ada1"),
    ("#^https?://#", "https://example.com/", "ftp://example.com/"),
];

/// What a definition asks of a value.
struct Wanted {
    kind: String,
    allowed: Vec<String>,
    most: usize,
    pattern: Option<(&'static str, &'static str)>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    required: bool,
}

impl Wanted {
    #[track_caller]
    fn by(definition: &Value) -> Wanted {
        let schema = &definition["additionalSchema"];
        let texts = schema["allowedValues"].as_array().into_iter().flatten();
        let allowed: Vec<String> =
            texts.filter_map(|text| text.as_str().map(str::to_owned)).collect();
        let length = schema["maxLength"].as_u64().and_then(|most| usize::try_from(most).ok());
        let pattern = match schema["pattern"].as_str() {
            // What is allowed is taken to match.
            Some(pattern) if allowed.is_empty() => Some(texts_of(pattern)),
            _ => None,
        };
        Wanted {
            kind: definition["type"].as_str().unwrap_or_default().to_owned(),
            allowed,
            most: length.unwrap_or(LENGTH_DEFAULT),
            pattern,
            minimum: schema["minimum"].as_f64(),
            maximum: schema["maximum"].as_f64(),
            required: schema["required"] == true,
        }
    }

    fn integers(&self) -> RangeInclusive<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "integers are of 32 bits")]
        let bound = |bound: Option<f64>, other: i64| bound.map_or(other, |bound| bound as i64);
        bound(self.minimum, *INTEGERS.start())..=bound(self.maximum, *INTEGERS.end())
    }

    fn numbers(&self) -> RangeInclusive<f64> {
        match (self.minimum, self.maximum) {
            (Some(least), Some(most)) => least..=most,
            (Some(least), None) => least..=least + 1_000.0,
            (None, Some(most)) => most - 1_000.0..=most,
            (None, None) => -1_000.0..=1_000.0,
        }
    }
}

/// A text that matches, and one that does not.
#[track_caller]
fn texts_of(pattern: &str) -> (&'static str, &'static str) {
    match PATTERNS.iter().find(|(known, _, _)| *known == pattern) {
        Some((_, fit, unfit)) => (fit, unfit),
        None => panic!("texts that match {pattern} cannot be made up; known are {PATTERNS:?}"),
    }
}

/// A number as JSON: a whole one without a decimal point.
pub(super) fn number(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "no bound is as large")]
    if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
}

/// Values that fit a definition; never `null`, which is no value.
///
/// # Panics
///
/// When it has a `pattern` that is not one of those that are made up here.
#[track_caller]
pub(super) fn valid(definition: &Value) -> BoxedStrategy<Value> {
    let wanted = Wanted::by(definition);
    match wanted.kind.as_str() {
        "array" if wanted.allowed.is_empty() => {
            let text = text_of(text::letters(), 0, LENGTH_DEFAULT);
            vec(text, 0..4).prop_map(|texts| json!(texts)).boxed()
        }
        "array" => {
            let count = wanted.allowed.len();
            subsequence(wanted.allowed, 0..=count).prop_map(|texts| json!(texts)).boxed()
        }
        "boolean" => any::<bool>().prop_map(Value::Bool).boxed(),
        "date" => text::json(day()),
        "datetime" => text::json(moment()),
        "integer" => {
            let (least, most) = wanted.integers().into_inner();
            let edges = select(vec![json!(least), json!(most)]);
            prop_oneof![4 => wanted.integers().prop_map(|it| json!(it)), 1 => edges].boxed()
        }
        "number" => {
            let (least, most) = wanted.numbers().into_inner();
            let edges = select(vec![json!(least), json!(most)]);
            prop_oneof![4 => wanted.numbers().prop_map(|it| json!(it)), 1 => edges].boxed()
        }
        "monetary" => (currency(), amount())
            .prop_map(|(currency, amount)| json!({ "amount": amount, "currency": currency }))
            .boxed(),
        _ => match wanted.pattern {
            Some((fit, _)) => text::only(fit),
            None if wanted.allowed.is_empty() => {
                text::json(text_of(text::letters(), 0, wanted.most))
            }
            None => select(wanted.allowed).prop_map(Value::String).boxed(),
        },
    }
}

/// Values that a definition refuses.
///
/// # Panics
///
/// As [`valid`].
#[track_caller]
pub(super) fn invalid(definition: &Value) -> BoxedStrategy<Invalid<Value>> {
    let wanted = Wanted::by(definition);
    let mut wrong = match wanted.kind.as_str() {
        "array" => no_array(&wanted),
        "boolean" => vec![whole(no_flag())],
        "date" => vec![whole(no_day())],
        "datetime" => vec![whole(no_moment())],
        "integer" => {
            let (least, most) = wanted.integers().into_inner();
            let beyond = vec![json!(least - 1), json!(most + 1), json!(0.5)];
            vec![whole(select(beyond).boxed()), whole(no_number())]
        }
        "number" => {
            let bounds = [wanted.minimum.map(|it| it - 0.5), wanted.maximum.map(|it| it + 0.5)];
            let beyond = bounds.into_iter().flatten();
            beyond.map(|it| whole(Just(json!(it)).boxed())).chain([whole(no_number())]).collect()
        }
        "monetary" => {
            let flaws = vec![
                missing("amount"),
                missing("currency"),
                member("amount", no_number()),
                member("currency", select(vec![json!("eur"), json!("EU"), json!(7)]).boxed()),
            ];
            vec![spoilt(valid(definition), flaws), whole(no_object())]
        }
        _ => no_string(&wanted),
    };
    if wanted.required {
        wrong.push(whole(Just(Value::Null).boxed()));
    }
    Union::new(wrong).boxed()
}

fn no_array(wanted: &Wanted) -> Vec<BoxedStrategy<Invalid<Value>>> {
    let fit = wanted.allowed.first().cloned().unwrap_or_default();
    let items = move |count: usize| vec![json!(fit); count];
    let with = |last: BoxedStrategy<Value>| {
        let items = items.clone();
        let list = (0..3_usize, last).prop_map(move |(count, last)| {
            let list: Vec<Value> = items(count).into_iter().chain([last]).collect();
            Invalid::new(json!(list), &count.to_string())
        });
        list.boxed()
    };
    let mut wrong =
        vec![whole(no_list()), whole(Just(json!(items(ITEMS_MAX + 1))).boxed()), with(no_text())];
    if wanted.allowed.is_empty() {
        wrong.push(with(text::json(too_long(LENGTH_DEFAULT))));
    } else {
        wrong.push(with(text::only(STRANGER)));
    }
    wrong
}

fn no_string(wanted: &Wanted) -> Vec<BoxedStrategy<Invalid<Value>>> {
    let unfit = match wanted.pattern {
        Some((_, unfit)) => text::only(unfit),
        None if wanted.allowed.is_empty() => text::json(too_long(wanted.most)),
        None => text::only(STRANGER),
    };
    vec![whole(unfit), whole(no_text())]
}

/// A text that is not among those that a definition allows: no one would allow it.
const STRANGER: &str = "none of the allowed values";

fn currency() -> BoxedStrategy<String> {
    vec(range('A', 'Z'), 3).prop_map(String::from_iter).boxed()
}

fn amount() -> BoxedStrategy<Value> {
    prop_oneof![
        (-1_000..1_000).prop_map(|it| json!(it)),
        any::<i32>().prop_map(|it| json!(f64::from(it) / 4.0))
    ]
    .boxed()
}

/// Moments as RFC 3339 has them.
fn moment() -> BoxedStrategy<String> {
    let time = (0..24_u32, 0..60_u32, 0..60_u32);
    let offsets = select(vec!["Z", "+00:00", "-07:30", "+14:00"]);
    (day(), time, select(vec!["", ".5", ".123456789"]), offsets)
        .prop_map(|(day, (hour, minute, second), fraction, offset)| {
            format!("{day}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
        })
        .boxed()
}

fn no_moment() -> BoxedStrategy<Value> {
    let texts = &[
        "2024-01-31",
        "2024-01-31T12:00:00",
        "2024-01-31T24:00:00Z",
        "2024-02-30T12:00:00Z",
        "now",
        "",
    ];
    prop_oneof![among(texts), no_text()].boxed()
}
