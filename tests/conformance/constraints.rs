//! [`Prober`]: asks the double about every documented constraint on bodies.
//!
//! What is inside must be taken (2xx), what is outside must be `422` with the
//! dotted name of that very place. Every probe has a double of its own.

use serde_json::{Value, json};

use crate::client::{Answer, Client, HOME, Who, target};
use crate::definition::{Documented, items, members};
use crate::deviations::Deviations;
use crate::differences::Problems;
use crate::fields::name_of;
use crate::places::{Place, places, put};
use crate::probes::{Probe, around, foreign};
use crate::sample::{Samples, alternatives};
use crate::witness::Witness;

/// What the double wants besides what the definition requires; each is a deviation with its reason.
const NEEDED: [(&str, &str); 1] = [("PostCustomerTimeline", r#"{ "message": "probe" }"#)];

/// Members that mean something only beside others: the operation, the member,
/// what stands beside it, and the operation that must have made it known.
const BESIDE: [(&str, &str, &str, &str); 2] = [
    (
        "PostCustomerTimeline",
        "customEventType",
        r#"{ "type": "custom-event" }"#,
        "PostCustomerTimelineCustomEventType",
    ),
    (
        "PostCustomerTimeline",
        "customData",
        r#"{ "type": "custom-event", "customEventType": "probe" }"#,
        "PostCustomerTimelineCustomEventType",
    ),
];

/// Objects that need more members than are required: what stands in them, where, and the members.
const TOGETHER: [(&str, &str, &str); 1] = [(
    "MonetaryCustomField.additionalSchema.default.",
    "/additionalSchema/default",
    r#"{ "amount": 1, "currency": "EUR" }"#,
)];

/// Probes all that the operations take.
pub(crate) struct Prober<'d, 'w> {
    pub(crate) operations: Vec<&'d Documented>,
    pub(crate) samples: &'d Samples,
    pub(crate) deviations: &'d Deviations,
    pub(crate) witness: &'w mut Witness<'d>,
    pub(crate) problems: Problems,
    /// How many values were sent.
    pub(crate) probes: usize,
}

/// What was asked, and what came back.
pub(crate) struct Asked<'a> {
    pub(crate) operation: &'a Documented,
    /// What the question was about, as a deviation names it.
    pub(crate) member: &'a str,
    pub(crate) document: Value,
    pub(crate) answer: Answer,
}

impl<'d> Prober<'d, '_> {
    pub(crate) fn run(&mut self) {
        for operation in self.operations.clone() {
            self.credentials(operation);
            self.limit(operation);
            self.refusals(operation);
            for parameter in &operation.parameters {
                self.parameter(operation, parameter);
            }
            for body in operation.request.iter().flat_map(alternatives) {
                let root = name_of(body).unwrap_or(&operation.id);
                self.smallest_body(operation, body, root);
                self.whole_body(operation, body, root);
                self.required(operation, body, &[], root, body);
                for place in places(body, root) {
                    self.place(operation, body, &place);
                }
            }
        }
    }

    /// What is not required may be left out, all of it.
    fn smallest_body(&mut self, operation: &'d Documented, body: &Value, root: &str) {
        let document = self.samples.minimal(body);
        let answer = self.send(operation, &document, None);
        let label = "a body of what is required".to_owned();
        let probe = Probe { label, value: None, inside: true };
        self.judge(&Asked { operation, member: root, document, answer }, &probe, "");
    }

    /// Whatever is no object, in the place of the whole body.
    fn whole_body(&mut self, operation: &'d Documented, body: &Value, root: &str) {
        for Probe { label, value, inside } in around(self.samples, body) {
            let Some(document) = value.filter(|it| !it.is_object()) else { continue };
            let answer = self.send(operation, &document, None);
            let what = match (inside, answer.status) {
                (true, 200..=299) | (false, 400 | 422) => continue,
                (true, _) => "refuses what is no object".to_owned(),
                (false, _) => format!("accepts {label}"),
            };
            self.note(&Asked { operation, member: root, document, answer }, &what);
        }
    }

    fn place(&mut self, operation: &'d Documented, body: &Value, place: &Place) {
        if place.schema["readOnly"] == true {
            return self.read_only(operation, body, place);
        }
        for probe in around(self.samples, &place.schema) {
            self.probe(operation, body, place, &probe);
        }
        for schema in alternatives(&place.schema) {
            let name = name_of(schema).unwrap_or(&place.member);
            self.required(operation, body, &place.names, name, schema);
        }
    }

    /// An object without one of the members that it requires.
    fn required(
        &mut self,
        operation: &'d Documented,
        body: &Value,
        names: &[String],
        name: &str,
        schema: &Value,
    ) {
        for required in items(&schema["required"]).filter_map(Value::as_str) {
            let place = Place {
                names: [names, &[required.to_owned()]].concat(),
                member: format!("{name}.{required}"),
                schema: Value::Null,
            };
            let probe = Probe { label: "nothing".to_owned(), value: None, inside: false };
            self.probe(operation, body, &place, &probe);
        }
    }

    fn probe(&mut self, operation: &'d Documented, body: &Value, place: &Place, probe: &Probe) {
        let mut document = self.smallest(operation, body);
        let mut known = None;
        let beside = BESIDE.iter().find(|it| it.0 == operation.id && it.1 == place.names[0]);
        if let Some((_, member, others, first)) = beside {
            // It waits until the operation that it needs is simulated.
            let Some(first) = self.operations.iter().find(|it| it.id == *first) else { return };
            overlay(&mut document, others);
            let own = probe.value.clone().filter(|_| *member == "customEventType");
            known = Some((*first, json!({ "name": own.unwrap_or_else(|| json!("probe")) })));
        }
        put(self.samples, body, &mut document, &place.names, probe.value.clone());
        for (_, pointer, others) in TOGETHER.iter().filter(|it| place.member.starts_with(it.0)) {
            if let Some(Value::Object(found)) = document.pointer_mut(pointer) {
                let mut whole = json!({});
                overlay(&mut whole, others);
                members(&whole).for_each(|(name, value)| {
                    found.entry(name.as_str()).or_insert_with(|| value.clone());
                });
            }
        }
        let answer = self.send(operation, &document, known);
        let asked = Asked { operation, member: &place.member, document, answer };
        self.judge(&asked, probe, &place.dotted());
    }

    /// Whatever is sent for a read-only member is taken, and is not what the answer shows.
    fn read_only(&mut self, operation: &'d Documented, body: &Value, place: &Place) {
        let usual = self.smallest(operation, body);
        let usual = self.send(operation, &usual, None);
        for (label, value) in foreign(self.samples, &place.schema) {
            let mut document = self.smallest(operation, body);
            put(self.samples, body, &mut document, &place.names, Some(value.clone()));
            let answer = self.send(operation, &document, None);
            let at = place.pointer();
            let shown = answer.body.pointer(&at) == Some(&value);
            let took = shown && usual.body.pointer(&at) != Some(&value);
            let asked = Asked { operation, member: &place.member, document, answer };
            if took {
                self.note(&asked, &format!("takes {label}"));
            }
            let probe = Probe { label: label.to_owned(), value: None, inside: true };
            self.judge(&asked, &probe, &place.dotted());
        }
    }

    /// The smallest body that the double takes.
    pub(crate) fn smallest(&self, operation: &Documented, body: &Value) -> Value {
        let mut document = self.samples.minimal(body);
        for (_, more) in NEEDED.iter().filter(|(id, _)| *id == operation.id) {
            overlay(&mut document, more);
        }
        document
    }

    /// Asks a new double, after something was made known to it.
    fn send(
        &mut self,
        operation: &Documented,
        document: &Value,
        known: Option<(&Documented, Value)>,
    ) -> Answer {
        let client = Client::new();
        let ask = |operation: &Documented, document: &Value| {
            let target = target(operation, None);
            let body = document.to_string().into_bytes();
            client.ask(Who::Server, &operation.method, &target, Some(body))
        };
        if let Some((operation, document)) = known {
            ask(operation, &document);
        }
        let answer = ask(operation, document);
        // What was taken must also be shown as it should be when it is read.
        let made = answer.location.as_deref().filter(|_| answer.status == 201);
        if let Some((_, path)) = made.and_then(|it| it.split_once(HOME)) {
            client.ask(Who::Server, "GET", path.trim_start_matches('/'), None);
        }
        self.seen(&client);
        answer
    }

    pub(crate) fn seen(&mut self, client: &Client) {
        self.probes += 1;
        self.witness.see_client("a probe", client);
    }

    fn judge(&mut self, asked: &Asked<'_>, probe: &Probe, dotted: &str) {
        let label = &probe.label;
        // What is wrong with a list or an object may be wrong with something in it.
        let here = |name: &str| {
            name.strip_prefix(dotted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let what = match (probe.inside, asked.answer.status) {
            (true, 200..=299) => return,
            (true, _) => format!("refuses {label}"),
            (false, 422) if asked.answer.names().any(here) => return,
            (false, 422) => format!("names something else for {label}"),
            (false, _) => format!("accepts {label}"),
        };
        self.note(asked, &what);
    }

    pub(crate) fn note(&mut self, asked: &Asked<'_>, what: &str) {
        if self.deviations.explains(asked.member, what) {
            return;
        }
        let excerpt = |value: &Value| value.to_string().chars().take(400).collect::<String>();
        let (id, status) = (&asked.operation.id, asked.answer.status);
        let (sent, got) = (excerpt(&asked.document), excerpt(&asked.answer.body));
        let example = || (0, format!("{id} {sent}\n    -> {status} {got}"));
        self.problems.entry(format!("{} {what}", asked.member)).or_insert_with(example).0 += 1;
    }
}

/// Puts the members of a JSON text into an object.
fn overlay(document: &mut Value, text: &str) {
    let more: Value = serde_json::from_str(text).expect("the constants are JSON");
    for (name, value) in members(&more) {
        document[name.as_str()] = value.clone();
    }
}
