//! [`is_id`]: what the id of a thing looks like.

/// The most characters of an id.
const ID_MAX: usize = 50;

/// What an id must be, to be said to those who got it wrong.
pub(in crate::rebilly) const ID_FORM: &str = "1 to 50 letters, digits and @ ~ - . _";

/// Whether a text can be an id: `^[@~\-\.\w]+$`, at most 50 characters.
pub(in crate::rebilly) fn is_id(text: &str) -> bool {
    if text.is_empty() || text.len() > ID_MAX {
        return false;
    }
    for byte in text.as_bytes() {
        if !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'@' | b'~' | b'-' | b'.' | b'_')
        {
            return false;
        }
    }
    true
}
