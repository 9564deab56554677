//! [`Act`]: what a command means, to those who are there.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use proptest::sample::Index;
use serde_json::{Value, json};

use super::api::{Answer, CustomerApi};
use super::command::{Command, Id, Said, Target, Times, Who};
use super::profile::{Profile, Source, visit};
use super::seen::Seen;

/// Something to be done, with all names in it.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Create(Said<Profile>),
    Upsert {
        id: String,
        is_fit: bool,
        said: Said<Profile>,
        times: Times,
    },
    Merge {
        from: String,
        to: String,
    },
    Comment {
        id: String,
        text: &'static str,
    },
    DeleteMessage {
        id: String,
        message: String,
        is_there: bool,
    },
    PutLeadSource {
        id: String,
        said: Said<Source>,
    },
    DeleteLeadSource {
        id: String,
    },
    CreateTag {
        name: &'static str,
    },
    Tag {
        id: String,
        name: &'static str,
    },
    Untag {
        id: String,
        name: &'static str,
    },
    Look {
        id: String,
    },
    /// `rows` is how many there ought to be.
    Pages {
        size: usize,
        rows: usize,
    },
    TimelinePages {
        id: String,
        size: usize,
        rows: usize,
    },
    Advance(Duration),
}

/// An id that no customer has, and one that no message has.
const NOBODY: &str = "nobody";
const NO_MESSAGE: &str = "tmln_none";

impl Act {
    pub(super) fn of(command: &Command, seen: &Seen) -> Act {
        let here: Vec<&String> = seen.customers.keys().collect();
        let one = |who: &Who| match who {
            Who::Here(index) if !here.is_empty() => (*index.get(&here)).clone(),
            Who::Here(_) | Who::Nobody => NOBODY.to_owned(),
        };
        match command {
            Command::Create(said) => Act::Create(said.clone()),
            Command::Upsert(id, said, times) => {
                let (id, is_fit) = match id {
                    Id::Fit(id) => ((*id).to_owned(), true),
                    Id::Unfit(id) => (id.clone(), false),
                };
                Act::Upsert { id, is_fit, said: said.clone(), times: *times }
            }
            Command::Merge(from, to) => {
                let from = one(from);
                let others: Vec<&&String> = here.iter().filter(|id| ***id != from).collect();
                let to = match to {
                    Target::Other(index) if !others.is_empty() => (**index.get(&others)).clone(),
                    Target::Themselves => from.clone(),
                    Target::Other(_) | Target::Nobody => NOBODY.to_owned(),
                };
                Act::Merge { from, to }
            }
            Command::Comment(on, text) => Act::Comment { id: one(on), text },
            Command::DeleteMessage(of, on, which) => {
                let (of, on) = (one(of), on.as_ref().map(one));
                let message = message_of(seen, &of, *which);
                let id = on.unwrap_or(of);
                let is_there = seen.timelines.get(&id).is_some_and(|it| it.contains_key(&message));
                Act::DeleteMessage { id, message, is_there }
            }
            Command::PutLeadSource(of, said) => {
                Act::PutLeadSource { id: one(of), said: said.clone() }
            }
            Command::DeleteLeadSource(of) => Act::DeleteLeadSource { id: one(of) },
            Command::CreateTag(name) => Act::CreateTag { name },
            Command::Tag(who, name) => Act::Tag { id: one(who), name },
            Command::Untag(who, name) => Act::Untag { id: one(who), name },
            Command::Look(at) => Act::Look { id: one(at) },
            Command::Pages(size) => Act::Pages { size: *size, rows: here.len() },
            Command::TimelinePages(of, size) => {
                let id = one(of);
                let rows = seen.timelines.get(&id).map_or(0, BTreeMap::len);
                Act::TimelinePages { id, size: *size, rows }
            }
            Command::Advance(seconds) => Act::Advance(Duration::from_secs(u64::from(*seconds))),
        }
    }

