//! What users of the crate can rely on, tested through its public face.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

// A client, and what else all tests need.
mod support;
// Reports as they stand in files, to be read by people, too.
mod golden;

// The program, as other languages start it.
#[cfg(feature = "cli")]
mod binary;
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
// What is known, what is assumed, and that a test can tell.
mod fidelity;
// Start, ports, drop: the life of a double.
mod lifecycle;
// What fixtures may say that no request can.
mod planted;
// What holds for every sequence of calls: property tests.
mod promises;
// Writes that are refused because there were too many of them.
mod rate_limit;
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
// The engine with a vendor of two records: atomicity, panics, realms.
mod toy;
// HTTP on the wire: bodies, hosts, slow clients and broken ones.
mod wire;
