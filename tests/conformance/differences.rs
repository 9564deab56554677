//! [`Found`]: what a document has that its published schema has not.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use jsonschema::paths::LocationSegment;
use serde_json::Value;

use crate::deviations::Deviations;
use crate::fields::{member_at, undocumented};

/// Problems by what they are, with how often each was met and an example.
pub(crate) type Problems = BTreeMap<String, (usize, String)>;

/// A difference: of a member, or of the document as a whole.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) place: Option<String>,
    pub(crate) what: String,
}

impl Found {
    pub(crate) fn of_all(what: impl Into<String>) -> Found {
        Found { place: None, what: what.into() }
    }

    pub(crate) fn at(place: impl Into<String>, what: impl Into<String>) -> Found {
        Found { place: Some(place.into()), what: what.into() }
    }
}

/// What of a document is not as its schema, which `validator` was made from,
/// says. `root` is what it is called where no published schema has a name.
pub(crate) fn differences(
    validator: &Validator,
    schema: &Value,
    root: &str,
    document: &Value,
) -> BTreeSet<Found> {
    let unfit = validator.iter_errors(document).map(|error| {
        let names: Vec<String> = error.instance_path().iter().map(segment).collect();
        let what = format!("is shown against `{}`", error.kind().keyword());
        Found::at(member_at(schema, root, &names), what)
    });
    let mut found: BTreeSet<Found> = unfit.collect();
    let mut more = BTreeSet::new();
    undocumented(schema, document, root, &mut more);
    found.extend(more.into_iter().map(|it| Found::at(it, "is shown, and not documented")));
    found
}

/// Keeps what is not known to differ. `whole` is where a difference of all is.
pub(crate) fn note(
    problems: &mut Problems,
    deviations: &Deviations,
    whole: &str,
    found: impl IntoIterator<Item = Found>,
    example: impl Fn() -> String,
) {
    for Found { place, what } in found {
        let place = place.as_deref().unwrap_or(whole);
        if !deviations.explains(place, &what) {
            let first = || (0, example());
            problems.entry(format!("{place} {what}")).or_insert_with(first).0 += 1;
        }
    }
}

/// A place in a document, the same for every item of a list.
fn segment(segment: LocationSegment<'_>) -> String {
    match segment {
        LocationSegment::Property(name) => name.to_string(),
        LocationSegment::Index(_) => "*".to_owned(),
    }
}
