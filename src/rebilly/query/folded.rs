//! [`Folded`]: a text in lower case, which is looked for in others whatever their case.

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
