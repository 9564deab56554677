//! Plays the conversations of `fixtures/rebilly/contracts` for their answers.
//!
//! Whether these are the expected ones, `tests/it` has tested; here they are
//! only collected, for the [`Witness`](crate::witness::Witness) to look at.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use mock_rebilly::MockRebilly;
use mock_rebilly::http::Request;
use serde_json::{Value, json};

use crate::client::{Answer, HOME};
use crate::definition::{items, members};
use crate::encoded;

/// The name of each file, and the double that was asked what stands in it.
pub(crate) fn play_all() -> Vec<(String, MockRebilly)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rebilly/contracts");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |file: &Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (named(file), play(&std::fs::read_to_string(file).unwrap()))).collect()
}

fn play(text: &str) -> MockRebilly {
    let file: Value = serde_json::from_str(text).unwrap();
    let builder = MockRebilly::builder().allow_unmatched();
    let builder = if file["fixtures"] == "standard" { builder } else { builder.empty() };
    // The order of the kinds is lost, and customers are what builds on others.
    let (customers, others): (Vec<_>, Vec<_>) =
        members(&file["fixtures"]).partition(|(kind, _)| *kind == "customers");
    let planted = others.into_iter().chain(customers);
    let builder = planted.fold(builder, |builder, (kind, documents)| {
        builder.fixture(kind, &json!({ kind: documents }).to_string())
    });
    let rebilly = builder.without_socket();
    let given =
        [("base", rebilly.url()), ("organization", HOME.trim_start_matches("/organizations/"))];
    let mut captured: BTreeMap<String, String> =
        given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    for step in items(&file["steps"]) {
        if let Some(duration) = step["advance"].as_str() {
            rebilly.advance(Duration::from_secs(seconds(duration)));
            continue;
        }
        let step = filled(step, &captured);
        let answer = Answer::of(&rebilly.handle(request(&step["request"])));
        for (name, pointer) in members(&step["capture"]) {
            let found = pointer.as_str().and_then(|pointer| answer.body.pointer(pointer));
            let found = found.and_then(Value::as_str).expect("something to capture");
            captured.insert(name.clone(), found.to_owned());
        }
    }
    rebilly
}

fn request(step: &Value) -> Request<Vec<u8>> {
    let mut target = step["target"].as_str().unwrap_or_default().to_owned();
    if let Some(path) = step["path"].as_str() {
        let _ = write!(target, "{HOME}{path}");
    }
    for (index, (name, value)) in members(&step["query"]).enumerate() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let between = if index == 0 { '?' } else { '&' };
        let _ = write!(target, "{between}{}={}", encoded(name), encoded(&text));
    }
    let method = step["method"].as_str().unwrap_or("GET");
    let mut request = Request::builder().method(method).uri(target);
    let said = &step["headers"];
    if said.get("REB-APIKEY").is_none() {
        request = request.header("REB-APIKEY", "sk_sandbox_contracts");
    }
    for (name, value) in members(said) {
        if let Some(value) = value.as_str() {
            request = request.header(name, value);
        }
    }
    let body = match (step["text"].as_str(), step.get("body")) {
        (Some(text), _) => text.to_owned(),
        (None, Some(body)) => body.to_string(),
        (None, None) => String::new(),
    };
    request.body(body.into_bytes()).expect("a request that can be sent")
}

/// A step with captured values in the place of their names.
fn filled(value: &Value, captured: &BTreeMap<String, String>) -> Value {
    let replaced = |text: &String| {
        captured
            .iter()
            .fold(text.clone(), |text, (name, value)| text.replace(&format!("${{{name}}}"), value))
    };
    match value {
        Value::String(text) => replaced(text).into(),
        Value::Array(items) => items.iter().map(|item| filled(item, captured)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), filled(value, captured))).collect()
        }
        other => other.clone(),
    }
}

/// `P1DT2H3M4S`, in seconds.
fn seconds(duration: &str) -> u64 {
    let mut total = 0;
    let mut number = String::new();
    for letter in duration.chars() {
        let unit = match letter {
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            'P' | 'T' => continue,
            digit => {
                number.push(digit);
                continue;
            }
        };
        total += std::mem::take(&mut number).parse::<u64>().expect("a whole number") * unit;
    }
    total
}
