//! [`CallHeaders`]: a request's headers, in as little room as a journal of thousands wants.

use std::fmt;
use std::str::from_utf8;
use std::sync::OnceLock;

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

/// The headers of a request, in the order in which they were sent. They are few: to compare
/// their names one by one takes less than to hash the one that is asked for.
///
/// Their bytes are their own. hyper's are parts of what it read from the connection: a
/// journal that kept a few of them would keep 8 KiB a request, and hyper would need as
/// much anew for the next one.
pub(super) struct CallHeaders {
    /// Each name and its value, one after the other.
    text: Box<[u8]>,
    marks: Vec<Mark>,
    /// The same as the rest of the world has it, once somebody asked for that.
    map: OnceLock<Box<HeaderMap>>,
}

/// Where a header's parts end; the first begins where the header before it ends.
struct Mark {
    name: usize,
    value: usize,
    /// Whether its sender asked not to have it printed.
    is_sensitive: bool,
}

impl CallHeaders {
    /// The first value of a name, if it is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        // What `HeaderValue::to_str` takes for it: no value has control characters.
        from_utf8(self.get(name)?).ok().filter(|text| text.is_ascii())
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        let mut start = 0;
        for mark in &self.marks {
            let known = &self.text[start..mark.name];
            // Mostly it is asked for as it is kept, which is told at a glance.
            if known == name.as_bytes() || known.eq_ignore_ascii_case(name.as_bytes()) {
                return Some(&self.text[mark.name..mark.value]);
            }
            start = mark.value;
        }
        None
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        let name = name.as_str().as_bytes();
        self.lines().filter(move |(known, _, _)| *known == name).map(|(_, value, _)| value)
    }

    /// The same as the rest of the world has it.
    pub(super) fn map(&self) -> &HeaderMap {
        self.map.get_or_init(|| {
            let mut map = HeaderMap::with_capacity(self.marks.len());
            for (name, value, mark) in self.lines() {
                let name = HeaderName::from_bytes(name).expect("it was a header's name before");
                let value = HeaderValue::from_bytes(value);
                let mut value = value.expect("it was a header's value before");
                value.set_sensitive(mark.is_sensitive);
                map.append(name, value);
            }
            Box::new(map)
        })
    }

    fn lines(&self) -> impl Iterator<Item = (&[u8], &[u8], &Mark)> {
        let mut start = 0;
        self.marks.iter().map(move |mark| {
            let name = &self.text[start..mark.name];
            start = mark.value;
            (name, &self.text[mark.name..mark.value], mark)
        })
    }
}

impl From<&HeaderMap> for CallHeaders {
    fn from(map: &HeaderMap) -> CallHeaders {
        let size = map.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        let mut text = Vec::with_capacity(size);
        let mut marks = Vec::with_capacity(map.len());
        for (name, value) in map {
            text.extend_from_slice(name.as_str().as_bytes());
            let name = text.len();
            text.extend_from_slice(value.as_bytes());
            marks.push(Mark { name, value: text.len(), is_sensitive: value.is_sensitive() });
        }
        CallHeaders { text: text.into(), marks, map: OnceLock::new() }
    }
}

impl fmt::Debug for CallHeaders {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.map().fmt(out)
    }
}
