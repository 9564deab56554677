//! [`Opened`]: an object that is being read, whose members stand on the tape so far.

use std::collections::{BTreeMap, BTreeSet};

use super::tape::{Node, Tape, bytes, find, mark, short};
use super::text::Text;

/// From this many members on, duplicates are looked for in an index.
const FEW_MEMBERS: usize = 32;

/// What is known of an object's members while they are put onto the tape. When it is closed,
/// each name is there once: with the last value that was sent, where the name stood first.
pub(super) struct Opened {
    /// Where the first stands.
    start: usize,
    count: usize,
    /// A [`mark`] of each name.
    names: u64,
    /// What few objects need.
    more: Option<Box<More>>,
}

#[derive(Default)]
struct More {
    /// Where each name stands, once there are more than a few.
    places: BTreeMap<Text, usize>,
    /// Where a name stood first, and where it stands again, in that order.
    again: Vec<(usize, usize)>,
}

impl Opened {
    /// Begins an object.
    pub(super) fn begin(tape: &mut Tape) -> Opened {
        tape.nodes.push(Node::Null);
        Opened { start: tape.nodes.len(), count: 0, names: 0, more: None }
    }

    /// Notes the next one, whose name is the last on the tape. Returns whether it was there before.
    #[inline]
    pub(super) fn note(&mut self, tape: &Tape) -> bool {
        let mark = mark(bytes(tape.nodes[tape.nodes.len() - 1], tape.text.as_bytes()));
        let is_new = self.names & mark == 0;
        self.names |= mark;
        self.count += 1;
        if is_new && self.count <= FEW_MEMBERS { false } else { self.note_again(tape) }
    }

    /// The same of one that may have been there before.
    #[cold]
    fn note_again(&mut self, tape: &Tape) -> bool {
        let place = tape.nodes.len() - 1;
        let first = if self.count <= FEW_MEMBERS {
            let name = bytes(tape.nodes[place], tape.text.as_bytes());
            let start = short(self.start);
            find(tape, start..short(place), start, name).map(|first| first as usize)
        } else {
            self.first_of_many(tape, place)
        };
        let Some(first) = first else { return false };
        self.more.get_or_insert_default().again.push((first, place));
        true
    }

    /// Where a name stood first, if it did, among many, of which it is one from now on.
    fn first_of_many(&mut self, tape: &Tape, place: usize) -> Option<usize> {
        let places = &mut self.more.get_or_insert_default().places;
        if places.is_empty() {
            let mut known = self.start;
            while known < place {
                places.entry(tape.string(known).into()).or_insert(known);
                known += tape.nodes[known].count() as usize;
            }
        }
        let first = *places.entry(tape.string(place).into()).or_insert(place);
        (first < place).then_some(first)
    }

    /// Ends the object.
    pub(super) fn close(self, tape: &mut Tape) {
        let place = self.start - 1;
        if let Some(more) = self.more {
            more.settle(self.start, &mut tape.nodes);
        }
        tape.nodes[place] = Node::Object { nodes: tape.after(place), names: self.names };
    }
}

impl More {
    /// Leaves each name once, of the members that stand there and after it.
    fn settle(&self, start: usize, nodes: &mut Vec<Node>) {
        if self.again.is_empty() {
            return;
        }
        let repeated: BTreeSet<usize> = self.again.iter().map(|(_, again)| *again).collect();
        let last: BTreeMap<usize, usize> = self.again.iter().copied().collect();
        let all = nodes.split_off(start);
        let mut place = 0;
        while place < all.len() {
            let known = start + place;
            if !repeated.contains(&known) {
                let counts = last.get(&known).map_or(place, |again| again - start);
                nodes.extend_from_slice(&all[counts..counts + all[counts].count() as usize]);
            }
            place += all[place].count() as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::engine::json::{Json, Member};
    use crate::engine::tape::Tape;

    /// A member that is said, and what it is then.
    fn member() -> impl Strategy<Value = (String, String, Json)> {
        let values = prop_oneof![
            Just(("1".to_owned(), Json::Whole(1))),
            Just(("[]".to_owned(), Json::List(Vec::new()))),
            Just((r#"{"a":[2,3],"b":null,"a":[4]}"#.to_owned(), {
                let list = Json::List(vec![Json::Whole(4)]);
                Json::Object(vec![("a".into(), list), ("b".into(), Json::Null)])
            })),
            Just((r#""\u0041\n""#.to_owned(), Json::Text("A\n".into()))),
        ];
        ("[a-c]{0,2}", values).prop_map(|(name, (text, json))| (name, text, json))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_last_value_of_a_name_stands_where_the_name_stood_first(
            said in proptest::collection::vec(member(), 0..60),
            after in any::<bool>(),
        ) {
            let mut expected: Vec<Member> = Vec::new();
            for (name, _, json) in &said {
                match expected.iter_mut().find(|(known, _)| known == name) {
                    Some((_, value)) => *value = json.clone(),
                    None => expected.push((name.as_str().into(), json.clone())),
                }
            }
            let members: Vec<String> =
                said.iter().map(|(name, text, _)| format!("\"{name}\":{text}")).collect();
            let after = if after { ",7" } else { "" };
            let tape = Tape::parse(format!("[{{{}}}{after}]", members.join(",")).as_bytes());
            let Json::List(items) = tape.unwrap().value().to_json() else { panic!("a list") };
            prop_assert_eq!(&items[0], &Json::Object(expected));
            prop_assert_eq!(items.get(1).is_some(), !after.is_empty());
        }
    }
}
