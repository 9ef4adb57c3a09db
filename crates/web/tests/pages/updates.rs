//! Updates for everybody: notices that take two, feeds that other programs read, and asking to be told.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::{StatusCode, header};
use updates::{NETWORK_PER_HOUR_MAX, Postbox, Security};

use crate::client::{Answer, Client, between};
use crate::site::{PASSWORD, Site};

const NOTICE: [(&str, &str); 6] = [
    ("title_ht", "Biwo a louvri & <pare>"),
    ("text_ht", "Depi sizè nan maten.\n\nDlo pou tout moun."),
    ("title_en", "The desk is open & <ready>"),
    (
        "text_en",
        "From six in the morning.\n\nWater for everybody.",
    ),
    ("second_login", "coordinator"),
    ("second_password", PASSWORD),
];

/// A notice published by two; its path.
async fn noticed(site: &Site) -> String {
    let officer = Client::signed_in(site.router(), "information").await;
    let done = officer.post("/notices/new", &NOTICE).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let (path, _) = done.location().split_once('?').unwrap();
    path.to_owned()
}

#[tokio::test]
async fn a_notice_takes_two_and_is_read_by_everybody_in_their_language() {
    let site = Site::new();
    let officer = Client::signed_in(site.router(), "information").await;
    for (login, password) in [
        ("information", PASSWORD),
        ("clerk", PASSWORD),
        ("coordinator", "x"),
    ] {
        let mut alone = NOTICE;
        alone[4] = ("second_login", login);
        alone[5] = ("second_password", password);
        let refused = officer.post("/notices/new", &alone).await;
        assert!(
            refused.status.is_client_error() && refused.says("role=\"alert\""),
            "{login}: {}",
            refused.body
        );
    }
    let clerk = Client::signed_in(site.router(), "clerk").await;
    assert_eq!(
        clerk.post("/notices/new", &NOTICE).await.status,
        StatusCode::FORBIDDEN
    );

    let path = noticed(&site).await;
    let everybody = Client::new(site.router());
    for page in ["/updates", path.as_str()] {
        let page = everybody.get(page).await;
        assert!(
            page.says("The desk is open &amp; &lt;ready&gt;")
                && page.says("<p>Water for everybody.</p>"),
            "{}",
            page.body
        );
        assert!(!page.says("Biwo a"), "in one language at a time");
        assert!(!page.says("Write a notice") && !page.says("Withdraw the notice"));
    }
    let withdraw = format!("{path}/withdraw");
    assert_eq!(
        clerk.post(&withdraw, &[]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        officer.post(&withdraw, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = everybody.get(&path).await;
    assert!(
        page.says("This notice no longer holds") && page.says("From six in the morning"),
        "what was said stays on record: {}",
        page.body
    );
    let list = everybody.get("/updates").await;
    assert!(
        list.says("This notice no longer holds") && !list.says("From six in the morning"),
        "and is told no more: {}",
        list.body
    );
}

#[tokio::test]
async fn a_notice_that_says_nothing_in_a_language_or_breaks_its_title_is_complained_about() {
    let site = Site::new();
    let officer = Client::signed_in(site.router(), "information").await;
    for (place, value) in [(1, ""), (2, " "), (2, "two\nlines")] {
        let mut wrong = NOTICE;
        wrong[place].1 = value;
        let refused = officer.post("/notices/new", &wrong).await;
        assert!(
            refused.status.is_client_error() && refused.says("role=\"alert\""),
            "{place}: {}",
            refused.body
        );
        assert!(refused.says("Water for everybody"), "what was typed stays");
    }
    let none = [
        ("second_login", "coordinator"),
        ("second_password", PASSWORD),
    ];
    let refused = officer.post("/notices/new", &none).await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
}

/// Reads a feed with feedparser, which `./test` installs; prints what it understood.
const READ_FEED: &str = r"
import sys, feedparser
feed = feedparser.parse(sys.stdin.buffer.read())
assert not feed.bozo, feed.bozo_exception
assert feed.version == 'atom10', feed.version
assert feed.feed.id.startswith('urn:uuid:') and feed.feed.updated_parsed, feed.feed
for entry in feed.entries:
    assert entry.id.startswith('urn:uuid:') and entry.updated_parsed and entry.published_parsed, entry
    print(entry.title, '|', entry.content[0].value.replace('\n', ' '), '|', entry.link, '|', entry.tags[0].term)
";

fn as_a_reader_does(feed: &str) -> Option<String> {
    let Some(python) = std::env::var_os("AKEY_TEST_PYTHON") else {
        println!("not checked: AKEY_TEST_PYTHON names no Python with feedparser");
        return None;
    };
    let mut child = Command::new(python)
        .args(["-c", READ_FEED])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("AKEY_TEST_PYTHON is a Python");
    let mut input = child.stdin.take().unwrap();
    input.write_all(feed.as_bytes()).unwrap();
    drop(input);
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success(), "{feed}");
    Some(String::from_utf8(said.stdout).unwrap())
}

#[tokio::test]
async fn feeds_hold_what_the_page_holds_for_programs_that_read_feeds() {
    let site = Site::new();
    let path = noticed(&site).await;
    let everybody = Client::new(site.router());
    let atom = everybody.get("/updates/feed.atom?language=en").await;
    assert!(
        atom.headers[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .starts_with("application/atom+xml")
    );
    if let Some(read) = as_a_reader_does(&atom.body) {
        assert_eq!(
            read.replace("http://", ""),
            format!(
                "The desk is open & <ready> | From six in the morning.  Water for everybody. | {path} | notices\n"
            )
        );
    }
    let json = everybody.get("/updates/feed.json?language=ht").await;
    let feed: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"][0]["title"], "Biwo a louvri & <pare>");
    assert_eq!(feed["items"][0]["language"], "ht");
    let id = feed["items"][0]["id"].as_str().unwrap();
    assert!(
        atom.says(id),
        "one notice has one id in every feed and language"
    );

    let officer = Client::signed_in(site.router(), "information").await;
    officer.post(&format!("{path}/withdraw"), &[]).await;
    let json = everybody.get("/updates/feed.json?language=en").await;
    assert!(json.says(id) && json.says("no longer holds") && !json.says("six in the morning"));
}

const ASKING: [(&str, &str); 4] = [
    ("email", "demo-reader@example.org"),
    ("language", "fr"),
    ("topic", "notices"),
    ("consent", "yes"),
];

async fn ask(client: &Client, change: (&'static str, &str)) -> Answer {
    let fields = ASKING.map(|field| if field.0 == change.0 { change } else { field });
    client.post_raw("/updates/subscribe", &fields).await
}

#[tokio::test]
async fn asking_says_what_is_agreed_to_and_never_whether_somebody_is_known() {
    let site = Site::new();
    let everybody = Client::new(site.router());
    let page = everybody.get("/updates/subscribe").await;
    assert!(
        page.says("Terms (version 1)") && page.says("48 hours"),
        "{}",
        page.body
    );
    assert!(
        page.says("does not send e-mail yet"),
        "it says so beforehand"
    );

    for (field, value, said) in [
        ("consent", "", "Tick the box"),
        ("topic", "", "at least one"),
        (
            "email",
            "demo\r\nBcc: other@example.org",
            "invisible character",
        ),
        ("email", "demo@example.org\n", "invisible character"),
        ("email", "a@example.org, b@example.org", "one address only"),
        ("email", "demo", "name@example.org"),
        ("email", "", "Write an e-mail address"),
    ] {
        let refused = ask(&everybody, (field, value)).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field} {value:?}"
        );
        assert!(refused.says(said), "{field} {value:?}: {}", refused.body);
    }
    assert_eq!(site.updates.counts().unwrap().pending, 0);

    let first = ask(&everybody, ("", "")).await;
    let again = ask(&everybody, ("email", "Demo-Reader@example.org")).await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::OK, StatusCode::OK)
    );
    assert_eq!(first.body, again.body);
    assert!(!first.says("demo-reader"), "no page shows an address");
    let counts = site.updates.counts().unwrap();
    assert_eq!((counts.pending, counts.confirmed), (1, 0));

    for nobody in ["0", "zz", &"0".repeat(32), &"f".repeat(64)] {
        for page in ["confirm", "preferences", "unsubscribe"] {
            let answer = everybody.get(&format!("/updates/{page}/{nobody}")).await;
            assert!(
                [StatusCode::OK, StatusCode::NOT_FOUND].contains(&answer.status),
                "{page} {nobody}"
            );
        }
        let answer = everybody
            .post_raw(&format!("/updates/confirm/{nobody}"), &[])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.updates.counts().unwrap(), counts);
}

