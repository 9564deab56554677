//! [`File`]: one conversation, read from its text.

use std::collections::BTreeSet;

use super::error::ContractProblem;
use super::node::{Node, Problems};
use super::step::Step;
use super::text::{GIVEN, Text};
use super::vendors::{KNOWN, Known};
use crate::engine::fixtures::Fixture;
use crate::engine::json::Json;
use crate::engine::render::Rendered;
use crate::engine::wording::quoted;

/// The version of the format that this crate reads.
const FORMAT: i64 = 1;

const MEMBERS: [&str; 9] =
    ["format", "vendor", "title", "source", "assumed", "reason", "needs", "fixtures", "steps"];

/// A contract file.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    /// Whose API it is about.
    pub(super) vendor: &'static str,
    pub(super) title: String,
    pub(super) needs: Needs,
    /// What is there before the first step.
    pub(super) fixtures: Option<Fixture>,
    /// The organizations that are named by hand anywhere in the steps.
    pub(super) organizations: BTreeSet<String>,
    pub(super) steps: Vec<Step>,
}

/// What a file can be played against. The more it needs, the fewer targets have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Needs {
    AnyRealm,
    EmptyRealm,
    Double,
}

impl Needs {
    /// How each is written. A realm of Rebilly's is called an organization.
    const WRITTEN: [(&str, Needs); 5] = [
        ("any organization", Needs::AnyRealm),
        ("an empty organization", Needs::EmptyRealm),
        ("any realm", Needs::AnyRealm),
        ("an empty realm", Needs::EmptyRealm),
        ("a double", Needs::Double),
    ];
}

impl File {
    /// Reads a file, or says everything that is wrong with it.
    pub(super) fn read(name: &str, text: &str) -> Result<File, Vec<ContractProblem>> {
        let problems = Problems::new(name);
        let file = match Json::parse_file(text.as_bytes()) {
            Ok((json, twice)) => {
                twice.into_iter().for_each(|error| problems.add(&error.pointer(), error.message));
                File::from_root(name, &Node::root(&json, &problems))
            }
            Err(error) => {
                problems.add("", format!("is not JSON: {error}"));
                None
            }
        };
        let problems = problems.into_found();
        match file {
            Some(file) if problems.is_empty() => Ok(file),
            // Reading gives up on nothing without saying why.
            _ => Err(problems),
        }
    }

    fn from_root(name: &str, root: &Node<'_>) -> Option<File> {
        let root = root.object("a contract file", &MEMBERS)?;
        let format = root.needed("format")?;
        if *format.json != Json::Whole(FORMAT) {
            format.refuse(format!("must be {FORMAT}, the version that this crate reads"));
            return None;
        }
        let vendor = match root.member("vendor") {
            Some(vendor) => read_vendor(&vendor)?,
            None => &KNOWN[0],
        };
        let title = root.needed("title").and_then(|title| title.sentence());
        let _ = root.member("source").and_then(|source| source.sentence());
        let assumed = root.assumed();
        let needs = root.member("needs").and_then(|needs| read_needs(&needs));
        let fixtures =
            root.member("fixtures").and_then(|fixtures| read_fixtures(name, vendor, &fixtures));
        let mut known: BTreeSet<String> = GIVEN.map(str::to_owned).into();
        let mut steps = Vec::new();
        let list = root.needed("steps")?;
        for node in list.items() {
            steps.extend(Step::read(&node, assumed.as_deref(), &mut known));
        }
        if matches!(list.json, Json::List(items) if items.is_empty()) {
            list.refuse("must have a step");
        }
        let said = root.member("source").is_some() || root.member("assumed").is_some();
        let guess = |step: &Step| step.assumed.is_some() || step.moves_the_clock();
        if !said && !steps.iter().all(guess) {
            root.refuse("needs a `source`, or to be `assumed` with a `reason`");
        }
        let needs = needs.unwrap_or(Needs::EmptyRealm);
        let moves = steps.iter().any(Step::moves_the_clock);
        let double = moves || fixtures.is_some();
        let mut organizations = BTreeSet::new();
        named_organizations(list.json, &mut organizations);
        Some(File {
            name: name.to_owned(),
            vendor: vendor.name,
            title: title?.to_owned(),
            needs: if double { Needs::Double } else { needs },
            fixtures,
            organizations,
            steps,
        })
    }
}

fn read_needs(node: &Node<'_>) -> Option<Needs> {
    let text = node.text()?;
    let needs = Needs::WRITTEN.into_iter().find(|(written, _)| *written == text);
    if needs.is_none() {
        let known = Needs::WRITTEN.map(|(written, _)| quoted(written)).join(", ");
        node.refuse(format!("must be one of {known}"));
    }
    needs.map(|(_, needs)| needs)
}

fn read_vendor(node: &Node<'_>) -> Option<&'static Known> {
    let text = node.text()?;
    let vendor = KNOWN.iter().find(|vendor| vendor.name == text);
    if vendor.is_none() {
        let names: Vec<String> = KNOWN.iter().map(|vendor| quoted(vendor.name)).collect();
        node.refuse(format!("must be one of {}", names.join(", ")));
    }
    vendor
}

/// The standard fixtures, or documents of the file's own. They are planted at
/// once, to find out whether they can be.
fn read_fixtures(name: &str, vendor: &Known, node: &Node<'_>) -> Option<Fixture> {
    let (name, text) = match node.json {
        Json::Text(text) if text == "standard" => {
            (vendor.standard.0.to_owned(), vendor.standard.1.to_owned())
        }
        Json::Object(_) => (name.to_owned(), Rendered::json(node.json).plain()),
        _ => {
            let own = "an object of lists of documents";
            node.refuse(format!("must be \"standard\" or {own}, or left out for an empty double"));
            return None;
        }
    };
    let fixture = Fixture { name: name.into(), text: text.into() };
    for problem in (vendor.plant)(&fixture) {
        node.refuse_at(&problem.pointer, problem.reason);
    }
    Some(fixture)
}

/// Finds organizations in addresses, and in the members and headers that hold one.
fn named_organizations(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Text(text) => {
            for (_, rest) in
                text.match_indices("/organizations/").map(|(at, it)| (at, &text[at + it.len()..]))
            {
                let end = rest.find(['/', '?', '"']).unwrap_or(rest.len());
                add_literal(&rest[..end], found);
            }
        }
        Json::List(items) => items.iter().for_each(|item| named_organizations(item, found)),
        Json::Object(members) => {
            for (name, value) in members {
                let holds_one = ["organizationid", "organization-id"]
                    .contains(&name.to_ascii_lowercase().as_str());
                match value {
                    Json::Text(text) if holds_one => add_literal(text, found),
                    value => named_organizations(value, found),
                }
            }
        }
        _ => {}
    }
}

/// Adds a name that stands there in letters, and not as `${organization}` or a matcher.
fn add_literal(name: &str, found: &mut BTreeSet<String>) {
    let literal = Text::parse(name).is_ok_and(|text| text.names().next().is_none());
    if literal && !name.is_empty() && !name.starts_with('$') {
        found.insert(name.to_owned());
    }
}
