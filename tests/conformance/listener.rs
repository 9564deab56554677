//! [`Listener`]: hears every event and says what the published webhooks do not have.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use mock_rebilly::{Deliveries, Event, Events};
use serde_json::{Map, Value};

use crate::definition::{Definition, DocumentedEvent, items, members, validator};
use crate::deviations::Deviations;
use crate::differences::{Found, Problems, differences, note};
use crate::fields::{Fields, documented, name_of, shown};

/// What the events so far were like.
pub(crate) struct Listener<'d> {
    deviations: &'d Deviations,
    webhooks: BTreeMap<String, Webhook>,
    /// How often each type of event was heard of.
    pub(crate) heard: BTreeMap<&'static str, usize>,
    /// What was wrong with what was heard.
    pub(crate) problems: Problems,
}

/// A published webhook.
struct Webhook {
    schema: Value,
    validator: Validator,
    /// The schema without what is within things that have schemas of their own.
    envelope: Value,
    /// The members of the envelope.
    members: BTreeSet<String>,
}

impl<'d> Listener<'d> {
    pub(crate) fn new(definition: &Definition, deviations: &'d Deviations) -> Listener<'d> {
        let webhook = |DocumentedEvent { name, payload: schema }| {
            let (validator, envelope) = (validator(&schema), envelope(&schema));
            let members = documented(&envelope).members;
            (name, Webhook { schema, validator, envelope, members })
        };
        let webhooks = definition.events().into_iter().map(webhook).collect();
        Listener { deviations, webhooks, heard: BTreeMap::new(), problems: Problems::new() }
    }

    /// Hears all that happened in an organization. `source` says where that is.
    pub(crate) fn hear_all(&mut self, source: &str, events: &Events) {
        assert_eq!(events.dropped(), 0, "{source} is too long to be heard as a whole");
        for event in events {
            self.hear(source, event);
        }
    }

    fn hear(&mut self, source: &str, event: &Event) {
        let (name, payload) = (event.kind().as_str(), event.payload());
        *self.heard.entry(name).or_default() += 1;
        let mut found = BTreeSet::new();
        match self.webhooks.get(name) {
            None => drop(found.insert(Found::of_all("is not documented"))),
            Some(webhook) => {
                found = differences(&webhook.validator, &webhook.schema, name, &payload);
                // Nothing is required, and nothing of it may be missing.
                let mut has = Fields::default();
                shown(&webhook.envelope, &payload, &mut has);
                let lacks = webhook.members.difference(&has.members);
                found.extend(lacks.map(|it| Found::at(format!("{name}.{it}"), "is left out")));
            }
        }
        if payload["eventType"] != name {
            found.insert(Found::of_all("calls itself something else"));
        }
        let example = || format!("{source}: {event}\n    {}", excerpt(&payload));
        note(&mut self.problems, self.deviations, name, found, example);
    }

    /// Holds what a webhook that wants everything was told against what happened.
    pub(crate) fn compare(&mut self, source: &str, events: &Events, deliveries: &Deliveries) {
        let told = deliveries.iter().map(|it| it.body().map(serde_json::from_str::<Value>));
        let told: Vec<Value> = told.map(|it| it.and_then(Result::ok).unwrap_or_default()).collect();
        let happened: Vec<Value> = events.iter().map(Event::payload).collect();
        if told != happened {
            let example = || format!("{source}: {deliveries}    is not\n{events}");
            let found = [Found::of_all("are told otherwise than they happened")];
            note(&mut self.problems, self.deviations, "webhooks", found, example);
        }
    }

    /// The published types of events, by name.
    pub(crate) fn documented(&self) -> impl Iterator<Item = &str> {
        self.webhooks.keys().map(String::as_str)
    }

    /// How many events were heard of.
    pub(crate) fn events(&self) -> usize {
        self.heard.values().sum()
    }
}

/// A schema in which whatever has a published name is a value and no more: what
/// customers show, answers prove.
fn envelope(schema: &Value) -> Value {
    match schema {
        _ if name_of(schema).is_some() => Value::Object(Map::new()),
        Value::Array(_) => items(schema).map(envelope).collect(),
        Value::Object(_) => {
            members(schema).map(|(name, it)| (name.clone(), envelope(it))).collect()
        }
        scalar => scalar.clone(),
    }
}

fn excerpt(value: &Value) -> String {
    value.to_string().chars().take(600).collect()
}
