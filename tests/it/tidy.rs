//! The house rules that clippy cannot keep: which way imports point, what a
//! file begins with, how large a room may be, and that no fixture is an orphan.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};

/// The engine from the bottom up. A module imports only from the lines below
/// its own; what stands in one line does not know each other, but for
/// `render` and `table`, which stand in this order.
const ENGINE: [&[&str]; 44] = [
    &["date", "text", "id", "rare", "waiting"],
    &["key", "node"],
    &["entries"],
    &["tree"],
    &[
        "clock",
        "evidence",
        "json",
        "given",
        "operation",
        "rule",
        "fault",
        "hindrance",
        "broken",
        "hosts",
        "dormant",
        "blocking",
        "likeness",
        "base64",
        "count",
        "numbering",
        "verbatim",
        "call_headers",
        "reply_headers",
        "map",
        "trail",
        "segments",
        "among",
    ],
    &["tape", "guess_table", "setting", "sheet", "unescape"],
    &["value", "opened", "rendered"],
    &["pointer"],
    &["failure"],
    &["errors"],
    &[
        "parse",
        "ids",
        "digest",
        "input",
        "form",
        "render",
        "router",
        "comparison",
        "answer_body",
        "certificate",
    ],
    &["filled", "variables"],
    &["row"],
    &["blocks", "orders"],
    &["selection"],
    &["rows"],
    &["table", "wording", "chaos", "delivery"],
    &["thing", "nested"],
    &["tour"],
    &["call", "reply", "fixtures"],
    &["exchange"],
    &["handler"],
    &["routes"],
    &["vendor", "last_list"],
    &["realm", "answer", "completion", "operation_table", "suggestion", "kind", "fidelity"],
    &["settings", "seed", "seating"],
    &["realms"],
    &["moment"],
    &["scene", "entry", "fingerprint", "differences"],
    &["journal"],
    &["condition", "stray", "har", "curl"],
    &["pattern"],
    &["narrowed", "nearest", "holdings", "met", "gate", "identity"],
    &["report", "rulebook"],
    &["query"],
    &["found"],
    &["simulation"],
    &["arrival", "control"],
    &["double"],
    &["ports", "courier", "intake", "wire"],
    &["handshake"],
    &["scheme", "seat"],
    &["server"],
    &["pipe"],
];

/// The vendors that are simulated, each in a folder of that name.
const VENDORS: [&str; 3] = ["rebilly", "octobat", "notihub"];

/// What a vendor may see of the engine: its vocabulary.
const VOCABULARY: [&str; 34] = [
    "base64",
    "errors",
    "clock",
    "evidence",
    "guess_table",
    "fidelity",
    "failure",
    "given",
    "json",
    "tape",
    "value",
    "text",
    "tree",
    "map",
    "rare",
    "rule",
    "id",
    "ids",
    "digest",
    "input",
    "form",
    "nested",
    "render",
    "blocks",
    "table",
    "exchange",
    "fixtures",
    "vendor",
    "operation",
    "operation_table",
    "thing",
    "tour",
    "kind",
    "seating",
];

/// Rooms that are larger than they should be, and why.
const LARGE: [(&str, &str); 1] =
    [("src/samples/countries.rs", "one list of countries, all of one form")];

/// What users bring to their own tests, and what of the crate each may import
/// beside itself. Nothing imports them but what is named here.
const TOOLS: [(&str, &[&str]); 3] = [
    ("samples", &["builder", "engine::ids", "rebilly"]),
    ("strategies", &[]),
    ("model", &["organization", "strategies"]),
];

/// The most lines of a room, without its tests.
const LINES_MAX: usize = 320;

#[test]
fn no_module_imports_itself_by_a_detour() {
    let imports = imports();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    loop {
        let ready = |(name, needs): &(&String, &BTreeSet<String>)| {
            !done.contains(name.as_str()) && needs.iter().all(|need| done.contains(need.as_str()))
        };
        let Some((name, _)) = imports.iter().find(ready) else { break };
        done.insert(name);
    }
    let knot: Vec<&String> = imports.keys().filter(|name| !done.contains(name.as_str())).collect();
    assert!(knot.is_empty(), "these import each other in a circle: {knot:?}");
    assert!(
        imports.len() > 30 && imports["engine::simulation"].contains("engine::journal"),
        "{imports:?}"
    );
}

