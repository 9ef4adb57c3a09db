//! Being told by mail, from asking to leaving: a running site, and a mail server that somebody else wrote
//! (aiosmtpd, where `AKEY_TEST_PYTHON` names a Python that has it).

#[path = "../../../updates/tests/sending/server.rs"]
mod server;

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::browser::{Browser, Form};
use crate::site::{Folder, PASSWORD, done, json, refused, text};
use server::Server;
use updates::Security;

const READER: &str = "demo-reader@example.org";

fn form(action: &str, fields: &[(&str, &str)]) -> Form {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Form {
        action: action.to_owned(),
        fields: fields.iter().map(owned).collect(),
    }
}

/// Fills in a form of a page and sends it.
fn fill(browser: &Browser, page: &str, ending: &str, fields: &[(&str, &str)]) {
    let mut forms = browser.forms(page, ending);
    let mut filled = forms
        .pop()
        .unwrap_or_else(|| panic!("no {ending} on {page}"));
    for (name, value) in fields {
        filled.fields.retain(|(other, _)| other != name);
        filled
            .fields
            .push(((*name).to_owned(), (*value).to_owned()));
    }
    let answer = browser.send(&filled).expect("the site answers");
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// The path of the first link of a mail that begins like this.
fn link(mail: &Value, begins: &str) -> String {
    let text = mail["text"].as_str().expect("a message");
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    let at = text
        .find(begins)
        .unwrap_or_else(|| panic!("no {begins} in {text}"));
    let link = text[at..].split(|c: char| !c.is_ascii_alphanumeric() && !"/-".contains(c));
    link.into_iter().next().expect("a link").to_owned()
}

/// Whether some file of the site holds these bytes.
fn is_in_a_file(folder: &Folder, needle: &str) -> bool {
    let mut files = std::fs::read_dir(folder.data()).expect("a data folder");
    files.any(|file| {
        // The door is a socket, and cannot be read.
        let bytes = std::fs::read(file.expect("an entry").path()).unwrap_or_default();
        bytes
            .windows(needle.len())
            .any(|bytes| bytes == needle.as_bytes())
    })
}

#[test]
fn a_reader_asks_confirms_is_told_and_leaves_without_a_trace() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let folder = Folder::with_demo("2021-09-21");
    let serving = folder.serve();
    let admin = Browser::sign_in(&serving, "admin");
    let postbox = server.postbox();
    let port = postbox.port.to_string();
    let set = [
        ("host", postbox.host.as_str()),
        ("port", &port),
        ("security", "plain"),
        ("from", "news@example.org"),
        ("public_url", "https://updates.example.org"),
    ];
    fill(&admin, "/updates/office", "/server", &set);

    let reader = Browser::stranger(&serving);
    let asking = form(
        "/updates/subscribe",
        &[
            ("email", READER),
            ("language", "fr"),
            ("topic", "notices"),
            ("consent", "yes"),
        ],
    );
    assert_eq!(reader.send(&asking).expect("an answer").status, 200);
    let mail = server.mail();
    assert_eq!(mail["to"][0], READER);
    let confirm = link(&mail, "/updates/confirm/");
    assert_eq!(reader.get(&confirm).status, 200);
    let standing = json(folder.akey(&["updates", "--json"]));
    assert_eq!(
        standing["counts"]["confirmed"], 0,
        "a program that looks at links confirms for nobody"
    );
    reader.send(&form(&confirm, &[])).expect("an answer");

    let officer = Browser::sign_in(&serving, "information");
    let notice = [
        ("title_fr", "L’eau est arrivée"),
        ("text_fr", "De l’eau pour tout le monde."),
        ("second_login", "coordinator"),
        ("second_password", PASSWORD),
    ];
    fill(&officer, "/notices/new", "/notices/new", &notice);
    let mail = server.mail();
    assert!(link(&mail, "/notices/").len() > 20);
    let standing = json(folder.akey(&["updates", "--json"]));
    assert_eq!(standing["counts"]["confirmed"], 1);
    let said = format!("{standing} {}", done(folder.akey(&["updates"])));
    assert!(!said.contains("demo-reader"), "{said}");

    let leave = link(&mail, "/updates/unsubscribe/");
    let one_click = form(&leave, &[("List-Unsubscribe", "One-Click")]);
    assert_eq!(reader.send(&one_click).expect("an answer").status, 200);
    let standing = json(folder.akey(&["updates", "--json"]));
    assert_eq!(standing["counts"]["confirmed"], 0);
    fill(&officer, "/notices/new", "/notices/new", &notice);
    assert!(server.no_mail(), "whoever left is told nothing more");
    assert!(!is_in_a_file(&folder, READER));
    drop(serving);
    folder.verified();
}

#[test]
fn mail_that_comes_back_is_counted_and_nothing_else_is() {
    let Some(server) = Server::start(Security::Plain) else {
        return;
    };
    let folder = Folder::with_demo("2021-09-20");
    let serving = folder.serve();
    let admin = Browser::sign_in(&serving, "admin");
    let port = server.postbox().port.to_string();
    let set = [
        ("host", "localhost"),
        ("port", &port),
        ("security", "plain"),
        ("from", "news@example.org"),
        ("public_url", "https://updates.example.org"),
    ];
    fill(&admin, "/updates/office", "/server", &set);
    let asking = form(
        "/updates/subscribe",
        &[
            ("email", READER),
            ("language", "en"),
            ("topic", "notices"),
            ("consent", "yes"),
        ],
    );
    Browser::stranger(&serving)
        .send(&asking)
        .expect("an answer");
    let mail = server.mail();
    let from = mail["from"].as_str().expect("a return path");
    let mark = from
        .strip_prefix("news+")
        .and_then(|rest| rest.split('@').next());
    let report = include_str!("../../../updates/tests/bounces/postfix-unknown-user.eml");
    let genuine = report.replace("MARK", mark.expect("a mark"));

    let (ours, foreign) = (folder.path("returned.eml"), folder.path("foreign.eml"));
    std::fs::write(&ours, &genuine).expect("space");
    std::fs::write(&foreign, report).expect("space");
    let read = json(folder.akey(&["updates", "bounce", "--json", text(&ours), text(&foreign)]));
    assert_eq!(
        (&read["no_such_mailbox"], &read["passed_over"]),
        (&1.into(), &1.into())
    );
    // As a mail server hands it over: on standard input, with no site running, again and again.
    drop(serving);
    for _ in 0..2 {
        let mut command = folder.akey(&["updates", "bounce", "--json"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut input = child.stdin.take().expect("piped");
        input.write_all(genuine.as_bytes()).expect("it reads");
        drop(input);
        assert!(child.wait_with_output().expect("it ends").status.success());
    }
    let counts = &json(folder.akey(&["updates", "--json"]))["counts"];
    assert_eq!(
        (&counts["suspended"], &counts["pending"]),
        (&1.into(), &0.into())
    );
    let missing = folder.path("none.eml");
    let said = refused(folder.akey(&["updates", "bounce", text(&missing)]), 1);
    assert!(said.contains("none.eml"), "{said}");
}
