//! Where two JSON values differ, as lines that can be read.

use std::collections::BTreeSet;

use serde_json::Value;

/// The most differences that are told.
const TOLD_MAX: usize = 8;
/// The most characters of a value that are told.
const LETTERS_MAX: usize = 160;

/// The places in which `is` is another than `was`: `ada/customer/revision: was 1, is 2`.
pub(super) fn differences(was: &Value, is: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", was, is, &mut found);
    if found.len() > TOLD_MAX {
        let more = found.len() - TOLD_MAX;
        found.truncate(TOLD_MAX);
        found.push(format!("… and {more} more"));
    }
    found
}

fn compare(place: &str, was: &Value, is: &Value, found: &mut Vec<String>) {
    let (Value::Object(before), Value::Object(after)) = (was, is) else {
        if was != is {
            found.push(format!("{place}: was {}, is {}", short(was), short(is)));
        }
        return;
    };
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let place = if place.is_empty() { name.clone() } else { format!("{place}/{name}") };
        match (before.get(name), after.get(name)) {
            (Some(was), Some(is)) => compare(&place, was, is, found),
            (Some(was), None) => found.push(format!("{place}: was {}, is not there", short(was))),
            (None, Some(is)) => found.push(format!("{place}: was not there, is {}", short(is))),
            (None, None) => {}
        }
    }
}

/// The text of a value, or its beginning; of a message, what it says.
fn short(value: &Value) -> String {
    let text = match value.get("message") {
        Some(said) => format!("{{\"message\":{said},…}}"),
        None => value.to_string(),
    };
    match text.char_indices().nth(LETTERS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