#[test]
fn the_engine_is_layered_and_knows_no_vendor() {
    let level = |name: &str| ENGINE.iter().position(|names| names.contains(&name));
    for (from, needs) in imports() {
        let Some(from_name) = from.strip_prefix("engine::") else { continue };
        let from_level = level(from_name).unwrap_or_else(|| panic!("{from} stands in no layer"));
        for need in needs {
            let need_name = need.strip_prefix("engine::");
            let need_level = need_name.and_then(level);
            assert!(
                need_level.is_some_and(|level| level < from_level),
                "{from} imports {need}, which is not below it"
            );
        }
    }
}

#[test]
fn the_code_of_the_engine_says_no_vendors_name() {
    for file in sources().into_iter().filter(|file| shown(file).starts_with("src/engine")) {
        let text = read_to_string(&file).unwrap().to_lowercase();
        // The crate itself is called after its first one.
        let text = text.replace("mock_rebilly", "").replace("mock-rebilly", "");
        for line in code(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            let named = VENDORS.iter().find(|vendor| line.contains(*vendor));
            assert_eq!(named, None, "{}: {line}", shown(&file));
        }
    }
}

#[test]
fn a_vendor_sees_the_vocabulary_and_neither_the_machinery_nor_another_vendor() {
    let vendor = |name: &str| {
        let room = name.split("::").next().unwrap_or_default();
        VENDORS.iter().find(|vendor| **vendor == room)
    };
    for (from, needs) in imports() {
        let Some(own) = vendor(&from) else { continue };
        for need in needs {
            let fits = match need.strip_prefix("engine::") {
                Some(engine) => VOCABULARY.contains(&engine),
                None => vendor(&need) == Some(own),
            };
            assert!(fits, "{from} imports {need}");
        }
    }
}

#[test]
fn contracts_stand_above_everything() {
    for (from, needs) in imports().into_iter().filter(|(from, _)| !from.starts_with("contract")) {
        let need = needs.iter().find(|need| need.starts_with("contract"));
        assert_eq!(need, None, "{from} imports it");
    }
}

