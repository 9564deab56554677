//! What a user compiles: crates beside those of reqwest and tokio, and clean debug builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::rounds::{median, timed};

/// The project that others are held against, the double's, and the peers': a name, and
/// what stands in its `Cargo.toml`.
const PROJECTS: [(&str, &str); 5] = [
    (
        "hyper and tokio alone",
        r#"hyper = { version = "1.6", features = ["http1", "server"] }
tokio = { version = "1.40", features = ["io-util", "net", "rt", "sync", "time"] }"#,
    ),
    (
        "mock-rebilly",
        concat!(r#"mock-rebilly = { path = ""#, env!("CARGO_MANIFEST_DIR"), r#"/../.." }"#),
    ),
    ("wiremock", r#"wiremock = "0.6""#),
    ("httpmock", r#"httpmock = { version = "0.9", default-features = false }"#),
    ("mockito", r#"mockito = { version = "1.7", default-features = false }"#),
];

/// What a user has already.
const BEFORE: &str = r#"reqwest = { version = "0.12", features = ["json"] }
tokio = { version = "1", features = ["full"] }"#;

/// Builds every project from nothing so many times, in turn, and prints a table.
pub fn measure(rounds: usize) {
    let before = Project::make("before", BEFORE).crates();
    let projects = PROJECTS.map(|(name, needs)| Project::make(name, needs));
    let extra = PROJECTS.map(|(name, needs)| {
        let with = Project::make(&format!("beside-{name}"), &beside(needs)).crates();
        with.iter().filter(|it| !before.contains(it) && *it != name).count()
    });
    let mut seconds = PROJECTS.map(|_| (Vec::new(), Vec::new()));
    for round in 0..rounds {
        for ((name, _), (project, (wall, work))) in
            PROJECTS.iter().zip(projects.iter().zip(&mut seconds))
        {
            eprintln!("round {} of {rounds}: {name}", round + 1);
            let worked = work_of_children();
            wall.push(timed(|| project.build()).as_secs_f64());
            work.push(work_of_children() - worked);
        }
    }
    let medians = seconds.map(|(wall, work)| (median(wall), median(work)));
    let (hyper, hyper_work) = medians[0];
    println!("| | crates beside reqwest and tokio | clean debug build | of it processor time |");
    println!("|---|---|---|---|");
    for (((name, _), extra), (wall, work)) in PROJECTS.iter().zip(extra).zip(medians) {
        let [ratio, work_ratio] = [wall / hyper, work / hyper_work];
        println!("| {name} | {extra} | {ratio:.2} ({wall:.1} s) | {work_ratio:.2} ({work:.1} s) |");
    }
    let ([(ours, _), (wiremock, _)], ours_extra) = ([medians[1], medians[2]], extra[1]);
    let verdict = |is_met| if is_met { "met" } else { "**missed**" };
    println!("\nOurs: at most 8 crates more: {}; ", verdict(ours_extra <= 8));
    println!("at most 1.35 of hyper and tokio alone: {}; ", verdict(ours <= 1.35 * hyper));
    println!(
        "at most half of wiremock ({:.2}): {}.",
        ours / wiremock,
        verdict(ours <= wiremock / 2.0)
    );
}

/// A user's needs, and what is needed beside them. A crate that both name stands once.
fn beside(needs: &str) -> String {
    let new = needs.lines().filter(|line| !line.starts_with("tokio "));
    new.chain(BEFORE.lines()).collect::<Vec<_>>().join("\n")
}

/// An empty crate that depends on some.
struct Project(PathBuf);

impl Project {
    fn make(name: &str, needs: &str) -> Project {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/weight");
        let name = name.replace(' ', "-");
        // Named after what it holds, and not like it: cargo would mistake one for the other.
        let folder = folder.join(format!("a-user-of-{name}"));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        fs::write(folder.join("src/lib.rs"), "").expect("a file");
        let manifest = format!(
            "[package]\nname = \"a-user-of-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             [workspace]\n[dependencies]\n{needs}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
        let project = Project(folder);
        project.cargo(&["fetch"]);
        project
    }

    /// The crates that it compiles, itself left out.
    fn crates(&self) -> Vec<String> {
        let tree =
            self.cargo(&["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
        let names = tree.lines().filter_map(|line| line.split_whitespace().next());
        let names = names.filter(|name| !name.starts_with("a-user-of-"));
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Builds it from nothing.
    fn build(&self) {
        let _ = fs::remove_dir_all(self.0.join("target"));
        self.cargo(&["build", "--offline"]);
        let _ = fs::remove_dir_all(self.0.join("target"));
    }

    fn cargo(&self, words: &[&str]) -> String {
        let mut cargo = Command::new("cargo");
        // A toolchain's own settings count; those of the cargo that runs us do not.
        cargo.env("CARGO_TARGET_DIR", self.0.join("target")).current_dir(&self.0);
        // What comes from a registry is compiled so; we come from a folder here.
        cargo.env("CARGO_INCREMENTAL", "0");
        let output = cargo.args(words).args(["--quiet"]).output().expect("cargo");
        crate::apart::text(&output)
    }
}

/// The seconds that processors worked for processes that this one waited for.
fn work_of_children() -> f64 {
    /// How many of them a second has on every Linux there is.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    // The name of the program stands in parentheses, and may hold spaces.
    let (_, fields) = stat.rsplit_once(") ").expect("a name in parentheses");
    let fields = fields.split_whitespace().skip(13).take(2);
    fields.map(|ticks| ticks.parse::<f64>().expect("a number")).sum::<f64>() / TICKS
}
