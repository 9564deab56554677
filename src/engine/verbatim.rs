//! [`verbatim`], [`escape`], [`escaped`]: how a text stands in a JSON string.

use std::borrow::Cow;

/// How many bytes there are before the first that JSON escapes: a quote, a
/// backslash or a control character. All before it is read and written as it
/// stands; so this is what reading and writing spend their time on, and it takes
/// eight bytes at a time.
pub(super) fn verbatim(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks();
    for (index, eight) in eights.iter().enumerate() {
        let plain = plain(*eight);
        if plain < 8 {
            return index * 8 + plain;
        }
    }
    // The last eight overlap those before, in which there is none.
    if let Some(last) = bytes.last_chunk() {
        return bytes.len() - 8 + plain(*last);
    }
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    plain(last).min(rest.len())
}

/// The same of eight bytes: in each of them, what borrows from its highest bit is
/// below what is subtracted. A borrow may go on into later bytes, never into earlier
/// ones, so the first byte that is found is one.
fn plain(eight: [u8; 8]) -> usize {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let bytes = u64::from_le_bytes(eight);
    let below = |bytes: u64, least: u8| bytes.wrapping_sub(each(least)) & !bytes;
    let is = |byte: u8| below(bytes ^ each(byte), 1);
    let found = (below(bytes, b' ') | is(b'"') | is(b'\\')) & each(0x80);
    // 64 where there is none, which makes 8.
    found.trailing_zeros() as usize / 8
}

/// Text as it stands inside a JSON string: mostly as it is.
pub(super) fn escaped(text: &str) -> Cow<'_, [u8]> {
    if verbatim(text.as_bytes()) == text.len() {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut out = Vec::new();
    escape(text, &mut out);
    Cow::Owned(out)
}

/// Appends text as it stands inside a JSON string.
pub(super) fn escape(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    loop {
        let (plain, other) = rest.split_at(verbatim(rest));
        out.extend_from_slice(plain);
        let Some((byte, after)) = other.split_first() else { return };
        rest = after;
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
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
