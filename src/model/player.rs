//! [`Player`]: does what commands say, and compares.

use serde_json::Value;

use super::act::Act;
use super::api::{Answer, CustomerApi, Refusal};
use super::command::{Command, Times};
use super::laws;
use super::reference::{Foretold, Reference};
use super::seen::{Seen, WHOLE, understood};
use super::violation::{Broken, Invariant};

/// A client, what was last seen through it, and what ought to be.
pub(super) struct Player<A> {
    api: A,
    reference: Reference,
    seen: Seen,
}

impl<A: CustomerApi> Player<A> {
    pub(super) fn new(mut api: A) -> Result<Player<A>, Broken> {
        let seen = Seen::look(&mut api)?;
        let reference = Reference::default();
        let found = reference.differences(&seen);
        if !found.is_empty() {
            let detail =
                format!("there are customers before the first command: {}", found.join(", "));
            return Err(Broken::new(Invariant::AsForeseen, detail));
        }
        Ok(Player { api, reference, seen })
    }

    /// Plays a command. What is done stands in `lines` before it is done, so
    /// that it is there also if the client panics.
    pub(super) fn play(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
    ) -> Result<(), Broken> {
        let act = Act::of(command, &self.seen);
        lines.push(act.to_string());
        let answer = act.perform(&mut self.api);
        if let Some(line) = lines.last_mut() {
            line.push_str(&came_of(&act, &answer));
        }
        let foretold = self.reference.foretell(&act);
        match answer {
            Err(Refusal::NotOffered) => Ok(()),
            Err(Refusal::Failed(why)) => Err(Broken::new(Invariant::ClientAnswers, why)),
            Err(Refusal::Refused { status, fields }) => self.refused(status, &fields, &foretold),
            Ok(shown) => self.taken(&act, &shown, &foretold),
        }
    }

    fn refused(
        &mut self,
        status: u16,
        fields: &[String],
        foretold: &Foretold,
    ) -> Result<(), Broken> {
        let after = Seen::look(&mut self.api)?;
        after.is_as(&self.seen, None, Invariant::RefusalChangesNothing)?;
        let Foretold::Refused(ought, field) = foretold else {
            let detail = format!("it was refused with {status}, and is to be taken");
            return Err(Broken::new(Invariant::AsForeseen, detail));
        };
        // One field may be named more than once: once for each rule that is broken.
        let names_another = !field.is_empty() && fields.iter().any(|it| it != field);
        if status != *ought || names_another {
            let (field, fields) = (field.as_str(), fields.join(", "));
            let detail =
                format!("it was refused with {status} {fields}, foreseen was {ought} {field}");
            return Err(Broken::new(Invariant::AsForeseen, detail));
        }
        Ok(())
    }

    fn taken(&mut self, act: &Act, shown: &Value, foretold: &Foretold) -> Result<(), Broken> {
        let id = shown["id"].as_str().unwrap_or_default();
        let mut after = Seen::look(&mut self.api)?;
        if let Foretold::Refused(status, field) = foretold {
            let detail = format!("it was taken, and is to be refused with {status} {field}");
            return Err(Broken::new(Invariant::AsForeseen, detail));
        }
        match act {
            Act::Create(_) if id.is_empty() => {
                let detail = format!("the customer that it shows has no id: {shown}");
                return Err(Broken::new(Invariant::ClientAnswers, detail));
            }
            Act::Merge { from, to } => laws::merged(&self.seen, &after, from, to)?,
            Act::Comment { id: of, text } => laws::said(&after, of, id, text)?,
            Act::Pages { size, .. } => {
                let list = understood("the list of customers", self.api.list(WHOLE, 0))?;
                laws::partitioned(*size, shown, list)?;
            }
            Act::TimelinePages { id, size, .. } => {
                let list = understood("a timeline", self.api.timeline(id, WHOLE, 0))?;
                laws::partitioned(*size, shown, list)?;
            }
            Act::Look { id } => laws::listed(&self.seen, id, shown)?,
            Act::Upsert { id, times: Times::Twice, .. } => after = self.again(act, id, &after)?,
            _ => {}
        }
        laws::untouched(&self.seen, &after, act, id)?;
        self.reference.note(act, id);
        self.seen = after;
        let details = self.reference.differences(&self.seen);
        if details.is_empty() {
            return Ok(());
        }
        Err(Broken { invariant: Invariant::AsForeseen, details })
    }

    /// Says an upsert again, and returns what is seen then.
    fn again(&mut self, act: &Act, id: &str, once: &Seen) -> Result<Seen, Broken> {
        if let Err(refusal) = act.perform(&mut self.api) {
            let detail = format!("the second time it was refused: {refusal:?}");
            return Err(Broken::new(Invariant::UpsertIsIdempotent, detail));
        }
        let mut twice = Seen::look(&mut self.api)?;
        let counted = twice.clone();
        // What may differ is made the same.
        if let (Some(before), Some(after)) = (once.customers.get(id), twice.customers.get_mut(id)) {
            for member in ["revision", "updatedTime"] {
                if let Some(value) = before.get(member) {
                    after[member] = value.clone();
                }
            }
        }
        twice.is_as(once, None, Invariant::UpsertIsIdempotent)?;
        Ok(counted)
    }
}

/// What a line of the report says behind what was done.
fn came_of(act: &Act, answer: &Answer) -> String {
    match answer {
        Ok(shown) => match shown["id"].as_str() {
            Some(id) if !act.to_string().contains(id) => format!(" -> {id}"),
            _ => String::new(),
        },
        Err(Refusal::Refused { status, fields }) if fields.is_empty() => format!(" -> {status}"),
        Err(Refusal::Refused { status, fields }) => format!(" -> {status} {}", fields.join(", ")),
        Err(Refusal::NotOffered) => " -> not offered".to_owned(),
        Err(Refusal::Failed(_)) => " -> failed".to_owned(),
    }
}
