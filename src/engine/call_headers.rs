//! [`CallHeaders`]: a request's headers, in as little room as a journal of thousands wants.

use std::fmt;
use std::str::from_utf8;
use std::sync::OnceLock;

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

/// The headers of a request, in the order in which they were sent. Its few names are
/// compared one by one, which takes less than to hash the one that is asked for.
///
/// Their bytes are their own. hyper's are parts of what it read from the connection: a
/// journal that kept a few of them would keep 8 KiB a request, and hyper would need as
/// much anew for the next one.
pub(super) struct CallHeaders {
    lines: Vec<Line>,
    /// All values, one after the other.
    values: Box<[u8]>,
    /// The same as the rest of the world has it, once somebody asked for that.
    map: OnceLock<Box<HeaderMap>>,
}

struct Line {
    name: HeaderName,
    /// Where its value ends. It begins where the one before it does.
    end: usize,
    /// Whether its sender asked not to have it printed.
    is_sensitive: bool,
}

impl CallHeaders {
    /// The first value of a name, if it is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let mut start = 0;
        for line in &self.lines {
            let known = line.name.as_str();
            // Mostly it is written as it is kept, which is told at a glance.
            if known == name || known.eq_ignore_ascii_case(name) {
                return text(&self.values[start..line.end]);
            }
            start = line.end;
        }
        None
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &HeaderName) -> Option<&[u8]> {
        self.all(name).next()
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        self.lines().filter(move |(line, _)| line.name == *name).map(|(_, value)| value)
    }

    /// The same as the rest of the world has it.
    pub(super) fn map(&self) -> &HeaderMap {
        self.map.get_or_init(|| {
            let mut map = HeaderMap::with_capacity(self.lines.len());
            for (line, value) in self.lines() {
                let mut value =
                    HeaderValue::from_bytes(value).expect("it was a header's value before");
                value.set_sensitive(line.is_sensitive);
                map.append(&line.name, value);
            }
            Box::new(map)
        })
    }

    fn lines(&self) -> impl Iterator<Item = (&Line, &[u8])> {
        let mut start = 0;
        self.lines.iter().map(move |line| {
            let value = &self.values[start..line.end];
            start = line.end;
            (line, value)
        })
    }
}

impl From<HeaderMap> for CallHeaders {
    fn from(map: HeaderMap) -> CallHeaders {
        let mut lines: Vec<Line> = Vec::with_capacity(map.len());
        let mut values = Vec::with_capacity(map.values().map(HeaderValue::len).sum());
        for (name, value) in map {
            // Of several values of one name, only the first comes with it.
            let Some(name) = name.or_else(|| lines.last().map(|line| line.name.clone())) else {
                continue;
            };
            values.extend_from_slice(value.as_bytes());
            lines.push(Line { name, end: values.len(), is_sensitive: value.is_sensitive() });
        }
        CallHeaders { lines, values: values.into(), map: OnceLock::new() }
    }
}

impl fmt::Debug for CallHeaders {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.map().fmt(out)
    }
}

/// What [`HeaderValue::to_str`] takes for text: no value has control characters.
fn text(value: &[u8]) -> Option<&str> {
    from_utf8(value).ok().filter(|text| text.is_ascii())
}
