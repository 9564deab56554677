//! [`Witness`]: looks at every answer and says what the definition does not have.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use mock_rebilly::{Exchange, MockRebilly};
use serde_json::Value;

use crate::client::Client;
use crate::definition::{Definition, Documented, Side, validator};
use crate::deviations::Deviations;
use crate::differences::{Found, Problems, differences, note};
use crate::fields::{Fields, name_of, shown};
use crate::injected;
use crate::listener::Listener;

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
    /// Who hears the events that the calls caused.
    pub(crate) listener: Listener<'d>,
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
            listener: Listener::new(definition, deviations),
        }
    }

    /// Looks at all that a double was asked, and at all that came of it. `source` says by whom.
    pub(crate) fn see_all(&mut self, source: &str, rebilly: &MockRebilly) {
        let journal = rebilly.journal();
        assert_eq!(journal.dropped(), 0, "{source} is too long to be looked at as a whole");
        for exchange in journal.iter() {
            self.see(source, exchange);
        }
        let organizations: BTreeSet<&str> = journal.iter().map(|it| it.realm.as_str()).collect();
        for organization in organizations {
            self.listener.hear_all(source, &rebilly.organization(organization).events());
        }
    }

    /// The same, and what its webhook was told of it.
    pub(crate) fn see_client(&mut self, source: &str, client: &Client) {
        self.see_all(source, &client.rebilly);
        let deliveries = client.rebilly.deliver_blocking();
        self.listener.compare(source, &client.events(), &deliveries);
    }

    fn see(&mut self, source: &str, exchange: &Exchange) {
        let operations = self.operations;
        let documented = operations.iter().find(|it| exchange.operation == Some(it.id.as_str()));
        // What is no operation of this definition is none of its business.
        let Some(operation) = documented else { return };
        self.answers += 1;
        let status = status(exchange);
        if injected::counts(&operation.id, exchange) {
            *self.statuses.entry((operation.id.clone(), status)).or_default() += 1;
        }
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
        let example = || format!("{source}: {exchange}\n{}", excerpt(exchange));
        note(&mut self.problems, self.deviations, &whole, found, example);
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
        let key = (operation.id.clone(), status(exchange));
        let validator = self.validators.entry(key).or_insert_with(|| validator(schema));
        let found = differences(validator, schema, &operation.id, &body);
        if (200..300).contains(&status(exchange)) {
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

/// Nothing of this proof loses an answer.
fn status(exchange: &Exchange) -> u16 {
    exchange.status().expect("an answer").as_u16()
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
