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
/// Three bytes say that of nearly all of them: the two lengths come first. No name is empty:
/// where the first byte is 0, lengths that do not fit into a byte follow the three.
struct Mark {
    name: usize,
    value: usize,
    is_sensitive: bool,
}

impl Mark {
    const LENGTH: usize = 3;
    /// With two lengths of four bytes.
    const LONG: usize = Mark::LENGTH + 8;

    /// Reads the mark that begins there, unless that is the end, and says where the name begins.
    fn read(text: &[u8], at: usize) -> Option<(Mark, usize)> {
        let [name, value, is_sensitive, ref rest @ ..] = text[at..] else { return None };
        let is_sensitive = is_sensitive != 0;
        if name == 0 {
            let [name, value] = Mark::lengths(rest);
            return Some((Mark { name, value, is_sensitive }, at + Mark::LONG));
        }
        let (name, value) = (name.into(), value.into());
        Some((Mark { name, value, is_sensitive }, at + Mark::LENGTH))
    }

    #[cold]
    fn lengths(text: &[u8]) -> [usize; 2] {
        [0, 4].map(|at| {
            let four = [text[at], text[at + 1], text[at + 2], text[at + 3]];
            u32::from_le_bytes(four) as usize
        })
    }

    /// Writes it to that place, and says where it ends.
    fn write(&self, text: &mut [u8], at: usize) -> usize {
        text[at + 2] = self.is_sensitive.into();
        if let (Ok(name), Ok(value)) = (u8::try_from(self.name), u8::try_from(self.value)) {
            [text[at], text[at + 1]] = [name, value];
            return at + Mark::LENGTH;
        }
        text[at] = 0;
        for (number, length) in [self.name, self.value].into_iter().enumerate() {
            let length = u32::try_from(length).expect("a header is far below 4 GiB");
            let start = at + Mark::LENGTH + 4 * number;
            text[start..start + 4].copy_from_slice(&length.to_le_bytes());
        }
        at + Mark::LONG
    }

    /// How many bytes the mark of such lengths takes.
    fn size(name: usize, value: usize) -> usize {
        if name < 0x100 && value < 0x100 { Mark::LENGTH } else { Mark::LONG }
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
        from_utf8(self.ascii(name)?).ok()
    }

    /// The same in bytes, for whoever but compares it.
    pub(super) fn ascii(&self, name: &str) -> Option<&[u8]> {
        let value = self.get(name)?;
        // What `HeaderValue::to_str` takes for text: no value has control characters. By
        // index: an iterator costs thrice as much in the debug profile.
        let (mut at, mut all) = (0, 0);
        while at < value.len() {
            all |= value[at];
            at += 1;
        }
        all.is_ascii().then_some(value)
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        let (text, name, mut at) = (&*self.text, name.as_bytes(), 0);
        while let Some((mark, start)) = Mark::read(text, at) {
            let middle = start + mark.name;
            at = middle + mark.value;
            // Most names differ in length already, which is told at a glance.
            if mark.name == name.len() && is_same(&text[start..middle], name) {
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
        let (text, mut at) = (&*self.text, 0);
        std::iter::from_fn(move || {
            let (mark, start) = Mark::read(text, at)?;
            let middle = start + mark.name;
            at = middle + mark.value;
            let (name, value) = (&text[start..middle], &text[middle..at]);
            Some(Line { name, value, is_sensitive: mark.is_sensitive })
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
            let (name, value) = (name.as_str().len(), value.len());
            size += Mark::size(name, value) + name + value;
        }
        let (mut text, mut at) = (vec![0; size].into_boxed_slice(), 0);
        for (name, value) in map {
            let (name, is_sensitive) = (name.as_str().as_bytes(), value.is_sensitive());
            let value = value.as_bytes();
            let mark = Mark { name: name.len(), value: value.len(), is_sensitive };
            let start = mark.write(&mut text, at);
            let middle = start + name.len();
            at = middle + value.len();
            text[start..middle].copy_from_slice(name);
            text[middle..at].copy_from_slice(value);
        }
        CallHeaders { text, map: OnceLock::new() }
    }
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
        map.append(HeaderName::from_bytes(&[b'n'; 300]).unwrap(), HeaderValue::from_static("v"));
        // The longest of which a byte tells the length, and what is one longer.
        for length in [255, 256] {
            let name = HeaderName::from_bytes(&vec![b'l'; length]).unwrap();
            map.append(name, HeaderValue::from_str(&"v".repeat(511 - length)).unwrap());
        }
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
