//! [`unescape`]: what a JSON string means that has escapes.

use super::verbatim::verbatim;

/// Reads the rest of a string from that place on, which is then after its end, or where
/// something is wrong with it.
///
/// # Errors
///
/// What is wrong.
pub(super) fn unescape(
    valid: &str,
    at: &mut usize,
    meant: &mut String,
) -> Result<(), &'static str> {
    let text = valid.as_bytes();
    loop {
        match text.get(*at) {
            Some(b'"') => {
                *at += 1;
                return Ok(());
            }
            Some(b'\\') => {
                *at += 1;
                meant.push(escape(text, at)?);
                let start = *at;
                *at += verbatim(&text[start..]);
                meant.push_str(&valid[start..*at]);
            }
            Some(_) => return Err("a control character in a string"),
            None => return Err("a string without an end"),
        }
    }
}

fn escape(text: &[u8], at: &mut usize) -> Result<char, &'static str> {
    let letter = text.get(*at).copied();
    *at += 1;
    Ok(match letter {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return code_point(text, at),
        _ => return Err("an escape that JSON does not have"),
    })
}

/// `\u0041`, or two of them for what needs two.
fn code_point(text: &[u8], at: &mut usize) -> Result<char, &'static str> {
    let high = four_digits(text, at)?;
    let code = match high {
        0xd800..=0xdbff if text[*at..].starts_with(b"\\u") => {
            *at += 2;
            let low = four_digits(text, at)?;
            if !(0xdc00..=0xdfff).contains(&low) {
                return Err("half a surrogate pair");
            }
            0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)
        }
        other => other,
    };
    char::from_u32(code).ok_or("half a surrogate pair")
}

fn four_digits(text: &[u8], at: &mut usize) -> Result<u32, &'static str> {
    let digits = text.get(*at..*at + 4).ok_or("expected four digits")?;
    *at += 4;
    digits.iter().try_fold(0, |code, byte| {
        let digit = char::from(*byte).to_digit(16).ok_or("expected four digits")?;
        Ok(code * 16 + digit)
    })
}
