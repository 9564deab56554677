//! [`is_email`]: which texts are e-mail addresses.

/// The most characters before the `@`.
const LOCAL_MAX: usize = 64;

/// The most characters that a part of a host's name has.
const LABEL_MAX: usize = 63;

/// An address as RFC 5321 has it, without quoted local parts and address literals.
pub(in crate::rebilly) fn is_email(text: &str) -> bool {
    let (text, mut at) = (text.as_bytes(), text.len());
    // By indices here and below: iterators cost twice as much in the debug profile.
    while at > 0 {
        at -= 1;
        if text[at] == b'@' {
            return at <= LOCAL_MAX && are_atoms(&text[..at]) && are_labels(&text[at + 1..]);
        }
    }
    false
}

/// Words with dots between them.
fn are_atoms(text: &[u8]) -> bool {
    let (mut before, mut at) = (b'.', 0);
    while at < text.len() {
        let fits = match text[at] {
            b'.' => before != b'.',
            b'0'..=b'9' | b'A'..=b'Z' | b'^'..=b'~' => true,
            other => b"!#$%&'*+-/=?".contains(&other),
        };
        if !fits {
            return false;
        }
        before = text[at];
        at += 1;
    }
    before != b'.'
}

/// Names of hosts with dots between them.
fn are_labels(text: &[u8]) -> bool {
    let (mut before, mut length, mut at) = (b'.', 0, 0);
    while at < text.len() {
        let byte = text[at];
        let fits = match byte {
            b'.' => before != b'.' && before != b'-' && length <= LABEL_MAX,
            b'-' => before != b'.',
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => true,
            _ => false,
        };
        if !fits {
            return false;
        }
        length = if byte == b'.' { 0 } else { length + 1 };
        before = byte;
        at += 1;
    }
    before != b'.' && before != b'-' && length <= LABEL_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for good in ["ada@example.com", "a.b+c@sub.example.co", "x@localhost", "o'neil@example.com"]
        {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a b@example.com",
            "a@b@c",
            ".a@b.c",
            "a..b@c.d",
            "a@-b.c",
            "a@b..c",
            "a@b-.c",
            "a@b.c-",
            "a.@b.c",
            "ä@b.c",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn the_parts_of_an_address_have_their_lengths() {
        let is_address = |local: usize, label: usize| {
            is_email(&format!("{}@{}.example", "a".repeat(local), "b".repeat(label)))
                && is_email(&format!("{}@example.{}", "a".repeat(local), "b".repeat(label)))
        };
        assert!(is_address(1, 1) && is_address(LOCAL_MAX, LABEL_MAX));
        assert!(!is_address(LOCAL_MAX + 1, 1) && !is_address(1, LABEL_MAX + 1));
        assert!(!is_address(0, 1) && !is_address(1, 0));
    }
}
