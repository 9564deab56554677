//! What `filter`, `sort` and `q` see of the things around customers.

use super::fields::{field, text};
use super::model::{Attachment, EventType, Website};
use super::query::{Datum, Field, Kind, Queryable};

#[rustfmt::skip]
impl Queryable for Attachment {
    const FIELDS: &'static [Field<Attachment>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("name", Kind::Text, |it, see| text(it.name.as_deref(), see)),
        field("description", Kind::Text, |it, see| text(it.description.as_deref(), see)),
        field("relatedId", Kind::Text, |it, see| see(Datum::Text(&it.related_id))),
        field("relatedType", Kind::Text, |it, see| see(Datum::Text(it.related_type))),
        field("fileId", Kind::Text, |it, see| see(Datum::Text(&it.file_id))),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
        field("updatedTime", Kind::Time, |it, see| see(Datum::Time(it.updated_time))),
    ];

    const SORTABLE: &'static [&'static str] =
        &["id", "name", "relatedId", "relatedType", "fileId", "createdTime", "updatedTime"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        [&self.name, &self.description].into_iter().flatten().for_each(|text| see(text));
    }
}

#[rustfmt::skip]
impl Queryable for Website {
    const FIELDS: &'static [Field<Website>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("name", Kind::Text, |it, see| see(Datum::Text(&it.name))),
        field("url", Kind::Text, |it, see| see(Datum::Text(&it.url))),
        field("servicePhone", Kind::Text, |it, see| see(Datum::Text(&it.service_phone))),
        field("serviceEmail", Kind::Text, |it, see| see(Datum::Text(&it.service_email))),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
        field("updatedTime", Kind::Time, |it, see| see(Datum::Time(it.updated_time))),
    ];

    const SORTABLE: &'static [&'static str] = &["createdTime", "updatedTime"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        [&self.name, &self.url, &self.service_phone, &self.service_email].into_iter().for_each(|text| see(text));
    }
}

#[rustfmt::skip]
impl Queryable for EventType {
    const FIELDS: &'static [Field<EventType>] = &[
        field("id", Kind::Text, |it, see| see(Datum::Text(&it.id))),
        field("name", Kind::Text, |it, see| see(Datum::Text(&it.name))),
        field("createdTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
        field("updatedTime", Kind::Time, |it, see| see(Datum::Time(it.created_time))),
    ];

    const UNDOCUMENTED: &'static [&'static str] = &["sort", "q"];

    fn texts(&self, see: &mut dyn FnMut(&str)) {
        see(&self.name);
    }
}
