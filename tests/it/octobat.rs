//! Octobat: its contracts, and what they cannot say.

use mock_rebilly::MockOctobat;
use mock_rebilly::contract::{Contracts, Report, Target};
use mock_rebilly::http::{Request, Response};

use crate::support::{agent, send};

/// The fewest contract files that may be there: a runner that finds none passes nothing.
const FILES_MIN: usize = 60;

#[test]
fn every_contract_holds_without_a_socket() {
    let report = ours().run(&Target::of(MockOctobat::builder));
    assert_whole(&report);
}

#[test]
fn every_contract_holds_over_a_socket() {
    let report = ours().run(&Target::of(MockOctobat::builder).over_socket(by_ureq()));
    assert_whole(&report);
}

#[track_caller]
fn assert_whole(report: &Report) {
    report.assert_none();
    assert!(report.files() >= FILES_MIN && report.skipped().is_empty(), "{report}");
}

fn ours() -> Contracts {
    let contracts = Contracts::load("fixtures/octobat/contracts");
    contracts.unwrap_or_else(|error| panic!("{error}"))
}

fn by_ureq() -> impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> {
    let agent = agent();
    move |request| Ok(send(&agent, request))
}
