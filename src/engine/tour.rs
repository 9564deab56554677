//! [`Tour`]: a walk through all that a realm holds, or through what differs
//! between two moments of it.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::mem::replace;
use std::sync::Arc;

use super::table::{Record, Row, Table, Tables};
use super::thing::Thing;

/// A walk through all that a state holds; or, where there is an earlier state, through
/// what of either is not in both. A vendor leads it from kind to kind.
///
/// What two states share is passed over as it is: whole tables, and rows
/// without a look at what they show.
pub struct Tour<'s, 't, S> {
    before: Option<&'s S>,
    after: &'s S,
    see: &'t mut dyn FnMut(Side, Thing<'s>),
}

/// Which of two states something is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The earlier one.
    Before,
    /// The later one, or the only one.
    After,
}

/// Shows the things of a state, or of a row, one after another.
pub type Show<'s, 'w> = &'w mut dyn FnMut(Thing<'s>);

impl<'s, 't, S> Tour<'s, 't, S> {
    /// Through everything.
    pub fn of(state: &'s S, see: &'t mut dyn FnMut(Side, Thing<'s>)) -> Tour<'s, 't, S> {
        Tour { before: None, after: state, see }
    }

    /// Through what is not in both.
    pub fn between(
        before: &'s S,
        after: &'s S,
        see: &'t mut dyn FnMut(Side, Thing<'s>),
    ) -> Tour<'s, 't, S> {
        Tour { before: Some(before), after, see }
    }

    /// The rows of a table, in the order of lists.
    pub fn table<T: Record>(&mut self, kind: &'static str, of: fn(&S) -> &Table<T>) {
        self.table_with(kind, of, |_, _| {});
    }

    /// The same, each row followed by what else it tells of: things that it does not show.
    pub fn table_with<T: Record>(
        &mut self,
        kind: &'static str,
        of: fn(&S) -> &Table<T>,
        parts: fn(&'s Row<T>, Show<'s, '_>),
    ) {
        let see = &mut *self.see;
        differ(self.before.map(of), of(self.after), &mut |side, row| {
            see(side, Thing::row(kind, row));
            parts(row, &mut |part| see(side, part));
        });
    }

    /// The rows of each owner's table, in the order of the owners' names.
    pub fn tables<T: Record>(&mut self, kind: &'static str, of: fn(&S) -> &Tables<T>) {
        let see = &mut *self.see;
        let mut see = |side, owner, row| see(side, Thing::row(kind, row).of(owner));
        let after = of(self.after);
        let Some(before) = self.before.map(of) else {
            for (owner, table) in after.iter() {
                differ(None, table, &mut |side, row| see(side, owner, row));
            }
            return;
        };
        merge(before.iter(), after.iter(), Table::is, |owner, before, after| match after {
            Some(after) => differ(before, after, &mut |side, row| see(side, owner, row)),
            None => before
                .into_iter()
                .flat_map(Table::newest_first)
                .for_each(|row| see(Side::Before, owner, row)),
        });
    }

    /// Things that stand in no table, in the order in which `list` shows them.
    pub fn others(&mut self, list: fn(&'s S, Show<'s, '_>)) {
        let collect = |state| {
            let mut things = Vec::new();
            list(state, &mut |thing| things.push(thing));
            things
        };
        let [before, after] = [self.before.map_or_else(Vec::new, collect), collect(self.after)];
        let spots = |things: &[Thing<'_>]| things.iter().map(Thing::spot).collect::<HashSet<_>>();
        let [old, new] = [spots(&before), spots(&after)];
        for thing in before.into_iter().filter(|thing| !new.contains(&thing.spot())) {
            (self.see)(Side::Before, thing);
        }
        for thing in after.into_iter().filter(|thing| !old.contains(&thing.spot())) {
            (self.see)(Side::After, thing);
        }
    }
}

/// Shows all rows; or where there was a table before, those that are not in both.
fn differ<'s, T: Record>(
    before: Option<&'s Table<T>>,
    after: &'s Table<T>,
    see: &mut dyn FnMut(Side, &'s Arc<Row<T>>),
) {
    let Some(before) = before else {
        after.newest_first().for_each(|row| see(Side::After, row));
        return;
    };
    if before.is(after) {
        return;
    }
    merge(before.places(), after.places(), Arc::ptr_eq, |_, before, after| {
        before.into_iter().for_each(|row| see(Side::Before, row));
        after.into_iter().for_each(|row| see(Side::After, row));
    });
}

/// Walks two sequences together that are sorted by their keys, and shows what
/// has a key in either and is not the same in both.
fn merge<K: Ord + Copy, V: Copy>(
    mut before: impl Iterator<Item = (K, V)>,
    mut after: impl Iterator<Item = (K, V)>,
    same: impl Fn(V, V) -> bool,
    mut see: impl FnMut(K, Option<V>, Option<V>),
) {
    let (mut next_old, mut next_new) = (before.next(), after.next());
    loop {
        let order = match (next_old, next_new) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((_, old)), Some((_, new))) if same(old, new) => Ordering::Equal,
            (Some((old, _)), Some((new, _))) => old.cmp(&new),
        };
        let (mut old, mut new) = (None, None);
        if order.is_le() {
            old = replace(&mut next_old, before.next());
        }
        if order.is_ge() {
            new = replace(&mut next_new, after.next());
        }
        match (old, new) {
            (Some((_, old)), Some((_, new))) if same(old, new) => {}
            (Some((key, old)), new) => see(key, Some(old), new.map(|(_, new)| new)),
            (None, Some((key, new))) => see(key, None, Some(new)),
            (None, None) => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_sequences_are_walked_together() {
        let walk = |before: &[(u8, char)], after: &[(u8, char)]| {
            let mut seen = Vec::new();
            merge(
                before.iter().copied(),
                after.iter().copied(),
                |old, new| old == new,
                |key, old, new| seen.push((key, old, new)),
            );
            seen
        };
        assert_eq!(walk(&[(1, 'a'), (2, 'b')], &[(1, 'a'), (2, 'b')]), []);
        assert_eq!(
            walk(&[(1, 'a'), (2, 'b'), (4, 'd')], &[(0, 'z'), (2, 'c'), (3, 'x'), (4, 'd')]),
            [
                (0, None, Some('z')),
                (1, Some('a'), None),
                (2, Some('b'), Some('c')),
                (3, None, Some('x')),
            ]
        );
        assert_eq!(walk(&[], &[(1, 'a')]), [(1, None, Some('a'))]);
        assert_eq!(walk(&[(1, 'a')], &[]), [(1, Some('a'), None)]);
    }
}
