//! [`Members`]: the members of an object while it is read.

use std::collections::BTreeMap;

use super::json::{Json, Member};
use super::text::Text;

/// From this many members on, duplicates are looked for in an index.
const FEW_MEMBERS: usize = 32;

/// Members by name, each once: the last value that was sent, where the name stood first.
#[derive(Default)]
pub(super) struct Members {
    pub(super) kept: Vec<Member>,
    /// Where each name stands, once there are more than a few.
    places: BTreeMap<Text, usize>,
}

impl Members {
    /// Returns the name if it was there before.
    pub(super) fn set(&mut self, name: Text, value: Json) -> Option<&str> {
        if self.kept.len() == FEW_MEMBERS && self.places.is_empty() {
            let names = self.kept.iter().enumerate();
            self.places = names.map(|(place, (name, _))| (name.clone(), place)).collect();
        }
        let place = if self.kept.len() < FEW_MEMBERS {
            self.kept.iter().position(|(known, _)| *known == name)
        } else {
            self.places.get(&name).copied()
        };
        if let Some(place) = place {
            let (name, kept) = &mut self.kept[place];
            *kept = value;
            return Some(name);
        }
        if self.kept.len() >= FEW_MEMBERS {
            self.places.insert(name.clone(), self.kept.len());
        }
        self.kept.push((name, value));
        None
    }
}
