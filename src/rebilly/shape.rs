//! [`Shape`]: how much of a customer is shown: `fields`, `expand`, or CSV.
//!
//! What is to be shown is put together under the simulation's lock; parsed, cut and
//! written it is when the answer is sent.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::assumed;
use super::model::Customer;
use super::paging::has_blanks;
use super::state::State;
use crate::engine::exchange::{Body, Call, JSON};
use crate::engine::json::Json;
use crate::engine::render::{Filling, Rendered};
use crate::engine::table::{Row, Selection, Shown};

/// The columns of a CSV answer that names none. Assumed: what the published
/// definition marks as basic or sortable (`csv-columns`).
const CSV_COLUMNS: [&str; 12] = [
    "id",
    "email",
    "firstName",
    "lastName",
    "websiteId",
    "createdTime",
    "updatedTime",
    "paymentCount",
    "lastPaymentTime",
    "averageValue.amount",
    "lifetimeRevenue.amount",
    "invoiceCount",
];

/// What can be embedded in a customer, in the order in which it is shown.
const EXPANDABLE: [&str; 3] = ["defaultPaymentInstrument", "website", "leadSource"];

/// What a call wants to see of each customer.
pub(super) struct Shape<'a> {
    fields: Option<Vec<String>>,
    expand: Option<Vec<String>>,
    state: &'a State,
    call: &'a Call,
}

impl<'a> Shape<'a> {
    /// What a read wants: `fields` and `expand`.
    pub(super) fn of_read(call: &'a Call, state: &'a State) -> Shape<'a> {
        let (fields, shape) = (names(call, "fields"), Shape::of_write(call, state));
        for name in fields.iter().flatten() {
            // Assumed: dots reach into a member, as they do in a filter (`fields-dotted`).
            let member = name.split_once('.').map(|(member, _)| member);
            if member.is_some() {
                call.assume(&assumed::FIELDS_DOTTED);
            }
            // Assumed: a name that means nothing is ignored (`fields-unknown`).
            let member = member.unwrap_or(name);
            if !Customer::MEMBERS.contains(&member) && !["_links", "_embedded"].contains(&member) {
                call.assume(&assumed::FIELDS_UNKNOWN);
            }
        }
        let names_embedded = fields.iter().flatten().any(|name| name == "_embedded");
        if fields.is_some() && shape.expand.is_some() && !names_embedded {
            call.assume(&assumed::FIELDS_EXPAND);
        }
        Shape { fields, ..shape }
    }

    /// What a write wants: `expand` only.
    pub(super) fn of_write(call: &'a Call, state: &'a State) -> Shape<'a> {
        let expand = names(call, "expand");
        if call.query.is_array("expand") {
            call.assume(&assumed::ARRAYS);
        }
        // Assumed: what means nothing is ignored (`expand-unknown`).
        if expand.iter().flatten().any(|name| !EXPANDABLE.contains(&name.as_str())) {
            call.assume(&assumed::EXPAND_UNKNOWN);
        }
        Shape { fields: None, expand, state, call }
    }

    /// One customer.
    pub(super) fn one(&self, row: &Arc<Row<Customer>>) -> Body {
        self.note_tags([&row.record]);
        if self.is_plain() {
            return Body::row(row);
        }
        let (view, fields) = (self.view(row), self.fields.clone());
        Body::later(JSON, move |filling| {
            let mut out = Vec::new();
            view.show(named(fields.as_ref()).as_ref(), filling, &mut out);
            out
        })
    }

    /// A list of customers.
    pub(super) fn many(&self, rows: Selection<Customer>) -> Body {
        self.note_tags(rows.iter().map(|row| &row.record));
        if self.is_plain() {
            return Body::rows(rows);
        }
        let views: Vec<View> = rows.iter().map(|row| self.view(row)).collect();
        let fields = self.fields.clone();
        Body::later(JSON, move |filling| {
            let fields = named(fields.as_ref());
            let mut out = vec![b'['];
            for (index, view) in views.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                view.show(fields.as_ref(), filling, &mut out);
            }
            out.push(b']');
            out
        })
    }

    /// A list of customers as RFC 4180 has it, with a header line.
    pub(super) fn csv(&self, rows: Selection<Customer>) -> Body {
        if self.fields.is_none() {
            self.call.assume(&assumed::CSV_COLUMNS);
        }
        let default = || CSV_COLUMNS.iter().map(|&name| name.to_owned()).collect();
        let columns: Vec<String> = self.fields.clone().unwrap_or_else(default);
        Body::later("text/csv; charset=utf-8", move |filling| {
            let mut text = String::new();
            csv_line(&mut text, columns.iter().cloned());
            for row in rows.iter() {
                let json = json(&**row, filling);
                csv_line(&mut text, columns.iter().map(|column| csv_cell(at(&json, column))));
            }
            text.into_bytes()
        })
    }

    fn note_tags<'c>(&self, customers: impl IntoIterator<Item = &'c Customer>) {
        let shows = |name: &String| name == "tags" || name.starts_with("tags.");
        if self.fields.as_ref().is_none_or(|fields| fields.iter().any(shows)) {
            note_tags(self.call, customers);
        }
    }

    fn is_plain(&self) -> bool {
        self.fields.is_none() && self.expand.is_none()
    }

    fn view(&self, row: &Arc<Row<Customer>>) -> View {
        let embedded = self.expand.as_ref().map(|expand| {
            let embedded = self.embedded(row, expand);
            let is_embedded = |known: &&str| embedded.iter().any(|(name, _)| name == known);
            let mut known = EXPANDABLE.iter().filter(|known| expand.iter().any(|it| it == *known));
            // Assumed: what there is nothing of is left out (`expand-nothing`).
            if embedded.is_empty() || known.any(|known| !is_embedded(known)) {
                self.call.assume(&assumed::EXPAND_NOTHING);
            }
            embedded
        });
        View { row: Arc::clone(row), embedded }
    }

    /// What of the expanded names there is, in the order in which it is shown.
    fn embedded(
        &self,
        row: &Row<Customer>,
        expand: &[String],
    ) -> Vec<(&'static str, Arc<dyn Shown>)> {
        let website = row.website_id.as_ref().and_then(|id| self.state.websites.find(id));
        let instrument = row.default_payment_instrument.as_ref();
        let instrument =
            instrument.and_then(|it| self.state.instruments.find(&it.payment_instrument_id));
        let found: [Option<Arc<dyn Shown>>; 3] = [
            instrument.map(|row| Arc::clone(row) as Arc<dyn Shown>),
            website.map(|row| Arc::clone(row) as Arc<dyn Shown>),
            row.lead_source.as_ref().map(|row| Arc::clone(row) as Arc<dyn Shown>),
        ];
        let found = EXPANDABLE.into_iter().zip(found);
        let asked = found.filter(|(name, _)| expand.iter().any(|it| it == name));
        asked.filter_map(|(name, row)| Some((name, row?))).collect()
    }
}

