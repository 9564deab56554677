//! Plays every file of `fixtures/rebilly/contracts`, over a socket and without
//! one. A new case is a new file; how one is written: `mock_rebilly::contract`.

#[cfg(feature = "tls")]
use mock_rebilly::Builder;
use mock_rebilly::MockRebilly;
use mock_rebilly::contract::{Contracts, Report, Target};
use mock_rebilly::http::{Request, Response};

use crate::support::{agent, send};

/// The fewest files that may be there: a runner that finds none passes nothing.
const FILES_MIN: usize = 40;

/// With `REBILLY_SANDBOX_URL` and its companions set, this is where drift is found.
#[test]
fn every_contract_holds_where_the_environment_says() {
    ours().run(&Target::from_env(by_ureq())).assert_none();
}

#[test]
fn every_contract_holds_over_a_socket() {
    let contracts = ours();
    let report = contracts.run(&Target::mock().over_socket(by_ureq()));
    report.assert_none();
    assert_eq!(report.files(), contracts.len(), "a double plays everything: {report}");
    assert!(report.skipped().is_empty(), "{report}");
}

#[cfg(feature = "tls")]
#[test]
fn every_contract_holds_over_tls() {
    let contracts = ours();
    let target = Target::mock_with(Builder::tls).over_socket(crate::tls::by_tls());
    let report = contracts.run(&target);
    report.assert_none();
    assert_eq!(report.files(), contracts.len(), "a double plays everything: {report}");
    assert!(report.skipped().is_empty(), "{report}");
}

#[test]
fn behind_an_address_all_is_played_that_can_be() {
    let sandbox = MockRebilly::builder().empty().allow_unmatched().start_blocking();
    let target = Target::remote(sandbox.url(), "unused", "sk_sandbox_remote", by_ureq())
        .organization_for_each(|file| Ok(format!("org_{}", file.trim_end_matches(".json"))));

    let report = ours().run(&target);

    let reasons = reasons(&report);
    let expected = [
        "moves the clock, which only a double can",
        "only a double answers 501",
        "starts with fixtures, which only a double can",
        "needs a double",
    ];
    let named = |reason: &str| reason.ends_with(" where `${organization}` could stand");
    assert!(
        reasons.iter().all(|reason| expected.contains(reason) || named(reason)),
        "{reasons:#?}"
    );
    assert!(report.files() >= FILES_MIN, "{report}");
    report.assert_none();
}

#[test]
fn a_shared_organization_plays_what_needs_no_other() {
    let sandbox = MockRebilly::builder().empty().allow_unmatched().start_blocking();
    let target = Target::remote(sandbox.url(), "shared", "sk_sandbox_remote", by_ureq());
    let report = ours().run(&target);
    assert!(report.differences().is_empty(), "{report}");
    assert!(
        reasons(&report)
            .contains(&"needs an empty organization, and this one is shared by all files"),
        "{report}"
    );
}

fn reasons(report: &Report) -> Vec<&str> {
    report.skipped().iter().map(|skipped| skipped.reason.as_str()).collect()
}

fn ours() -> Contracts {
    let contracts = Contracts::load("fixtures/rebilly/contracts");
    let contracts = contracts.unwrap_or_else(|error| panic!("{error}"));
    assert!(contracts.len() >= FILES_MIN, "only {} contract files", contracts.len());
    contracts
}

fn by_ureq() -> impl Fn(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> {
    let agent = agent();
    move |request| Ok(send(&agent, request))
}
