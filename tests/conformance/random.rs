//! Conversations that nobody thought of: requests made by chance from the
//! definition, valid ones and others, for every operation that is simulated.

use std::fmt::Write as _;

use serde_json::Value;

use crate::client::{Answer, Client, Who};
use crate::definition::{Documented, Parameter, items, members};
use crate::dice::Dice;
use crate::encoded;
use crate::sample::{Samples, UNFIT_TEXTS};

/// The conversations, each with a double of its own.
pub(crate) const CONVERSATIONS: u64 = 8;

/// The requests of one conversation, for each operation that is simulated.
pub(crate) const REQUESTS_EACH: usize = 30;

/// One conversation: what was made in it is asked for again.
pub(crate) struct Conversation<'d> {
    operations: Vec<&'d Documented>,
    samples: &'d Samples,
    dice: Dice,
    /// The paths of things that are known to be there, segment by segment.
    known: Vec<Vec<String>>,
}

impl<'d> Conversation<'d> {
    pub(crate) fn new(
        operations: Vec<&'d Documented>,
        samples: &'d Samples,
        seed: u64,
    ) -> Conversation<'d> {
        Conversation { operations, samples, dice: Dice::new(seed), known: Vec::new() }
    }

    /// Holds it, with a new double.
    pub(crate) fn hold(mut self) -> Client {
        let client = Client::new();
        for _ in 0..self.operations.len() * REQUESTS_EACH {
            let operation = *self.dice.pick(&self.operations).expect("an operation");
            let target = self.target(operation);
            let body = operation.request.as_ref().and_then(|schema| self.body(schema));
            let who = Who::any(&mut self.dice);
            let answer = client.ask(who, &operation.method, &target, body);
            self.learn(&answer);
        }
        client
    }

    fn target(&mut self, operation: &Documented) -> String {
        let mut segments: Vec<String> = Vec::new();
        for segment in operation.path.split('/') {
            let variable = segment.strip_prefix('{').map(|name| name.trim_end_matches('}'));
            segments.push(match variable {
                Some(name) => self.segment(operation, name, &segments),
                None => segment.to_owned(),
            });
        }
        let encoded_segments: Vec<String> = segments.iter().map(|it| encoded(it)).collect();
        let mut target = encoded_segments.join("/");
        let query: Vec<&Parameter> =
            operation.parameters.iter().filter(|it| it.place == "query").collect();
        let mut between = '?';
        for parameter in query {
            if self.dice.one_in(3) || parameter.name == "targetCustomerId" {
                let value = self.query(operation, parameter);
                let _ = write!(target, "{between}{}={}", parameter.name, encoded(&value));
                between = '&';
            }
        }
        target
    }

    /// A variable of a path: mostly something that is known to be there.
    fn segment(&mut self, operation: &Documented, name: &str, before: &[String]) -> String {
        let here: Vec<String> = self
            .known
            .iter()
            .filter(|it| it.starts_with(before) && it.len() > before.len())
            .map(|it| it[before.len()].clone())
            .collect();
        if !self.dice.one_in(6)
            && let Some(found) = self.dice.pick(&here)
        {
            return found.clone();
        }
        let schema = operation.parameters.iter().find(|it| it.name == name).map(|it| &it.schema);
        match self.dice.within(0..6) {
            0 => "x".repeat(51),
            // A path has no empty segments.
            1 => self.dice.pick(&UNFIT_TEXTS[1..]).map(|it| (*it).to_owned()).unwrap_or_default(),
            2 | 3 if schema.is_some_and(|it| it["enum"].is_array()) => {
                let schema = schema.expect("it was there a line ago");
                text_of(&self.samples.any(schema, &mut self.dice))
            }
            _ => self.dice.word(),
        }
    }

    fn query(&mut self, operation: &Documented, parameter: &Parameter) -> String {
        if self.dice.one_in(8) {
            return self.dice.pick(&UNFIT_TEXTS).copied().unwrap_or_default().to_owned();
        }
        let row = operation.answers.get(&200).and_then(|it| it.body.as_ref()).map(|(_, it)| it);
        let row = row.map_or(&Value::Null, |it| it.get("items").unwrap_or(it));
        let names: Vec<String> =
            members(&row["properties"]).map(|(name, _)| name.clone()).collect();
        let inner: Vec<String> = members(&row["properties"]["_embedded"]["properties"])
            .map(|(name, _)| name.clone())
            .collect();
        let name = self.dice.pick(&names).cloned().unwrap_or_default();
        let word = self.dice.word();
        match parameter.name.as_str() {
            "targetCustomerId" => self.segment(operation, "id", &["customers".to_owned()]),
            "filter" => {
                let forms = [
                    format!("{name}:{word}"),
                    format!("{name}:!null"),
                    format!("{name}:null"),
                    format!("{name}:1..9"),
                    format!("{name}:2020-01-01..;id:!{word}"),
                    format!("{name}:true"),
                    name.clone(),
                ];
                self.dice.pick(&forms).cloned().unwrap_or_default()
            }
            "sort" if self.dice.one_in(2) => format!("-{name}"),
            "sort" => name,
            "fields" => format!("{name},{}", self.dice.pick(&names).cloned().unwrap_or_default()),
            "expand" => self.dice.pick(&inner).cloned().unwrap_or(word),
            "q" => word,
            "limit" | "offset" => {
                (i64::try_from(self.dice.within(0..14)).unwrap_or(0) - 1).to_string()
            }
            _ => text_of(&self.samples.any(&parameter.schema, &mut self.dice)),
        }
    }

    /// A body: mostly one that fits, sometimes one with a wrong member, sometimes no JSON.
    fn body(&mut self, schema: &Value) -> Option<Vec<u8>> {
        if self.dice.one_in(16) {
            let texts = [None, Some(""), Some("{"), Some("[1]"), Some("null"), Some("\"x\"")];
            return self.dice.pick(&texts).copied().flatten().map(|text| text.as_bytes().to_vec());
        }
        let mut body = self.samples.any(schema, &mut self.dice);
        if self.dice.one_in(2) {
            self.spoil(&mut body);
        }
        Some(body.to_string().into_bytes())
    }

    /// Puts something else in the place of a member, however deep.
    fn spoil(&mut self, value: &mut Value) {
        let inner: Vec<&mut Value> = match value {
            Value::Object(members) => members.values_mut().collect(),
            Value::Array(items) => items.iter_mut().collect(),
            _ => Vec::new(),
        };
        if inner.is_empty() || self.dice.one_in(4) {
            *value = self.dice.json();
            return;
        }
        let count = u64::try_from(inner.len()).expect("a length");
        let at = usize::try_from(self.dice.within(0..count)).expect("an index");
        if let Some(inner) = inner.into_iter().nth(at) {
            self.spoil(inner);
        }
    }

    /// Remembers where an answer says that something is.
    fn learn(&mut self, answer: &Answer) {
        let rows: Vec<&Value> =
            if answer.body.is_array() { items(&answer.body).collect() } else { vec![&answer.body] };
        let links = rows.into_iter().flat_map(|row| items(&row["_links"]));
        let own = links.filter(|link| link["rel"] == "self").filter_map(|it| it["href"].as_str());
        for address in own.chain(answer.location.as_deref()) {
            let Some((_, path)) = address.split_once("/organizations/acme/") else { continue };
            let segments: Vec<String> = path.split('/').map(decoded).collect();
            if !self.known.contains(&segments) && self.known.len() < 200 {
                self.known.push(segments);
            }
        }
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn decoded(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        let hex = |it: Option<u8>| it.and_then(|it| char::from(it).to_digit(16)).unwrap_or(0);
        let decoded =
            if byte == b'%' { hex(rest.next()) * 16 + hex(rest.next()) } else { u32::from(byte) };
        bytes.push(u8::try_from(decoded).unwrap_or(b'?'));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
