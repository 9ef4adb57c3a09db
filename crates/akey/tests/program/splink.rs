//! The model in Splink: other people's program gives the same pairs the same probabilities. `./test` installs
//! Splink into a folder of Python's and names its interpreter in `AKEY_TEST_PYTHON`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::site::{Folder, done, text};

/// People who do not exist, in the order of their ids as texts, which is how Splink puts two in order; who
/// travelled together is left out, because Splink does not take it into account.
fn people(file: &Path) {
    let mut csv = String::from(
        "record_id,given_names,family_name,sex,birth_date,mother_name,birthplace,phone,document\n",
    );
    for one in population::Population::new(31, 6_000).records() {
        let fields = [
            &one.given_names,
            &one.family_name,
            &one.sex,
            &one.birth_date,
            &one.mother_name,
            &one.birthplace,
            &one.phone,
            &one.document,
        ];
        let fields = fields.map(String::as_str).join(",");
        writeln!(csv, "{:06},{fields}", one.record_id).expect("text is written");
    }
    std::fs::write(file, csv).expect("a file");
}

fn pairs(file: &Path) -> HashMap<(String, String), f64> {
    let written = std::fs::read_to_string(file).expect("pairs");
    let lines = written.lines().skip(1);
    let pair = |line: &str| {
        let mut cells = line.split(',');
        let mut cell = || cells.next().expect("three columns").to_owned();
        let (one, other) = (cell(), cell());
        ((one, other), cell().parse().expect("a probability"))
    };
    lines.map(pair).collect()
}

#[test]
fn splink_gives_the_same_pairs_the_same_probabilities() {
    let Some(python) = std::env::var_os("AKEY_TEST_PYTHON") else {
        println!("not checked: AKEY_TEST_PYTHON names no Python with Splink");
        return;
    };
    let folder = Folder::new();
    let [file, out, splink] = ["people.csv", "pairs.csv", "splink"].map(|name| folder.path(name));
    people(&file);
    done(folder.akey(&[
        "link",
        text(&file),
        "--out",
        text(&out),
        "--least",
        "0.002",
        "--splink",
        text(&splink),
    ]));
    // What the folder's own README says to do.
    let readme = std::fs::read_to_string(splink.join("README.md")).expect("a README");
    let (_, script) = readme.split_once("```python\n").expect("it shows how");
    let (script, _) = script.split_once("```").expect("to its end");
    let ran = Command::new(python)
        .args(["-c", script])
        .current_dir(&splink)
        .output();
    let ran = ran.expect("AKEY_TEST_PYTHON is a Python");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );

    let (ours, theirs) = (pairs(&out), pairs(&splink.join("pairs.csv")));
    let mut compared = 0;
    for (pair, probability) in &ours {
        if let Some(other) = theirs.get(pair) {
            compared += 1;
            assert!(
                (probability - other).abs() < 2e-6,
                "{pair:?}: {probability} and {other}"
            );
        }
    }
    // Splink's blocking rules are fewer than our keys.
    assert!(
        compared * 10 > ours.len() * 7,
        "{compared} of {}",
        ours.len()
    );
    let likely = |pair: &&(String, String)| theirs[*pair] >= 0.01;
    let missed = theirs
        .keys()
        .filter(likely)
        .filter(|pair| !ours.contains_key(*pair));
    assert_eq!(
        missed.count(),
        0,
        "whatever Splink finds likely, our keys find"
    );
}
