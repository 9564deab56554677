//! [`Folded`]: a text in lower case, with which others are compared whatever their case.

use std::cmp::Ordering;

/// A text in lower case. ASCII texts, which nearly all are, meet it without a copy.
#[derive(Clone, Debug)]
pub(super) struct Folded(String);

impl Folded {
    pub(super) fn new(text: &str) -> Folded {
        Folded(text.to_lowercase())
    }

    /// Whether the text has this one somewhere inside.
    pub(super) fn is_in(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        if text.is_ascii() {
            let (text, part) = (text.as_bytes(), self.0.as_bytes());
            return text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
        }
        text.to_lowercase().contains(&self.0)
    }
}

impl PartialOrd<Folded> for str {
    fn partial_cmp(&self, folded: &Folded) -> Option<Ordering> {
        Some(if self.is_ascii() {
            self.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(folded.0.bytes())
        } else {
            self.to_lowercase().as_str().cmp(&folded.0)
        })
    }
}

impl PartialEq<Folded> for str {
    fn eq(&self, folded: &Folded) -> bool {
        self.partial_cmp(folded) == Some(Ordering::Equal)
    }
}
