//! [`LastList`]: the list that was shown last, in bytes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;

use super::exchange::Body;
use super::render::Filling;
use super::table::Listed;

/// The list that a double has shown last. A test that waits for something asks for one list
/// again and again; while its rows are the same, it is not copied together anew.
#[derive(Default)]
pub(super) struct LastList(Mutex<Option<Kept>>);

struct Kept {
    rows: Arc<dyn Listed>,
    /// What stands at the marks in it.
    filling: Arc<Filling>,
    text: Bytes,
}

impl LastList {
    /// The bytes of a body with these fillings.
    pub(super) fn bytes(&self, body: &Body, filling: &Arc<Filling>) -> Bytes {
        let Body::Rows(rows) = body else { return body.bytes(filling) };
        if let Some(text) = self.text(&**rows, filling) {
            return text;
        }
        // Nobody waits while the text is made, nor while the one before is let go.
        let text = rows.filled(filling);
        let kept =
            Kept { rows: Arc::clone(rows), filling: Arc::clone(filling), text: text.clone() };
        let _before = self.kept().replace(kept);
        text
    }

    fn text(&self, rows: &dyn Listed, filling: &Arc<Filling>) -> Option<Bytes> {
        let kept = self.kept();
        let kept = kept.as_ref()?;
        let is_same = Arc::ptr_eq(&kept.filling, filling) && kept.rows.are(rows);
        is_same.then(|| kept.text.clone())
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::clock::Timestamp;
    use crate::engine::render::{Mark, Object, Setting};
    use crate::engine::row::{Place, Record, Row};
    use crate::engine::table::Table;

    struct Link(String);

    impl Record for Link {
        const KIND: &'static str = "Link";

        fn id(&self) -> &str {
            &self.0
        }

        fn write(&self, object: &mut Object<'_>) {
            object.text("id", &self.0);
            object.member("at").quoted(|quoted| quoted.mark(Mark::Base));
        }
    }

    fn row(number: u32) -> Row<Link> {
        let place = Place::new(Timestamp::from_epoch(0), 0, number, "");
        Row::new(place, Link(number.to_string()))
    }

    fn table(count: u32) -> Table<Link> {
        let mut table = Table::default();
        (0..count).for_each(|number| drop(table.put(row(number))));
        table
    }

    #[test]
    fn it_is_shown_again_while_its_rows_are_the_same_and_stand_where_they_stood() {
        let filling = Setting { base: "http://a", realm: "" }.filling();
        for count in [0, 1, 8, 100] {
            let mut table = table(count);
            let last = LastList::default();
            let shown = |table: &Table<Link>, after, most| {
                let body = Body::rows(table.selection(after, most));
                let text = last.bytes(&body, &filling);
                assert_eq!(text, body.bytes(&filling));
                text
            };
            let first = shown(&table, 0, 50);
            assert_eq!(shown(&table, 0, 50).as_ptr(), first.as_ptr());
            // Another row, one that is not what it was, one less, and another part.
            table.put(row(count));
            assert_ne!(shown(&table, 0, 50), first);
            table.put(row(count));
            shown(&table, 0, 50);
            table.remove(&count.to_string());
            assert_eq!(shown(&table, 0, 50), first);
            shown(&table, 1, 50);
        }
    }

    #[test]
    fn it_is_not_shown_where_something_else_stands_at_its_marks() {
        let body = Body::rows(table(9).selection(0, 9));
        let last = LastList::default();
        for base in ["http://a", "http://b", "http://a"] {
            let filling = Setting { base, realm: "" }.filling();
            let text = last.bytes(&body, &filling);
            assert_eq!(text, body.bytes(&filling));
            assert!(String::from_utf8_lossy(&text).contains(base));
        }
    }

    #[test]
    fn nothing_else_is_kept() {
        let filling = Filling::none();
        let last = LastList::default();
        let rows = Body::rows(table(2).selection(0, 2));
        let text = last.bytes(&rows, filling);
        let row = Body::row(table(1).newest_first().next().unwrap());
        assert_eq!(last.bytes(&row, filling), row.bytes(filling));
        assert_eq!(last.bytes(&rows, filling).as_ptr(), text.as_ptr());
    }
}
