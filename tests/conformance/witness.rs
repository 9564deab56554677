//! [`Witness`]: looks at every answer and says what the definition does not have.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use jsonschema::paths::LocationSegment;
use mock_rebilly::{Exchange, Journal};
use serde_json::Value;

use crate::definition::{Definition, Documented, Side, validator};
use crate::deviations::Deviations;
use crate::fields::{Fields, member_at, name_of, shown, undocumented};

/// Problems by what they are, with how often each was met and an example.
pub(crate) type Problems = BTreeMap<String, (usize, String)>;

/// What the answers so far were like.
pub(crate) struct Witness<'d> {
    definition: &'d Definition,
    operations: &'d [Documented],
    deviations: &'d Deviations,
    validators: BTreeMap<(String, u16), Validator>,
    /// How often each status of each operation was answered.
    pub(crate) statuses: BTreeMap<(String, u16), usize>,
    /// What was shown of each published schema.
    pub(crate) fields: BTreeMap<String, Fields>,
    /// How many answers were looked at.
    pub(crate) answers: usize,
    /// What was wrong with them.
    pub(crate) problems: Problems,
}

impl<'d> Witness<'d> {
    pub(crate) fn new(
        definition: &'d Definition,
        operations: &'d [Documented],
        deviations: &'d Deviations,
    ) -> Witness<'d> {
        Witness {
            definition,
            operations,
            deviations,
            validators: BTreeMap::new(),
            statuses: BTreeMap::new(),
            fields: BTreeMap::new(),
            answers: 0,
            problems: Problems::new(),
        }
    }

    /// Looks at all of a journal. `source` says where it comes from.
    pub(crate) fn see_all(&mut self, source: &str, journal: &Journal) {
        assert_eq!(journal.dropped(), 0, "{source} is too long to be looked at as a whole");
        for exchange in journal.iter() {
            self.see(source, exchange);
        }
    }

    fn see(&mut self, source: &str, exchange: &Exchange) {
        let operations = self.operations;
        let documented = operations.iter().find(|it| exchange.operation == Some(it.id.as_str()));
        // What is no operation of this definition is none of its business.
        let Some(operation) = documented else { return };
        self.answers += 1;
        let status = exchange.status().as_u16();
        *self.statuses.entry((operation.id.clone(), status)).or_default() += 1;
        let found = match operation.answers.get(&status) {
            Some(answer) => {
                let mut found = headers(exchange, &answer.headers);
                found.extend(match &answer.body {
                    Some((kind, schema)) => self.body(operation, exchange, kind, schema),
                    None => nothing(exchange),
                });
                found
            }
            None => match self.deviations.status(&operation.id, status) {
                Some(name) => {
                    let schema = self.definition.schema(name, Side::Answer);
                    self.body(operation, exchange, "application/json", &schema)
                }
                None => vec![Found::of_all("is not documented")],
            },
        };
        let whole = format!("{} {status}", operation.id);
        for Found { place, what } in found {
            let place = place.unwrap_or_else(|| whole.clone());
            if !self.deviations.explains(&place, &what) {
                let example = || (0, format!("{source}: {exchange}\n{}", excerpt(exchange)));
                self.problems.entry(format!("{place} {what}")).or_insert_with(example).0 += 1;
            }
        }
    }

    fn body(
        &mut self,
        operation: &Documented,
        exchange: &Exchange,
        kind: &str,
        schema: &Value,
    ) -> Vec<Found> {
        let found_kind = exchange.answer_header("content-type").unwrap_or("nothing");
        if found_kind.split(';').next() != Some(kind) {
            return vec![Found::of_all(format!("has the content type {found_kind}"))];
        }
        let Ok(body) = serde_json::from_slice::<Value>(&exchange.answer_body()) else {
            return vec![Found::of_all("is not JSON")];
        };
        let key = (operation.id.clone(), exchange.status().as_u16());
        let validator = self.validators.entry(key).or_insert_with(|| validator(schema));
        let found = validator.iter_errors(&body).map(|error| {
            let names: Vec<String> = error.instance_path().iter().map(segment).collect();
            let place = Some(member_at(schema, &operation.id, &names));
            Found { place, what: format!("is shown against `{}`", error.kind().keyword()) }
        });
        let mut found: BTreeSet<Found> = found.collect();
        let mut more = BTreeSet::new();
        undocumented(schema, &body, &operation.id, &mut more);
        found.extend(more.into_iter().map(|member| Found {
            place: Some(member),
            what: "is shown, and not documented".to_owned(),
        }));
        if exchange.status().is_success() {
            let rows: Vec<&Value> =
                if let Value::Array(rows) = &body { rows.iter().collect() } else { vec![&body] };
            let schema = if body.is_array() { &schema["items"] } else { schema };
            if let Some(name) = name_of(schema) {
                let fields = self.fields.entry(name.to_owned()).or_default();
                rows.into_iter().for_each(|row| shown(schema, row, fields));
            }
        }
        found.into_iter().collect()
    }
}

/// A difference: of a member, or of the answer as a whole.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    place: Option<String>,
    what: String,
}

impl Found {
    fn of_all(what: impl Into<String>) -> Found {
        Found { place: None, what: what.into() }
    }
}

/// A place in a document, the same for every item of a list.
fn segment(segment: LocationSegment<'_>) -> String {
    match segment {
        LocationSegment::Property(name) => name.to_string(),
        LocationSegment::Index(_) => "*".to_owned(),
    }
}

/// A documented header must be there and fit.
fn headers(exchange: &Exchange, documented: &[(String, Value)]) -> Vec<Found> {
    let wrong = |(name, schema): &(String, Value)| {
        let Some(found) = exchange.answer_header(name) else {
            return Some(Found::of_all(format!("has no header {name}")));
        };
        let value = match schema["type"].as_str() {
            Some("integer") => found.parse::<i64>().map(Value::from).unwrap_or_default(),
            _ => Value::from(found),
        };
        (!validator(schema).is_valid(&value))
            .then(|| Found::of_all(format!("has an unfit header {name}")))
    };
    documented.iter().filter_map(wrong).collect()
}

/// No body, and no word on what it would be.
fn nothing(exchange: &Exchange) -> Vec<Found> {
    let body = !exchange.answer_body().is_empty();
    let kind = exchange.answer_header("content-type").is_some();
    if body || kind { vec![Found::of_all("has a body")] } else { Vec::new() }
}

fn excerpt(exchange: &Exchange) -> String {
    let sent = String::from_utf8_lossy(exchange.body()).chars().take(300).collect::<String>();
    let body = exchange.answer_body();
    let got = String::from_utf8_lossy(&body).chars().take(600).collect::<String>();
    format!("    sent {sent}\n    got  {got}")
}
