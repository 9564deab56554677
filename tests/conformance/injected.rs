//! Refusals that a test injects: those that nothing else brings about, and all others.

use mock_rebilly::{Exchange, Fault, Op};

use crate::client::{Client, Who, target};
use crate::constraints::{Asked, Prober};
use crate::definition::Documented;

/// The documented refusals that no document says the cause of: only a test brings them about.
const UNCAUSED: [(Op, u16); 4] = [
    (Op::PostCustomer, 409),
    (Op::PutCustomer, 409),
    (Op::DeleteCustomerLeadSource, 409),
    (Op::DeleteCustomerTimeline, 409),
];

/// Whether only a test brings this status about.
pub(crate) fn is_uncaused(operation: &str, status: u16) -> bool {
    UNCAUSED.iter().any(|(known, of)| known.name() == operation && *of == status)
}

/// Whether an answer shows that the double comes to its status: not if it was
/// only injected, and calls get it without that.
pub(crate) fn counts(operation: &str, exchange: &Exchange) -> bool {
    match exchange.fault() {
        Some(Fault::Status(status)) => is_uncaused(operation, *status),
        _ => true,
    }
}

impl<'d> Prober<'d, '_> {
    /// Every documented refusal can be injected. The witness looks at its body.
    pub(crate) fn refusals(&mut self, operation: &'d Documented) {
        let op = Op::ALL.iter().find(|op| op.name() == operation.id).expect("it is simulated");
        for status in operation.answers.keys().filter(|status| **status >= 400) {
            let client = Client::new();
            client.rebilly.on(*op).must_fire().status(*status);
            let target = target(operation, None);
            let (document, answer) = self.send_by(&client, operation, &target, Who::Server);
            if answer.status != *status {
                let what = format!("answers {} where {status} is injected", answer.status);
                self.note(&Asked { operation, member: &operation.id, document, answer }, &what);
            }
        }
    }
}
