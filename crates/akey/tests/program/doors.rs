//! What is refused, and in which words: wrong passphrases, data of a newer version, a second process,
//! a full disk; what works through a running site; and the way back from a backup.

use std::fs;
use std::process::Command;

use crate::browser::{Browser, arrivals};
use crate::site::{Folder, PASSPHRASE, PASSWORD, done, init, json, manifest, refused, text};

/// A flight that is announced and has no manifest yet.
const FLIGHT: &str = "DEMO 103";

#[test]
fn a_wrong_passphrase_is_told_from_damage_and_opens_nothing() {
    let folder = Folder::new();
    done(init(&folder));
    for args in [&["verify"][..], &["backup", "b"], &["rebuild"]] {
        let mut command = folder.akey(args);
        command.env("AKEY_PASSPHRASE", "something else entirely");
        let said = refused(command, 1);
        assert!(said.contains("wrong passphrase"), "{said}");
    }
    let said = refused(folder.akey(&["verify"]), 2);
    assert!(
        said.contains("AKEY_PASSPHRASE"),
        "without a terminal it says how: {said}"
    );
}

#[test]
fn a_passphrase_is_changed_with_the_old_one_and_recovered_with_the_root_key() {
    let folder = Folder::new();
    done(init(&folder));
    let mut change = folder.akey(&["passphrase", "change"]);
    change
        .env("AKEY_PASSPHRASE", PASSPHRASE)
        .env("AKEY_NEW_PASSPHRASE", "militon joumou pitimi");
    done(change);
    let mut old = folder.akey(&["verify"]);
    old.env("AKEY_PASSPHRASE", PASSPHRASE);
    assert!(refused(old, 1).contains("wrong passphrase"));

    let root_key = folder.path("root-key.txt");
    let mut recover = folder.akey(&["passphrase", "recover", "--root-key", text(&root_key)]);
    recover
        .env("AKEY_ROOT_PASSPHRASE", "kenep siwel mango")
        .env("AKEY_NEW_PASSPHRASE", "latanye palmis bwapen");
    done(recover);
    let mut new = folder.akey(&["verify"]);
    new.env("AKEY_PASSPHRASE", "latanye palmis bwapen");
    done(new);
}

#[test]
fn a_running_site_does_the_work_of_the_other_commands_and_keeps_a_second_one_out() {
    let folder = Folder::with_demo("2021-09-18");
    let _serving = folder.serve();

    let said = refused(folder.akey(&["serve", "--listen", "127.0.0.1:0"]), 1);
    assert!(said.contains("already in use"), "{said}");

    let file = manifest(&folder, "list.csv", 20);
    let import = [
        "import",
        "manifest",
        text(&file),
        "--movement",
        FLIGHT,
        "--json",
    ];
    let mut dry = folder.akey(&import);
    dry.arg("--dry-run");
    assert_eq!(json(dry)["listed"], 20);
    let imported = json(folder.akey(&import));
    assert_eq!(
        (&imported["listed"], &imported["dry_run"]),
        (&20.into(), &false.into())
    );
    assert_eq!(
        json(folder.akey(&import))["same"],
        20,
        "importing twice changes nothing"
    );

    let report = folder.path("sitrep.html");
    let mut sitrep = folder.akey(&[
        "report",
        "sitrep",
        "--from",
        "2021-09-19",
        "--to",
        "2021-09-19",
    ]);
    sitrep.args(["--format", "html", "--out", text(&report)]);
    done(sitrep);
    assert!(
        fs::read_to_string(&report)
            .expect("it was written")
            .contains("DEMO 101")
    );

    for (format, begins) in [
        ("pdf", &b"%PDF-1.7"[..]),
        ("xlsx", b"PK\x03\x04"),
        ("hxl", b"date_start,"),
    ] {
        let file = folder.path(&format!("sitrep.{format}"));
        let mut sitrep = folder.akey(&[
            "report",
            "sitrep",
            "--from",
            "2021-09-19",
            "--to",
            "2021-09-19",
        ]);
        sitrep.args(["--language", "ht", "--format", format, "--out", text(&file)]);
        done(sitrep);
        assert!(
            fs::read(&file).expect("it was written").starts_with(begins),
            "{format}"
        );
    }

    let backup = folder.path("site.backup");
    let made = json(folder.akey(&["backup", text(&backup), "--json"]));
    assert!(made["bytes"].as_u64().is_some_and(|bytes| bytes > 0));
    folder.verified();

    let mut stranger = folder.akey(&["verify"]);
    stranger.env("AKEY_PASSPHRASE", "something else entirely");
    assert!(refused(stranger, 1).contains("wrong passphrase"));
}

