//! [`Orders`]: the rows of a table in several orders, and a [`Write`] to them.

use std::cmp::Ordering::{Equal, Greater, Less};
use std::sync::Arc;

use super::entries::Entries;
use super::key::Key;
use super::node::Order;
use super::row::{Record, Row};

/// The same rows in several orders.
pub(super) struct Orders<T> {
    ids: Ordered<T>,
    pub(super) places: Ordered<T>,
    /// Of those that have one; of one alias, by place.
    aliases: Ordered<T>,
}

/// Rows in one order.
pub(super) type Ordered<T> = Entries<Arc<Row<T>>>;

/// What becomes of the rows of an id: the one there was goes, a new one comes, or both.
pub(super) struct Write<T> {
    pub(super) old: Option<Arc<Row<T>>>,
    pub(super) new: Option<Arc<Row<T>>>,
}

impl<T> Clone for Orders<T> {
    fn clone(&self) -> Orders<T> {
        Orders { ids: self.ids.clone(), places: self.places.clone(), aliases: self.aliases.clone() }
    }
}

impl<T> Default for Orders<T> {
    fn default() -> Orders<T> {
        let [ids, places, aliases] = [(); 3].map(|()| Entries::default());
        Orders { ids, places, aliases }
    }
}

impl<T> Clone for Write<T> {
    fn clone(&self) -> Write<T> {
        Write { old: self.old.clone(), new: self.new.clone() }
    }
}

impl<T: Record> Orders<T> {
    /// The row of that id.
    pub(super) fn find(&self, id: &str) -> Option<&Arc<Row<T>>> {
        self.ids.find(id.head(), &|row| row.record.id().cmp(id))
    }

    /// Whether any row has that alias, beside the one of that id.
    pub(super) fn has_namesake(&self, alias: &str, id: &str) -> bool {
        let head = alias.head();
        let called = |row: &Arc<Row<T>>| row.record.alias().cmp(&Some(alias));
        let Some(one) = self.aliases.find(head, &called) else { return false };
        if one.record.id() != id {
            return true;
        }
        // Of those called so, one that comes before this one, or one that comes after it.
        let own = &one.place;
        let before = |row: &Arc<Row<T>>| {
            called(row).then_with(|| if row.place < *own { Equal } else { Greater })
        };
        let after = |row: &Arc<Row<T>>| {
            called(row).then_with(|| if row.place > *own { Equal } else { Less })
        };
        self.aliases.find(head, &before).is_some() || self.aliases.find(head, &after).is_some()
    }

    /// Carries a write out.
    pub(super) fn write(&mut self, write: &Write<T>) {
        write.by_id(&mut self.ids);
        write.by_place(&mut self.places);
        write.by_alias(&mut self.aliases);
    }
}

impl<T: Record> Write<T> {
    /// Whether it is about that id.
    pub(super) fn is_of(&self, id: &str) -> bool {
        self.new.as_ref().or(self.old.as_ref()).is_some_and(|row| row.record.id() == id)
    }

    fn by_id(&self, rows: &mut Ordered<T>) {
        self.carry_out(
            rows,
            |row| Some(row.record.id().head()),
            |one, other| one.record.id().cmp(other.record.id()),
        );
    }

    /// Carries it out among rows by place.
    pub(super) fn by_place(&self, rows: &mut Ordered<T>) {
        self.carry_out(
            rows,
            |row| Some(row.place.head()),
            |one, other| one.place.cmp(&other.place),
        );
    }

    fn by_alias(&self, rows: &mut Ordered<T>) {
        self.carry_out(
            rows,
            |row| row.record.alias().map(Key::head),
            |one, other| {
                let order = one.record.alias().cmp(&other.record.alias());
                order.then_with(|| one.place.cmp(&other.place))
            },
        );
    }

    /// Carries it out among the rows that have such a head, in their order.
    fn carry_out(
        &self,
        rows: &mut Ordered<T>,
        head: fn(&Row<T>) -> Option<u64>,
        order: Order<Arc<Row<T>>>,
    ) {
        if let Some(old) = &self.old
            && let Some(head) = head(old)
            && self.new.as_ref().is_none_or(|new| order(old, new).is_ne())
        {
            rows.remove(head, &|row| order(row, old));
        }
        if let Some(new) = &self.new
            && let Some(head) = head(new)
        {
            rows.insert(head, Arc::clone(new), order);
        }
    }
}
