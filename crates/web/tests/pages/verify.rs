//! Verifying a receipt in a real browser: on the open page, and on the page kept as a file, where
//! there is no server to ask. Tampering is told.

use domain::{AdviceId, Command, Day, OfficeId, StatementId, StatementKind};
use ledger::Statement;
use node::statement::{Submission, check};
use uuid::Uuid;

use crate::browser::{Screen, Window, serve};
use crate::client::Client;
use crate::site::{PASSWORD, Site};

const OFFICE: OfficeId = OfficeId(Uuid::from_u128(77));
const WORDS: &str = "Open a second desk at the airport.";

/// A recommendation of the observer, as a file with its receipt.
fn file(site: &Site) -> Vec<u8> {
    site.must(Command::DefineOffice {
        office: OFFICE,
        name: "Operations".into(),
        members: vec![],
        active: true,
    });
    let observer = site.node.sign_in("observer", PASSWORD).unwrap();
    let statement = StatementId(Uuid::from_u128(78));
    let submission = Submission {
        advice: AdviceId(Uuid::from_u128(79)),
        statement,
        kind: StatementKind::Recommendation,
        title: "A second desk".into(),
        text: WORDS.into(),
        language: "en".into(),
        about: None,
        offices: vec![OFFICE],
        due: Some(Day("2021-09-30".parse().unwrap())),
        office: None,
        outcome: None,
        refers_to: None,
        references: Vec::new(),
    };
    let request = Uuid::from_u128(80);
    site.node
        .submit(&observer, PASSWORD, request, site.airport, submission)
        .unwrap();
    site.node.transparent_statement(statement).unwrap().unwrap()
}

/// What the page says of a file: how many steps hold, how many do not, and all of its words.
async fn said(window: &Window, bytes: &[u8], expected: &str) -> (usize, usize, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("receipt.cose");
    std::fs::write(&path, bytes).unwrap();
    window.client.refresh().await.unwrap();
    if !expected.is_empty() {
        window.write("#verify-expected", expected).await;
    }
    let chosen = window.find("#verify-file").await;
    chosen.send_keys(path.to_str().unwrap()).await.unwrap();
    window.find("#verify-answer .notice").await;
    // The last step comes last, where a key is compared: nothing is added after it is quiet.
    let mut before = String::new();
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let text = window.find("#verify-answer").await.text().await.unwrap();
        if text == before {
            break;
        }
        before = text;
    }
    let steps = async |css| {
        let found = window.client.find_all(fantoccini::Locator::Css(css)).await;
        found.unwrap().len()
    };
    let holds = steps("#verify-answer .notice.good").await;
    let wrong = steps("#verify-answer .notice.risk").await;
    (holds, wrong, before)
}

async fn verifies_here(window: &Window, genuine: &[u8]) {
    let (log, author) = {
        let checked = check(genuine, None, None);
        (checked.log_keys[0].clone(), checked.author_key.unwrap())
    };
    let (holds, wrong, text) = said(window, genuine, "").await;
    assert_eq!((holds, wrong), (2, 0), "{text}");
    assert!(text.contains(WORDS) && text.contains(&log), "{text}");
    assert!(text.contains("was not checked"), "{text}");
    for key in [&log, &author] {
        let (holds, wrong, text) = said(window, genuine, key).await;
        assert_eq!((holds, wrong), (3, 0), "{text}");
        assert!(!text.contains("was not checked"), "{text}");
    }
    let another = "00".repeat(32);
    let (holds, wrong, text) = said(window, genuine, &another).await;
    assert_eq!((holds, wrong), (2, 1), "{text}");

    let mut altered = genuine.to_vec();
    let place = altered.windows(6).position(|part| part == b"second");
    altered[place.unwrap()] = b'S';
    let (holds, _, text) = said(window, &altered, "").await;
    assert_eq!(holds, 0, "{text}");
    assert!(!text.contains("desk at the airport"), "{text}");

    let (holds, _, text) = said(window, &genuine[..genuine.len() / 2], "").await;
    assert_eq!(holds, 0, "{text}");

    // A receipt that only names the log that is expected, and is not signed by it.
    let statement = Statement::read(genuine).unwrap();
    let mut receipt = statement.receipts[0].clone();
    *receipt.last_mut().unwrap() ^= 1;
    let forged = statement.with(&[receipt]);
    let (holds, wrong, text) = said(window, &forged, &log).await;
    assert_eq!((holds, wrong), (1, 2), "only the words are signed: {text}");

    let bare = statement.registered();
    let (holds, wrong, text) = said(window, &bare, "").await;
    assert_eq!((holds, wrong), (1, 1), "it carries no receipt: {text}");
}

#[tokio::test]
async fn a_receipt_is_verified_and_a_tampered_one_refused_in_the_readers_browser() {
    let site = Site::new();
    let genuine = file(&site);
    let Some(window) = Window::open(&serve(&site), Screen::Phone).await else {
        return;
    };
    window.go("/verify").await;
    verifies_here(&window, &genuine).await;
    said(&window, &genuine, "").await;
    window.picture("verify").await;
    window.close().await;
}

#[tokio::test]
async fn the_page_kept_as_a_file_verifies_without_a_server() {
    let site = Site::new();
    let genuine = file(&site);
    let page = Client::new(site.router()).get("/verify/file").await;
    let without_us = !page.body.contains("src=") && !page.body.contains("href=");
    assert!(without_us, "it asks for nothing: {}", page.body);
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("verify.html");
    std::fs::write(&kept, &page.body).unwrap();
    // Served from nowhere.
    let Some(window) = Window::open("http://127.0.0.1:9", Screen::Desktop).await else {
        return;
    };
    let address = format!("file://{}", kept.display());
    window.client.goto(&address).await.unwrap();
    verifies_here(&window, &genuine).await;
    window.close().await;
}
