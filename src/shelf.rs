//! [`Shelf`]: the things of one kind, as a test author looks at them.

use std::fmt;
use std::sync::Arc;

use crate::engine::kind::Kind;
use crate::engine::table::{Record, Row, Table};
use crate::engine::vendor::Vendor;
use crate::mock::Mock;

/// The most things that are named where one is not found.
const NAMED_MAX: usize = 20;

/// The things of one kind in one realm, as they are at each call.
///
/// What is read from it is shared and immutable: later calls do not change it.
///
/// What is put there is put as if it had stood in a fixture now. It may say
/// all that a fixture may, and is held to the same rules. It replaces what is
/// there under its id, all of it, but keeps when that came to be and its place in
/// lists, unless the document says when. Nobody asked for it: no event tells of it, no
/// timeline beyond what a fixture's would, no journal; no limit counts it and no
/// clock moves. What is refused changes nothing.
pub struct Shelf<'m, V: Vendor, T: 'static> {
    pub(crate) mock: &'m Mock<V>,
    pub(crate) kind: &'static Kind<V::State, T>,
    pub(crate) realm: String,
    pub(crate) owner: String,
}

impl<'m, V: Vendor, T: Record> Shelf<'m, V, T> {
    /// The things of a realm, or of one owner in it where each has its own.
    pub fn new(
        mock: &'m Mock<V>,
        kind: &'static Kind<V::State, T>,
        realm: &str,
        owner: &str,
    ) -> Shelf<'m, V, T> {
        Shelf { mock, kind, realm: realm.to_owned(), owner: owner.to_owned() }
    }

    /// The one of that id.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let ada = rebilly.customers().get("cus_ada").expect("the standard fixtures have her");
    /// assert_eq!(ada.email(), Some("ada@example.com"));
    /// assert!(rebilly.customers().get("cus_eve").is_none());
    /// ```
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<Row<T>>> {
        self.find(&self.table(), id)
    }

    /// The one of that id, which must be there.
    ///
    /// ```should_panic
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// // there is no customer `cus_eve` in org_default; there are 4: cus_lead, cus_alan, …
    /// rebilly.customers().one("cus_eve");
    /// ```
    ///
    /// # Panics
    ///
    /// When it is not there; the message names those that are.
    #[must_use]
    #[track_caller]
    pub fn one(&self, id: &str) -> Arc<Row<T>> {
        let table = self.table();
        let Some(row) = self.find(&table, id) else {
            let (what, there) = (self.named(Some(id)), self.there(&table));
            panic!("there is no {what} in {}; {there}", self.realm)
        };
        row
    }

    /// All of them, the newest first.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Row<T>>> {
        self.table().newest_first().cloned().collect()
    }

    /// Their ids, the newest first.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// assert_eq!(rebilly.customers().ids(), ["cus_lead", "cus_alan", "cus_grace", "cus_ada"]);
    /// ```
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.table().newest_first().map(|row| row.id().to_owned()).collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table().is_empty()
    }

    /// The table as it is now. Taking it costs nothing; it is looked at outside of the lock.
    pub(crate) fn table(&self) -> Table<T> {
        (self.kind.table)(self.mock.shared.simulation().state(&self.realm), &self.owner)
    }

    pub(crate) fn find(&self, table: &Table<T>, id: &str) -> Option<Arc<Row<T>>> {
        let called = |same: fn(&str, &str) -> bool| {
            // Things that have no names are not walked through in vain.
            let name = self.kind.called?;
            table.newest_first().find(|row| same(name(&row.record), id))
        };
        let found = table.find(id).or_else(|| called(str::eq));
        found.or_else(|| called(str::eq_ignore_ascii_case)).cloned()
    }

    /// ``customer `bob` ``, ``timeline message `tmln_1` of `cus_ada` ``
    pub(crate) fn named(&self, id: Option<&str>) -> String {
        let (kind, owner) = (T::KIND.to_lowercase(), self.owner.as_str());
        let named = match id {
            Some(id) if id == owner => format!("the {kind}"),
            Some(id) => format!("{kind} `{id}`"),
            None => format!("a new {kind}"),
        };
        if owner.is_empty() { named } else { format!("{named} of `{owner}`") }
    }

    /// What is there, for those who do not find what they look for.
    pub(crate) fn there(&self, table: &Table<T>) -> String {
        let name = |row: &Arc<Row<T>>| match self.kind.called {
            Some(name) => format!("{} ({})", row.id(), name(&row.record)),
            None => row.id().to_owned(),
        };
        let named: Vec<String> = table.newest_first().take(NAMED_MAX).map(name).collect();
        match (table.len(), named.join(", ")) {
            (0, _) => "there are none".to_owned(),
            (1, named) => format!("there is one: {named}"),
            (count, named) if count > NAMED_MAX => {
                format!("there are {count}, the newest: {named}, …")
            }
            (count, named) => format!("there are {count}: {named}"),
        }
    }
}

impl<V: Vendor, T> Clone for Shelf<'_, V, T> {
    fn clone(&self) -> Self {
        let (mock, kind) = (self.mock, self.kind);
        Shelf { mock, kind, realm: self.realm.clone(), owner: self.owner.clone() }
    }
}

impl<V: Vendor, T: Record + fmt::Debug> fmt::Debug for Shelf<'_, V, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(out)
    }
}
