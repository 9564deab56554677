//! [`Variables`]: what a path says where an operation's path has variables.

use std::fmt;
use std::sync::OnceLock;

use super::rare::Rare;
use super::router::Place;
use super::text::Text;

/// A variable of an operation's path, such as `id`, and its value.
pub type Variable = (&'static str, String);

/// The variables of an operation's path and their values, in the order of the path. Mostly
/// there is one, and short, for which nothing is allocated.
#[derive(Clone, Default)]
pub struct Variables {
    /// Their names, and where they stand.
    places: &'static [Place],
    first: Text,
    others: Rare<Text>,
    /// The same as the rest of the world has them, once somebody asked for that.
    list: OnceLock<Box<[Variable]>>,
}

/// As a list of them, whatever was asked before.
impl fmt::Debug for Variables {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.places.iter().map(|(name, _)| name);
        out.debug_list().entries(names.zip(self.values())).finish()
    }
}

impl Variables {
    /// The values at these places of a path.
    pub(super) fn at(places: &'static [Place], segments: &[impl AsRef<str>]) -> Variables {
        let value = |&(_, place): &Place| Text::from(segments[place].as_ref());
        let Some((first, rest)) = places.split_first() else { return Variables::default() };
        let mut others = Rare::default();
        for place in rest {
            others.list().push(value(place));
        }
        Variables { places, first: value(first), others, list: OnceLock::new() }
    }

    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let number = self.places.iter().position(|(known, _)| *known == name)?;
        Some(if number == 0 { &self.first } else { &self.others[number - 1] })
    }

    /// All values.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        let values = std::iter::once(&self.first).chain(&self.others);
        values.take(self.places.len()).map(Text::as_str)
    }

    /// Whether one of them has this value.
    #[inline]
    pub(super) fn has(&self, value: &str) -> bool {
        !self.places.is_empty()
            && (self.first == *value || self.others.iter().any(|it| it == value))
    }

    /// Each with its name.
    pub(super) fn list(&self) -> &[Variable] {
        self.list.get_or_init(|| {
            let names = self.places.iter().map(|(name, _)| *name);
            names.zip(self.values().map(str::to_owned)).collect()
        })
    }
}
