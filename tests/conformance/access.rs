//! Who is let in, how often, and what an address may say: the part of a
//! request that is no body, as [`Prober`] asks about it.

use serde_json::{Value, json};

use crate::client::{Answer, Client, Who, target};
use crate::constraints::{Asked, Prober};
use crate::definition::{Documented, Parameter};
use crate::probes::{numbers, texts};
use crate::sample::{alternatives, kind};

impl<'d> Prober<'d, '_> {
    /// An open operation answers everybody, any other those that are let in.
    pub(crate) fn credentials(&mut self, operation: &'d Documented) {
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
    pub(crate) fn limit(&mut self, operation: &'d Documented) {
        let (limited, target) = (Client::limited(), target(operation, None));
        let (document, answer) = self.send_by(&limited, operation, &target, Who::Server);
        if (answer.status == 429) != operation.answers.contains_key(&429) {
            let what = format!("answers {} beyond the limit", answer.status);
            self.note(&Asked { operation, member: &operation.id, document, answer }, &what);
        }
    }

    /// Values around what a parameter of the path or of the query may be.
    pub(crate) fn parameter(&mut self, operation: &'d Documented, parameter: &Parameter) {
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
            let said = answer.names().any(|it| it == parameter.name);
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

    pub(crate) fn send_by(
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
}
