//! What others said, what was advised and what is reported, as those who keep it meet it: nothing is put on
//! record unseen, nothing can be changed unseen, and what is wrong is said where it is.

use axum::http::StatusCode;
use domain::{Command, OfficeId, Role, UserId};
use serde_json::Value;
use uuid::Uuid;

use crate::browser::{Screen, Window, serve};
use crate::client::{Client, between};
use crate::site::{PASSWORD, Site};

/// What was published by the day of the tests.
const FIGURES: &str = include_str!("../../../akey/figures/haiti-2021.csv");
const WORDS: &str = "Hold further return flights until everybody who lands can be met.";
const ENVOY: &str = "My recommendations have been ignored and dismissed.";
const DEPUTY: &str = "All proposals were fully considered.";

async fn saved(client: &Client, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = client.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().split('?').next().unwrap().to_owned()
}

/// A file of figures is looked at, and then taken in.
async fn take_in(information: &Client, csv: &str) {
    let path = "/figures/import";
    let seen = information
        .upload(path, "figures.csv", csv.as_bytes())
        .await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let shown = between(&seen.body, "name=\"file\" readonly", "</textarea>");
    let (_, text) = shown.split_once('>').unwrap();
    let text = text
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    assert!(!text.is_empty(), "{}", seen.body);
    let fields = [("looked", "yes"), ("file", text.as_str())];
    let taken = information.multipart(path, &fields).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

/// Two accounts of one matter, recorded by the information officer; the address of the matter.
async fn accounts(information: &Client) -> String {
    let opened = [("title", "Demo: why he left"), ("day", "2021-09-22")];
    let matter = saved(information, "/accounts", &opened).await;
    for (author, words) in [("Demo envoy", ENVOY), ("Demo deputy", DEPUTY)] {
        let told = [
            ("author", author),
            ("words", words),
            ("said_on", "2021-09-22"),
            ("language", "en"),
            ("published_by", "Demo paper"),
            ("source_url", ""),
        ];
        saved(information, &format!("{matter}/tell"), &told).await;
    }
    matter
}

/// A recommendation of the observer to an office that the coordinator answers for; its address.
async fn advised(site: &Site, observer: &Client) -> String {
    // The users of the site are numbered in the order of their roles.
    let number = Role::ALL.iter().position(|role| *role == Role::Coordinator);
    let coordinator = UserId(Uuid::from_u128(1_001 + number.unwrap() as u128));
    let office = OfficeId(Uuid::from_u128(0x0FF1));
    site.must(Command::DefineOffice {
        office,
        name: "Demo operations".into(),
        members: vec![coordinator],
        active: true,
    });
    let office = office.to_string();
    let fields = [
        ("title", "Hold the flights"),
        ("text", WORDS),
        ("office", office.as_str()),
        ("due", "2021-09-30"),
        ("password", PASSWORD),
    ];
    saved(observer, "/recommendations/new", &fields).await
}

/// A report in words, approved by the coordinator; its address.
async fn reported(information: &Client, text: &str) -> String {
    let fields = [
        ("do", "publish"),
        ("from", "2021-09-23"),
        ("to", "2021-09-23"),
        ("title", "Demo report"),
        ("text", text),
        ("looked", "yes"),
        ("password", PASSWORD),
        ("second_login", "coordinator"),
        ("second_password", PASSWORD),
    ];
    saved(information, "/reports/new", &fields).await
}

/// One of each of these, for whoever wants to look at the pages: paths, each with the role that reads it.
pub async fn one_of_each(site: &Site) -> Vec<(&'static str, String, &'static str)> {
    let information = Client::signed_in(site.router(), "information").await;
    let observer = Client::signed_in(site.router(), "observer").await;
    take_in(&information, FIGURES).await;
    let matter = accounts(&information).await;
    let advice = advised(site, &observer).await;
    let report = reported(&information, "Demo: everybody was met.").await;
    let figures = information.get("/figures").await.body;
    let figure = format!("/figures/{}", between(&figures, "href=\"/figures/", "\""));
    vec![
        ("information", "/figures".into(), "figures"),
        ("information", "/figures/new".into(), "figure-new"),
        ("information", "/figures/import".into(), "figures-import"),
        ("information", figure, "figure"),
        ("information", "/accounts".into(), "accounts"),
        ("information", matter, "account"),
        ("information", "/sites".into(), "sites"),
        ("information", format!("/sites/{}", site.airport), "site"),
        ("information", "/reports/new".into(), "report-new"),
        ("information", report, "report-words"),
        ("observer", "/recommendations".into(), "recommendations"),
        (
            "observer",
            "/recommendations/new".into(),
            "recommendation-new",
        ),
        ("observer", advice, "recommendation"),
        ("observer", "/verify".into(), "verify"),
        ("coordinator", "/danger".into(), "danger"),
    ]
}

#[tokio::test]
async fn figures_are_looked_at_before_they_are_put_on_record_and_bad_rows_are_told() {
    let site = Site::new();
    let information = Client::signed_in(site.router(), "information").await;
    let path = "/figures/import";
    let lacking = information
        .upload(path, "figures.csv", b"figure_id,indicator\nX1,present\n")
        .await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.says("column"), "{}", lacking.body);
    let rows: Vec<&str> = FIGURES.lines().collect();
    // The number of the second figure is absurd, the others are as published.
    let mut bad = rows.clone();
    let absurd = bad[2].replacen(",1401,", ",-5,", 1);
    assert_ne!(absurd, bad[2], "{}", bad[2]);
    bad[2] = &absurd;
    let seen = information
        .upload(path, "figures.csv", bad.join("\n").as_bytes())
        .await;
    assert!(seen.says("Row 3") || seen.says("row 3"), "{}", seen.body);
    assert!(
        !information.get("/figures").await.says("DR01"),
        "nothing is kept before it was looked at"
    );
    take_in(&information, FIGURES).await;
    let page = information.get("/figures").await;
    for code in ["DR01", "DR05", "DR06"] {
        assert!(page.says(code), "{code}: {}", page.body);
    }
    let api = information.get("/api/figures").await;
    let found: Value = serde_json::from_str(&api.body).unwrap();
    assert!(found.is_object(), "{}", api.body);
    // What was published later than the clock of the site says is not taken in yet.
    assert!(!page.says("IO10"), "{}", page.body);
    let clerk = Client::signed_in(site.router(), "clerk").await;
    assert_eq!(clerk.get("/figures").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_account_is_quoted_word_for_word_or_not_at_all() {
    let site = Site::new();
    let information = Client::signed_in(site.router(), "information").await;
    let matter = accounts(&information).await;
    let page = information.get(&matter).await;
    assert!(page.says(ENVOY) && page.says(DEPUTY), "{}", page.body);
    let names: Vec<_> = page.body.split("name=\"quote-").skip(1).collect();
    let names: Vec<_> = names
        .iter()
        .map(|rest| format!("quote-{}", rest.split('"').next().unwrap()))
        .collect();
    let [envoy, deputy] = names.as_slice() else {
        panic!("{}", page.body)
    };
    let mark = |words: &'static str| {
        [
            ("about", "Whether it was considered"),
            ("agree", "no"),
            (envoy.as_str(), words),
            (deputy.as_str(), "fully considered"),
        ]
    };
    let altered = information
        .post(&format!("{matter}/mark"), &mark("ignored and accepted"))
        .await;
    assert!(altered.status.is_client_error(), "{}", altered.body);
    assert!(
        altered.says("ignored and accepted"),
        "what was typed is kept: {}",
        altered.body
    );
    saved(
        &information,
        &format!("{matter}/mark"),
        &mark("ignored and dismissed"),
    )
    .await;
    let page = information.get(&matter).await;
    assert!(page.says("<q>ignored and dismissed</q>"), "{}", page.body);
    assert!(
        page.says("Demo-information"),
        "the editor is named: {}",
        page.body
    );
}

#[tokio::test]
async fn advice_is_changed_by_its_author_alone_answered_by_its_office_and_quoted_as_it_stands() {
    let site = Site::new();
    let observer = Client::signed_in(site.router(), "observer").await;
    let advice = advised(&site, &observer).await;
    let id = advice.rsplit('/').next().unwrap().to_owned();
    let page = observer.get(&advice).await;
    assert!(
        page.says(WORDS) && page.says("<svg"),
        "words and the QR of the receipt: {}",
        page.body
    );
    let office = OfficeId(Uuid::from_u128(0x0FF1)).to_string();
    let again = |text: &'static str| {
        [
            ("revises", id.as_str()),
            ("title", "Hold the flights"),
            ("text", text),
            ("office", office.as_str()),
            ("due", "2021-09-30"),
            ("password", PASSWORD),
        ]
    };
    let information = Client::signed_in(site.router(), "information").await;
    let forged = information
        .post("/recommendations/new", &again("Let all flights go on."))
        .await;
    assert!(forged.status.is_client_error(), "{}", forged.body);
    assert!(!observer.get(&advice).await.says("Let all flights go on."));
    saved(
        &observer,
        "/recommendations/new",
        &again("Hold further return flights for a week."),
    )
    .await;
    let page = observer.get(&advice).await;
    assert!(
        page.says(WORDS) && page.says("for a week"),
        "both versions stand: {}",
        page.body
    );
    assert!(page.says("<del>") && page.says("<ins>"), "{}", page.body);
    let respond = |password: &'static str| {
        [
            ("office", office.as_str()),
            ("outcome", "rejected"),
            (
                "text",
                "Demo: there is no plane to hold. You ask to “hold some return flights for a week”, \
                 and say “return flights for a week”; others speak of “safe and humane ways on”.",
            ),
            ("password", password),
        ]
    };
    let path = format!("{advice}/respond");
    let stranger = information.post(&path, &respond(PASSWORD)).await;
    assert!(
        stranger.status.is_client_error(),
        "a response by somebody without that office"
    );
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let wrong = coordinator.post(&path, &respond("not the password")).await;
    assert!(wrong.status.is_client_error(), "{}", wrong.body);
    assert!(
        wrong.says("there is no plane to hold"),
        "what was typed is kept"
    );
    saved(&coordinator, &path, &respond(PASSWORD)).await;
    assert!(observer.get("/recommendations").await.says("rejected"));
    let page = observer.get(&advice).await;
    assert!(
        page.says("<ins>some</ins>") || page.says("<ins>hold</ins>"),
        "{}",
        page.body
    );
    assert_eq!(
        page.body.matches("these are not the words").count(),
        1,
        "{}",
        page.body
    );
    assert!(page.says("word for word from version 2"), "{}", page.body);
    let quote = |words: &'static str| [("quotation", words), ("version", "2")];
    let path = format!("{advice}/quote");
    let altered = coordinator
        .post(&path, &quote("Hold further return flights for a day."))
        .await;
    assert!(altered.says("notice risk"), "{}", altered.body);
    let same = coordinator
        .post(&path, &quote("return flights for a week"))
        .await;
    assert!(same.says("notice good"), "{}", same.body);
}

