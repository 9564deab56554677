//! [`compare`]: reports that people read, against files under `tests/it/reports`.

use std::path::Path;

/// Set, it writes the files anew.
const UPDATE: &str = "UPDATE_REPORTS";

/// Compares a report with the file of that name. What stands there of places in
/// tests (`tests/it/reports.rs:31:9`) is compared without its numbers.
#[track_caller]
pub(crate) fn compare(name: &str, report: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reports").join(name);
    let found = without_numbers(report);
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{name} is another:\n--- expected\n{expected}\n--- found\n{found}\n({UPDATE}=1 writes it anew)"
    );
}

/// `tests/it/reports.rs:31:9` becomes `tests/it/reports.rs:…`.
fn without_numbers(report: &str) -> String {
    let mut text = String::new();
    for (index, part) in report.split(".rs:").enumerate() {
        let rest = part.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ':');
        text += if index == 0 { part } else { ".rs:…" };
        text += if index == 0 { "" } else { rest };
    }
    text.trim_end().to_owned() + "\n"
}
