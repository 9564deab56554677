//! What users of the crate can rely on, tested through its public face.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

use mock_rebilly::http::Response;

// Texts that are compared with files.
mod golden;
// A client, and what else all tests need.
mod support;

/// Makes a test of each promise.
macro_rules! promises {
    ($($promise:ident)*) => {
        mod each {
            $(
                #[test]
                fn $promise() {
                    super::$promise();
                }
            )*
        }
    };
}

/// Every answer that a client gets comes by here. Nobody looks at it in this
/// program; `tests/conformance` does, where it plays the same tests.
fn heard(_: &support::Ask, _: &Response<Vec<u8>>) {}

// The program, as other languages start it.
#[cfg(feature = "cli")]
mod binary;
// Every way to ask a double.
mod channel;
// What a contract file may hold, and what is said of a bad one.
mod contract_format;
// How contracts are played: matchers, requests, reports, targets.
mod contract_runner;
// Conversations under `fixtures/rebilly/contracts`, over a socket and without one.
mod contracts;
// Definitions of custom fields in fixtures.
mod custom_fields;
// What happens to customers, and how webhooks are told of it.
mod events;
// Chaos: faults by chance, the same ones on every run.
mod chaos;
// What goes wrong on purpose, by every way to ask.
mod faults;
// The same on the wire: what the rest of a connection sees of it.
mod faulty_wire;
// What of each vendor is known and what is guessed, by its contracts.
mod evidence;
// The same of Rebilly alone; where the code says so; and that a test can forbid guesses.
mod fidelity;
// What no client should send to Octobat and Notihub.
mod hostile;
// Calls that are held in flight.
mod gates;
// What was asked, and how a test finds what it wants to know of it.
mod journal;
// Start, ports, drop: the life of a double.
mod lifecycle;
// What leaves the journal: archives and command lines.
mod export;
// The model of the customer domain, which users check their clients by.
#[cfg(feature = "proptest")]
mod model;
// Octobat: the second vendor on the same engine.
mod octobat;
// Notihub: its contracts, and what no contract says.
mod notihub;
// What fixtures may say that no request can.
mod planted;
// What holds for every sequence of calls: property tests.
mod promises;
// What a test reads when it fails.
mod reports;
// The same where something did not go wrong as it should have.
mod fault_reports;
// Writes that are refused because there were too many of them.
mod rate_limit;
// The Rust that the README shows.
mod readme;
// Made-up customers and what belongs to them.
#[cfg(feature = "fake")]
mod samples;
// Strategies for valid and for just invalid inputs.
#[cfg(feature = "proptest")]
mod strategies;
// Going back, and starting from there: snapshots, forks, fingerprints, differences, time.
mod rewind;
// What tests put there and take away without a call.
mod shelves;
// What the builder switches on and off.
mod switches;
// What no conversation says of tags: fixtures, lengths, the order of arrival.
mod tags;
// The house rules that clippy cannot keep: imports, file headers, orphans.
mod tidy;
// Clients that speak https, and what else arrives where that is spoken.
#[cfg(feature = "tls")]
mod tls;
// The engine with a vendor of two records: atomicity, panics, realms.
mod toy;
// Without a socket: services, pipes, connectors.
mod transport;
// Waiting for what the code under test does by itself.
mod waiting;
// HTTP on the wire: bodies, hosts, slow clients and broken ones.
mod wire;
// Doubles of several vendors on one clock.
mod world;
