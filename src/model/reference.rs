//! [`Reference`]: what ought to be there, in as few words as possible.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::act::Act;
use super::command::{Said, Times};
use super::profile::{Profile, Source};
use super::seen::Seen;

/// The model: every customer, and the tags that there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Reference {
    customers: BTreeMap<String, Known>,
    tags: BTreeSet<&'static str>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    profile: Profile,
    revision: i64,
    messages: usize,
    tags: BTreeSet<&'static str>,
}

/// What the model says of an act before it is done.
pub(super) enum Foretold {
    Taken,
    /// With this status, for this field if it is `422`.
    Refused(u16, String),
}

impl Reference {
    pub(super) fn foretell(&self, act: &Act) -> Foretold {
        let missing = || Foretold::Refused(404, String::new());
        let unfit = |field: &str| Foretold::Refused(422, field.to_owned());
        let unknown = |id: &String| !self.customers.contains_key(id);
        match act {
            // The id is looked at first, and both can be wrong: then no single field is.
            Act::Upsert { is_fit: false, said: Said::Unfit(_), .. } => unfit(""),
            Act::Upsert { is_fit: false, .. } => unfit("id"),
            Act::Create(Said::Unfit(it)) | Act::Upsert { said: Said::Unfit(it), .. } => {
                unfit(&it.field)
            }
            Act::Merge { from, .. } if unknown(from) => missing(),
            Act::Merge { from, to } if from == to => unfit("targetCustomerId"),
            Act::Merge { to: id, .. }
            | Act::Comment { id, .. }
            | Act::DeleteMessage { id, .. }
            | Act::PutLeadSource { id, .. }
            | Act::DeleteLeadSource { id }
            | Act::Tag { id, .. }
            | Act::Untag { id, .. }
            | Act::Look { id }
            | Act::TimelinePages { id, .. }
                if unknown(id) =>
            {
                missing()
            }
            Act::Comment { text: "", .. } => unfit("message"),
            Act::DeleteMessage { is_there: false, .. } => missing(),
            Act::PutLeadSource { said: Said::Unfit(it), .. } => unfit(&it.field),
            Act::DeleteLeadSource { id } if self.customers[id].profile.source.is_none() => {
                missing()
            }
            Act::CreateTag { name } if self.tags.contains(name) => {
                Foretold::Refused(409, String::new())
            }
            Act::Tag { name, .. } | Act::Untag { name, .. } if !self.tags.contains(name) => {
                missing()
            }
            _ => Foretold::Taken,
        }
    }

    /// Takes note of what was done. `id` is that of a customer who was created.
    pub(super) fn note(&mut self, act: &Act, id: &str) {
        match act {
            Act::Create(Said::Plain(profile)) => self.insert(id, *profile),
            Act::Upsert { id, said: Said::Plain(profile), times, .. } => {
                self.upsert(id, *profile);
                if *times == Times::Twice {
                    self.upsert(id, *profile);
                }
            }
            Act::Merge { from, to } => self.merge(from, to),
            Act::Comment { id, .. } => self.known(id).messages += 1,
            Act::DeleteMessage { id, .. } => self.known(id).messages -= 1,
            Act::PutLeadSource { id, said: Said::Plain(source) } => {
                self.known(id).put_source(*source);
            }
            Act::DeleteLeadSource { id } => {
                let known = self.known(id);
                known.messages += usize::from(known.profile.source.flatten().is_some());
                known.profile.source = None;
            }
            Act::CreateTag { name } => drop(self.tags.insert(name)),
            Act::Tag { id, name } => {
                let known = self.known(id);
                let is_new = known.tags.insert(name);
                known.count(is_new);
            }
            Act::Untag { id, name } => {
                let known = self.known(id);
                let was_there = known.tags.remove(name);
                known.count(was_there);
            }
            Act::Create(Said::Unfit(_))
            | Act::Upsert { said: Said::Unfit(_), .. }
            | Act::PutLeadSource { said: Said::Unfit(_), .. }
            | Act::Look { .. }
            | Act::Pages { .. }
            | Act::TimelinePages { .. }
            | Act::Advance(_) => {}
        }
    }

