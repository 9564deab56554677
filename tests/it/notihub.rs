//! Notihub: plays `fixtures/notihub/contracts` by every way, and tests what no contract says.

use mock_rebilly::MockNotihub;
use mock_rebilly::contract::{Contracts, Target};

use crate::support::{agent, send};

/// The fewest files that may be there: a runner that finds none passes nothing.
const FILES_MIN: usize = 40;

fn contracts() -> Contracts {
    let contracts = Contracts::load("fixtures/notihub/contracts");
    let contracts = contracts.unwrap_or_else(|error| panic!("{error}"));
    assert!(contracts.len() >= FILES_MIN, "only {} contract files", contracts.len());
    contracts
}

#[test]
fn every_contract_holds_without_a_socket() {
    let contracts = contracts();
    let report = contracts.run(&Target::of(MockNotihub::builder));
    report.assert_none();
    assert_eq!(report.files(), contracts.len(), "a double plays everything: {report}");
    assert!(report.skipped().is_empty(), "{report}");
}

#[test]
fn every_contract_holds_over_a_socket() {
    let agent = agent();
    let target = Target::of(MockNotihub::builder);
    let report = contracts().run(&target.over_socket(move |request| Ok(send(&agent, request))));
    report.assert_none();
    assert!(report.skipped().is_empty(), "{report}");
}
