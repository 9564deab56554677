//! [`Prober`]: asks the double about every documented constraint on what it is sent.
//!
//! What is inside must be taken (2xx), what is outside must be `422` with the
//! dotted name of that very place. Every probe has a double of its own.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::client::{Answer, Client, HOME, Who, path};
use crate::definition::{Documented, Parameter, items, members};
use crate::deviations::Deviations;
use crate::encoded;
use crate::fields::name_of;
use crate::places::{Place, places, put};
use crate::probes::{Probe, around, foreign, numbers, texts};
use crate::sample::{Samples, alternatives, kind};
use crate::witness::{Problems, Witness};

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

/// What the variables of paths and required parameters stand for: things of
/// the fixtures, and a new custom field.
const VARIABLES: [(&str, &str); 7] = [
    ("id", "cus_probe"),
    ("customerId", "cus_probe"),
    ("targetCustomerId", "cus_ada"),
    ("messageId", "tmln_probe"),
    ("tag", "VIP"),
    ("resource", "customers"),
    ("name", "probe"),
];

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
struct Asked<'a> {
    operation: &'a Documented,
    /// What the question was about, as a deviation names it.
    member: &'a str,
    document: Value,
    answer: Answer,
}

impl<'d> Prober<'d, '_> {
    pub(crate) fn run(&mut self) {
        for operation in self.operations.clone() {
            self.credentials(operation);
            self.limit(operation);
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

    /// An open operation answers everybody, any other those that are let in.
    fn credentials(&mut self, operation: &'d Documented) {
        let target = target(operation, None);
        let usual = self.send_to(operation, &target, Who::Server).1.status;
        let shut = |status| if operation.schemes.is_empty() { usual } else { status };
        for (who, expected) in [(Who::Browser, shut(403)), (Who::Nobody, shut(401))] {
            let (document, answer) = self.send_to(operation, &target, who);
            if answer.status != expected {
                let what = format!("answers {} to {who:?}, not {expected}", answer.status);
                let member = &operation.id;
                self.note(&Asked { operation, member, document, answer }, &what);
            }
        }
        for scheme in operation.schemes.iter().filter(|it| *it != "SecretApiKey") {
            let (document, answer) = self.send_to(operation, &target, Who::User);
            let (member, refused) = (format!("security {scheme}"), answer.status == 401);
            let asked = Asked { operation, member: &member, document, answer };
            if !refused {
                self.note(&asked, "accepts a token that nobody signed");
            }
        }
    }

    /// Where there is a limit, what it counts is refused with `429`, and nothing else is.
    fn limit(&mut self, operation: &'d Documented) {
        let (limited, target) = (Client::limited(), target(operation, None));
        let (document, answer) = self.send_by(&limited, operation, &target, Who::Server);
        if (answer.status == 429) != operation.answers.contains_key(&429) {
            let what = format!("answers {} beyond the limit", answer.status);
            self.note(&Asked { operation, member: &operation.id, document, answer }, &what);
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

    fn parameter(&mut self, operation: &'d Documented, parameter: &Parameter) {
        let other = |label: &str, value: Value| (label.to_owned(), value);
        let values = match (parameter.place.as_str(), kind(&parameter.schema)) {
            (_, "integer") => {
                let mut values = numbers(&parameter.schema);
                values.extend([other("a text", json!("probe")), other("a fraction", json!(1.5))]);
                values.push(other("an empty text", json!("")));
                values
            }
            // A path has no empty segments.
            ("path", _) => {
                let mut values = texts(self.samples, &parameter.schema);
                values.retain(|(_, value)| value != "");
                values
            }
            (_, "array") => vec![other("a list of texts", json!("probe,a"))],
            _ => vec![other("a text", json!("probe")), other("an empty text", json!(""))],
        };
        let member = format!("parameter {}", parameter.name);
        for (label, value) in values {
            // A list is sent as one text.
            let sent =
                if kind(&parameter.schema) == "array" { json!([value]) } else { value.clone() };
            let inside = self.samples.fits(&parameter.schema, &sent);
            let (document, answer) = self.send_with(operation, parameter, &value);
            let said = names(&answer).any(|it| it == parameter.name);
            let fits = match (parameter.place.as_str(), inside) {
                // What it names need not be there.
                ("query", true) => answer.status < 300 || answer.status == 404,
                ("query", false) => said,
                // What cannot be there is not there, or cannot be made.
                (_, true) => answer.status != 422,
                (_, false) => answer.status == 404 || said,
            };
            if !fits {
                let what = format!("{} {label}", if inside { "refuses" } else { "accepts" });
                self.note(&Asked { operation, member: &member, document, answer }, &what);
            }
        }
    }

    /// Asks with one parameter as given and the others as they should be.
    fn send_with(
        &mut self,
        operation: &Documented,
        parameter: &Parameter,
        value: &Value,
    ) -> (Value, Answer) {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let target = target(operation, Some((parameter, &text)));
        self.send_to(operation, &target, Who::Server)
    }

    /// Asks a new double with the smallest body.
    fn send_to(&mut self, operation: &Documented, target: &str, who: Who) -> (Value, Answer) {
        self.send_by(&Client::new(), operation, target, who)
    }

    fn send_by(
        &mut self,
        client: &Client,
        operation: &Documented,
        target: &str,
        who: Who,
    ) -> (Value, Answer) {
        let document = operation.request.as_ref().map(alternatives);
        let document = document.map(|it| self.smallest(operation, it[0]));
        let body = document.as_ref().map(|it| it.to_string().into_bytes());
        let answer = client.ask(who, &operation.method, target, body);
        self.seen(client);
        (document.unwrap_or_default(), answer)
    }

    fn smallest(&self, operation: &Documented, body: &Value) -> Value {
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

    fn seen(&mut self, client: &Client) {
        self.probes += 1;
        self.witness.see_all("a probe", &client.rebilly.journal());
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
            (false, 422) if names(&asked.answer).any(here) => return,
            (false, 422) => format!("names something else for {label}"),
            (false, _) => format!("accepts {label}"),
        };
        self.note(asked, &what);
    }

    fn note(&mut self, asked: &Asked<'_>, what: &str) {
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

/// Where an operation is, with all that it requires and one parameter as given.
fn target(operation: &Documented, given: Option<(&Parameter, &str)>) -> String {
    let value = |name: &str| match given {
        Some((parameter, text)) if parameter.name == name => text.to_owned(),
        _ => variable(name),
    };
    let mut target = path(&operation.path, value);
    let is_given = |it: &Parameter| given.is_some_and(|(parameter, _)| parameter.name == it.name);
    let query = operation.parameters.iter().filter(|it| it.place == "query");
    for (at, it) in query.filter(|it| it.required || is_given(it)).enumerate() {
        let between = if at == 0 { '?' } else { '&' };
        let _ = write!(target, "{between}{}={}", it.name, encoded(&value(&it.name)));
    }
    target
}

/// The members that a `422` names.
fn names(answer: &Answer) -> impl Iterator<Item = &str> {
    items(&answer.body["invalidFields"]).filter_map(|it| it["field"].as_str())
}

fn variable(name: &str) -> String {
    let known = VARIABLES.iter().find(|(known, _)| *known == name);
    known.unwrap_or_else(|| panic!("say in VARIABLES what {{{name}}} stands for")).1.to_owned()
}

/// Puts the members of a JSON text into an object.
fn overlay(document: &mut Value, text: &str) {
    let more: Value = serde_json::from_str(text).expect("the constants are JSON");
    for (name, value) in members(&more) {
        document[name.as_str()] = value.clone();
    }
}
