//! [`Differences`]: what two moments hold, compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ptr;

use super::json::{Json, Member};
use super::moment::Moment;
use super::pointer::below;
use super::render::{Rendered, Setting};
use super::thing::Thing;
use super::tour::{Side, Tour};
use super::vendor::Vendor;

/// The most differences that are shown as text. All of them can be iterated over.
pub const SHOWN_MAX: usize = 100;

/// The most characters that are shown of one value.
pub const VALUE_MAX: usize = 120;

/// Stands for the name of every realm in which nothing happened. It can only
/// be seen where two doubles are compared that began with different fixtures.
const ANY_OTHER: &str = "*";

/// What two moments hold, compared. Its `Display` is one line a difference, the
/// first [`SHOWN_MAX`] of them.
///
/// They stand in a fixed order: by realm, kind, owner and id, then in the order in which
/// the vendor shows members. The order of lists is not compared.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "what differs stands there"]
pub struct Differences(Vec<Difference>);

/// A place where two moments differ.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// Where: realm, kind, id and members, as a JSON pointer. A message of a
    /// timeline stands under its customer: `/org_default/timelines/cus_ada/tmln_1`.
    /// In a [`World`](crate::World) the vendor's name stands before that.
    pub pointer: String,
    /// What was there before; nothing if it came.
    pub before: Option<Json>,
    /// What was there after it; nothing if it went.
    pub after: Option<Json>,
}

impl Differences {
    /// The differences, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Difference> {
        self.0.iter()
    }

    /// The differences at this JSON pointer and below it.
    pub fn under(&self, pointer: &str) -> impl Iterator<Item = &Difference> {
        self.iter().filter(move |difference| {
            let rest = difference.pointer.strip_prefix(pointer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether both moments hold the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What differs at several places that each have a name, as one.
    pub(crate) fn together(
        parts: impl IntoIterator<Item = (&'static str, Differences)>,
    ) -> Differences {
        let mut all = Differences::default();
        for (name, part) in parts {
            all.0.extend(part.0.into_iter().map(|difference| {
                let pointer = format!("{}{}", below("", name), difference.pointer);
                Difference { pointer, ..difference }
            }));
        }
        all
    }

    fn note(&mut self, pointer: String, before: Option<Json>, after: Option<Json>) {
        self.0.push(Difference { pointer, before, after });
    }
}

impl<'d> IntoIterator for &'d Differences {
    type Item = &'d Difference;
    type IntoIter = std::slice::Iter<'d, Difference>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in self.iter().take(SHOWN_MAX) {
            writeln!(out, "{difference}")?;
        }
        match self.len().saturating_sub(SHOWN_MAX) {
            0 => Ok(()),
            more => writeln!(out, "  (and {more} more)"),
        }
    }
}

/// `  /org_default/customers/cus_ada/revision: 4 -> 5`; what came has a `+`
/// before it, what went a `-`.
impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = &self.pointer;
        match (&self.before, &self.after) {
            (None, Some(after)) => write!(out, "+ {pointer}: {}", self.gist(after)),
            (Some(before), None) => write!(out, "- {pointer}: {}", self.gist(before)),
            (before, after) => {
                let [before, after] = [before, after].map(|it| it.as_ref().map(shown));
                let [before, after] = [before, after].map(Option::unwrap_or_default);
                write!(out, "  {pointer}: {before} -> {after}")
            }
        }
    }
}

impl Difference {
    /// What came or went, without what is empty and what the pointer says.
    fn gist(&self, value: &Json) -> String {
        let Json::Object(members) = value else { return shown(value) };
        let says = |value: &Json| match value {
            Json::Null => false,
            Json::Text(text) => !self.pointer.ends_with(&below("", text)),
            Json::List(items) => !items.is_empty(),
            Json::Object(members) => !members.is_empty(),
            Json::Bool(_) | Json::Whole(_) | Json::Float(_) => true,
        };
        shown(&Json::Object(members.iter().filter(|(_, value)| says(value)).cloned().collect()))
    }
}

