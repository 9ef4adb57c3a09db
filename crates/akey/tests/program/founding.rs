//! How an operation begins: its root key first, then everything else or nothing; and in which
//! languages its pages speak.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use crate::site::{Folder, PASSPHRASE, done, init, json, refused, text};

#[test]
fn an_operation_is_founded_with_its_root_key_beside_the_data_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let founded = json(init(&folder));
    let root_key = folder.path("root-key.txt");
    assert_eq!(founded["root_key"], text(&root_key));
    let mode = fs::metadata(&root_key)
        .expect("the root key is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(
        founded["site_authority_sha256"]
            .as_str()
            .is_some_and(|print| print.len() == 95)
    );
    let said = refused(init(&folder), 1);
    assert!(said.contains("nothing was changed"), "{said}");
}

/// Nothing of an operation, and nothing that stands in the way of the next attempt.
fn nothing_began(folder: &Folder) {
    let left: Vec<_> = fs::read_dir(folder.data())
        .map(|entries| {
            entries
                .map(|entry| entry.expect("an entry").path())
                .collect()
        })
        .unwrap_or_default();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn without_a_place_for_the_root_key_no_operation_begins_and_a_second_attempt_works() {
    let folder = Folder::new();
    let file = folder.path("a-file");
    fs::write(&file, "not a folder").expect("it can be written");
    fs::create_dir(folder.path("a-folder")).expect("it can be made");
    for place in [folder.path("a-folder"), file.join("root-key.txt")] {
        let mut command = init(&folder);
        command.args(["--root-key", text(&place)]);
        refused(command, 1);
        nothing_began(&folder);
    }
    let said = refused(with_largest_file(&folder, 1), 1);
    assert!(said.contains("root key could not be kept"), "{said}");
    nothing_began(&folder);
    assert!(!folder.path("root-key.txt").exists());
    assert!(!folder.path("root-key.txt.unfinished").exists());

    done(init(&folder));
    assert!(folder.path("root-key.txt").exists());
}

#[test]
fn a_founding_that_fails_after_the_root_key_was_kept_leaves_nothing_behind() {
    let folder = Folder::new();
    // Room for the root key and not for the database.
    refused(with_largest_file(&folder, 16), 1);
    nothing_began(&folder);
    assert!(!folder.path("root-key.txt").exists());

    let mut unknown = init(&folder);
    unknown.args(["--admin-role", "clerk", "--day-closes", "00:00"]);
    unknown.env("AKEY_PASSPHRASE", "short");
    assert!(refused(unknown, 1).contains("too short"));
    nothing_began(&folder);
    assert!(!folder.path("root-key.txt").exists());

    done(init(&folder));
}

#[test]
fn a_founding_that_stopped_in_the_middle_is_said_and_begun_again() {
    let folder = Folder::new();
    done(init(&folder));
    let root_key = folder.path("root-key.txt");
    let first = fs::read_to_string(&root_key).expect("it is there");
    let title = first.lines().next().expect("it has a title");
    let operation = title
        .rsplit(' ')
        .next()
        .expect("the title names the operation");
    // As after a power loss in the last moment before the operation exists.
    fs::write(folder.data().join("akey.founding"), operation).expect("it can be written");

    let mut verify = folder.akey(&["verify"]);
    verify.env("AKEY_PASSPHRASE", PASSPHRASE);
    let said = refused(verify, 1);
    assert!(
        said.contains("never finished") && said.contains("akey init"),
        "{said}"
    );

    let output = init(&folder).output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("stopped in the middle"), "{said}");
    assert_ne!(fs::read_to_string(&root_key).expect("it is there"), first);
    let mut verify = folder.akey(&["verify"]);
    verify.env("AKEY_PASSPHRASE", PASSPHRASE);
    done(verify);
    // A whole operation is never cleared away.
    fs::remove_file(&root_key).expect("it is moved to a safe place");
    assert!(refused(init(&folder), 1).contains("already exists"));
    assert!(!root_key.exists());
}

#[test]
fn pages_offer_the_languages_of_the_operation_and_speak_the_first_until_somebody_chooses() {
    let folder = Folder::new();
    let mut command = init(&folder);
    command.args(["--language", "es", "--language", "ht"]);
    assert_eq!(json(command)["languages"], serde_json::json!(["es", "ht"]));

    let mut serve = folder.akey(&["serve", "--listen", "127.0.0.1:0"]);
    serve.env("AKEY_PASSPHRASE", PASSPHRASE);
    let serving = crate::site::Serving::start(serve);
    let page = page(&serving.address);
    assert!(page.contains("<html lang=\"es\""), "{page}");
    for (tag, offered) in [("es", true), ("ht", true), ("fr", false), ("en", false)] {
        let button = page.contains(&format!("name=\"language\" value=\"{tag}\""));
        assert_eq!(button, offered, "{tag}");
    }
}

fn page(address: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(
        stream,
        "GET /sign-in HTTP/1.1\r\nHost: {address}\r\nAccept-Language: en\r\nConnection: close\r\n\r\n"
    )
    .expect("it reads");
    let mut page = String::new();
    stream.read_to_string(&mut page).expect("it answers");
    page
}

/// `akey init` where no file can grow beyond so many blocks of 512 bytes: writes fail as on a full
/// disk, without the signal that a limit would send.
fn with_largest_file(folder: &Folder, blocks: u32) -> Command {
    let asked = init(folder);
    let mut limited = Command::new("sh");
    limited
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"",
            "sh",
        ])
        .arg(blocks.to_string())
        .arg(Path::new(asked.get_program()))
        .args(asked.get_args())
        .env_clear()
        .env("PATH", "/usr/bin:/bin");
    for (name, value) in asked.get_envs() {
        if let Some(value) = value {
            limited.env(name, value);
        }
    }
    limited
}