#[tokio::test]
async fn whoever_asks_for_many_is_told_to_come_back_later() {
    let site = Site::new();
    let from = std::net::SocketAddr::from(([203, 0, 113, 7], 4711));
    let router = site
        .router()
        .layer(axum::Extension(axum::extract::ConnectInfo(from)));
    let client = Client::new(router);
    for number in 0..NETWORK_PER_HOUR_MAX {
        let address = format!("demo-{number}@example.org");
        assert_eq!(
            ask(&client, ("email", &address)).await.status,
            StatusCode::OK
        );
    }
    let late = ask(&client, ("email", "demo-late@example.org")).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(late.says("Try again in an hour"), "{}", late.body);
    let pending = site.updates.counts().unwrap().pending;
    assert_eq!(pending, NETWORK_PER_HOUR_MAX as u64);
}

#[tokio::test]
async fn only_who_publishes_sees_how_many_and_only_who_administers_sets_the_server() {
    let site = Site::new();
    for login in ["clerk", "observer"] {
        let client = Client::signed_in(site.router(), login).await;
        let page = client.get("/updates/office").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{login}");
    }
    let server = [
        ("host", "mail.example.org"),
        ("port", "587"),
        ("security", "starttls"),
        ("user", "demo"),
        ("smtp_password", "demo secret"),
        ("from", "news@example.org"),
        ("public_url", "https://updates.example.org/"),
    ];
    let officer = Client::signed_in(site.router(), "information").await;
    assert!(
        officer
            .get("/updates/office")
            .await
            .says("No mail server is set")
    );
    let refused = officer.post("/updates/office/server", &server).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let administrator = Client::signed_in(site.router(), "administrator").await;
    for (place, value, said) in [
        (0, "mail server", "Write the name of the server"),
        (1, "0", "between 1 and 65535"),
        (2, "plain", "only a server on this computer"),
        (5, "news@example.org\r\nBcc: a@example.org", "fewer than 16"),
        (6, "http://updates.example.org", "Begin with https://"),
    ] {
        let mut wrong = server;
        wrong[place].1 = value;
        let refused = administrator.post("/updates/office/server", &wrong).await;
        assert!(
            refused.status.is_client_error() && refused.says(said),
            "{value:?}: {}",
            refused.body
        );
        assert!(
            !refused.says("demo secret"),
            "a password never comes out again"
        );
    }
    let saved = administrator.post("/updates/office/server", &server).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = administrator.get("/updates/office").await;
    assert!(page.says("mail.example.org") && !page.says("demo secret"));
    assert!(page.says("A password is kept"), "{}", page.body);
    let kept = site.updates.postbox().unwrap().unwrap();
    assert_eq!(kept.password, "demo secret");
    // The server is another one: its password is not the old one.
    let mut moved = server;
    moved[0].1 = "other.example.org";
    moved[4].1 = "";
    administrator.post("/updates/office/server", &moved).await;
    let Postbox {
        password, security, ..
    } = &site.updates.postbox().unwrap().unwrap();
    assert_eq!((password.as_str(), *security), ("", Security::StartTls));
}

#[tokio::test]
async fn a_mail_program_leaves_from_elsewhere_and_nothing_else_is_done_from_elsewhere() {
    let site = Site::new();
    let client = Client::new(site.router());
    let from_elsewhere = [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://mail.example.net"),
    ];
    let token = "0".repeat(32);
    let leaves = client
        .post_with(
            &format!("/updates/unsubscribe/{token}"),
            &[("List-Unsubscribe", "One-Click")],
            &from_elsewhere,
        )
        .await;
    assert_eq!(leaves.status, StatusCode::OK, "{}", leaves.body);
    for path in [
        "/updates/subscribe".to_owned(),
        format!("/updates/confirm/{token}"),
    ] {
        let refused = client.post_with(&path, &ASKING, &from_elsewhere).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    let list = client.get("/updates").await;
    assert_eq!(
        between(&list.body, "/updates/feed.atom?language=", "\""),
        "en"
    );
}
