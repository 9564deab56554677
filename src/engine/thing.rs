//! [`Thing`]: anything that a realm holds, as reports, fingerprints and
//! differences see it.

use std::borrow::Cow;
use std::ptr;

use super::render::Rendered;
use super::table::{Record, Row, Shown};

/// One thing of a realm's.
pub struct Thing<'a> {
    /// Its kind, by the word that fixtures use: `customers`.
    pub kind: &'static str,
    /// Whose it is, where each owner has its own: the customer of a message.
    pub owner: Option<&'a str>,
    /// Its id among those of its kind and owner.
    pub id: Cow<'a, str>,
    /// Whether it tells what happened, and not what is: of two calls that
    /// arrive at the same state in either order, it tells the order.
    pub is_history: bool,
    view: View<'a>,
    spot: usize,
}

/// How a thing is shown.
enum View<'a> {
    /// By what its row keeps.
    Kept(&'a dyn Shown),
    /// By what is made of a part of the state when it is wanted.
    Made(Box<dyn Fn() -> Rendered + 'a>),
}

impl<'a> Thing<'a> {
    /// A row of a table.
    pub fn row<T: Record>(kind: &'static str, row: &'a Row<T>) -> Thing<'a> {
        let (id, view) = (Cow::Borrowed(row.record.id()), View::Kept(row));
        Thing { kind, owner: None, id, is_history: false, view, spot: ptr::from_ref(row).addr() }
    }

    /// What is no row of its own, shown by what `render` makes of `part`: of a
    /// row, or of an entry of a persistent map, that tells of nothing else of this kind.
    pub fn made<P>(
        kind: &'static str,
        id: impl Into<Cow<'a, str>>,
        part: &'a P,
        render: impl Fn(&'a P) -> Rendered + 'a,
    ) -> Thing<'a> {
        let (id, view) = (id.into(), View::Made(Box::new(move || render(part))));
        Thing { kind, owner: None, id, is_history: false, view, spot: ptr::from_ref(part).addr() }
    }

    /// The same as its owner's.
    pub(super) fn of(self, owner: &'a str) -> Thing<'a> {
        Thing { owner: Some(owner), ..self }
    }

    /// The same as a part of what happened.
    #[must_use]
    pub fn history(self) -> Thing<'a> {
        Thing { is_history: true, ..self }
    }

    /// What is shown of it.
    #[must_use]
    pub fn rendered(&self) -> Rendered {
        match &self.view {
            View::Kept(shown) => shown.rendered(),
            View::Made(make) => make(),
        }
    }

    /// What two things have in common when they are the same place in memory,
    /// and so the same: nothing that a state may share ever changes.
    pub(super) fn spot(&self) -> (&'static str, usize) {
        (self.kind, self.spot)
    }
}
