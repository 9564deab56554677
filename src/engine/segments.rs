//! [`Segments`]: what stands between the slashes of a path.

use std::borrow::Cow;
use std::mem::take;
use std::ops::Deref;

/// How many segments nothing is allocated for: few paths have more.
const ROOM: usize = 4;

/// The decoded segments of a path, mostly borrowed from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segments<'c> {
    few: [Cow<'c, str>; ROOM],
    count: usize,
    /// All of them, where there are more.
    many: Vec<Cow<'c, str>>,
}

impl<'c> Segments<'c> {
    /// Adds one.
    pub fn push(&mut self, segment: Cow<'c, str>) {
        if self.many.is_empty() && self.count < ROOM {
            self.few[self.count] = segment;
            self.count += 1;
            return;
        }
        self.many.extend(self.few[..take(&mut self.count)].iter_mut().map(take));
        self.many.push(segment);
    }
}

impl<'c> Deref for Segments<'c> {
    type Target = [Cow<'c, str>];

    fn deref(&self) -> &[Cow<'c, str>] {
        if self.many.is_empty() { &self.few[..self.count] } else { &self.many }
    }
}

impl<'c> FromIterator<Cow<'c, str>> for Segments<'c> {
    fn from_iter<I: IntoIterator<Item = Cow<'c, str>>>(segments: I) -> Segments<'c> {
        let mut all = Segments::default();
        segments.into_iter().for_each(|segment| all.push(segment));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_segments_is_kept_in_order() {
        for count in 0..2 * ROOM + 2 {
            let names: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let segments: Segments<'_> = names.iter().map(Into::into).collect();
            assert_eq!(*segments, *names);
        }
    }
}
