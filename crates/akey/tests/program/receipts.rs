//! Receipts from the command line: one is written by a site, and verified without any.

use serde_json::Value;

use crate::site::{Folder, done, json, refused, text};

/// The first statement of the demo's observer, written as a file.
fn written(folder: &Folder) -> std::path::PathBuf {
    let advice = json(folder.akey(&["recommendations", "--json"]));
    let advice = advice.as_array().expect("a list");
    assert!(
        advice.iter().any(|one| one["standing"] == "rejected")
            && advice.iter().any(|one| one["standing"] == "overdue"),
        "{advice:?}"
    );
    let statement = advice[0]["statements"][0]["id"].as_str().expect("an id");
    let file = folder.path("advice.cose");
    done(folder.akey(&["receipt", "write", statement, "--out", text(&file)]));
    file
}

fn steps(checked: &Value, holds: &Value) -> usize {
    let steps = checked["steps"].as_array().expect("steps");
    steps.iter().filter(|step| step["holds"] == *holds).count()
}

#[test]
fn a_receipt_is_written_and_verified_with_nothing_but_the_file() {
    let site = Folder::with_demo("2021-09-23");
    let file = written(&site);
    // Another folder, with no site in it.
    let folder = Folder::new();
    let checked = json(folder.akey(&["receipt", "verify", text(&file), "--json"]));
    assert_eq!(
        (
            steps(&checked, &Value::Bool(true)),
            steps(&checked, &Value::Null)
        ),
        (3, 2),
        "signed and registered; whose keys these are was not asked: {checked}"
    );
    let key = |name: &Value| name.as_str().expect("a key").to_owned();
    let (log, author) = (key(&checked["log_keys"][0]), key(&checked["author_key"]));
    let verify = |log: &str, author: &str| {
        folder.akey(&[
            "receipt",
            "verify",
            text(&file),
            "--log-key",
            log,
            "--author-key",
            author,
        ])
    };
    let said = done(verify(&log, &author));
    assert!(!said.contains("not asked"), "{said}");
    let said = refused(verify(&author, &author), 1);
    assert!(said.contains("does not hold"), "{said}");

    let genuine = std::fs::read(&file).expect("it was written");
    let altered = folder.path("altered.cose");
    let refuse = |bytes: &[u8]| {
        std::fs::write(&altered, bytes).expect("space");
        refused(folder.akey(&["receipt", "verify", text(&altered)]), 1)
    };
    refuse(&genuine[..genuine.len() / 2]);
    refuse(b"");
    let mut other = genuine;
    *other.last_mut().expect("it is not empty") ^= 1;
    refuse(&other);
    refused(
        folder.akey(&["receipt", "verify", text(&folder.path("none"))]),
        1,
    );
    refused(folder.akey(&["receipt", "verify"]), 2);
}
