//! [`Proof`]: asks the double everything, once, and keeps what came out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mock_rebilly::Rebilly;
use serde_json::Value;

use crate::constraints::Prober;
use crate::contracts;
use crate::definition::{Definition, Documented, NAME, Side, items, members};
use crate::deviations::{Deviation, Deviations, NEVER_ANSWERED, NEVER_EMITTED};
use crate::differences::Problems;
use crate::fields::{documented, name_of};
use crate::injected::is_uncaused;
use crate::promised;
use crate::random::{CONVERSATIONS, Conversation};
use crate::sample::Samples;
use crate::table::{Reach, Table};
use crate::witness::Witness;

/// The operations of all of Rebilly's API; a row of the table that is not in
/// this definition must at least be one of them.
const INDEX: &str = include_str!("../../fixtures/rebilly/operations.txt");

/// What came out.
pub(crate) struct Proof {
    /// What is wrong with the operation table.
    pub(crate) operations: Vec<String>,
    /// Documented statuses that no contract file shows.
    pub(crate) untold: Vec<String>,
    /// What is wrong with answers.
    pub(crate) answers: Vec<String>,
    /// What is wrong with events.
    pub(crate) events: Vec<String>,
    /// What is wrong with input constraints.
    pub(crate) constraints: Vec<String>,
    /// Deviations that are gone.
    pub(crate) stale: Vec<String>,
    /// How many requests were made by chance.
    pub(crate) random: usize,
    /// How many requests property tests made.
    pub(crate) promised: usize,
    /// How often each type of event was heard of.
    pub(crate) heard: BTreeMap<&'static str, usize>,
    /// What was reached.
    pub(crate) table: Table,
}

impl Proof {
    /// `None` without a definition.
    pub(crate) fn make() -> Option<Proof> {
        let definition = Definition::load()?;
        let (all, deviations) = (definition.operations(), Deviations::load());
        let operations = operations(&all, &deviations);
        let here: BTreeSet<&str> = Rebilly::operations().map(|(_, _, id)| id).collect();
        let simulated = || all.iter().filter(|it| here.contains(it.id.as_str()));

        let mut witness = Witness::new(&definition, &all, &deviations);
        let played = contracts::play_all();
        for (file, rebilly) in &played {
            witness.see_all(file, rebilly);
        }
        let untold = untold(&all, &here, &witness, &deviations);
        let samples = Samples::default();
        let mut random = 0;
        for seed in 1..=CONVERSATIONS {
            let conversation = Conversation::new(simulated().collect(), &samples, seed);
            let client = conversation.hold();
            witness.see_client(&format!("conversation {seed}"), &client);
            random += client.rebilly.journal().len();
        }
        let mut prober = Prober {
            operations: simulated().collect(),
            samples: &samples,
            deviations: &deviations,
            witness: &mut witness,
            problems: Problems::new(),
            probes: 0,
        };
        prober.run();
        let (sent, constraints) = (prober.probes, lines(&prober.problems));
        let before = witness.answers;
        let tests = promised::keep_all(|name, ask, answer| witness.hear(name, ask, answer));
        let promised = witness.answers - before;
        let asked = format!(
            "{} contracts, {random} requests by chance, {sent} probes of constraints, \
             {promised} requests of {tests} property tests: \
             {} answers and {} events validated",
            played.len(),
            witness.answers,
            witness.listener.events(),
        );
        let mut table = table(&all, &here, &witness, &deviations, asked);
        let live = Live::of(&definition, &all, simulated());
        let (waiting, known): (Vec<_>, Vec<_>) =
            deviations.all().into_iter().partition(|it| live.keeps_waiting(it));
        table.waiting = waiting.len();
        table.deviations = known.iter().map(Deviation::to_string).collect();
        let proof = Proof {
            operations,
            untold,
            answers: lines(&witness.problems),
            events: lines(&witness.listener.problems),
            constraints,
            stale: deviations.stale(|it| live.keeps_waiting(it)),
            random,
            promised,
            heard: witness.listener.heard,
            table,
        };
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("conformance.txt");
        std::fs::write(&target, proof.table.to_string()).expect("a target directory to write to");
        Some(proof)
    }
}

/// The operation table against the definition: method, path, operationId.
fn operations(all: &[Documented], deviations: &Deviations) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut waiting = deviations.not_simulated();
    let rows: Vec<String> =
        Rebilly::operations().map(|(method, path, id)| row(method.as_str(), path, id)).collect();
    for operation in all {
        let documented = row(&operation.method, &operation.path, &operation.id);
        match (rows.contains(&documented), waiting.remove(operation.id.as_str())) {
            (true, false) | (false, true) => {}
            (true, true) => {
                wrong.push(format!("{documented}: is simulated; take it off `notSimulated`"));
            }
            (false, false) => wrong.push(format!("{documented}: is not in the table")),
        }
    }
    wrong.extend(waiting.iter().map(|id| format!("{id}: is on `notSimulated`, and unknown")));
    let index: BTreeSet<Vec<&str>> =
        INDEX.lines().map(|it| it.split_whitespace().collect()).collect();
    for found in &rows {
        let here = all.iter().any(|it| row(&it.method, &it.path, &it.id) == *found);
        let known = index.contains(&found.split_whitespace().collect::<Vec<_>>());
        if !here && !known && !deviations.explains(found, "is not in the definition") {
            wrong.push(format!("{found}: is not in the definition"));
        }
    }
    wrong
}