#[test]
fn tools_for_tests_stand_beside_each_other_and_above_the_double() {
    let tool = |name: &str| {
        let room = name.split("::").next().unwrap_or_default();
        TOOLS.iter().find(|(known, _)| *known == room)
    };
    for (from, needs) in imports() {
        for need in needs {
            let is_own = from.split("::").next() == need.split("::").next();
            let within = |room: &str| need == room || need.starts_with(&format!("{room}::"));
            let fits = match tool(&from) {
                Some((_, known)) => is_own || known.iter().any(|room| within(room)),
                None => tool(&need).is_none(),
            };
            assert!(fits, "{from} imports {need}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_is_no_larger_than_a_room() {
    let mut large: BTreeMap<&str, &str> = LARGE.into();
    for file in sources().into_iter().chain(files("tests/it", "rs")) {
        let (text, name) = (read_to_string(&file).unwrap(), shown(&file));
        assert!(text.starts_with("//! "), "{name} does not begin with a sentence on what it is");
        if !name.starts_with("src") {
            continue;
        }
        let lines = code(&text).lines().count();
        let reason = large.remove(name.as_str());
        assert!(
            lines <= LINES_MAX || reason.is_some(),
            "{name} has {lines} lines: is there a second noun in it?"
        );
    }
    assert!(large.is_empty(), "no longer large, or no longer there: {large:?}");
}

#[test]
fn nothing_in_src_unwraps() {
    for file in sources() {
        let text = read_to_string(&file).unwrap();
        for (number, line) in code(&text).lines().enumerate() {
            let said = line.trim_start().starts_with("//");
            assert!(said || !line.contains(".unwrap()"), "{}:{}: {line}", shown(&file), number + 1);
        }
    }
}

#[test]
fn no_report_is_an_orphan() {
    let sources: String =
        files("tests/it", "rs").iter().map(|file| read_to_string(file).unwrap()).collect();
    for file in files("tests/it/reports", "txt") {
        let name = file.file_name().unwrap().to_string_lossy();
        assert!(sources.contains(&format!("\"{name}\"")), "nobody compares {}", shown(&file));
    }
}

#[test]
fn no_fixture_is_an_orphan() {
    let mut sources = String::new();
    for file in files("src", "rs").into_iter().chain(files("tests/it", "rs")) {
        sources.push_str(&read_to_string(file).unwrap());
    }
    let all = files("fixtures", "json").into_iter().chain(files("fixtures", "txt"));
    for name in all.map(|file| shown(&file)) {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let read =
            sources.contains(&name) || (folder.ends_with("contracts") && sources.contains(folder));
        assert!(read, "nobody reads {name}");
    }
}

/// The modules of `src` by name, each with those that it imports. A module
/// that only collects others (`mod.rs`) imports what it shows of them.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let files: BTreeMap<String, String> = sources()
        .iter()
        .map(|file| (module(file), code(&read_to_string(file).unwrap()).to_owned()))
        // The binary is another crate, whatever folder it stands in.
        .filter(|(name, _)| !name.starts_with("program"))
        .collect();
    let known: BTreeSet<&str> = files.keys().map(String::as_str).collect();
    let mut imports = BTreeMap::new();
    for (name, text) in &files {
        let mut needs = BTreeSet::new();
        for path in paths(text) {
            let found = resolved(name, &path, &known).filter(|found| found != name);
            // An engine's or a crate's front page is documentation, nobody's import.
            needs.extend(found.filter(|found| !found.is_empty() && found != "engine"));
        }
        imports.insert(name.clone(), needs);
    }
    imports.remove("");
    imports.remove("engine");
    imports
}

/// `src/rebilly/model/mod.rs` is `rebilly::model`; `src/lib.rs` is nothing.
fn module(file: &Path) -> String {
    let name = shown(file);
    let name = name.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    if name == "lib" { String::new() } else { name.replace('/', "::") }
}

/// Every path that begins with `crate`, `self` or `super`, or that a `use` names.
fn paths(text: &str) -> Vec<String> {
    let text: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    // A visibility is no import.
    let text =
        text.join(" ").replace("pub(in crate::rebilly)", "").replace("pub(in crate::notihub)", "");
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        let begins = |at: usize| {
            !text[..at].ends_with(|letter: char| {
                letter.is_alphanumeric() || letter == '_' || letter == ':'
            })
        };
        for (at, _) in text.match_indices(start).filter(|(at, _)| begins(*at)) {
            expand("", &text[at..], &mut found);
        }
    }
    for (at, _) in text.match_indices("use ") {
        expand("", &text[at + 4..], &mut found);
    }
    found
}

/// `a::{b, c::d}` is `a::b` and `a::c::d`. Returns what follows the tree.
fn expand<'t>(prefix: &str, tree: &'t str, found: &mut Vec<String>) -> &'t str {
    let tree = tree.trim_start();
    let end = tree
        .find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':'))
        .unwrap_or(tree.len());
    let path = format!("{prefix}{}", &tree[..end]);
    let Some(mut rest) =
        tree[end..].trim_start().strip_prefix('{').filter(|_| path.ends_with("::"))
    else {
        found.push(path);
        return &tree[end..];
    };
    loop {
        rest = expand(&path, rest, found).trim_start();
        match rest.strip_prefix(',') {
            Some(more) if !more.trim_start().starts_with('}') => rest = more,
            _ => return rest.trim_start_matches([',', ' ']).strip_prefix('}').unwrap_or(""),
        }
    }
}

/// The module that a path of `from` leads into.
fn resolved(from: &str, path: &str, known: &BTreeSet<&str>) -> Option<String> {
    let mut place: Vec<&str> = from.split("::").filter(|part| !part.is_empty()).collect();
    let mut parts = path.split("::").peekable();
    match parts.peek() {
        Some(&"crate") => place.clear(),
        Some(&"self") => {}
        Some(&"super") => drop(place.pop()),
        Some(first) => {
            // A child of this module, or another crate.
            let child = [from, first].join("::");
            known.contains(child.as_str()).then_some(())?;
            place.push(first);
        }
        None => return None,
    }
    parts.next();
    for part in parts {
        if part == "super" {
            place.pop();
            continue;
        }
        place.push(part);
        if !known.contains(place.join("::").as_str()) {
            place.pop();
            break;
        }
    }
    Some(place.join("::"))
}

/// The files of `src`, without those that hold nothing but tests.
fn sources() -> Vec<PathBuf> {
    let mut files = files("src", "rs");
    files.retain(|file| !file.ends_with("tests.rs"));
    files
}

/// A file's text without its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

fn shown(file: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/")
}

fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