    fn known(&mut self, id: &str) -> &mut Known {
        self.customers.entry(id.to_owned()).or_default()
    }

    fn insert(&mut self, id: &str, profile: Profile) {
        let messages = 1 + usize::from(profile.source.flatten().is_some());
        let known = Known { profile, messages, ..Known::default() };
        self.customers.insert(id.to_owned(), known);
    }

    fn upsert(&mut self, id: &str, profile: Profile) {
        let Some(known) = self.customers.get_mut(id) else { return self.insert(id, profile) };
        let before = known.profile;
        let moved = before.address.unwrap_or_default() != profile.address.unwrap_or_default();
        known.messages += usize::from(moved) + usize::from(before.plan != profile.plan);
        known.revision += 1;
        known.profile = Profile { source: before.source, ..profile };
        if let Some(source) = profile.source {
            known.put_source(source);
        }
    }

    fn merge(&mut self, from: &str, to: &str) {
        let gone = self.customers.remove(from).unwrap_or_default();
        let kept = self.known(to);
        kept.revision += 1;
        kept.messages += gone.messages + 1;
        kept.tags.extend(gone.tags);
        kept.profile = Profile {
            address: kept.profile.address.or(gone.profile.address),
            plan: kept.profile.plan.or(gone.profile.plan),
            source: kept.profile.source.or(gone.profile.source),
        };
    }

    /// What of all that is seen is not as it ought to be.
    pub(super) fn differences(&self, seen: &Seen) -> Vec<String> {
        let mut found = Vec::new();
        for id in seen.customers.keys().filter(|id| !self.customers.contains_key(*id)) {
            found.push(format!("{id} is there, and was not foreseen"));
        }
        for (id, known) in &self.customers {
            let Some(customer) = seen.customers.get(id) else {
                found.push(format!("{id} is not there"));
                continue;
            };
            let mut compare = |what: &str, is: Option<Value>, ought: Value| {
                if let Some(is) = is.filter(|is| *is != ought) {
                    found.push(format!("{id}: {what} is {is}, foreseen was {ought}"));
                }
            };
            let (name, country) = known.profile.address.unwrap_or_default();
            let within = |member: &str, name: &str| {
                customer.get(member).map(|it| it.get(name).cloned().unwrap_or_default())
            };
            compare("revision", customer.get("revision").cloned(), json!(known.revision));
            compare("firstName", customer.get("firstName").cloned(), json!(name));
            compare("the country", within("primaryAddress", "country"), json!(country));
            compare(
                "the custom field `plan`",
                within("customFields", "plan"),
                json!(known.profile.plan),
            );
            compare("the names of its tags", tags(customer), json!(known.tags));
            let messages = seen.timelines.get(id).map(|it| json!(it.len()));
            compare("the number of its messages", messages, json!(known.messages));
            let ought = known.profile.source.map_or(Value::Null, |it| json!(it));
            let source = seen.lead_sources.get(id);
            let has_source = source.map(|it| json!(!it.is_null()));
            compare("having a lead source", has_source, json!(known.profile.source.is_some()));
            let source = source.map(|it| it.get("source").cloned().unwrap_or_default());
            compare("the source of its lead source", source, ought);
        }
        found
    }
}

impl Known {
    fn put_source(&mut self, source: Source) {
        self.messages += usize::from(self.profile.source.flatten() != source);
        self.profile.source = Some(source);
    }

    /// A change that counts as a revision and is told on the timeline.
    fn count(&mut self, changed: bool) {
        self.messages += usize::from(changed);
        self.revision += i64::from(changed);
    }
}

/// The names of a customer's tags, in their order, if the customer shows any.
fn tags(customer: &Value) -> Option<Value> {
    let tags = customer.get("tags")?.as_array()?;
    let names: BTreeSet<&str> = tags.iter().filter_map(|tag| tag["name"].as_str()).collect();
    Some(json!(names))
}
