//! How things come onto a [`Shelf`] and off it when no call asks for it.

use std::sync::Arc;

use serde_json::Value;

use crate::engine::errors::Errors;
use crate::engine::failure::Failure;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::kind::Seat;
use crate::engine::table::{Record, Row};
use crate::engine::tape::Tape;
use crate::engine::vendor::Vendor;
use crate::shelf::Shelf;
use crate::shelf_error::ShelfError;

#[expect(clippy::must_use_candidate, reason = "who puts something there seldom looks at it")]
impl<V: Vendor, T: Record> Shelf<'_, V, T> {
    /// Puts a document there under this id; see [`Shelf`] for what that means.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let bob = rebilly.customers().put("bob", json!({
    ///     "primaryAddress": { "firstName": "Bob" },
    ///     "lifetimeRevenue": { "currency": "GBP", "amount": 1200 }, // which no request can say
    ///     "tags": ["VIP"]
    /// }));
    /// assert_eq!(bob.first_name(), Some("Bob"));
    /// assert!(rebilly.events().is_empty() && rebilly.journal().is_empty());
    /// ```
    ///
    /// # Panics
    ///
    /// When the document is not as it must be; the message says all that is wrong with it.
    #[track_caller]
    pub fn put(&self, id: &str, document: Value) -> Arc<Row<T>> {
        match self.try_put(id, document) {
            Ok(row) => row,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let document = json!({ "primaryAddress": { "country": "gb" } });
    /// let error = rebilly.customers().try_put("bob", document).unwrap_err();
    /// assert_eq!(error.problems[0].pointer, "/primaryAddress/country");
    /// assert_eq!(error.problems[0].reason, "must be two upper-case letters");
    /// assert!(rebilly.customers().get("bob").is_none());
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document.
    #[expect(clippy::needless_pass_by_value, reason = "documents are written where they are put")]
    pub fn try_put(&self, id: &str, document: Value) -> Result<Arc<Row<T>>, ShelfError> {
        let known = self.get(id);
        let id = known.as_ref().map_or(id, |row| row.id());
        self.plant(Some(id), &document)
    }

    /// Puts a new one there, under the id that the document says or one that
    /// derives from it: what it would be if it had stood in a fixture.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    /// use serde_json::json;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let call = rebilly.timeline("cus_ada").add(json!({ "message": "call back" }));
    /// assert_eq!(rebilly.timeline("cus_ada").get(&call.id).unwrap().message, "call back");
    /// ```
    ///
    /// # Panics
    ///
    /// When the document is not as it must be, or there is one with its id; the message says
    /// all that is wrong with it.
    #[track_caller]
    pub fn add(&self, document: Value) -> Arc<Row<T>> {
        match self.try_add(document) {
            Ok(row) => row,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document.
    #[expect(clippy::needless_pass_by_value, reason = "documents are written where they are put")]
    pub fn try_add(&self, document: Value) -> Result<Arc<Row<T>>, ShelfError> {
        self.plant(None, &document)
    }

    /// Takes one away, as if it had never been there, and returns it. No event and no
    /// journal tells of it.
    ///
    /// What belongs to it goes with it: a customer's timeline and lead source, what a
    /// webhook was still to be told. A tag comes off everyone who carries it. What
    /// something else needs stays: a website that has customers, a custom field of
    /// which something has a value, the instrument that is some customer's default.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// rebilly.customers().remove("cus_lead");
    /// assert_eq!((rebilly.customers().len(), rebilly.timeline("cus_lead").len()), (3, 0));
    /// ```
    ///
    /// # Panics
    ///
    /// When it is not there, or something needs it.
    #[track_caller]
    pub fn remove(&self, id: &str) -> Arc<Row<T>> {
        match self.try_remove(id) {
            Ok(row) => row,
            Err(error) => panic!("{error}"),
        }
    }

    /// The same without the panic.
    ///
    /// ```
    /// use mock_rebilly::MockRebilly;
    ///
    /// let rebilly = MockRebilly::start_blocking();
    /// let error = rebilly.websites().try_remove("web_main").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "website `web_main` cannot be removed from org_default: website 'web_main' has customers",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// When it is not there, or something needs it.
    pub fn try_remove(&self, id: &str) -> Result<Arc<Row<T>>, ShelfError> {
        let table = self.table();
        let refused = |failure: &Failure| {
            let what = self.named(Some(id));
            ShelfError::new(format!("{what} cannot be removed from {}", self.realm), failure)
        };
        let row = self.find(&table, id).ok_or_else(|| {
            let there = (id != self.owner).then(|| format!("; {}", self.there(&table)));
            refused(&Failure::Conflict(format!("it is not there{}", there.unwrap_or_default())))
        })?;
        let place = [self.kind.name, &self.owner, row.id()];
        let removed = self.mock.shared.simulation().plant(
            &self.realm,
            &place,
            &Tape::of(&Json::Null),
            |cx| (self.kind.remove)(cx, &self.owner, row.id()),
        );
        removed.map_err(|failure| refused(&failure))?;
        Ok(row)
    }

    pub(crate) fn plant(
        &self,
        id: Option<&str>,
        document: &Value,
    ) -> Result<Arc<Row<T>>, ShelfError> {
        let planted = self.checked(document).and_then(|document| {
            let place = [self.kind.name, &self.owner, id.unwrap_or_default()];
            // Where the document alone decides, its ids are those that a fixture's would get.
            let place: Vec<&str> = place.into_iter().filter(|name| !name.is_empty()).collect();
            self.mock.shared.simulation().plant(&self.realm, &place, &document, |cx| {
                let (seat, errors) = (Seat { owner: &self.owner, id }, Errors::default());
                let planted = (self.kind.put)(cx, seat, &Input::new(&document, &errors));
                errors.finish()?;
                let id = planted?;
                let table = (self.kind.table)(cx.state, &self.owner);
                Ok(Arc::clone(table.find(&id).expect("it was just planted")))
            })
        });
        planted.map_err(|failure| {
            let what = self.named(id);
            ShelfError::new(format!("{what} cannot be put into {}", self.realm), &failure)
        })
    }

    /// A document as a request's body is read, but with its members in the order of their
    /// names: `Value` keeps another one when some crate of the build wants it so.
    fn checked(&self, document: &Value) -> Result<Tape, Failure> {
        let json = Json::parse(document.to_string().as_bytes()).map_err(Failure::Malformed)?;
        if !matches!(json, Json::Object(_)) {
            return Err(Failure::Malformed(format!("must be an object, but is {}", json.kind())));
        }
        match V::realm_of(&json).filter(|realm| *realm != self.realm) {
            Some(realm) => Err(Failure::Conflict(format!("it says that it belongs to {realm}"))),
            None => Ok(Tape::of(&json.sorted())),
        }
    }
}
