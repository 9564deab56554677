//! [`golden`]: a report must be as it stands in its file.

use std::fs;
use std::path::Path;

/// Compares a report with `tests/it/reports/<name>.txt`. With `UPDATE_REPORTS=1`, the
/// file is written instead; read it before you commit it.
#[track_caller]
pub(crate) fn golden(name: &str, report: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reports");
    let file = file.join(name).with_extension("txt");
    let report = format!("{}\n", report.trim_end());
    #[expect(clippy::disallowed_methods, reason = "whoever runs the tests says it, not a test")]
    if std::env::var("UPDATE_REPORTS").is_ok_and(|it| it == "1") {
        fs::write(&file, &report).expect("the reports can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(
        report,
        expected,
        "{} has another text; UPDATE_REPORTS=1 rewrites it\n--- it is now\n{report}--- it was\n{expected}",
        file.display()
    );
}
