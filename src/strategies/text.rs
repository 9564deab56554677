//! Texts: of which letters, and how long.

use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

/// Letters that a person or a program could write: most of them plain, none a
/// control character, none beyond the Basic Multilingual Plane.
pub(super) fn letters() -> BoxedStrategy<char> {
    prop_oneof![
        6 => range('a', 'z'),
        2 => range(' ', '~'),
        1 => range('\u{A1}', '\u{D7FF}'),
        1 => range('\u{E000}', '\u{FFFD}'),
    ]
    .boxed()
}

/// Letters beyond the Basic Multilingual Plane.
pub(super) fn beyond() -> BoxedStrategy<char> {
    range('\u{1F600}', '\u{1F64F}').boxed()
}

/// Texts of so many letters. Most are short, some as long as they may be.
pub(super) fn text_of(
    letters: BoxedStrategy<char>,
    least: usize,
    most: usize,
) -> BoxedStrategy<String> {
    let short = vec(letters.clone(), least..=most.min(least + 12));
    let text = |letters: Vec<char>| letters.into_iter().collect::<String>();
    let longest = letters.prop_map(move |letter| letter.to_string().repeat(most));
    prop_oneof![9 => short.prop_map(text), 1 => longest].boxed()
}

/// Texts of one letter at least.
pub(super) fn text(most: usize) -> BoxedStrategy<String> {
    text_of(letters(), 1, most)
}

/// Texts that have one letter too many.
pub(super) fn too_long(most: usize) -> BoxedStrategy<String> {
    letters().prop_map(move |letter| letter.to_string().repeat(most + 1)).boxed()
}

/// Texts as JSON.
pub(super) fn json(texts: BoxedStrategy<String>) -> BoxedStrategy<Value> {
    texts.prop_map(Value::String).boxed()
}

/// Days of the calendar.
pub(super) fn day() -> BoxedStrategy<String> {
    let day = (1_900..2_030_u32, 1..=12_u32, 1..=28_u32)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let edges = ["2024-02-29", "2000-02-29", "1999-12-31", "1970-01-01"].map(str::to_owned);
    prop_oneof![8 => day, 1 => select(edges.to_vec())].boxed()
}

/// What is nearly a day.
pub(super) fn no_day() -> BoxedStrategy<Value> {
    let texts = &["2024-02-30", "2023-02-29", "2024-1-31", "31.01.2024", "2024-13-01", ""];
    prop_oneof![among(texts), no_text()].boxed()
}

/// Anything but a text; never `null`, which is no value.
pub(super) fn no_text() -> BoxedStrategy<Value> {
    select(vec![json!(7), json!(true), json!(["a"]), json!({ "a": "b" })]).boxed()
}

/// Anything but a boolean.
pub(super) fn no_flag() -> BoxedStrategy<Value> {
    select(vec![json!(1), json!("true"), json!([true])]).boxed()
}

/// Anything but a list. An object whose members are numbered, or none, is PHP's idea of one.
pub(super) fn no_list() -> BoxedStrategy<Value> {
    select(vec![json!(7), json!("a"), json!({ "a": "b" })]).boxed()
}

/// Anything but an object. An empty list is PHP's idea of an empty one.
pub(super) fn no_object() -> BoxedStrategy<Value> {
    select(vec![json!(7), json!("a"), json!(["a"])]).boxed()
}

/// Anything but a number.
pub(super) fn no_number() -> BoxedStrategy<Value> {
    select(vec![json!("7"), json!(true), json!([7])]).boxed()
}

/// Always this text.
pub(super) fn only(text: &str) -> BoxedStrategy<Value> {
    Just(json!(text)).boxed()
}

/// One of these texts.
pub(super) fn among(texts: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(texts).prop_map(|text| json!(text)).boxed()
}
