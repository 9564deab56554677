//! How reports count things, quote them, and cut them short.

use super::json::Json;
use super::render::Rendered;

/// The most characters of one value that a report shows.
const SHOWN_MAX: usize = 300;

/// `no steps`, `1 step`, `2 steps`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// A text in quotes, with what would break a line escaped.
pub(crate) fn quoted(text: &str) -> String {
    shown(&Json::Text(text.into()))
}

/// A JSON value as text, on one line.
pub(crate) fn shown(json: &Json) -> String {
    Rendered::json(json).plain()
}

/// The beginning of a text that is too long for a report.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        None => text.to_owned(),
        Some((end, _)) => {
            format!("{}… ({} characters)", &text[..end], text.chars().count())
        }
    }
}

/// A body on one line: JSON as JSON, other text in quotes, the rest counted.
pub(crate) fn body(bytes: &[u8]) -> String {
    match (Json::parse(bytes), std::str::from_utf8(bytes)) {
        _ if bytes.is_empty() => "no body".to_owned(),
        (Ok(json), _) => cut(&shown(&json)),
        (Err(_), Ok(text)) => cut(&quoted(text)),
        (Err(_), Err(_)) => format!("no text, but {}", counted(bytes.len(), "byte")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_stands_on_one_line_whatever_it_is() {
        assert_eq!(body(b""), "no body");
        assert_eq!(body(b"{\n  \"a\": 1.0\n}"), r#"{"a":1.0}"#);
        assert_eq!(body(b"a=1\n\x1b[2J"), r#""a=1\n\u001b[2J""#);
        assert_eq!(body(b"\xff"), "no text, but 1 byte");
        let long = body(format!("\"{}\"", "é".repeat(400)).as_bytes());
        assert!(long.ends_with("… (402 characters)"), "{long}");
    }
}
