//! [`Rendered`]: JSON text that was written once and is shown many times.
//!
//! A row's text is the same on every server and in every realm but for the
//! links in it. So it is written once, with marks where the server's address
//! and the realm's name belong, and shared by all doubles of the process.

use super::setting::{Mark, Setting};

/// JSON text with marks in it.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    pub(super) text: Vec<u8>,
    pub(super) marks: Vec<Marked>,
}

/// Where a mark is, and which. Half the room of a place in memory would do.
pub(super) type Marked = (u32, Mark);

impl Rendered {
    /// Feeds what is said to `eat`, wherever it will be shown.
    pub(super) fn digest(&self, eat: &mut impl FnMut(&[u8])) {
        eat(&self.text);
        for (place, mark) in &self.marks {
            eat(&u64::from(*place).to_le_bytes());
            eat(match mark {
                Mark::Base => b"base",
                Mark::Realm => b"realm",
            });
        }
    }

    /// The text where no marks can be in it.
    #[must_use]
    pub fn plain(&self) -> String {
        debug_assert!(self.marks.is_empty(), "a text with marks depends on where it is shown");
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// How many bytes [`Rendered::show`] will add.
    #[must_use]
    pub fn size(&self, setting: Setting<'_>) -> usize {
        let filled = self.marks.iter().map(|(_, mark)| setting.at(*mark).len());
        self.text.len() + filled.sum::<usize>()
    }

    /// Appends the text, with everything in its place.
    pub fn show(&self, setting: Setting<'_>, out: &mut Vec<u8>) {
        let mut shown = 0;
        for &(place, mark) in &self.marks {
            out.extend_from_slice(&self.text[shown..place as usize]);
            shown = place as usize;
            out.extend_from_slice(&setting.at(mark));
        }
        out.extend_from_slice(&self.text[shown..]);
    }
}
