//! [`golden`]: compares a text that people read with the file that says how it should be.

use std::fmt::Write as _;
use std::path::Path;

/// Compares a report with its file under `reports`, which `UPDATE_REPORTS=1` writes anew.
/// Of places in tests (`tests/it/faults.rs:31:9`) the numbers do not count.
#[track_caller]
pub(crate) fn golden(name: &str, report: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reports").join(name);
    let report = &without_numbers(report);
    let is_update = std::env::var_os("UPDATE_REPORTS").is_some_and(|value| value == "1");
    if is_update {
        std::fs::write(&file, format!("{report}\n")).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let expected = expected.strip_suffix('\n').unwrap_or_default();
    assert!(expected == report, "{name} is not what is said:\n{}", diff(expected, report));
}

/// `tests/it/faults.rs:31:9` becomes `tests/it/faults.rs:…`.
fn without_numbers(report: &str) -> String {
    let mut parts = report.split(".rs:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = |letter: char| letter.is_ascii_digit() || letter == ':';
        text += ".rs:…";
        text += part.trim_start_matches(number);
    }
    text
}

/// The lines of two texts: what is only in the first, only in the second, or in both.
fn diff(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let same_at_start = expected.iter().zip(&found).take_while(|(one, two)| one == two).count();
    let (expected_rest, found_rest) = (&expected[same_at_start..], &found[same_at_start..]);
    let ends = expected_rest.iter().rev().zip(found_rest.iter().rev());
    let same_at_end = ends.take_while(|(one, two)| one == two).count();
    let mut text = String::new();
    let mut all = |mark: &str, lines: &[&str]| {
        lines.iter().for_each(|line| writeln!(text, "{mark}{line}").unwrap());
    };
    all("  ", &expected[..same_at_start]);
    all("- ", &expected_rest[..expected_rest.len() - same_at_end]);
    all("+ ", &found_rest[..found_rest.len() - same_at_end]);
    all("  ", &found_rest[found_rest.len() - same_at_end..]);
    text
}
