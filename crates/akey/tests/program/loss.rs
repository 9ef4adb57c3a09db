//! When something is gone for good: acknowledged events that the disk lost, the only password that
//! opened protection notes.

use std::fs;

use crate::site::{Folder, PASSWORD, done, json, manifest, refused, text};

const FLIGHT: &str = "DEMO 103";
const PASSPHRASE: &str = "flanbwayan demo 2021";

/// A demo whose database was put back to what it was before some acknowledged events.
fn with_a_loss() -> (Folder, u64) {
    let folder = Folder::with_demo("2021-09-18");
    let database = folder.data().join("akey.db");
    let before = fs::read(&database).expect("it is there");
    let kept = folder.verified()["events"].as_u64().expect("a number");
    let file = manifest(&folder, "list.csv", 5);
    done(folder.akey(&["import", "manifest", text(&file), "--movement", FLIGHT]));
    fs::write(&database, before).expect("the old copy is put back");
    (folder, kept)
}

#[test]
fn a_loss_is_named_and_accepted_only_when_told_and_the_node_begins_anew() {
    let (folder, kept) = with_a_loss();
    let said = refused(folder.akey(&["verify"]), 1);
    let first = kept + 1;
    let named = format!("positions {first} to ");
    assert!(said.contains(&named), "{said}");

    let asked = refused(folder.akey(&["accept-loss"]), 2);
    assert!(asked.contains(&named) && asked.contains("--yes"), "{asked}");
    refused(folder.akey(&["verify"]), 1);

    let accepted = json(folder.akey(&["accept-loss", "--yes", "--json"]));
    assert_eq!(accepted["lost_from"], first, "{accepted}");
    assert_eq!(accepted["last_position"], kept, "{accepted}");
    assert_ne!(accepted["old_node"], accepted["new_node"]);
    folder.verified();

    // As after a restore: two persons with the root key take the old rights over.
    let root_key = folder.data().join("root-key.txt");
    let mut claim = folder.akey(&["claim", "--json", "--root-key", text(&root_key)]);
    claim
        .args(["--first", "admin", "--second", "coordinator"])
        .env("AKEY_PASSPHRASE", PASSPHRASE)
        .env("AKEY_ROOT_PASSPHRASE", PASSPHRASE)
        .env("AKEY_FIRST_PASSWORD", PASSWORD)
        .env("AKEY_SECOND_PASSWORD", PASSWORD);
    assert_eq!(json(claim)["old_node"], accepted["old_node"]);

    // What was lost is entered again.
    let file = manifest(&folder, "list.csv", 5);
    let again = json(folder.akey(&[
        "import",
        "manifest",
        text(&file),
        "--movement",
        FLIGHT,
        "--json",
    ]));
    assert_eq!(again["listed"], 5);
    folder.verified();
}

#[test]
fn where_nothing_is_missing_no_loss_is_accepted() {
    let folder = Folder::with_demo("2021-09-18");
    let before = folder.verified();
    let said = refused(folder.akey(&["accept-loss", "--yes"]), 1);
    assert!(said.contains("nothing was changed"), "{said}");
    assert_eq!(folder.verified()["log_end"], before["log_end"]);

    // Without the record of what was promised nobody can tell, and that is said.
    fs::remove_file(folder.data().join("akey.head")).expect("it is there");
    let said = refused(folder.akey(&["verify"]), 1);
    assert!(said.contains("akey accept-loss"), "{said}");
    done(folder.akey(&["accept-loss", "--yes"]));
    folder.verified();
}

#[test]
fn the_key_for_protection_notes_is_recovered_with_the_root_key_of_this_operation_alone() {
    let folder = Folder::with_demo("2021-09-18");
    let root_key = folder.data().join("root-key.txt");
    let recover = |root_key: &std::path::Path, to: &str| {
        let mut command = folder.akey(&["protection", "recover", "--json", "--new-password"]);
        command
            .args(["--root-key", text(root_key), "--as", "admin", "--to", to])
            .env("AKEY_PASSPHRASE", PASSPHRASE)
            .env("AKEY_ROOT_PASSPHRASE", PASSPHRASE)
            .env("AKEY_PASSWORD", PASSWORD)
            .env("AKEY_NEW_PASSWORD", "yon lòt modpas");
        command
    };
    let other = Folder::with_demo("2021-09-18");
    let other = other.data().join("root-key.txt");
    let text = fs::read_to_string(&other).expect("it is there");
    if fs::read_to_string(&root_key).is_ok_and(|own| own != text) {
        assert!(refused(recover(&other, "protection"), 1).contains("another operation"));
    }
    assert!(refused(recover(&root_key, "coordinator"), 1).contains("protection role"));
    assert!(refused(recover(&root_key, "nobody"), 1).contains("nobody signs in"));
    assert_eq!(
        json(recover(&root_key, "protection"))["answer"],
        "protection_key_recovered"
    );
    folder.verified();
}