#[test]
fn a_manifest_that_cannot_be_meant_is_refused_with_a_remedy() {
    let folder = Folder::with_demo("2021-09-18");
    let picture = folder.path("list.xlsx");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n0000").expect("it can be written");
    let said = refused(
        folder.akey(&["import", "manifest", text(&picture), "--movement", FLIGHT]),
        1,
    );
    assert!(said.contains("picture"), "{said}");

    let file = manifest(&folder, "list.csv", 2);
    let said = refused(
        folder.akey(&["import", "manifest", text(&file), "--movement", "XX 9"]),
        1,
    );
    assert!(said.contains("no open movement"), "{said}");

    let unclear = folder.path("unclear.csv");
    fs::write(
        &unclear,
        "Name,Date of birth\nDemo-Ann Ann,03/04/1990\nDemo-Bea Bea,05/06/1991\n",
    )
    .expect("it can be written");
    let import = [
        "import",
        "manifest",
        text(&unclear),
        "--movement",
        FLIGHT,
        "--json",
    ];
    let said = refused(folder.akey(&import), 1);
    assert!(said.contains("--date-order"), "{said}");
    let mut told = folder.akey(&import);
    told.args(["--date-order", "dmy"]);
    assert_eq!(json(told)["listed"], 2);
}

#[test]
fn a_list_without_a_header_is_imported_once_its_columns_are_confirmed() {
    let folder = Folder::with_demo("2021-09-18");
    let bare = folder.path("bare.csv");
    let list = "DEMO-JEAN;Marie;F;1990-03-14\nDEMO-PAUL;Jean;M;1991-03-15\n";
    fs::write(&bare, list).expect("it can be written");
    let import = [
        "import",
        "manifest",
        text(&bare),
        "--movement",
        FLIGHT,
        "--json",
    ];
    let said = refused(folder.akey(&import), 1);
    assert!(
        said.contains("--columns family-name,given-names,sex,birth-date"),
        "{said}"
    );
    let mut confirmed = folder.akey(&import);
    confirmed.args(["--columns", "family-name,given-names,sex,birth-date"]);
    assert_eq!(json(confirmed)["listed"], 2);
}

#[test]
fn a_passenger_list_message_is_imported_for_its_flight_and_refused_for_another() {
    let folder = Folder::with_demo("2021-09-18");
    let file = folder.path("list.edi");
    let message = |flight: &str, function: &str| {
        format!(
            "UNB+UNOA:4+DM+HT+210919:0800+1'UNH+1+PAXLST:D:02B:UN:IATA+A+01:F'BGM+{function}'TDT+20+{flight}'\
             NAD+FL+++DEMO PIERRE:ANA'DTM+329:900230'DOC+P+DM900001'UNT+7+1'UNZ+1+1'"
        )
    };
    let import = [
        "import",
        "manifest",
        text(&file),
        "--movement",
        FLIGHT,
        "--json",
    ];
    fs::write(&file, message("DEMO999", "745")).expect("it can be written");
    let said = refused(folder.akey(&import), 1);
    assert!(said.contains("--right-movement"), "{said}");

    fs::write(&file, message("DEMO103", "745")).expect("it can be written");
    let imported = json(folder.akey(&import));
    assert_eq!(
        (&imported["listed"], &imported["problems"][0]["column"]),
        (&1.into(), &"DTM".into())
    );
    assert!(
        imported["problems"][0]["byte"]
            .as_u64()
            .is_some_and(|byte| byte > 100)
    );
    assert_eq!(json(folder.akey(&import))["same"], 1);

    fs::write(&file, message("DEMO103", "745++3")).expect("it can be written");
    // It takes the only one off the list: that is asked about first.
    let said = refused(folder.akey(&import), 1);
    assert!(
        said.contains("takes 1 people off the list") && said.contains("--right-movement"),
        "{said}"
    );
    let mut confirmed = folder.akey(&import);
    confirmed.arg("--right-movement");
    let imported = json(confirmed);
    assert_eq!(imported["removed"], 1);
    let answered = imported["answered"].as_array().expect("questions");
    assert_eq!(answered.len(), 1, "{answered:?}");
    let question = answered[0].as_str().expect("words");
    assert!(
        question.contains("takes 1 people off the list"),
        "{question}"
    );
    assert_eq!(imported["not_listed"], serde_json::json!([]));

    // Somebody who was never on the list: the segment is named, the rest is taken in.
    let stranger = message("DEMO103", "745++3").replace("ANA", "ZOE");
    fs::write(&file, stranger.replace("DM900001", "DM900009")).expect("it can be written");
    let imported = json(folder.akey(&import));
    assert_eq!(imported["not_listed"], serde_json::json!([5]));
    let said = done(folder.akey(&import[..5]));
    assert!(said.contains("segment 5: takes off somebody"), "{said}");
}

