//! The structure of the workspace, as ARCHITECTURE.md draws it: which crate may use which, that
//! every crate keeps the workspace's lints, and that every source file says what it is for.
//!
//! The table below is the law. Whoever changes it changes ARCHITECTURE.md and writes a decision.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// SQLite's file system interface is C, so this one crate, for tests only, allows unsafe code.
const WITH_LINTS_OF_ITS_OWN: &str = "akey-faulty-disk";

/// Each crate and those of ours it may use. Tests may use more: their dependencies ship nowhere.
const MAY_USE: &[(&str, &[&str])] = &[
    ("akey-domain", &["akey-planted"]),
    ("akey-ledger", &["akey-planted"]),
    // It stands between SQLite and the disk, for tests and for the drill: no real data lies on it.
    ("akey-faulty-disk", &[]),
    // Tests only: a second opinion on the rules, which it must not call.
    ("akey-right", &[]),
    // Mistakes made on purpose; in what ships each is the constant `false`.
    ("akey-planted", &[]),
    // Apart from the ledger, because what speaks to PostgreSQL is much and only hubs need it.
    ("akey-ledger-postgres", &["akey-ledger"]),
    // Tests only: a database that lives as long as one of them.
    ("akey-scratch-postgres", &[]),
    ("akey-formats", &["akey-domain"]),
    ("akey-register", &["akey-domain", "akey-planted"]),
    // Knows nothing of Akèy: numbers, sums, and a solver that few others need.
    ("akey-disclosure", &[]),
    // What others stated, held against itself: knows nothing of a register either.
    ("akey-figures", &[]),
    // What lies ahead: numbers in, numbers out.
    ("akey-forecast", &[]),
    // Is this someone we know? Records are fields.
    ("akey-linkage", &[]),
    // People who do not exist: knows nothing of reception.
    ("akey-population", &[]),
    (
        "akey-report",
        &[
            "akey-domain",
            "akey-register",
            "akey-formats",
            "akey-disclosure",
            "akey-figures",
            "akey-forecast",
        ],
    ),
    // Apart from the report, because what writes PDF takes long to compile and few need it.
    ("akey-report-pdf", &["akey-report"]),
    (
        "akey-node",
        &[
            "akey-domain",
            "akey-ledger",
            "akey-register",
            "akey-formats",
            "akey-linkage",
            "akey-planted",
        ],
    ),
    // Drives many nodes at once and looks into each: no page, no socket, no report.
    (
        "akey-drill",
        &[
            "akey-domain",
            "akey-ledger",
            "akey-register",
            "akey-node",
            "akey-faulty-disk",
            "akey-planted",
        ],
    ),
    // What carries meetings between nodes, apart because of TLS and the network's libraries.
    ("akey-peering", &["akey-node", "akey-ledger"]),
    // Knows nothing of reception: addresses, mails, a queue.
    ("akey-updates", &[]),
    (
        "akey-web",
        &[
            "akey-domain",
            "akey-register",
            "akey-formats",
            "akey-report",
            "akey-report-pdf",
            "akey-figures",
            "akey-forecast",
            "akey-node",
            "akey-updates",
        ],
    ),
    (
        "akey",
        &[
            "akey-domain",
            "akey-ledger",
            "akey-ledger-postgres",
            "akey-formats",
            "akey-register",
            "akey-report",
            "akey-report-pdf",
            "akey-figures",
            "akey-forecast",
            "akey-linkage",
            "akey-population",
            "akey-node",
            "akey-peering",
            "akey-drill",
            "akey-updates",
            "akey-web",
        ],
    ),
];

