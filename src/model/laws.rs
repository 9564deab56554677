//! What holds from one look to the next, whatever the model says.

use serde_json::Value;

use super::act::Act;
use super::seen::{Seen, unchanged};
use super::violation::{Broken, Invariant};

/// Every message of the two is on the timeline of the one that stays.
pub(super) fn merged(before: &Seen, after: &Seen, from: &str, to: &str) -> Result<(), Broken> {
    let now = after.timelines.get(to);
    let mut lost = Vec::new();
    for owner in [from, to] {
        for (id, message) in before.timelines.get(owner).into_iter().flatten() {
            let said = |it: &Value| [it["type"].clone(), it["message"].clone()];
            let kept = now.and_then(|now| now.get(id));
            if kept.is_none_or(|kept| said(kept) != said(message)) {
                let text = &message["message"];
                lost.push(format!(
                    "{id} was on the timeline of {owner}, and is not on that of {to}: {text}"
                ));
            }
        }
    }
    all_is_well(Invariant::MergeKeepsMessages, lost)
}

/// A comment is on the timeline, and says what was said.
pub(super) fn said(after: &Seen, of: &str, message: &str, text: &str) -> Result<(), Broken> {
    let Some(timeline) = after.timelines.get(of) else { return Ok(()) };
    let found = timeline.get(message).map(|it| &it["message"]);
    if found.is_some_and(|found| found == text) {
        return Ok(());
    }
    let found = found.unwrap_or(&Value::Null);
    let detail = format!("on the timeline of {of}, {message} says {found}, and not {text:?}");
    Err(Broken::new(Invariant::AsForeseen, detail))
}

/// What one look at a customer shows is what the list shows, as far as both show it.
pub(super) fn listed(seen: &Seen, id: &str, shown: &Value) -> Result<(), Broken> {
    let Some(listed) = seen.customers.get(id) else { return Ok(()) };
    unchanged(Invariant::AsForeseen, &common(listed, shown), &common(shown, listed))
}

/// The members of one object that another has, too.
fn common(one: &Value, other: &Value) -> Value {
    let members = one.as_object().into_iter().flatten();
    let members = members.filter(|(name, _)| other.get(name).is_some());
    members.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The pages, one after the other, are the list.
pub(super) fn partitioned(
    size: usize,
    pages: &Value,
    list: Option<Vec<Value>>,
) -> Result<(), Broken> {
    let list = Value::Array(list.unwrap_or_default());
    if *pages == list {
        return Ok(());
    }
    let ids = |rows: &Value| {
        let ids = rows.as_array().into_iter().flatten().map(|row| row["id"].to_string());
        ids.collect::<Vec<_>>().join(", ")
    };
    let details = vec![
        format!("the list at once: {}", ids(&list)),
        format!("in pages of {size}:    {}", ids(pages)),
    ];
    Err(Broken { invariant: Invariant::PagesPartition, details })
}

/// Everyone else is as before, and so are the messages that were there. `created` is who is new.
pub(super) fn untouched(
    before: &Seen,
    after: &Seen,
    act: &Act,
    created: &str,
) -> Result<(), Broken> {
    let about = act.about();
    let is_new = |id: &str| matches!(act, Act::Create(_)) && id == created;
    let is_known = |id: &String| before.customers.contains_key(id);
    let strangers = after.customers.keys().filter(|id| !is_known(id) && !is_new(id));
    for id in before.customers.keys().chain(strangers) {
        if !about.contains(&id.as_str()) {
            after.is_as(before, Some(id), Invariant::OthersAreUntouched)?;
        }
    }
    if matches!(act, Act::Merge { .. }) {
        return Ok(()); // its messages move
    }
    let mut lost = Vec::new();
    for id in about {
        let now = after.timelines.get(id);
        for (message, was) in before.timelines.get(id).into_iter().flatten() {
            let is_deleted =
                matches!(act, Act::DeleteMessage { message: deleted, .. } if deleted == message);
            let is_there = now.is_some_and(|now| now.get(message) == Some(was));
            if is_deleted == is_there {
                let (text, still) = (&was["message"], if is_there { "still" } else { "no longer" });
                lost.push(format!("{message} is {still} on the timeline of {id}: {text}"));
            }
        }
    }
    all_is_well(Invariant::OthersAreUntouched, lost)
}

fn all_is_well(invariant: Invariant, details: Vec<String>) -> Result<(), Broken> {
    if details.is_empty() { Ok(()) } else { Err(Broken { invariant, details }) }
}