#[test]
fn data_of_a_newer_version_is_left_alone() {
    let folder = Folder::new();
    done(init(&folder));
    {
        let passphrase = ledger::Passphrase::new(PASSPHRASE);
        let node = node::Node::open(&folder.data(), &passphrase, node::NodeOptions::default());
        let node = node.expect("it opens");
        node.set_setting("local_version", &i64::MAX.to_be_bytes())
            .expect("it is written");
    }
    let mut verify = folder.akey(&["verify"]);
    verify.env("AKEY_PASSPHRASE", PASSPHRASE);
    let said = refused(verify, 1);
    assert!(said.contains("newer"), "{said}");
}

#[test]
fn a_full_disk_refuses_the_whole_import_and_loses_nothing() {
    let folder = Folder::with_demo("2021-09-18");
    let before = folder.verified();
    let file = manifest(&folder, "large.csv", 3_000);
    // A limit on the size of files answers as a full disk does: the write fails. The signal that
    // would end the program at once is ignored, as on a disk there is none.
    let size = fs::metadata(folder.data().join("akey.db"))
        .expect("it is there")
        .len();
    let mut full = Command::new("sh");
    full.args([
        "-c",
        "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"",
        "sh",
    ])
    .arg((size / 512 + 64).to_string())
    .arg(env!("CARGO_BIN_EXE_akey"))
    .args(["import", "manifest", text(&file), "--movement", FLIGHT])
    .env_clear()
    .env("PATH", "/usr/bin:/bin")
    .env("AKEY_DATA", folder.data());
    let said = refused(full, 1);
    assert!(said.starts_with("akey: "), "{said}");
    assert_eq!(
        folder.verified()["digest"],
        before["digest"],
        "nothing was taken in"
    );

    let import = [
        "import",
        "manifest",
        text(&file),
        "--movement",
        FLIGHT,
        "--json",
    ];
    assert_eq!(
        json(folder.akey(&import))["listed"],
        3_000,
        "and with space again, all of it"
    );
}

#[test]
fn a_restored_node_gives_nothing_of_the_old_one_until_two_persons_claim_it_and_then_asks_for_the_card()
 {
    let folder = Folder::with_demo("2021-09-18");
    let backup = folder.path("site.backup");
    done(folder.akey(&["backup", text(&backup)]));
    let passphrase = "flanbwayan demo 2021";

    let damaged = folder.path("damaged.backup");
    let mut bytes = fs::read(&backup).expect("the backup is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&damaged, bytes).expect("it can be written");
    let restored = Folder::new();
    let restore = |file: &std::path::Path| {
        let mut command = restored.akey(&["restore", text(file), "--json"]);
        command.env("AKEY_PASSPHRASE", passphrase);
        command
    };
    assert!(refused(restore(&damaged), 1).contains("damaged"));

    let made = json(restore(&backup));
    assert_ne!(made["old_node"], made["new_node"]);
    // The restored site goes on in the demo's own days.
    fs::copy(
        folder.data().join("demo.json"),
        restored.data().join("demo.json"),
    )
    .expect("a note");

    let give = |ticked: &[(&str, &str)]| {
        let serving = restored.serve();
        let clerk = Browser::sign_in(&serving, "clerk");
        let arrival = arrivals(&clerk.get("/desk").body).remove(0);
        let mut form = clerk
            .forms(&format!("/arrivals/{arrival}"), "/give")
            .remove(0);
        for (name, value) in ticked {
            form.fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        clerk.send(&form).expect("the site answers")
    };
    {
        let serving = restored.serve();
        let clerk = Browser::sign_in(&serving, "clerk");
        let arrival = arrivals(&clerk.get("/desk").body).remove(0);
        let page = format!("/arrivals/{arrival}");
        // In place of the button stands why.
        assert!(clerk.forms(&page, "/give").is_empty());
        let said = clerk.get(&page).body;
        assert!(said.contains("restored from a backup"), "{said}");
    }

    let root_key = folder.data().join("root-key.txt");
    let claim = |second: &str| {
        let mut command = restored.akey(&["claim", "--json", "--root-key", text(&root_key)]);
        command
            .args(["--first", "admin", "--second", second])
            .env("AKEY_PASSPHRASE", passphrase)
            .env("AKEY_ROOT_PASSPHRASE", passphrase)
            .env("AKEY_FIRST_PASSWORD", PASSWORD)
            .env("AKEY_SECOND_PASSWORD", PASSWORD);
        command
    };
    assert!(refused(claim("admin"), 1).contains("two persons"));
    let claimed = json(claim("coordinator"));
    assert!(
        claimed["to_check"].as_u64().is_some_and(|cards| cards > 0),
        "{claimed}"
    );

    let unchecked = give(&[]);
    assert_eq!(unchecked.status, 409, "{}", unchecked.body);
    assert_eq!(give(&[("card_checked", "1")]).status, 303);
}
