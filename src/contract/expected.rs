//! [`Expected`]: what an answer must hold, and every place where it does not.

use std::collections::BTreeSet;

use super::matcher::Matcher;
use super::node::Node;
use super::text::{Names, Text};
use crate::engine::comparison::same_scalar;
use crate::engine::json::Json;
use crate::engine::pointer::below;
use crate::engine::wording::shown;

/// What a value of an answer must be.
#[derive(Clone, Debug)]
pub(super) enum Expected {
    /// `null`, a boolean or a number.
    Plain(Json),
    Text(Text),
    Matcher(Matcher),
    /// These members, and any others.
    Object(Vec<(String, Expected)>),
    /// These members, and no others.
    Exactly(Vec<(String, Expected)>),
    /// These items, in this order, and no others.
    List(Vec<Expected>),
    /// These items, in any order, and no others.
    Unordered(Vec<Expected>),
}

/// A place where an answer is not as expected; both sides as JSON, or in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    pub(super) pointer: String,
    pub(super) expected: String,
    pub(super) found: String,
}

/// Where mismatches are told.
pub(super) type Tell<'t> = dyn FnMut(Mismatch) + 't;

impl Expected {
    pub(super) fn read(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Expected> {
        match node.json {
            Json::Text(text) => Expected::read_text(text, node, known),
            Json::List(_) => read_list(node, known).map(Expected::List),
            Json::Object(_) => Expected::read_object(node, known),
            plain => Some(Expected::Plain(plain.clone())),
        }
    }

    fn read_text(text: &str, node: &Node<'_>, known: &BTreeSet<String>) -> Option<Expected> {
        match text.strip_prefix('$') {
            Some(rest) if rest.starts_with('$') && !rest.starts_with("${") => {
                Text::read(rest, node, known).map(Expected::Text)
            }
            Some(rest) if !rest.starts_with(['{', '$']) => {
                Matcher::read(rest, node, known).map(Expected::Matcher)
            }
            _ => Text::read(text, node, known).map(Expected::Text),
        }
    }

    fn read_object(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Expected> {
        let members = node.members();
        let ruled = members
            .iter()
            .find(|(name, _)| name.strip_prefix('$').is_some_and(|rest| !rest.starts_with('$')));
        let Some((name, inner)) = ruled else {
            return read_members(&members, known).map(Expected::Object);
        };
        if members.len() > 1 {
            node.refuse(format!("`{name}` is the only member of its object"));
            return None;
        }
        match *name {
            "$exactly" => read_members(&inner.members(), known).map(Expected::Exactly),
            "$unordered" => read_list(inner, known).map(Expected::Unordered),
            _ => {
                inner.refuse("is not known: an object's rule is $exactly or $unordered");
                None
            }
        }
    }

    /// Tells every place below `at` where what was found is not as expected.
    pub(super) fn compare(
        &self,
        found: Option<&Json>,
        at: &str,
        names: &Names,
        tell: &mut Tell<'_>,
    ) {
        match (self, found) {
            (Expected::Matcher(matcher), found) if matcher.holds(found, names) => {}
            (Expected::Plain(wanted), Some(found)) if same_scalar(wanted, found) => {}
            (Expected::Text(wanted), Some(Json::Text(found))) if *found == wanted.fill(names) => {}
            (Expected::Object(wanted), Some(found @ Json::Object(_))) => {
                for (name, wanted) in wanted {
                    wanted.compare(found.get(name), &below(at, name), names, tell);
                }
            }
            (Expected::Exactly(wanted), Some(object @ Json::Object(found))) => {
                for (name, wanted) in wanted {
                    wanted.compare(object.get(name), &below(at, name), names, tell);
                }
                let more = found.iter().filter(|(name, _)| wanted.iter().all(|(it, _)| name != it));
                for (name, found) in more {
                    tell(Mismatch::new(below(at, name), "nothing", shown(found)));
                }
            }
            (Expected::List(wanted), Some(Json::List(found))) => {
                if wanted.len() != found.len() {
                    tell(Mismatch::count(at, wanted.len(), found));
                    return;
                }
                for (index, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                    wanted.compare(Some(found), &below(at, &index.to_string()), names, tell);
                }
            }
            (Expected::Unordered(wanted), Some(Json::List(found))) => {
                unordered(wanted, found, at, names, tell);
            }
            (wanted, found) => {
                let found = found.map_or_else(|| "nothing".to_owned(), shown);
                tell(Mismatch::new(at.to_owned(), &wanted.shown(names), found));
            }
        }
    }

    fn holds(&self, found: &Json, names: &Names) -> bool {
        let mut holds = true;
        self.compare(Some(found), "", names, &mut |_| holds = false);
        holds
    }

    /// What was expected, as a file writes it, with values in the place of names.
    pub(super) fn shown(&self, names: &Names) -> String {
        shown(&self.written(names))
    }

    fn written(&self, names: &Names) -> Json {
        let all = |items: &[Expected]| items.iter().map(|item| item.written(names)).collect();
        let rule = |name: &str, value: Json| Json::Object(vec![(name.into(), value)]);
        let object = |members: &[(String, Expected)]| {
            let member =
                |(name, it): &(String, Expected)| (name.as_str().into(), it.written(names));
            Json::Object(members.iter().map(member).collect())
        };
        match self {
            Expected::Plain(json) => json.clone(),
            Expected::Text(text) => Json::Text(text.fill(names).into()),
            Expected::Matcher(matcher) => Json::Text(matcher.shown(names).into()),
            Expected::Object(members) => object(members),
            Expected::Exactly(members) => rule("$exactly", object(members)),
            Expected::List(items) => Json::List(all(items)),
            Expected::Unordered(items) => rule("$unordered", Json::List(all(items))),
        }
    }
}

impl Mismatch {
    pub(super) fn new(pointer: String, expected: &str, found: String) -> Mismatch {
        Mismatch { pointer, expected: expected.to_owned(), found }
    }

    fn count(at: &str, wanted: usize, found: &[Json]) -> Mismatch {
        let items = |count| if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
        let found = format!("{}: {}", items(found.len()), list(found.iter()));
        Mismatch::new(at.to_owned(), &items(wanted), found)
    }
}

fn list<'j>(items: impl Iterator<Item = &'j Json>) -> String {
    shown(&Json::List(items.cloned().collect()))
}

fn read_list(node: &Node<'_>, known: &BTreeSet<String>) -> Option<Vec<Expected>> {
    let read = node.items().iter().map(|item| Expected::read(item, known)).collect::<Vec<_>>();
    read.into_iter().collect()
}

fn read_members(
    members: &[(&str, Node<'_>)],
    known: &BTreeSet<String>,
) -> Option<Vec<(String, Expected)>> {
    let name =
        |name: &str| if name.starts_with("$$") { name[1..].to_owned() } else { name.to_owned() };
    let read = members.iter().map(|(at, member)| Some((name(at), Expected::read(member, known)?)));
    // Collected before it is judged, so that every problem is told.
    read.collect::<Vec<_>>().into_iter().collect()
}

/// Each wanted item has a found one of its own, and none is left over.
fn unordered(wanted: &[Expected], found: &[Json], at: &str, names: &Names, tell: &mut Tell<'_>) {
    let fits: Vec<Vec<bool>> = wanted
        .iter()
        .map(|wanted| found.iter().map(|found| wanted.holds(found, names)).collect())
        .collect();
    let mut owners = vec![None; found.len()];
    let mut missing = Vec::new();
    for (index, wanted) in wanted.iter().enumerate() {
        if !place(index, &fits, &mut owners, &mut vec![false; found.len()]) {
            missing.push(wanted);
        }
    }
    let left = || found.iter().enumerate().filter(|(index, _)| owners[*index].is_none());
    for wanted in &missing {
        let expected = format!("an item {}", wanted.shown(names));
        let others = list(left().map(|(_, found)| found));
        tell(Mismatch::new(at.to_owned(), &expected, format!("no such item in {others}")));
    }
    if missing.is_empty() {
        for (index, left) in left() {
            tell(Mismatch::new(below(at, &index.to_string()), "nothing", shown(left)));
        }
    }
}

/// Finds an item for a wanted one; others give theirs up if they fit elsewhere too
/// (an augmenting path), so that `$any` never takes what only another could use.
fn place(
    wanted: usize,
    fits: &[Vec<bool>],
    owners: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for index in 0..owners.len() {
        if !fits[wanted][index] || tried[index] {
            continue;
        }
        tried[index] = true;
        if owners[index].is_none_or(|owner| place(owner, fits, owners, tried)) {
            owners[index] = Some(wanted);
            return true;
        }
    }
    false
}
