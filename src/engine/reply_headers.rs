//! [`ReplyHeaders`]: an answer's headers, before they are on their way.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

/// For how many headers there is room from the start: most answers have no more.
const ROOM: usize = 8;

/// The headers of an answer, in the order in which they were added, each once. They are
/// few, and a journal keeps thousands of them: a list takes less room and time than a map.
#[derive(Clone, Debug)]
pub struct ReplyHeaders(Vec<(HeaderName, HeaderValue)>);

impl ReplyHeaders {
    /// None yet.
    pub(super) fn new() -> ReplyHeaders {
        ReplyHeaders(Vec::with_capacity(ROOM))
    }

    /// Adds a header, or says anew what it says.
    pub fn insert(&mut self, name: HeaderName, value: HeaderValue) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, said)) => *said = value,
            None => self.0.push((name, value)),
        }
    }

    /// Adds a header, unless it says something already.
    pub fn insert_new(&mut self, name: HeaderName, value: HeaderValue) {
        if !self.0.iter().any(|(known, _)| *known == name) {
            self.0.push((name, value));
        }
    }

    /// What a header says.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&HeaderValue> {
        let found = self.0.iter().find(|(known, _)| known.as_str().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The same as the rest of the world has it, with room for so many more.
    pub(super) fn map(&self, more: usize) -> HeaderMap {
        let mut map = HeaderMap::with_capacity(self.0.len() + more);
        for (name, value) in &self.0 {
            map.append(name, value.clone());
        }
        map
    }
}
