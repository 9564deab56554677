//! [`verbatim`], [`escape`], [`escaped`]: how a text stands in a JSON string.

use std::borrow::Cow;

/// How many bytes there are before the first that JSON escapes: a quote, a
/// backslash or a control character. All before it is read and written as it
/// stands; so this is what reading and writing spend their time on, and it takes
/// eight bytes at a time.
pub(super) fn verbatim(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some(eight) = rest.first_chunk() {
        let length = plain(*eight);
        if length < 8 {
            return bytes.len() - rest.len() + length;
        }
        rest = &rest[8..];
    }
    if rest.is_empty() {
        return bytes.len();
    }
    // Not `last_chunk`, which costs thrice as much in the debug profile.
    if bytes.len() > 8
        && let Some(last) = bytes[bytes.len() - 8..].first_chunk()
    {
        // The last eight overlap those before, in which there is none.
        return bytes.len() - 8 + plain(*last);
    }
    let mut at = 0;
    while at < bytes.len() && !matches!(bytes[at], b'"' | b'\\' | 0..b' ') {
        at += 1;
    }
    at
}

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

const ONES: u64 = each(1);
const SPACES: u64 = each(b' ');
const QUOTES: u64 = each(b'"');
const BACKSLASHES: u64 = each(b'\\');
const HIGHEST_BITS: u64 = each(0x80);

/// The same of eight bytes: a byte below what is subtracted from it borrows, which sets
/// its highest bit. A borrow may go on into later bytes, never into earlier
/// ones, so the first byte that is found is one. None of these bytes has that bit itself.
pub(super) fn plain(eight: [u8; 8]) -> usize {
    let bytes = u64::from_le_bytes(eight);
    let (quotes, backslashes) = (bytes ^ QUOTES, bytes ^ BACKSLASHES);
    let found =
        bytes.wrapping_sub(SPACES) | quotes.wrapping_sub(ONES) | backslashes.wrapping_sub(ONES);
    // 64 where there is none, which makes 8.
    (found & !bytes & HIGHEST_BITS).trailing_zeros() as usize / 8
}

/// Text as it stands inside a JSON string: mostly as it is.
pub(super) fn escaped(text: &str) -> Cow<'_, [u8]> {
    let text = text.as_bytes();
    if verbatim(text) == text.len() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::new();
    escape(text, &mut out);
    Cow::Owned(out)
}

/// Appends a text, in UTF-8, as it stands inside a JSON string.
pub(super) fn escape(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    loop {
        let plain = verbatim(rest);
        if plain == rest.len() {
            return out.extend_from_slice(rest);
        }
        out.extend_from_slice(&rest[..plain]);
        let byte = rest[plain];
        rest = &rest[plain + 1..];
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=u8::MAX {
            let escaped = matches!(byte, b'"' | b'\\' | 0..=0x1f);
            for place in 0..20 {
                let mut text = [0xc3; 20];
                text[place] = byte;
                assert_eq!(verbatim(&text), if escaped { place } else { 20 }, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn the_first_of_several_counts() {
        for (text, length) in [("", 0), ("\"", 0), ("!\"!\\", 1), ("\u{20}\u{21}\n\"", 2)] {
            assert_eq!(verbatim(text.as_bytes()), length, "{text}");
        }
    }
}
