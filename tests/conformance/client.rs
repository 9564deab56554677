//! [`Client`]: asks a double without a socket, as an organization's server would.

use std::fmt::Write as _;

use mock_rebilly::http::{Request, Response};
use mock_rebilly::{Builder, Events, MockRebilly, Rebilly};
use serde_json::Value;

use crate::definition::{Documented, Parameter, items};
use crate::dice::Dice;
use crate::encoded;

/// The organization that every call of this proof is for.
pub(crate) const HOME: &str = "/organizations/acme";

const STANDARD: &str = include_str!("../../fixtures/rebilly/standard.json");
const PROBE: &str = include_str!("probe.json");

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

/// A double of its own, and who asks it. It delivers: the fixtures have a
/// webhook that wants everything, at an address that nobody is ever contacted at.
pub(crate) struct Client {
    pub(crate) rebilly: MockRebilly,
}

/// Who says to be asking.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    /// With a secret key.
    Server,
    /// With a session's token.
    User,
    /// With a publishable key.
    Browser,
    /// Without a word.
    Nobody,
}

impl Who {
    /// Mostly a server.
    pub(crate) fn any(dice: &mut Dice) -> Who {
        match dice.within(0..20) {
            0 => Who::Nobody,
            1 => Who::Browser,
            2 | 3 => Who::User,
            _ => Who::Server,
        }
    }

    fn header(self) -> Option<(&'static str, &'static str)> {
        match self {
            Who::Server => Some(("REB-APIKEY", "sk_sandbox_conformance")),
            Who::User => Some(("Authorization", "Bearer e30.e30.e30")),
            Who::Browser => Some(("Authorization", "pk_sandbox_conformance")),
            Who::Nobody => None,
        }
    }
}

/// An answer: its status and its body, `null` if there is none.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) body: Value,
}

impl Client {
    /// A double with the standard fixtures, and a customer of whom everything may be asked.
    pub(crate) fn new() -> Client {
        Client { rebilly: Client::builder().without_socket() }
    }

    /// The same where every call is one too many.
    pub(crate) fn limited() -> Client {
        Client { rebilly: Client::builder().rate_limit(0).without_socket() }
    }

    fn builder() -> Builder<Rebilly> {
        let builder = MockRebilly::builder().allow_unmatched().deliver_webhooks();
        builder.fixture("standard.json", STANDARD).fixture("probe.json", PROBE)
    }

    /// What happened to the customers.
    pub(crate) fn events(&self) -> Events {
        self.rebilly.organization(HOME.trim_start_matches("/organizations/")).events()
    }

    /// Asks. `path` is encoded; the organization is put before it.
    pub(crate) fn ask(&self, who: Who, method: &str, path: &str, body: Option<Vec<u8>>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{HOME}/{path}"));
        if body.is_some() {
            request = request.header("Content-Type", "application/json");
        }
        if let Some((name, value)) = who.header() {
            request = request.header(name, value);
        }
        let request = request.body(body.unwrap_or_default()).expect("a request that can be sent");
        Answer::of(&self.rebilly.handle(request))
    }
}

impl Answer {
    pub(crate) fn of<B: AsRef<[u8]>>(answer: &Response<B>) -> Answer {
        let location = answer.headers().get("location").and_then(|it| it.to_str().ok());
        Answer {
            status: answer.status().as_u16(),
            location: location.map(str::to_owned),
            body: serde_json::from_slice(answer.body().as_ref()).unwrap_or_default(),
        }
    }

    /// The members that a `422` names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        items(&self.body["invalidFields"]).filter_map(|it| it["field"].as_str())
    }
}

/// Where an operation is, with all that it requires and one parameter as given.
pub(crate) fn target(operation: &Documented, given: Option<(&Parameter, &str)>) -> String {
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

/// A path with its variables filled in.
fn path(template: &str, mut value: impl FnMut(&str) -> String) -> String {
    let filled = |segment: &str| match segment.strip_prefix('{') {
        Some(rest) => encoded(&value(rest.trim_end_matches('}'))),
        None => segment.to_owned(),
    };
    template.split('/').map(filled).collect::<Vec<_>>().join("/")
}

fn variable(name: &str) -> String {
    let known = VARIABLES.iter().find(|(known, _)| *known == name);
    known.unwrap_or_else(|| panic!("say in VARIABLES what {{{name}}} stands for")).1.to_owned()
}
