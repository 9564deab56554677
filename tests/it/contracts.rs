//! Plays every file of `fixtures/rebilly/contracts`, over a socket and without
//! one. A new case is a new file.
//!
//! A file is one conversation: requests, and what must be answered. Expected
//! objects are subsets, lists are whole, and a text that begins with `$` is a
//! matcher (see [`matches`]). `${name}` stands for a captured value.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use mock_rebilly::{MockRebilly, Timestamp};
use serde_json::Value;

use crate::support::{Api, Ask, Way, header};

/// The fewest files that may be there: a runner that finds none passes nothing.
const FILES_MIN: usize = 40;

#[test]
fn every_contract_holds_over_a_socket() {
    play_all(Way::Socket);
}

#[test]
fn every_contract_holds_without_a_socket() {
    play_all(Way::Direct);
}

#[test]
fn a_contract_that_is_not_kept_says_where() {
    let text = r#"{
        "format": 1, "title": "A wrong one.", "source": "made up",
        "steps": [{
            "request": { "method": "PUT", "path": "/customers/ada", "body": {} },
            "answer": { "status": 200, "headers": { "Location": "$absent" }, "body": { "revision": 7, "tags": [1] } }
        }]
    }"#;
    let problems = play(text, Way::Direct);
    let expected = [
        "step 1 PUT /customers/ada: status: expected 200, found 201",
        "step 1 PUT /customers/ada: header Location: expected \"$absent\", found \"http://localhost/organizations/acme/customers/ada\"",
        "step 1 PUT /customers/ada: /revision: expected 7, found 0",
        "step 1 PUT /customers/ada: /tags: expected 1 items, found 0",
    ];
    assert_eq!(problems, expected);
}

fn play_all(way: Way) {
    let files = files();
    assert!(files.len() >= FILES_MIN, "only {} contract files", files.len());
    let mut report = String::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        for problem in play(&text, way) {
            let _ = writeln!(report, "{}: {problem}", file.file_name().unwrap().display());
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rebilly/contracts");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Plays one file and says everything that was not as expected.
fn play(text: &str, way: Way) -> Vec<String> {
    let file: Value = match serde_json::from_str(text) {
        Ok(file) => file,
        Err(error) => return vec![format!("not JSON: {error}")],
    };
    let mut problems = Vec::new();
    if file["format"] != 1 || file["title"].as_str().is_none_or(str::is_empty) {
        problems.push("format must be 1, and a title must be there".to_owned());
    }
    let assumed = |it: &Value| it["assumed"] == true && it["reason"].is_string();
    let steps: &[Value] = file["steps"].as_array().map_or(&[], Vec::as_slice);
    if file["source"].as_str().is_none_or(str::is_empty)
        && !assumed(&file)
        && !steps.iter().any(assumed)
    {
        problems.push("needs a source, or to be assumed with a reason".to_owned());
    }
    if steps.is_empty() {
        problems.push("has no steps".to_owned());
    }
    let builder = MockRebilly::builder().allow_unmatched();
    let builder = if file["fixtures"] == "standard" { builder } else { builder.empty() };
    let rebilly =
        if way == Way::Socket { builder.start_blocking() } else { builder.without_socket() };
    let mut player =
        Player { rebilly: &rebilly, api: Api::by(&rebilly, way), captured: BTreeMap::new() };
    player.captured.insert("base".to_owned(), rebilly.url().to_owned());
    for (index, step) in steps.iter().enumerate() {
        player.step(&format!("step {}", index + 1), step, &mut problems);
    }
    problems
}

struct Player<'m> {
    rebilly: &'m MockRebilly,
    api: Api<'m>,
    captured: BTreeMap<String, String>,
}

impl Player<'_> {
    fn step(&mut self, number: &str, step: &Value, problems: &mut Vec<String>) {
        if let Some(duration) = step["advance"].as_str() {
            match seconds(duration) {
                Some(seconds) => drop(self.rebilly.advance(Duration::from_secs(seconds))),
                None => problems.push(format!("{number}: `{duration}` is not a duration")),
            }
            return;
        }
        let step = self.filled(step);
        let ask = request(&step["request"]);
        let place = format!(
            "{number} {} {}",
            ask.method,
            ask.target.replacen("/organizations/acme", "", 1)
        );
        let (answer, expected) = (self.api.ask(&ask), &step["answer"]);
        let mut differs = |what: &str| problems.push(format!("{place}: {what}"));
        let status = answer.status().as_u16();
        if expected["status"] != status {
            differs(&format!("status: expected {}, found {status}", expected["status"]));
        }
        for (name, wanted) in expected["headers"].as_object().into_iter().flatten() {
            let found = header(&answer, name).map(|text| Value::String(text.to_owned()));
            if !matches(wanted, found.as_ref(), "", &mut |_| ()) {
                let found = found.unwrap_or_default();
                differs(&format!("header {name}: expected {wanted}, found {found}"));
            }
        }
        let text = String::from_utf8_lossy(answer.body()).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text.clone()));
        match &expected["body"] {
            Value::Null => {}
            Value::String(wanted) if wanted == "$empty" => {
                if !text.is_empty() {
                    differs(&format!("expected no body, found {text}"));
                }
            }
            Value::String(wanted) if !wanted.starts_with('$') => {
                if *wanted != text {
                    differs(&format!("expected {wanted:?}, found {text:?}"));
                }
            }
            wanted => drop(matches(wanted, Some(&body), "", &mut |problem| differs(&problem))),
        }
        for (name, pointer) in step["capture"].as_object().into_iter().flatten() {
            let found = pointer.as_str().and_then(|pointer| body.pointer(pointer));
            match found.and_then(Value::as_str) {
                Some(found) => drop(self.captured.insert(name.clone(), found.to_owned())),
                None => differs(&format!("nothing to capture at {pointer}")),
            }
        }
    }

    /// The step with captured values in the place of their names.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let mut text = text.clone();
                for (name, value) in &self.captured {
                    text = text.replace(&format!("${{{name}}}"), value);
                }
                Value::String(text)
            }
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect()
            }
            other => other.clone(),
        }
    }
}