/// Notes that the order of a customer's tags is a guess, where there is one to see.
pub(super) fn note_tags<'c>(call: &Call, customers: impl IntoIterator<Item = &'c Customer>) {
    let several = |said, customer: &Customer| said | (customer.tags.len() > 1);
    if customers.into_iter().fold(false, several) {
        call.assume(&assumed::TAG_ORDER);
    }
}

/// A customer and what is embedded in it, if anything is to be: all that it takes to show it.
struct View {
    row: Arc<Row<Customer>>,
    embedded: Option<Vec<(&'static str, Arc<dyn Shown>)>>,
}

impl View {
    fn show(&self, fields: Option<&BTreeSet<&str>>, filling: &Arc<Filling>, out: &mut Vec<u8>) {
        let setting = filling.setting();
        let kept = fields.map(|fields| {
            let mut kept = Json::Object(Vec::new());
            // The order of the whole is kept, whatever the order of the names.
            keep(&json(&*self.row, filling), fields, "", &mut kept);
            Rendered::json(&kept)
        });
        let shown = kept.unwrap_or_else(|| self.row.rendered());
        let Some(embedded) = &self.embedded else { return shown.show(setting, out) };
        let shown = shown.with(|object| {
            object.member("_embedded").object(|object| {
                for (name, row) in embedded {
                    object.member(name).rendered(&row.rendered());
                }
            });
        });
        shown.show(setting, out);
    }
}

/// The fields to look names up in.
fn named(fields: Option<&Vec<String>>) -> Option<BTreeSet<&str>> {
    fields.map(|fields| fields.iter().map(String::as_str).collect())
}

fn json(row: &dyn Shown, filling: &Arc<Filling>) -> Json {
    Json::parse(&row.filled(filling)).expect("what we render is JSON")
}

/// The names in a parameter; `None` when it is not said or empty.
fn names(call: &Call, parameter: &str) -> Option<Vec<String>> {
    let said = call.query.joined(parameter, ",")?;
    if has_blanks(&said, &[',']) {
        call.assume(&assumed::BLANKS);
    }
    let names = said.split(',').map(str::trim).filter(|name| !name.is_empty());
    Some(names.map(str::to_owned).collect::<Vec<_>>()).filter(|names| !names.is_empty())
}

/// Copies the members that are named, `id` always, and of those named with a
/// dot only the part.
fn keep(from: &Json, fields: &BTreeSet<&str>, prefix: &str, to: &mut Json) {
    let (Json::Object(members), Json::Object(kept)) = (from, to) else { return };
    for (name, value) in members {
        let path = format!("{prefix}{name}");
        if path == "id" || fields.contains(path.as_str()) {
            kept.push((name.clone(), value.clone()));
            continue;
        }
        let inside = format!("{path}.");
        let next = fields.range(inside.as_str()..).next();
        if next.is_some_and(|field| field.starts_with(&inside)) {
            kept.push((name.clone(), parts(value, fields, &inside)));
        }
    }
}

/// The named parts of a member; of a list, those of each item.
fn parts(value: &Json, fields: &BTreeSet<&str>, inside: &str) -> Json {
    match value {
        Json::Object(_) => {
            let mut kept = Json::Object(Vec::new());
            keep(value, fields, inside, &mut kept);
            kept
        }
        Json::List(items) => {
            Json::List(items.iter().map(|item| parts(item, fields, inside)).collect())
        }
        scalar => scalar.clone(),
    }
}

fn at<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    path.split('.').try_fold(json, |json, name| json.get(name))
}

fn csv_cell(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::Text(text)) => text.into(),
        Some(other) => Rendered::json(other).plain(),
    }
}

/// One line. These few lines replace two crates that every user would compile.
fn csv_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
