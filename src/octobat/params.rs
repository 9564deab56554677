//! [`Params`]: what a call says, in its address and in its body.
//!
//! All clients send forms, also with `GET`, where one of them puts there what the
//! others put into the address; third parties send JSON. Both come to one object
//! here, in which an empty text is `null` and a number is its text.

use std::collections::BTreeSet;
use std::sync::Arc;

use hyper::Method;

use super::assumed::{BLANKS, PHONE_PLUS, QUERY_OF_WRITES, SCALARS, UNKNOWN_PARAMETERS};
use super::model::clears;
use crate::engine::digest::Digest;
use crate::engine::errors::Errors;
use crate::engine::exchange::Call;
use crate::engine::failure::Failure;
use crate::engine::form::Query;
use crate::engine::input::Input;
use crate::engine::json::Json;
use crate::engine::nested::from_pairs;
use crate::engine::render::Rendered;
use crate::engine::tape::Tape;
use crate::engine::value::Value;

/// What is a number, so that JSON may say it as one.
const NUMBERS: [&str; 3] = ["exp_month", "exp_year", "limit"];

/// The list of objects, whose members are read as those of the whole are.
const SOURCES: &str = "sources";

/// What is a list, to whose items one client gives numbers. Elsewhere a number is a name.
const LISTS: [&str; 3] = [SOURCES, "expand", "include"];

/// The parameters of a call: an object, read once.
pub(super) struct Params(Arc<Tape>);

/// What a body says: JSON where its `Content-Type` says so, else a form.
/// Assumed: the plus that a telephone number lost comes back (`phone-number-plus`).
pub(super) fn decode(call: &Call) -> Result<Tape, String> {
    if is_json(call) {
        return if call.has_body() {
            call.parsed()
        } else {
            Ok(Tape::of(&Json::Object(Vec::new())))
        };
    }
    let mut form = form(&Query::parse(&String::from_utf8_lossy(&call.body)))?;
    if let Json::Object(members) = &mut form
        && let Some((_, Json::Text(number))) =
            members.iter_mut().find(|(name, _)| name == "phone_number")
        && number.starts_with(' ')
    {
        call.assume(&PHONE_PLUS);
        *number = format!("+{}", &number[1..]).into();
    }
    Ok(Tape::of(&form))
}

/// What a form says.
fn form(said: &Query) -> Result<Json, String> {
    let mut form = from_pairs(said.pairs())?;
    if let Json::Object(members) = &mut form {
        let lists = members.iter_mut().filter(|(name, _)| LISTS.contains(&name.as_str()));
        lists.for_each(|(_, value)| list(value));
    }
    Ok(form)
}

/// Makes a list of an object whose names are numbers, in the order of these.
fn list(value: &mut Json) {
    let number = |name: &str| name.parse::<u64>().ok();
    if let Json::Object(members) = value
        && members.iter().all(|(name, _)| number(name.as_str()).is_some())
    {
        members.sort_by_key(|(name, _)| number(name.as_str()));
        *value = Json::List(members.drain(..).map(|(_, item)| item).collect());
    }
}

fn is_json(call: &Call) -> bool {
    let kind = call.content_type().to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

impl Params {
    /// Reads a call. Assumed: a write takes parameters from its address, too
    /// (`query-of-writes`), an empty text of JSON clears, and blanks in two places
    /// (`blank-is-null`), and numbers and booleans are texts (`scalars-as-text`).
    ///
    /// # Errors
    ///
    /// When the body or the query cannot be understood, or the body of a write is not an object.
    pub(super) fn of(call: &Call) -> Result<Params, Failure> {
        // No read is refused for what it says: a body of one that is no object means nothing.
        let is_read = matches!(call.method, Method::GET | Method::HEAD);
        let said = if is_read { call.document()? } else { call.json_object()? };
        if !matches!(said.value(), Value::Object(_)) {
            call.assume(&UNKNOWN_PARAMETERS);
        }
        let body = said.value().members();
        let query = form(&call.query).map_err(Failure::Malformed)?;
        let Json::Object(mut members) = query else {
            return Ok(Params(Arc::new(Tape::of(&query))));
        };
        if let (true, Value::Object(body)) = (members.is_empty(), said.value())
            && body.iter().all(|(name, value)| is_plain(name, value))
        {
            return Ok(Params(said));
        }
        if !members.is_empty() && !is_read {
            call.assume(&QUERY_OF_WRITES);
        }
        let said: BTreeSet<&str> = body.iter().map(|(name, _)| name).collect();
        members.retain(|(name, _)| !said.contains(name.as_str()));
        members.extend(body.to_json());
        for (name, value) in &mut members {
            plain(call, name, value);
        }
        Ok(Params(Arc::new(Tape::of(&Json::Object(members)))))
    }

    /// A reader of them.
    pub(super) fn input<'a>(&'a self, errors: &'a Errors) -> Input<'a> {
        Input::new(&self.0, errors)
    }

    /// Whether nothing is said at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.value().members().is_empty()
    }

    /// A parameter that is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.value().get(name).and_then(Value::as_text)
    }

    /// The texts of a parameter that is a list of them, or one of them.
    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        match self.0.value().get(name) {
            Some(Value::List(items)) => items.iter().filter_map(Value::as_text).collect(),
            Some(Value::Text(text)) => vec![text],
            _ => Vec::new(),
        }
    }

    /// Feeds what is said to a digest.
    pub(super) fn feed(&self, digest: &mut Digest) {
        digest.eat_json(&self.0);
    }

    /// Notes that a parameter is none of these. Assumed: it is ignored (`unknown-parameters`).
    pub(super) fn note_beside(&self, call: &Call, known: &[&str]) {
        if self.0.value().members().iter().any(|(name, _)| !known.contains(&name)) {
            call.assume(&UNKNOWN_PARAMETERS);
        }
    }
}

/// Whether a parameter is what a form would have said, and needs no look into its parts.
fn is_plain(name: &str, value: Value<'_>) -> bool {
    match value {
        Value::Text(text) => !text.trim().is_empty(),
        Value::Null => true,
        Value::List(_) | Value::Object(_) => name != SOURCES,
        Value::Bool(_) | Value::Whole(_) | Value::Float(_) => false,
    }
}

/// Makes of a value what a form would have said.
fn plain(call: &Call, name: &str, value: &mut Json) {
    match value {
        Json::Text(text) if clears(name, text) => {
            // Documented: an empty value of a form is `null`.
            if is_json(call) || !text.is_empty() {
                call.assume(&BLANKS);
            }
            *value = Json::Null;
        }
        // `2030.0` and `2e3` are whole numbers, as JSON goes.
        Json::Float(number) if NUMBERS.contains(&name) && number.fract() == 0.0 => {
            *value = Json::Text(format!("{number:.0}").into());
        }
        Json::Bool(_) | Json::Whole(_) | Json::Float(_) => {
            if !NUMBERS.contains(&name) {
                call.assume(&SCALARS);
            }
            *value = Json::Text(Rendered::json(value).plain().into());
        }
        Json::List(items) if name == SOURCES => {
            items.iter_mut().for_each(|item| plain_within(call, item));
        }
        Json::Text(_) | Json::Null | Json::List(_) | Json::Object(_) => {}
    }
}

/// The same of each member of an object.
fn plain_within(call: &Call, item: &mut Json) {
    if let Json::Object(members) = item {
        members.iter_mut().for_each(|(name, value)| plain(call, name, value));
    }
}