fn request(step: &Value) -> Ask {
    let method = step["method"].as_str().unwrap_or_default();
    let target = match step["target"].as_str() {
        Some(target) => target.to_owned(),
        None => {
            let path = step["path"].as_str().unwrap_or_default();
            let mut target = format!("/organizations/acme{path}");
            for (index, (name, value)) in
                step["query"].as_object().into_iter().flatten().enumerate()
            {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let between = if index == 0 { '?' } else { '&' };
                let _ = write!(target, "{between}{}={}", encoded(name), encoded(&text));
            }
            target
        }
    };
    let mut ask = Ask::new(method, &target);
    let said = &step["headers"];
    if said.get("REB-APIKEY").is_none() {
        ask = ask.header("REB-APIKEY", "sk_sandbox_contracts");
    }
    if let Some(text) = step["text"].as_str() {
        ask = ask.text(text);
    } else if let Some(body) = step.get("body") {
        ask.body = Some(body.to_string().into_bytes());
        if said.get("Content-Type").is_none() {
            ask = ask.header("Content-Type", "application/json");
        }
    }
    for (name, value) in said.as_object().into_iter().flatten() {
        if let Some(value) = value.as_str() {
            ask = ask.header(name, value);
        }
    }
    ask
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' | b'[' | b']' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Whether what was found is what was wanted; every difference is told with its place.
fn matches(
    wanted: &Value,
    found: Option<&Value>,
    place: &str,
    tell: &mut dyn FnMut(String),
) -> bool {
    if let Value::String(text) = wanted {
        if let Some(matcher) = text.strip_prefix('$').filter(|rest| !rest.starts_with('$')) {
            let holds = matcher_holds(matcher, found);
            if !holds {
                tell(format!("{place}: expected {wanted}, found {}", shown(found)));
            }
            return holds;
        }
    }
    let Some(found) = found else {
        tell(format!("{place}: expected {wanted}, found nothing"));
        return false;
    };
    match (wanted, found) {
        (Value::Object(wanted), found) if wanted.contains_key("$exactly") => {
            let exactly = &wanted["$exactly"];
            let more = found.as_object().into_iter().flatten();
            let mut whole = matches(exactly, Some(found), place, tell);
            for (name, _) in more.filter(|(name, _)| exactly.get(name.as_str()).is_none()) {
                tell(format!("{place}/{name}: expected nothing more than was named"));
                whole = false;
            }
            whole
        }
        (Value::Object(wanted), Value::Array(found)) if wanted.contains_key("$unordered") => {
            unordered(
                wanted["$unordered"].as_array().map_or(&[], Vec::as_slice),
                found,
                place,
                tell,
            )
        }
        (Value::Object(wanted), Value::Object(found)) => {
            wanted.iter().fold(true, |holds, (name, wanted)| {
                matches(wanted, found.get(name), &format!("{place}/{name}"), tell) && holds
            })
        }
        (Value::Array(wanted), Value::Array(found)) => {
            if wanted.len() != found.len() {
                tell(format!("{place}: expected {} items, found {}", wanted.len(), found.len()));
                return false;
            }
            wanted.iter().zip(found).enumerate().fold(true, |holds, (index, (wanted, found))| {
                matches(wanted, Some(found), &format!("{place}/{index}"), tell) && holds
            })
        }
        (Value::String(wanted), Value::String(found))
            if wanted.replacen("$$", "$", 1) == *found =>
        {
            true
        }
        (Value::Number(wanted), Value::Number(found)) if wanted.as_f64() == found.as_f64() => true,
        (wanted, found) if wanted == found => true,
        (wanted, found) => {
            tell(format!("{place}: expected {wanted}, found {found}"));
            false
        }
    }
}

/// Each wanted item has a found one of its own, and none is left over.
fn unordered(wanted: &[Value], found: &[Value], place: &str, tell: &mut dyn FnMut(String)) -> bool {
    let mut left: Vec<&Value> = found.iter().collect();
    let mut holds = true;
    for wanted in wanted {
        match left.iter().position(|found| matches(wanted, Some(found), "", &mut |_| ())) {
            Some(index) => drop(left.remove(index)),
            None => {
                tell(format!("{place}: expected {wanted} among {}", Value::from(found)));
                holds = false;
            }
        }
    }
    for left in left.iter().take(if holds { left.len() } else { 0 }) {
        tell(format!("{place}: did not expect {left}"));
        holds = false;
    }
    holds
}

fn matcher_holds(matcher: &str, found: Option<&Value>) -> bool {
    let (name, argument) = matcher.split_once(':').unwrap_or((matcher, ""));
    let text = found.and_then(Value::as_str);
    let all = |text: &str, known: &str| text.chars().all(|letter| known.contains(letter));
    match name {
        "absent" => found.is_none(),
        "any" => found.is_some(),
        "text" => text.is_some_and(|text| !text.is_empty()),
        "number" => found.is_some_and(Value::is_number),
        "time" => text.is_some_and(|text| Timestamp::parse(text).is_some()),
        "contains" => text.is_some_and(|text| text.contains(argument)),
        "hex" => text.is_some_and(|text| {
            argument == text.len().to_string() && all(text, "0123456789abcdef")
        }),
        "length" => {
            let length = found.and_then(Value::as_array).map(Vec::len);
            let length = length.or_else(|| text.map(|text| text.chars().count()));
            length.is_some_and(|length| argument == length.to_string())
        }
        "id" => text
            .and_then(|text| text.strip_prefix(argument))
            .is_some_and(|rest| rest.len() == 26 && all(rest, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")),
        _ => false,
    }
}

fn shown(found: Option<&Value>) -> String {
    found.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

/// `P1DT2H3M4S`, in seconds.
fn seconds(duration: &str) -> Option<u64> {
    let (days, time) = duration.strip_prefix('P')?.split_once('T').unwrap_or((&duration[1..], ""));
    let mut total = 0;
    for (part, units) in
        [(days, &[('D', 86_400)][..]), (time, &[('H', 3_600), ('M', 60), ('S', 1)][..])]
    {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
            let unit = rest[end..].chars().next()?;
            let (_, length) = units.iter().find(|(name, _)| *name == unit)?;
            total += rest[..end].parse::<u64>().ok()? * length;
            rest = &rest[end + 1..];
        }
    }
    Some(total)
}
