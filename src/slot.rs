//! [`Slot`]: where there is one thing of its owner's, or none.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::engine::kind::Kind;
use crate::engine::table::{Record, Row};
use crate::engine::vendor::Vendor;
use crate::mock::Mock;
use crate::shelf::Shelf;
use crate::shelf_error::ShelfError;

/// Where one thing of its owner's is, or none, as it is at each call. See
/// [`Shelf`] for what putting and taking away mean.
///
/// ```
/// use mock_rebilly::MockRebilly;
/// use serde_json::json;
///
/// let rebilly = MockRebilly::start_blocking();
/// let source = rebilly.lead_source("cus_grace");
/// assert!(source.get().is_none());
/// source.put(json!({ "medium": "email", "original": { "medium": "cpc" } }));
/// assert_eq!(source.one().original.data.medium.as_deref(), Some("cpc"));
/// source.remove();
/// ```
pub struct Slot<'m, V: Vendor, T: 'static>(Shelf<'m, V, T>);

#[expect(clippy::must_use_candidate, reason = "who puts something there seldom looks at it")]
impl<'m, V: Vendor, T: Record> Slot<'m, V, T> {
    /// The slot of an owner in a realm.
    pub fn new(
        mock: &'m Mock<V>,
        kind: &'static Kind<V::State, T>,
        realm: &str,
        owner: &str,
    ) -> Slot<'m, V, T> {
        Slot(Shelf::new(mock, kind, realm, owner))
    }

    /// What is there.
    #[must_use]
    pub fn get(&self) -> Option<Arc<Row<T>>> {
        self.0.get(&self.0.owner)
    }

    /// What is there, which must be something.
    ///
    /// # Panics
    ///
    /// When there is nothing.
    #[must_use]
    #[track_caller]
    pub fn one(&self) -> Arc<Row<T>> {
        let Some(row) = self.get() else {
            let (kind, Shelf { owner, realm, .. }) = (T::KIND.to_lowercase(), &self.0);
            panic!("there is no {kind} of `{owner}` in {realm}")
        };
        row
    }

    /// Puts a document there, in place of what is there.
    ///
    /// # Panics
    ///
    /// When the document is not as it must be, or there is no such owner.
    #[track_caller]
    pub fn put(&self, document: Value) -> Arc<Row<T>> {
        match self.try_put(document) {
            Ok(row) => row,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, or that there is no such owner.
    #[expect(clippy::needless_pass_by_value, reason = "documents are written where they are put")]
    pub fn try_put(&self, document: Value) -> Result<Arc<Row<T>>, ShelfError> {
        self.0.plant(Some(&self.0.owner), &document)
    }

    /// Takes away what is there, and returns it.
    ///
    /// # Panics
    ///
    /// When there is nothing.
    #[track_caller]
    pub fn remove(&self) -> Arc<Row<T>> {
        match self.try_remove() {
            Ok(row) => row,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic.
    ///
    /// # Errors
    ///
    /// When there is nothing.
    pub fn try_remove(&self) -> Result<Arc<Row<T>>, ShelfError> {
        self.0.try_remove(&self.0.owner)
    }
}

impl<V: Vendor, T> Clone for Slot<'_, V, T> {
    fn clone(&self) -> Self {
        Slot(self.0.clone())
    }
}

impl<V: Vendor, T: Record + fmt::Debug> fmt::Debug for Slot<'_, V, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(out)
    }
}
