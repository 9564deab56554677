//! [`ReplyHeaders`]: an answer's headers, before they are on their way.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};

/// A header of an answer.
pub type Header = (HeaderName, HeaderValue);

/// A number as a header says it. `HeaderValue::from` keeps two pieces of memory for one.
///
/// # Panics
///
/// Never: digits stand in a header.
#[must_use]
pub fn header_number(number: u64) -> HeaderValue {
    HeaderValue::try_from(number.to_string()).expect("digits stand in a header")
}

/// Several numbers as headers say them. They share one piece of memory, which a journal keeps.
///
/// # Panics
///
/// Never: digits stand in a header.
#[must_use]
pub fn header_numbers<const N: usize>(numbers: [usize; N]) -> [HeaderValue; N] {
    let mut text = String::with_capacity(8 * N);
    let ends = numbers.map(|number| {
        text.push_str(&number.to_string());
        text.len()
    });
    let (text, mut start) = (Bytes::from(text), 0);
    ends.map(|end| {
        let digits = text.slice(start..end);
        start = end;
        HeaderValue::from_maybe_shared(digits).expect("digits stand in a header")
    })
}

/// For how many headers there is room from the first on: most answers have no more.
const ROOM: usize = 8;

/// The headers of an answer, in the order in which they were added. They are few, and a
/// journal keeps thousands of them: a list takes less room and time than a map.
#[derive(Clone, Debug)]
pub struct ReplyHeaders {
    own: Vec<Header>,
    /// All that there are, where many answers have the same.
    usual: Option<Arc<Usual>>,
}

/// What many answers say in the same words.
#[derive(Debug)]
struct Usual {
    list: Vec<Header>,
    /// As they are sent.
    map: HeaderMap,
    /// The same with some length.
    sized: HeaderMap,
}

impl ReplyHeaders {
    /// None yet.
    pub(super) fn new() -> ReplyHeaders {
        ReplyHeaders { own: Vec::new(), usual: None }
    }

    /// The same, for many answers with a body.
    pub(super) fn usual(self) -> ReplyHeaders {
        let (map, mut sized, list) = (self.map(0), self.map(1), self.list().to_vec());
        let before = sized.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        debug_assert!(before.is_none(), "the length stands last");
        ReplyHeaders { own: Vec::new(), usual: Some(Arc::new(Usual { list, map, sized })) }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list().is_empty()
    }

    /// Adds a header, or says anew what it says.
    pub fn insert(&mut self, name: HeaderName, value: HeaderValue) {
        match self.own().iter_mut().find(|(known, _)| *known == name) {
            Some((_, said)) => *said = value,
            None => self.own.push((name, value)),
        }
    }

    /// Adds a header, unless it says something already.
    pub fn insert_new(&mut self, name: HeaderName, value: HeaderValue) {
        if !self.own().iter().any(|(known, _)| *known == name) {
            self.own.push((name, value));
        }
    }

    /// Adds those of these headers that it has not, after so many others.
    pub(super) fn add_after(&mut self, others: usize, headers: &[Header]) {
        let (own, mut at) = (self.own(), others);
        for header in headers {
            // Of these, there may be several of one name.
            let mut known = own[..others].iter().chain(&own[at..]);
            if !known.any(|(known, _)| *known == header.0) {
                own.insert(at, header.clone());
                at += 1;
            }
        }
    }

    /// What a header says.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&HeaderValue> {
        let mut headers = self.list().iter();
        let found = headers.find(|(known, _)| known.as_str().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The same as the rest of the world has it, with room for so many more.
    pub(super) fn map(&self, more: usize) -> HeaderMap {
        let mut map = HeaderMap::with_capacity(self.len() + more);
        for (name, value) in self.list() {
            map.append(name, value.clone());
        }
        map
    }

    /// The same as they are sent with a body whose length others say.
    pub(super) fn sent_unsized(&self) -> HeaderMap {
        if let Some(usual) = &self.usual {
            return usual.map.clone();
        }
        // With room for what a fault or the end of a connection adds.
        let mut map = self.map(2);
        // What a handler says of it does not count: a fault may have made the body another.
        map.remove(CONTENT_LENGTH);
        map
    }

    /// The same as they are sent with a body of this length.
    pub(super) fn sent(&self, length: HeaderValue) -> HeaderMap {
        if let Some(usual) = &self.usual {
            let mut map = usual.sized.clone();
            // The length stands last. To look for it by its name, that would be hashed.
            if let Some(last) = map.values_mut().last() {
                *last = length;
            }
            return map;
        }
        // With room for what a fault or the end of a connection adds.
        let mut map = self.map(2);
        map.insert(CONTENT_LENGTH, length);
        map
    }

    fn list(&self) -> &[Header] {
        self.usual.as_ref().map_or(&self.own, |usual| &usual.list)
    }

    fn own(&mut self) -> &mut Vec<Header> {
        if let Some(usual) = self.usual.take() {
            self.own.clone_from(&usual.list);
        }
        if self.own.is_empty() {
            self.own.reserve(ROOM);
        }
        &mut self.own
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::{ALLOW, DATE, VARY};

    use super::*;

    #[test]
    fn numbers_are_said_in_digits() {
        for numbers in [[0, 0, 0], [7, 100, 12_345], [usize::MAX; 3]] {
            assert_eq!(header_numbers(numbers), numbers.map(HeaderValue::from));
        }
        assert_eq!(header_number(u64::MAX), HeaderValue::from(u64::MAX));
    }

    #[test]
    fn headers_are_added_after_others_but_for_those_that_it_has() {
        let mut headers = ReplyHeaders::new();
        headers.insert(ALLOW, HeaderValue::from_static("GET"));
        headers.insert(DATE, HeaderValue::from_static("now"));
        let added = [(VARY, "accept"), (ALLOW, "PUT"), (VARY, "origin"), (DATE, "then")];
        headers.add_after(1, &added.map(|(name, value)| (name, HeaderValue::from_static(value))));
        let all: Vec<&str> = headers.list().iter().map(|(_, it)| it.to_str().unwrap()).collect();
        assert_eq!(all, ["GET", "accept", "origin", "now"]);
        assert_eq!(headers.map(0).get_all(VARY).iter().count(), 2);
    }
}
