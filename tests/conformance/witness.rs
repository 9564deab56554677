//! [`Witness`]: looks at every answer and says what the definition does not have.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jsonschema::Validator;
use mock_rebilly::http::Response;
use mock_rebilly::{Exchange, MockRebilly};
use serde_json::Value;

use crate::client::Client;
use crate::definition::{Definition, Documented, Side, validator};
use crate::deviations::Deviations;
use crate::differences::{Found, Problems, differences, note};
use crate::fields::{Fields, name_of, shown};
use crate::injected;
use crate::listener::Listener;
use crate::support::{Ask, header};

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
    /// The hashes of those that clients were told.
    heard: HashSet<u64>,
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
            heard: HashSet::new(),
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
        if let Some(operation) = documented {
            self.look(source, operation, exchange);
        }
    }

    /// Hears what a client was told. What was told before, byte by byte, is not
    /// looked at again.
    pub(crate) fn hear(&mut self, source: &str, ask: &Ask, answer: &Response<Vec<u8>>) {
        let operations = self.operations;
        let documented = operations.iter().find(|it| it.is_asked(ask.method.as_str(), &ask.target));
        let Some(operation) = documented else { return };
        let mut hasher = DefaultHasher::new();
        (&operation.id, answer.status(), answer.body()).hash(&mut hasher);
        for (name, value) in answer.headers().iter().filter(|it| it.0 != COUNTDOWN) {
            (name, value).hash(&mut hasher);
        }
        answer.headers().contains_key(COUNTDOWN).hash(&mut hasher);
        if self.heard.insert(hasher.finish()) {
            self.look(source, operation, &(ask, answer));
        } else {
            self.answers += 1;
        }
    }

    fn look(&mut self, source: &str, operation: &Documented, answered: &dyn Answered) {
        self.answers += 1;
        let status = answered.status();
        if answered.counts(&operation.id) {
            *self.statuses.entry((operation.id.clone(), status)).or_default() += 1;
        }
        let found = match operation.answers.get(&status) {
            Some(answer) => {
                let mut found = headers(answered, &answer.headers);
                found.extend(match &answer.body {
                    Some((kind, schema)) => self.body(operation, answered, kind, schema),
                    None => nothing(answered),
                });
                found
            }
            None => match self.deviations.status(&operation.id, status) {
                Some(name) => {
                    let schema = self.definition.schema(name, Side::Answer);
                    self.body(operation, answered, "application/json", &schema)
                }
                None => vec![Found::of_all("is not documented")],
            },
        };
        let whole = format!("{} {status}", operation.id);
        let example = || format!("{source}: {}", answered.excerpt());
        note(&mut self.problems, self.deviations, &whole, found, example);
    }

    fn body(
        &mut self,
        operation: &Documented,
        answered: &dyn Answered,
        kind: &str,
        schema: &Value,
    ) -> Vec<Found> {
        let found_kind = answered.header("content-type").unwrap_or("nothing");
        if found_kind.split(';').next() != Some(kind) {
            return vec![Found::of_all(format!("has the content type {found_kind}"))];
        }
        let Ok(body) = serde_json::from_slice::<Value>(&answered.said()) else {
            return vec![Found::of_all("is not JSON")];
        };
        let key = (operation.id.clone(), answered.status());
        let validator = self.validators.entry(key).or_insert_with(|| validator(schema));
        let found = differences(validator, schema, &operation.id, &body);
        if (200..300).contains(&answered.status()) {
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

/// The header that tells how many calls there were before.
const COUNTDOWN: &str = "x-ratelimit-remaining";

/// An answer, wherever it is known from.
trait Answered {
    fn status(&self) -> u16;
    /// Whether it shows that the double comes to its status.
    fn counts(&self, operation: &str) -> bool;
    fn header(&self, name: &str) -> Option<&str>;
    fn said(&self) -> Cow<'_, [u8]>;
    /// What was asked, in a line, and the beginnings of the two bodies.
    fn excerpt(&self) -> String;
}

impl Answered for Exchange {
    fn status(&self) -> u16 {
        self.status().expect("nothing of this proof loses an answer").as_u16()
    }

    fn counts(&self, operation: &str) -> bool {
        injected::counts(operation, self)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.answer_header(name)
    }

    fn said(&self) -> Cow<'_, [u8]> {
        self.answer_body().to_vec().into()
    }

    fn excerpt(&self) -> String {
        format!("{self}\n{}", bodies(self.body(), &self.answer_body()))
    }
}

/// What a client asked, and what it was told.
impl Answered for (&Ask, &Response<Vec<u8>>) {
    fn status(&self) -> u16 {
        self.1.status().as_u16()
    }

    fn counts(&self, _: &str) -> bool {
        true
    }

    fn header(&self, name: &str) -> Option<&str> {
        header(self.1, name)
    }

    fn said(&self) -> Cow<'_, [u8]> {
        self.1.body().into()
    }

    fn excerpt(&self) -> String {
        let (ask, answer) = self;
        let line = format!("{} {} -> {}", ask.method, ask.target, answer.status());
        format!("{line}\n{}", bodies(ask.body.as_deref().unwrap_or_default(), answer.body()))
    }
}

/// A documented header must be there and fit.
fn headers(answered: &dyn Answered, documented: &[(String, Value)]) -> Vec<Found> {
    let wrong = |(name, schema): &(String, Value)| {
        let Some(found) = answered.header(name) else {
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
fn nothing(answered: &dyn Answered) -> Vec<Found> {
    let body = !answered.said().is_empty();
    let kind = answered.header("content-type").is_some();
    if body || kind { vec![Found::of_all("has a body")] } else { Vec::new() }
}

fn bodies(sent: &[u8], got: &[u8]) -> String {
    let start =
        |body: &[u8], most| String::from_utf8_lossy(body).chars().take(most).collect::<String>();
    format!("    sent {}\n    got  {}", start(sent, 300), start(got, 600))
}
