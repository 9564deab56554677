//! [`TextRule`]: what a text must be like.

/// How long a text may be, and which form it must have.
#[derive(Clone, Copy, Debug)]
pub struct TextRule {
    /// The most characters (Unicode scalar values) it may have.
    pub max: usize,
    /// What else it must satisfy, and how to say so.
    pub form: Option<Form>,
}

/// A form that a text must have, and what to say of it: "must be …".
pub type Form = (fn(&str) -> bool, &'static str);

impl TextRule {
    /// At most that many characters.
    #[must_use]
    pub const fn max(max: usize) -> TextRule {
        TextRule { max, form: None }
    }

    /// Also of this form; `said` ends the sentence "must be …".
    #[must_use]
    pub const fn form(self, holds: fn(&str) -> bool, said: &'static str) -> TextRule {
        TextRule { form: Some((holds, said)), ..self }
    }

    /// Whether a text is like this.
    ///
    /// # Errors
    ///
    /// What was found and what was expected, of the first thing that is wrong.
    pub fn check(self, text: &str) -> Result<(), String> {
        match self.excess(text).or_else(|| self.deformity(text)) {
            None => Ok(()),
            Some(fault) => Err(fault),
        }
    }

    /// All that is wrong with a text.
    pub fn faults(self, text: &str) -> impl Iterator<Item = String> {
        [self.excess(text), self.deformity(text)].into_iter().flatten()
    }

    fn excess(self, text: &str) -> Option<String> {
        // Bytes bound characters from above, so most texts need no counting.
        let length = if text.len() <= self.max { 0 } else { text.chars().count() };
        let said = || format!("must have at most {} characters, but has {length}", self.max);
        (length > self.max).then(said)
    }

    fn deformity(self, text: &str) -> Option<String> {
        match self.form {
            Some((holds, said)) if !holds(text) => Some(format!("must be {said}")),
            _ => None,
        }
    }
}
