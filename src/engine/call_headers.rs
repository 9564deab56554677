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
    /// Of each header its [`Mark`], its name and its value, one after the other.
    text: Box<[u8]>,
    /// The same as the rest of the world has it, once somebody asked for that.
    map: OnceLock<Box<HeaderMap>>,
}

/// How long a header's name and value are, and whether its sender asked not to have it printed.
struct Mark {
    name: u16,
    value: u32,
    is_sensitive: bool,
}

impl Mark {
    const LENGTH: usize = 7;

    fn read(text: &[u8], at: usize) -> Mark {
        let mark = &text[at..at + Mark::LENGTH];
        Mark {
            name: u16::from_le_bytes([mark[0], mark[1]]),
            value: u32::from_le_bytes([mark[2], mark[3], mark[4], mark[5]]),
            is_sensitive: mark[6] != 0,
        }
    }

    fn write(&self, text: &mut [u8], at: usize) {
        let mark = &mut text[at..at + Mark::LENGTH];
        [mark[0], mark[1]] = self.name.to_le_bytes();
        [mark[2], mark[3], mark[4], mark[5]] = self.value.to_le_bytes();
        mark[6] = self.is_sensitive.into();
    }
}

/// A header as it is kept.
struct Line<'h> {
    name: &'h [u8],
    value: &'h [u8],
    is_sensitive: bool,
}

impl CallHeaders {
    /// The first value of a name, if it is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?;
        // What `HeaderValue::to_str` takes for it: no value has control characters.
        for byte in value {
            if !byte.is_ascii() {
                return None;
            }
        }
        from_utf8(value).ok()
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        let (text, name, mut at) = (&*self.text, name.as_bytes(), 0);
        while at < text.len() {
            let mark = Mark::read(text, at);
            let start = at + Mark::LENGTH;
            let middle = start + usize::from(mark.name);
            at = middle + mark.value as usize;
            // Most names differ in length already, which is told at a glance.
            if middle - start == name.len() && is_same(&text[start..middle], name) {
                return Some(&text[middle..at]);
            }
        }
        None
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        let name = name.as_str().as_bytes();
        self.lines().filter(move |line| line.name == name).map(|line| line.value)
    }

    /// The same as the rest of the world has it.
    pub(super) fn map(&self) -> &HeaderMap {
        self.map.get_or_init(|| {
            let mut map = HeaderMap::with_capacity(self.lines().count());
            for line in self.lines() {
                let name = HeaderName::from_bytes(line.name);
                let value = HeaderValue::from_bytes(line.value);
                let mut value = value.expect("it was a header's value before");
                value.set_sensitive(line.is_sensitive);
                map.append(name.expect("it was a header's name before"), value);
            }
            Box::new(map)
        })
    }

    fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut rest = &*self.text;
        std::iter::from_fn(move || {
            let (mark, after) = rest.split_at_checked(Mark::LENGTH)?;
            let Mark { name, value, is_sensitive } = Mark::read(mark, 0);
            let (name, after) = after.split_at(name.into());
            let (value, after) = after.split_at(value as usize);
            rest = after;
            Some(Line { name, value, is_sensitive })
        })
    }
}

/// Mostly a name is asked for as it is kept.
fn is_same(known: &[u8], name: &[u8]) -> bool {
    known == name || known.eq_ignore_ascii_case(name)
}

impl From<&HeaderMap> for CallHeaders {
    fn from(map: &HeaderMap) -> CallHeaders {
        let mut size = 0;
        for (name, value) in map {
            size += Mark::LENGTH + name.as_str().len() + value.len();
        }
        let (mut text, mut at) = (vec![0; size].into_boxed_slice(), 0);
        for (name, value) in map {
            let (name, is_sensitive) = (name.as_str().as_bytes(), value.is_sensitive());
            let value = value.as_bytes();
            let mark = Mark { name: length(name.len()), value: length(value.len()), is_sensitive };
            mark.write(&mut text, at);
            let start = at + Mark::LENGTH;
            let middle = start + name.len();
            at = middle + value.len();
            text[start..middle].copy_from_slice(name);
            text[middle..at].copy_from_slice(value);
        }
        CallHeaders { text, map: OnceLock::new() }
    }
}

/// A length in less room.
fn length<N: TryFrom<usize>>(length: usize) -> N {
    N::try_from(length).ok().expect("a name is below 64 KiB, and a value far below 4 GiB")
}

impl fmt::Debug for CallHeaders {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.map().fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_kept_as_they_were_sent() {
        let mut map = HeaderMap::new();
        let opaque = HeaderValue::from_bytes(b"caf\xe9").unwrap();
        let mut secret = HeaderValue::from_static("sk");
        secret.set_sensitive(true);
        map.append("accept", HeaderValue::from_static(""));
        map.append("cookie", HeaderValue::from_static("a=1"));
        map.append("cookie", HeaderValue::from_str(&"b".repeat(70_000)).unwrap());
        map.append("x-name", opaque.clone());
        map.append("x-key", secret);
        let kept = CallHeaders::from(&map);
        assert_eq!(*kept.map(), map);
        assert!(kept.map()["x-key"].is_sensitive() && !kept.map()["accept"].is_sensitive());
        assert_eq!([kept.text("Cookie"), kept.text("accept")], [Some("a=1"), Some("")]);
        assert_eq!((kept.get("x-name"), kept.text("x-name")), (Some(opaque.as_bytes()), None));
        assert_eq!(kept.all(&hyper::header::COOKIE).map(<[u8]>::len).sum::<usize>(), 70_003);
        assert_eq!((kept.get("x"), kept.get("x-keyy")), (None, None));
    }
}
