//! [`Completion`]: what every answer says, whatever it answers.

use std::sync::Arc;

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, DATE, HeaderValue};

use super::clock::Timestamp;
use super::exchange::{Header, JSON, Reply, ReplyHeaders};
use super::render::{Filling, Setting};

/// The headers that every answer carries, and what stands at the marks of its body. What
/// depends on the time is written anew only when the clock has moved.
#[derive(Default)]
pub(super) struct Completion {
    second: Option<Second>,
    /// Where answers were shown. The next one mostly is shown in one of these places, and
    /// shares it.
    fillings: Vec<Arc<Filling>>,
}

/// The most places that are remembered. Of more, the oldest is forgotten.
const FILLINGS_MAX: usize = 8;

/// A second of the clock.
struct Second {
    epoch: i64,
    date: HeaderValue,
    /// All headers of an answer that has JSON, and none of its own; and whether there was one.
    usual: Option<ReplyHeaders>,
    has_answered: bool,
}

impl Completion {
    /// Adds what all answers say to one, after so many headers of its own.
    pub(super) fn complete(
        &mut self,
        reply: &mut Reply,
        own: usize,
        standing: &[Header],
        now: Timestamp,
    ) {
        let second = self.second(now);
        let kind = reply.body.content_type();
        let is_usual =
            reply.headers.is_empty() && reply.status == StatusCode::OK && kind == Some(JSON);
        if is_usual && let Some(usual) = &second.usual {
            reply.headers = usual.clone();
            return;
        }
        reply.headers.add_after(own, standing);
        reply.headers.insert(DATE, second.date.clone());
        if let Some(kind) = kind {
            reply.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        if is_usual {
            // Many a double gives but one such answer.
            let is_second = std::mem::replace(&mut second.has_answered, true);
            second.usual = is_second.then(|| reply.headers.clone().usual());
        }
    }

    /// What stands at the marks of an answer to a client who knows us by that address.
    pub(super) fn filling(&mut self, base: &str, realm: &str) -> Arc<Filling> {
        let setting = Setting { base, realm };
        for known in &self.fillings {
            if known.setting() == setting {
                return Arc::clone(known);
            }
        }
        if self.fillings.len() == FILLINGS_MAX {
            self.fillings.remove(0);
        }
        let filling = setting.filling();
        self.fillings.push(Arc::clone(&filling));
        filling
    }

    fn second(&mut self, now: Timestamp) -> &mut Second {
        let epoch = now.epoch();
        if self.second.as_ref().is_some_and(|second| second.epoch != epoch) {
            self.second = None;
        }
        self.second.get_or_insert_with(|| {
            let date = HeaderValue::from_str(&now.http_date()).expect("a date is visible text");
            Second { epoch, date, usual: None, has_answered: false }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_in_a_few_places_by_turns_shares_their_fillings() {
        let (mut completion, realms) = (Completion::default(), ["a", "b", "c"]);
        let first = realms.map(|realm| completion.filling("http://x", realm));
        let again = realms.map(|realm| completion.filling("http://x", realm));
        for ((one, other), realm) in first.iter().zip(&again).zip(realms) {
            assert!(Arc::ptr_eq(one, other));
            assert_eq!(one.setting(), Setting { base: "http://x", realm });
        }
        for number in 0..20 {
            completion.filling(&format!("http://{number}"), "a");
        }
        assert_eq!(completion.fillings.len(), FILLINGS_MAX);
        let anew = completion.filling("http://x", "a");
        assert!(!Arc::ptr_eq(&anew, &first[0]) && anew.setting() == first[0].setting());
    }
}
