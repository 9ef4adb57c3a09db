//! Every command says what it is for, and ends as it promises.

use crate::site::{Folder, done, refused};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["demo"],
    &["init"],
    &["serve"],
    &["import"],
    &["import", "manifest"],
    &["report"],
    &["report", "sitrep"],
    &["verify"],
    &["rebuild"],
    &["backup"],
    &["restore"],
    &["claim"],
    &["passphrase"],
    &["passphrase", "change"],
    &["passphrase", "recover"],
    &["completions"],
    &["link"],
    &["rights"],
    &["rights", "release"],
    &["rights", "accept"],
    &["node", "lost", "announce"],
    &["node", "lost", "recover"],
    &["bench"],
];

#[test]
fn every_command_has_help() {
    let folder = Folder::new();
    for command in COMMANDS {
        let mut args = command.to_vec();
        args.push("--help");
        let help = done(folder.akey(&args));
        assert!(help.contains("Usage:"), "{command:?}: {help}");
    }
}

#[test]
fn completions_are_made_for_every_shell_and_know_the_commands() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = done(folder.akey(&["completions", shell]));
        assert!(script.contains("passphrase"), "{shell}");
    }
}

#[test]
fn what_cannot_be_meant_ends_with_2() {
    let folder = Folder::new();
    let sitrep = [
        "report",
        "sitrep",
        "--from",
        "2021-09-19",
        "--to",
        "2021-09-23",
        "--out",
        "-",
    ];
    for wrong in [
        &["give"][..],
        &["verify", "--sure"],
        &[&sitrep[..], &["--format", "docx"]].concat(),
        &["demo", "--until", "2022-01-01"],
        &["demo", "--until", "yesterday"],
        &["import", "manifest"],
    ] {
        refused(folder.akey(wrong), 2);
    }
}

#[test]
fn a_folder_without_a_site_says_how_to_begin() {
    let folder = Folder::new();
    let mut verify = folder.akey(&["verify"]);
    verify.env("AKEY_PASSPHRASE", "anything at all");
    let said = refused(verify, 1);
    assert!(said.contains("akey init"), "{said}");
}

#[test]
fn the_demo_never_touches_a_folder_that_is_no_demo() {
    let folder = Folder::new();
    std::fs::create_dir(folder.data()).expect("a folder");
    std::fs::write(folder.data().join("thesis.txt"), "years of work").expect("a file");
    let said = refused(folder.akey(&["demo", "--no-serve", "--fresh"]), 1);
    assert!(said.contains("nothing was touched"), "{said}");
    assert!(folder.data().join("thesis.txt").exists());
}