/// What the pure rooms must never reach for: sockets, files, clocks, threads of a runtime.
const NEVER: &[(&str, &[&str])] = &[
    (
        "akey-domain",
        &[
            "tokio",
            "rusqlite",
            "getrandom",
            "rand_core",
            "axum",
            "hyper",
            "tracing",
        ],
    ),
    ("akey-ledger", &["tokio", "axum", "hyper"]),
    ("akey-formats", &["tokio", "rusqlite", "axum", "hyper"]),
    (
        "akey-register",
        &["tokio", "axum", "hyper", "getrandom", "rand_core"],
    ),
    (
        "akey-report",
        &["tokio", "axum", "hyper", "getrandom", "rand_core"],
    ),
    (
        "akey-disclosure",
        &[
            "tokio",
            "axum",
            "hyper",
            "getrandom",
            "rand_core",
            "rusqlite",
        ],
    ),
    (
        "akey-forecast",
        &[
            "tokio",
            "axum",
            "hyper",
            "getrandom",
            "rand_core",
            "rusqlite",
        ],
    ),
    (
        "akey-report-pdf",
        &[
            "tokio",
            "axum",
            "hyper",
            "getrandom",
            "rand_core",
            "rusqlite",
        ],
    ),
];

fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo is there, it built this test")
}

fn ships(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
}

#[test]
fn every_crate_uses_only_those_of_ours_that_lie_below_it() {
    let metadata = workspace();
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let ours: BTreeSet<&str> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.as_str())
        .collect();

    let mut wrong = Vec::new();
    for package in metadata.workspace_packages() {
        let Some(allowed) = table.get(package.name.as_str()) else {
            wrong.push(format!(
                "{} is not in the table of this test: add it there",
                package.name
            ));
            continue;
        };
        for used in ships(package).filter(|used| ours.contains(used) && !allowed.contains(used)) {
            wrong.push(format!(
                "{} uses {used}, which lies beside or above it",
                package.name
            ));
        }
    }
    for absent in table.keys().filter(|name| !ours.contains(*name)) {
        wrong.push(format!(
            "{absent} is in the table of this test and not in the workspace"
        ));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_rooms_below_the_node_do_without_sockets_clocks_and_chance() {
    let metadata = workspace();
    let mut wrong = Vec::new();
    for (name, never) in NEVER {
        for package in metadata.workspace_packages() {
            let used = ships(package)
                .filter(|used| package.name.as_str() == *name && never.contains(used));
            wrong.extend(used.map(|used| format!("{name} depends on {used}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    for package in workspace().workspace_packages() {
        let manifest = fs::read_to_string(&package.manifest_path).expect("cargo just read it");
        let mut after = manifest
            .lines()
            .map(str::trim)
            .skip_while(|line| *line != "[lints]")
            .skip(1);
        if package.name.as_str() == WITH_LINTS_OF_ITS_OWN {
            continue;
        }
        assert_eq!(
            after.next(),
            Some("workspace = true"),
            "{}: write `[lints]` and below it `workspace = true`",
            package.manifest_path
        );
    }
}

#[test]
fn every_source_file_says_first_what_it_is_for() {
    let mut silent = Vec::new();
    for package in workspace().workspace_packages() {
        let folder = package
            .manifest_path
            .parent()
            .expect("a manifest lies in a folder");
        for part in ["src", "tests", "benches", "examples", "build.rs"] {
            for file in sources(folder.join(part).as_std_path()) {
                let text = fs::read_to_string(&file).expect("a source file is UTF-8");
                if !text.starts_with("//! ") {
                    silent.push(file.display().to_string());
                }
            }
        }
    }
    assert!(
        silent.is_empty(),
        "these files need a `//!` paragraph at the top:\n{}",
        silent.join("\n")
    );
}

/// The Rust files at and below a path; none where nothing is.
fn sources(path: &Path) -> Vec<PathBuf> {
    if let Ok(entries) = fs::read_dir(path) {
        let below = entries.map(|entry| entry.expect("a folder can be read").path());
        return below.flat_map(|path| sources(&path)).collect();
    }
    let is_rust = path.is_file() && path.extension().is_some_and(|extension| extension == "rs");
    is_rust.then(|| path.to_owned()).into_iter().collect()
}