#[tokio::test]
async fn a_report_in_words_is_held_against_its_references_and_takes_two() {
    let site = Site::new();
    let information = Client::signed_in(site.router(), "information").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    take_in(&information, FIGURES).await;
    let road = [
        ("road", "Demo road"),
        ("site", ""),
        ("area", "HT07"),
        ("status", "closed"),
        ("until", "2021-09-25T08:00"),
    ];
    saved(&coordinator, "/danger/access", &road).await;
    let draft = |text: &'static str, second: &'static str| {
        [
            ("do", "publish"),
            ("from", "2021-09-23"),
            ("to", "2021-09-23"),
            ("title", "Demo report"),
            ("text", text),
            ("looked", "yes"),
            ("password", PASSWORD),
            ("second_login", second),
            ("second_password", PASSWORD),
        ]
    };
    let path = "/reports/new";
    for (text, said) in [
        ("So far [nothing] came.", "nothing is called nothing"),
        (
            "Nobody drives on the demo road.",
            "Demo road is not named in public",
        ),
        (
            "He said “hold it” [quote 0123456789abcdef].",
            "nothing is called quote",
        ),
    ] {
        let refused = information.post(path, &draft(text, "coordinator")).await;
        assert!(refused.status.is_client_error(), "{text}");
        assert!(refused.says(said), "{said}: {}", refused.body);
    }
    let alone = information
        .post(path, &draft("Demo: all were met.", "information"))
        .await;
    assert!(
        alone.status.is_client_error(),
        "one's own approval is none: {}",
        alone.body
    );
    let report = reported(&information, "By 23 September: [DR02] people.").await;
    let stranger = Client::new(site.router());
    let page = stranger.get(&report).await;
    assert_eq!(page.status, StatusCode::OK, "everybody reads it");
    assert!(
        page.says("By 23 September: 1401 people.") || page.says("By 23 September: 1,401 people."),
        "{}",
        page.body
    );
    let receipt = between(&page.body, &format!("{report}/receipt/"), "\"").to_owned();
    let file = stranger.get(&format!("{report}/receipt/{receipt}")).await;
    assert_eq!(file.status, StatusCode::OK);
    // A correction is a version of its own.
    let id = report.rsplit('/').next().unwrap().to_owned();
    let mut correction = draft(
        "By 23 September: [DR02] people on 12 flights.",
        "coordinator",
    )
    .to_vec();
    correction.push(("revises", &id));
    assert_eq!(saved(&information, path, &correction).await, report);
    let page = stranger.get(&report).await;
    assert!(page.says("<ins>"), "{}", page.body);
    let notice = [
        ("title_en", "Demo notice"),
        ("text_en", "The demo road is shut."),
        ("second_login", "coordinator"),
        ("second_password", PASSWORD),
    ];
    let refused = information.post("/notices/new", &notice).await;
    assert!(
        refused.says("Demo road is not named in public"),
        "{}",
        refused.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_of_a_finding_opens_in_a_browser() {
    let site = Site::new();
    let pages = one_of_each(&site).await;
    let url = serve(&site);
    for screen in Screen::BOTH {
        let Some(window) = Window::open(&url, screen).await else {
            return;
        };
        window.sign_in("information").await;
        window.go("/figures").await;
        let text = window.text().await;
        assert!(text.contains("DR05") && text.contains("DR06"), "{text}");
        let before = text.len();
        window
            .client
            .execute("document.querySelectorAll('main details').forEach((d) => { d.querySelector('summary').click(); })", vec![])
            .await
            .unwrap();
        assert!(window.text().await.len() > before, "steps open");
        let (.., matter, _) = pages
            .iter()
            .find(|(_, _, name)| *name == "account")
            .unwrap();
        window.go(matter).await;
        let text = window.text().await;
        assert!(text.contains(ENVOY) && text.contains(DEPUTY), "{text}");
        window.sign_in("observer").await;
        let (.., advice, _) = pages
            .iter()
            .find(|(_, _, name)| *name == "recommendation")
            .unwrap();
        window.go(advice).await;
        assert!(
            window.count("main .qr svg, main svg").await > 0,
            "the receipt as a QR code"
        );
        window.write("#quotation", "Hold no flights").await;
        window
            .press("form[action$='/quote'] button:not([name])")
            .await;
        window.find(".notice.risk").await;
        window.close().await;
    }
}
