//! [`table`]: what of a vendor's API is simulated, what is assumed and what is not.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::evidence::Guess;
use super::vendor::Vendor;

/// The table of a vendor as Markdown, which is kept in this file. `rest` is
/// what only prose can say.
#[must_use]
pub fn table<V: Vendor>(file: &str, guesses: &[&Guess], rest: &str) -> String {
    let (title, name) = (V::TITLE, V::NAME);
    let index: BTreeSet<_> = V::routes().index().collect();
    let simulated = V::routes().operations().iter();
    // What only an SDK calls is not there.
    let indexed = simulated.filter(|it| index.contains(&(it.method.as_str(), it.path, it.id)));
    let (known, simulated) = (index.len(), indexed.count());
    let extent = match known - simulated {
        0 => format!("All {known} operations that {title} has are simulated."),
        others => format!(
            "Of the {known} operations that {title} has ([all of them](fixtures/{name}/operations.txt)), \
             {simulated} are simulated; the other {others} are answered with 501 and their name."
        ),
    };
    let mut text = format!(
        "# How faithful the double of {title} is\n\n\
         This file is generated (`cargo run --example fidelity {name} >{file}`), and a test keeps it \
         current.\nA test of yours can forbid guesses: with `.deny_assumed()` it fails when an answer \
         leaned on an assumed rule.\n\n\
         {extent}\n\n## Operations\n\n\
         | Operation | Method and path | Known from | Assumed rules |\n|---|---|---|---|\n"
    );
    for operation in V::routes().operations() {
        let here = guesses.iter().filter(|guess| guess.on.contains(&operation.id));
        let here: Vec<String> = here.map(|guess| format!("[{0}](#{0})", guess.name)).collect();
        let _ = writeln!(
            text,
            "| {} | `{} /{}` | {} | {} |",
            operation.id,
            operation.method,
            operation.path,
            operation.source,
            here.join(", ")
        );
    }
    text.push_str("\n## Assumed rules\n\n| Rule | What the double does | Where |\n|---|---|---|\n");
    for Guess { name, says, on } in guesses {
        let places = if on.is_empty() { "everywhere".to_owned() } else { on.join(", ") };
        let _ = writeln!(text, "| <a id=\"{name}\"></a>`{name}` | {says} | {places} |");
    }
    text.push_str(rest);
    text
}
