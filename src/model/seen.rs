//! [`Seen`]: all that can be seen through a client.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::api::{Answer, CustomerApi, Refusal};
use super::difference::differences;
use super::violation::{Broken, Invariant};

/// Everything there is, by the ids of customers. What the client does not offer is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) customers: BTreeMap<String, Value>,
    /// The messages by their ids.
    pub(super) timelines: BTreeMap<String, BTreeMap<String, Value>>,
    /// `null` for those of whom none is known.
    pub(super) lead_sources: BTreeMap<String, Value>,
}

/// The most that a list gives at once.
pub(super) const WHOLE: usize = 1_000;

impl Seen {
    pub(super) fn look(api: &mut impl CustomerApi) -> Result<Seen, Broken> {
        let mut seen = Seen::default();
        let customers = understood("the list of customers", api.list(WHOLE, 0))?;
        seen.customers = by_id("the list of customers", customers.unwrap_or_default())?;
        for id in seen.customers.keys() {
            let what = format!("the timeline of {id}");
            if let Some(messages) = understood(&what, api.timeline(id, WHOLE, 0))? {
                seen.timelines.insert(id.clone(), by_id(&what, messages)?);
            }
            let source = match api.lead_source(id) {
                Err(Refusal::Refused { status: 404, .. }) => Some(Value::Null),
                other => understood(&format!("the lead source of {id}"), other)?,
            };
            seen.lead_sources.extend(source.map(|source| (id.clone(), source)));
        }
        Ok(seen)
    }

    /// Compares all of it with what was seen before, or what is about one customer.
    pub(super) fn is_as(
        &self,
        before: &Seen,
        id: Option<&str>,
        invariant: Invariant,
    ) -> Result<(), Broken> {
        let is_same = match id {
            None => self == before,
            Some(id) => {
                self.customers.get(id) == before.customers.get(id)
                    && self.timelines.get(id) == before.timelines.get(id)
                    && self.lead_sources.get(id) == before.lead_sources.get(id)
            }
        };
        if is_same { Ok(()) } else { unchanged(invariant, &before.about(id), &self.about(id)) }
    }

    /// All of it, or only what is about one customer, to be told.
    fn about(&self, id: Option<&str>) -> Value {
        let is_meant = |known: &String| id.is_none_or(|id| id == known);
        let customers = self.customers.iter().filter(|(known, _)| is_meant(known));
        let all = customers.map(|(known, customer)| {
            let it = json!({
                "customer": customer,
                "timeline": self.timelines.get(known),
                "lead source": self.lead_sources.get(known),
            });
            (known.clone(), it)
        });
        Value::Object(all.collect())
    }
}

/// Nothing differs.
pub(super) fn unchanged(invariant: Invariant, was: &Value, is: &Value) -> Result<(), Broken> {
    let details = differences(was, is);
    if details.is_empty() { Ok(()) } else { Err(Broken { invariant, details }) }
}

/// `None` when the client does not offer it.
pub(super) fn understood<T>(what: &str, answer: Answer<T>) -> Result<Option<T>, Broken> {
    match answer {
        Ok(shown) => Ok(Some(shown)),
        Err(Refusal::NotOffered) => Ok(None),
        Err(other) => Err(Broken::new(
            Invariant::ClientAnswers,
            format!("{what} could not be read: {other:?}"),
        )),
    }
}

fn by_id(what: &str, rows: Vec<Value>) -> Result<BTreeMap<String, Value>, Broken> {
    let mut found = BTreeMap::new();
    for row in rows {
        let Some(id) = row["id"].as_str().map(str::to_owned) else {
            let detail = format!("in {what}, this has no id: {row}");
            return Err(Broken::new(Invariant::ClientAnswers, detail));
        };
        if found.insert(id.clone(), row).is_some() {
            let detail = format!("{id} stands twice in {what}");
            return Err(Broken::new(Invariant::PagesPartition, detail));
        }
    }
    Ok(found)
}
