//! What is refused is refused early, in words that name what was asked for, and as JSON for programs.

use serde_json::Value;

use crate::site::{Folder, PASSWORD, manifest, refused, text};

const PASSPHRASE: &str = "flanbwayan demo 2021";

#[test]
fn a_failure_is_json_for_whoever_asked_for_json() {
    let folder = Folder::new();
    for (args, exit) in [(["verify", "--json"], 1), (["give", "--json"], 2)] {
        let mut command = folder.akey(&args);
        command.env("AKEY_PASSPHRASE", "anything at all");
        let output = command.output().expect("the program starts");
        assert_eq!(output.status.code(), Some(exit), "{args:?}");
        let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(said["exit"], exit, "{said}");
        let error = said["error"].as_str().expect("words");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !error.is_empty() && words.contains(error),
            "{said}\n{words}"
        );
    }
}

#[test]
fn what_may_not_be_is_said_before_anything_is_done() {
    let folder = Folder::with_demo("2021-09-18");
    let file = manifest(&folder, "list.csv", 2);
    let mut dry = folder.akey(&[
        "import",
        "manifest",
        text(&file),
        "--movement",
        "DEMO 103",
        "--dry-run",
        "--as",
        "clerk",
    ]);
    dry.env("AKEY_PASSWORD", PASSWORD);
    let said = refused(dry, 1);
    assert!(said.contains("your role does not allow this"), "{said}");

    let missing = folder.path("nowhere").join("x");
    let said = refused(folder.akey(&["backup", text(&missing)]), 1);
    assert!(said.contains(text(&missing)), "{said}");
    assert!(
        said.contains("no folder") && !said.contains(".database"),
        "{said}"
    );

    // Nothing is asked: the folder is not free.
    let said = refused(folder.akey(&["init"]), 1);
    assert!(!said.contains("is needed"), "{said}");

    let root_key = folder.data().join("root-key.txt");
    let mut claim = folder.akey(&["claim", "--root-key", text(&root_key)]);
    claim
        .args(["--first", "admin", "--second", "clerk"])
        .env("AKEY_PASSPHRASE", PASSPHRASE)
        .env("AKEY_ROOT_PASSPHRASE", PASSPHRASE)
        .env("AKEY_FIRST_PASSWORD", PASSWORD)
        .env("AKEY_SECOND_PASSWORD", PASSWORD);
    let said = refused(claim, 1);
    assert!(
        said.contains("coordinator with --second") && !said.contains("ask your"),
        "{said}"
    );
}
