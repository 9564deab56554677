//! What users of the crate can rely on, tested through its public face.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

// A client, and what else all tests need.
mod support;

// Conversations under `fixtures/rebilly/contracts`, over a socket and without one.
mod contracts;
// What happens to customers, and how webhooks are told of it.
mod events;
// Start, ports, drop, and clients that misbehave.
mod lifecycle;
// What holds for every sequence of calls: property tests.
mod promises;
// Writes that are refused because there were too many of them.
mod rate_limit;
// The house rules that clippy cannot keep: imports, file headers, orphans.
mod tidy;
// The engine with a vendor of two records: atomicity, panics, realms.
mod toy;