/// What no contract file shows of what occurs by itself. A limit is only
/// enforced, and some refusals only given, where a test wants it, and no file can;
/// if one shows such a refusal all the same, that is wrong, too.
fn untold(
    all: &[Documented],
    here: &BTreeSet<&str>,
    told: &Witness<'_>,
    deviations: &Deviations,
) -> Vec<String> {
    let simulated = all.iter().filter(|it| here.contains(it.id.as_str()));
    let statuses =
        simulated.flat_map(|it| it.answers.keys().map(|status| (it.id.clone(), *status)));
    let told = |key: &(String, u16)| told.statuses.contains_key(key);
    let untold = statuses.filter(|key| key.1 != 429 && told(key) == is_uncaused(&key.0, key.1));
    let places = untold.map(|(id, status)| format!("{id} {status}"));
    places.filter(|place| !deviations.knows(place, NEVER_ANSWERED)).collect()
}

fn row(method: &str, path: &str, id: &str) -> String {
    format!("{method} /{path} {id}")
}

fn table(
    all: &[Documented],
    here: &BTreeSet<&str>,
    witness: &Witness<'_>,
    deviations: &Deviations,
    asked: String,
) -> Table {
    let reach = |reached: bool, explained: &dyn Fn() -> bool| match reached {
        true => Reach::Reached,
        false if explained() => Reach::Explained,
        false => Reach::Missing,
    };
    let simulated = all.iter().filter(|it| here.contains(it.id.as_str()));
    let mut table = Table {
        operations: (simulated.clone().count(), all.len()),
        statuses: Vec::new(),
        members: BTreeMap::new(),
        alternatives: BTreeMap::new(),
        events: Vec::new(),
        not_simulated: Vec::new(),
        deviations: Vec::new(),
        waiting: 0,
        asked,
    };
    for operation in simulated {
        let status = |status: &u16| {
            let reached = witness.statuses.contains_key(&(operation.id.clone(), *status));
            let place = format!("{} {status}", operation.id);
            (*status, reach(reached, &|| deviations.explains(&place, NEVER_ANSWERED)))
        };
        table.statuses.push((operation.id.clone(), operation.answers.keys().map(status).collect()));
        for (status, answer) in &operation.answers {
            let Some((_, schema)) = answer.body.as_ref().filter(|_| *status < 300) else {
                continue;
            };
            let schema = schema.get("items").unwrap_or(schema);
            let Some(name) = name_of(schema) else { continue };
            let shown = witness.fields.get(name).cloned().unwrap_or_default();
            let known = documented(schema);
            let reached = |all: BTreeSet<String>, shown: &BTreeSet<String>| {
                let one = |it: String| {
                    let place = format!("{name}.{it}");
                    let reach = reach(shown.contains(&it), &|| deviations.explains_absence(&place));
                    (it, reach)
                };
                all.into_iter().map(one).collect()
            };
            table.members.insert(name.to_owned(), reached(known.members, &shown.members));
            let alternatives = reached(known.alternatives, &shown.alternatives);
            table.alternatives.insert(name.to_owned(), alternatives);
        }
    }
    for name in witness.listener.documented() {
        let heard = witness.listener.heard.contains_key(name);
        let reach = reach(heard, &|| deviations.explains(name, NEVER_EMITTED));
        table.events.push((name.to_owned(), reach));
    }
    let waiting = all.iter().filter(|it| !here.contains(it.id.as_str()));
    table.not_simulated = waiting.map(|it| row(&it.method, &it.path, &it.id)).collect();
    table
}

/// What is simulated: an entry on anything else waits for its operation.
struct Live<'d> {
    definition: &'d Definition,
    all: &'d [Documented],
    /// The operations, and every published schema that they take.
    taken: BTreeSet<String>,
    /// The operations, and every published schema that they show.
    shown: BTreeSet<String>,
}

impl<'d> Live<'d> {
    fn of(
        definition: &'d Definition,
        all: &'d [Documented],
        simulated: impl Iterator<Item = &'d Documented>,
    ) -> Live<'d> {
        let (mut taken, mut shown) = (BTreeSet::new(), BTreeSet::new());
        for operation in simulated {
            taken.insert(operation.id.clone());
            shown.insert(operation.id.clone());
            operation.request.iter().for_each(|it| names(it, Side::Request, &mut taken));
            let bodies = operation.answers.values().filter_map(|it| it.body.as_ref());
            bodies.for_each(|(_, schema)| names(schema, Side::Answer, &mut shown));
        }
        Live { definition, all, taken, shown }
    }

    fn keeps_waiting(&self, deviation: &Deviation<'_>) -> bool {
        let first = deviation.place.split([' ', '.', '[']).next().unwrap_or_default();
        let known = self.all.iter().any(|it| it.id == first) || self.definition.has_schema(first);
        let live = if deviation.is_shown() { &self.shown } else { &self.taken };
        known && !live.contains(first)
    }
}

/// The published names of a schema and of all in it that this side may send.
fn names(value: &Value, side: Side, found: &mut BTreeSet<String>) {
    if side == Side::Request && value.get("readOnly") == Some(&Value::Bool(true)) {
        return;
    }
    found.extend(value.get(NAME).and_then(Value::as_str).map(str::to_owned));
    members(value).for_each(|(_, inner)| names(inner, side, found));
    items(value).for_each(|inner| names(inner, side, found));
}

fn lines(problems: &Problems) -> Vec<String> {
    let line = |(what, (times, example)): (&String, &(usize, String))| {
        format!("{what} ({times} times)\n    {example}")
    };
    problems.iter().map(line).collect()
}