    /// Does it, and returns what was shown; `null` where nothing is. What is to
    /// be done twice is done once.
    pub(super) fn perform(&self, api: &mut impl CustomerApi) -> Answer {
        let done = |answer: Answer<()>| answer.map(|()| Value::Null);
        match self {
            Act::Create(said) => api.create(&said.body()),
            Act::Upsert { id, said, .. } => api.upsert(id, &said.body()),
            Act::Merge { from, to } => done(api.merge(from, to)),
            Act::Comment { id, text } => api.comment(id, text),
            Act::DeleteMessage { id, message, .. } => done(api.delete_message(id, message)),
            Act::PutLeadSource { id, said } => api.put_lead_source(id, &said.body()),
            Act::DeleteLeadSource { id } => done(api.delete_lead_source(id)),
            Act::CreateTag { name } => api.create_tag(name),
            Act::Tag { id, name } => done(api.tag(id, name)),
            Act::Untag { id, name } => done(api.untag(id, name)),
            Act::Look { id } => api.get(id),
            Act::Pages { size, rows } => {
                pages(*size, *rows, |limit, offset| api.list(limit, offset))
            }
            Act::TimelinePages { id, size, rows } => {
                pages(*size, *rows, |limit, offset| api.timeline(id, limit, offset))
            }
            Act::Advance(step) => {
                api.advance(*step);
                Ok(Value::Null)
            }
        }
    }

    /// The customers that may be others afterwards, beside one that is created.
    pub(super) fn about(&self) -> Vec<&str> {
        match self {
            Act::Upsert { id, .. }
            | Act::Comment { id, .. }
            | Act::DeleteMessage { id, .. }
            | Act::PutLeadSource { id, .. }
            | Act::DeleteLeadSource { id }
            | Act::Tag { id, .. }
            | Act::Untag { id, .. } => vec![id],
            Act::Merge { from, to } => vec![from, to],
            Act::Create(_)
            | Act::CreateTag { .. }
            | Act::Look { .. }
            | Act::Pages { .. }
            | Act::TimelinePages { .. }
            | Act::Advance(_) => Vec::new(),
        }
    }
}

fn message_of(seen: &Seen, id: &str, which: Index) -> String {
    let timeline = seen.timelines.get(id);
    let messages: Vec<&String> = timeline.into_iter().flat_map(|it| it.keys()).collect();
    let found = (!messages.is_empty()).then(|| (*which.get(&messages)).clone());
    found.unwrap_or_else(|| NO_MESSAGE.to_owned())
}

/// All pages of a list, one after the other: those that there ought to be, and
/// what comes behind the last row.
fn pages(
    size: usize,
    rows: usize,
    mut page: impl FnMut(usize, usize) -> Answer<Vec<Value>>,
) -> Answer {
    let mut all = Vec::new();
    for offset in (0..=rows).step_by(size) {
        all.extend(page(size, offset)?);
    }
    Ok(Value::Array(all))
}

impl Said<Profile> {
    fn body(&self) -> Value {
        match self {
            Said::Plain(profile) => profile.body(),
            Said::Unfit(unfit) => unfit.input.clone(),
        }
    }
}

impl Said<Source> {
    fn body(&self) -> Value {
        match self {
            Said::Plain(source) => visit(*source),
            Said::Unfit(unfit) => unfit.input.clone(),
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Act::Create(said) => write!(out, "create {}", said.body()),
            Act::Upsert { id, said, times, .. } => {
                let again = if *times == Times::Twice { ", and again" } else { "" };
                write!(out, "upsert {id} {}{again}", said.body())
            }
            Act::Merge { from, to } => write!(out, "merge {from} into {to}"),
            Act::Comment { id, text } => write!(out, "comment on {id}: {}", json!(text)),
            Act::DeleteMessage { id, message, .. } => {
                write!(out, "delete message {message} of {id}")
            }
            Act::PutLeadSource { id, said } => {
                write!(out, "put the lead source of {id}: {}", said.body())
            }
            Act::DeleteLeadSource { id } => write!(out, "delete the lead source of {id}"),
            Act::CreateTag { name } => write!(out, "create the tag {}", json!(name)),
            Act::Tag { id, name } => write!(out, "tag {id} {}", json!(name)),
            Act::Untag { id, name } => write!(out, "untag {id} {}", json!(name)),
            Act::Look { id } => write!(out, "look at {id}"),
            Act::Pages { size, .. } => write!(out, "page through the customers, {size} at a time"),
            Act::TimelinePages { id, size, .. } => {
                write!(out, "page through the timeline of {id}, {size} at a time")
            }
            Act::Advance(step) => write!(out, "let {} seconds pass", step.as_secs()),
        }
    }
}
