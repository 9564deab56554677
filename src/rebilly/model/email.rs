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
        let byte = text[at];
        let fits = if byte == b'.' { before != b'.' } else { is(byte, ATOM) };
        if !fits {
            return false;
        }
        before = byte;
        at += 1;
    }
    before != b'.'
}

/// Names of hosts with dots between them.
fn are_labels(text: &[u8]) -> bool {
    let (mut before, mut start, mut at) = (b'.', 0, 0);
    while at < text.len() {
        let byte = text[at];
        if !is(byte, LABEL) {
            match byte {
                b'.' if before != b'.' && before != b'-' && at - start <= LABEL_MAX => {
                    start = at + 1;
                }
                b'-' if before != b'.' => {}
                _ => return false,
            }
        }
        before = byte;
        at += 1;
    }
    before != b'.' && before != b'-' && at - start <= LABEL_MAX
}

/// Whether a byte is of this class.
fn is(byte: u8, class: u8) -> bool {
    CLASSES[byte as usize] & class != 0
}

/// What a word consists of.
const ATOM: u8 = 1;
/// What a part of a host's name consists of, beside the hyphens in it.
const LABEL: u8 = 2;

/// The classes of each byte: an address is looked at byte by byte, and to ask a byte for all
/// that it may be takes thrice as long.
static CLASSES: [u8; 256] = {
    let (mut classes, mut byte) = ([0; 256], 0_u8);
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => ATOM | LABEL,
            b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'~' => ATOM,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_wherever_it_stands() {
        for byte in 0..128_u8 {
            let letter = char::from(byte);
            let is_alphanumeric = letter.is_ascii_alphanumeric();
            let is_atom = is_alphanumeric || "!#$%&'*+-/=?^_`{|}~".contains(letter);
            assert_eq!(is_email(&format!("{letter}@a")), is_atom, "{letter:?}");
            assert_eq!(is_email(&format!("a{letter}a@a")), is_atom || letter == '.', "{letter:?}");
            // The last `@` counts, and no word has another one.
            assert_eq!(is_email(&format!("a@{letter}")), is_alphanumeric, "{letter:?}");
            let is_inside = is_alphanumeric || letter == '-' || letter == '.';
            assert_eq!(is_email(&format!("a@a{letter}a")), is_inside, "{letter:?}");
        }
        assert!(!is_email("\u{e4}@a") && !is_email("a@\u{e4}"));
    }

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
