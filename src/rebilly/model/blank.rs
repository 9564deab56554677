//! [`is_blank`]: what `\s` stands for in the published patterns.

/// Whether `\s` matches it, as ECMA-262 has it: all white space of Unicode, and the byte order
/// mark, but not the next line (U+0085).
pub(super) fn is_blank(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_those_of_the_standard_that_patterns_are_written_by() {
        for blank in [
            '\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{a0}', '\u{1680}', '\u{2000}', '\u{200a}',
            '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}', '\u{feff}',
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for other in ['\u{85}', '\u{180e}', '\u{200b}', '\u{0}', '_', 'a'] {
            assert!(!is_blank(other), "{other:?}");
        }
    }
}