fn shown(value: &Json) -> String {
    let mut text = Rendered::json(value).plain();
    if let Some((end, _)) = text.char_indices().nth(VALUE_MAX) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl<V: Vendor> Moment<V> {
    /// What differs from an earlier moment. What is the same row in both is
    /// passed over without a look at it.
    pub fn differences(&self, before: &Moment<V>) -> Differences {
        let (old, new) = (&before.realms, &self.realms);
        let mut found = Differences::default();
        compare_realms::<V>(ANY_OTHER, &old.any_other().state, &new.any_other().state, &mut found);
        let names: BTreeSet<&str> = old.names().chain(new.names()).collect();
        for name in names {
            compare_realms::<V>(name, &old.of(name).state, &new.of(name).state, &mut found);
        }
        found
    }
}

fn compare_realms<V: Vendor>(
    name: &str,
    before: &V::State,
    after: &V::State,
    found: &mut Differences,
) {
    if ptr::eq(before, after) {
        return;
    }
    let mut pairs: BTreeMap<_, [Option<Thing<'_>>; 2]> = BTreeMap::new();
    V::tour(&mut Tour::between(before, after, &mut |side, thing| {
        let place = (thing.kind, thing.owner, thing.id.clone());
        let [before, after] = pairs.entry(place).or_default();
        *(if side == Side::Before { before } else { after }) = Some(thing);
    }));
    for ((kind, owner, id), pair) in pairs {
        let names = [Some(name), Some(kind), owner, Some(&*id)].into_iter().flatten();
        let pointer = names.fold(String::new(), |pointer, name| below(&pointer, name));
        let [before, after] = pair.map(|thing| thing.map(|thing| json(&thing, name)));
        compare(&pointer, before, after, found);
    }
}

/// What a thing shows in its realm; its links begin nowhere.
fn json(thing: &Thing<'_>, realm: &str) -> Json {
    let mut text = Vec::new();
    thing.rendered().show(Setting { base: "", realm }, &mut text);
    Json::parse(&text).expect("what we render is JSON")
}

fn compare(pointer: &str, before: Option<Json>, after: Option<Json>, found: &mut Differences) {
    match (before, after) {
        (before, after) if before == after => {}
        (Some(Json::Object(before)), Some(Json::Object(after))) => {
            compare_members(pointer, before, after, found);
        }
        (Some(Json::List(before)), Some(Json::List(after))) => {
            compare_items(pointer, before, after, found);
        }
        (before, after) => found.note(pointer.to_owned(), before, after),
    }
}

type Members = Vec<Member>;

/// First the members that are there now, then those that went.
fn compare_members(pointer: &str, mut before: Members, after: Members, found: &mut Differences) {
    for (name, value) in after {
        let place = before.iter().position(|(known, _)| *known == name);
        let old = place.map(|place| before.remove(place).1);
        compare(&below(pointer, &name), old, Some(value), found);
    }
    for (name, old) in before {
        compare(&below(pointer, &name), Some(old), None, found);
    }
}

/// Items are compared by their places, but for those at the end that only moved
/// because others came or went before them.
fn compare_items(
    pointer: &str,
    mut before: Vec<Json>,
    mut after: Vec<Json>,
    found: &mut Differences,
) {
    let same = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let moved = before[same..].iter().rev().zip(after[same..].iter().rev());
    let moved = moved.take_while(|(old, new)| old == new).count();
    before.truncate(before.len() - moved);
    after.truncate(after.len() - moved);
    let (mut before, mut after) = (before.into_iter().skip(same), after.into_iter().skip(same));
    for place in same.. {
        match (before.next(), after.next()) {
            (None, None) => break,
            (old, new) => compare(&below(pointer, &place.to_string()), old, new, found),
        }
    }
}
