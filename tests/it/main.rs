//! What users of the crate can rely on, tested through its public face.

// A client, and what else all tests need.
mod support;

// Conversations under `fixtures/rebilly/contracts`, over a socket and without one.
mod contracts;
// Definitions of custom fields in fixtures.
mod custom_fields;
// Start, ports, drop, and clients that misbehave.
mod lifecycle;
// What holds for every sequence of calls: property tests.
mod promises;
// The house rules that clippy cannot keep: imports, file headers, orphans.
mod tidy;
// The engine with a vendor of two records: atomicity, panics, realms.
mod toy;
