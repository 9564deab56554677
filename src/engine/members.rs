//! [`Members`]: the members of the objects that are being read.

use std::collections::BTreeMap;

use super::json::{Json, Member};
use super::text::Text;

/// From this many members on, duplicates are looked for in an index.
const FEW_MEMBERS: usize = 32;

/// Room for the members of a usual document.
const USUAL: usize = 32;

/// The members of one object after the other, of which the last is being read. So each
/// is given exactly the room that it needs, in one piece.
pub(super) struct Members(Vec<Member>);

/// An object that is being read: where its members begin.
pub(super) struct Opened {
    start: usize,
    /// Where each name stands, once there are more than a few.
    places: BTreeMap<Text, usize>,
}

impl Members {
    pub(super) fn new() -> Members {
        Members(Vec::new())
    }

    /// Begins an object inside of the last one.
    pub(super) fn open(&mut self) -> Opened {
        if self.0.capacity() == 0 {
            self.0.reserve(USUAL);
        }
        Opened { start: self.0.len(), places: BTreeMap::new() }
    }

    /// Sets a member of the last object, each once: the last value that was sent, where
    /// the name stood first. Returns the name if it was there before.
    pub(super) fn set(&mut self, object: &mut Opened, name: Text, value: Json) -> Option<&str> {
        let few = self.0.len() - object.start < FEW_MEMBERS;
        if !few && object.places.is_empty() {
            let names = self.0.iter().enumerate().skip(object.start);
            object.places = names.map(|(place, (name, _))| (name.clone(), place)).collect();
        }
        let place =
            if few { self.place(object.start, &name) } else { object.places.get(&name).copied() };
        if let Some(place) = place {
            let (name, kept) = &mut self.0[place];
            *kept = value;
            return Some(name);
        }
        if !few {
            object.places.insert(name.clone(), self.0.len());
        }
        self.0.push((name, value));
        None
    }

    /// Ends the last object.
    pub(super) fn close(&mut self, object: &Opened) -> Vec<Member> {
        self.0.split_off(object.start)
    }

    /// Where a name stands among a few. In a loop: a closure would cost twice as much in
    /// the debug profile.
    fn place(&self, start: usize, name: &Text) -> Option<usize> {
        let members = self.0.as_slice();
        let mut place = start;
        while place < members.len() {
            if members[place].0.is(name.as_bytes()) {
                return Some(place);
            }
            place += 1;
        }
        None
    }
}
