//! What is published: read by everybody, published by few, once, and looked at before.

use axum::http::{StatusCode, header};

use crate::client::{Client, between};
use crate::site::{PASSWORD, Site};

/// The day before that of the site's clock: it is over.
const YESTERDAY: &str = "2021-09-23";

#[tokio::test]
async fn a_day_is_looked_at_then_published_and_everybody_reads_it() {
    let site = Site::new();
    let everybody = Client::new(site.router());
    assert!(
        everybody
            .get("/published")
            .await
            .says("Nothing is published yet")
    );

    let officer = Client::signed_in(site.router(), "information").await;
    let list = officer.get("/published").await;
    assert!(
        list.says(&format!("value=\"{YESTERDAY}\"")),
        "{}",
        list.body
    );
    assert!(!list.says("value=\"2021-09-24\""), "today is not over");
    let draft = officer
        .get(&format!("/published/new?period={YESTERDAY}"))
        .await;
    assert!(draft.says("can never be changed"), "{}", draft.body);
    assert!(
        everybody
            .get("/published")
            .await
            .says("Nothing is published yet")
    );

    let cut_off = between(&draft.body, "name=\"cut_off\" value=\"", "\"").to_owned();
    let asked = [("period", YESTERDAY), ("cut_off", &cut_off)];
    let with = |login: &'static str, password: &'static str| {
        let second = [("second_login", login), ("second_password", password)];
        [asked.as_slice(), second.as_slice()].concat()
    };
    for (login, password, said) in [
        ("coordinator", "another password", "role=\"alert\""),
        ("information", PASSWORD, "role=\"alert\""),
        ("clerk", PASSWORD, "role=\"alert\""),
    ] {
        let alone = officer.post("/published/new", &with(login, password)).await;
        assert_ne!(alone.status, StatusCode::SEE_OTHER, "{login}");
        assert!(alone.says(said), "{login}: {}", alone.body);
    }
    let fields = with("coordinator", PASSWORD);
    let done = officer.post("/published/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    let list = everybody.get("/published").await;
    let id = between(&list.body, "href=\"/published/", "\"").to_owned();
    let edition = everybody.get(&format!("/published/{id}")).await;
    assert_eq!(edition.status, StatusCode::OK);
    assert!(
        edition.says("Public version") && !edition.says("/trace/"),
        "{}",
        edition.body
    );
    for (format, begins) in [
        ("json", "{"),
        ("pdf", "%PDF-"),
        ("xlsx", "PK"),
        ("hxl", "date_start,"),
    ] {
        let file = everybody
            .get(&format!("/published/{id}/file?format={format}"))
            .await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
        assert!(file.body.starts_with(begins), "{format}");
        let kept = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(kept.contains(&format!("published-{YESTERDAY}.")), "{kept}");
    }
    // What changed since is for people of the operation.
    let since = format!("/published/{id}/since");
    assert_eq!(everybody.get(&since).await.status, StatusCode::SEE_OTHER);
    let since = officer.get(&since).await;
    assert!(since.says("0 of "), "{}", since.body);

    let again = officer.post("/published/new", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.says("published already"), "{}", again.body);
}

#[tokio::test]
async fn what_is_no_period_or_not_over_is_said_where_it_was_asked() {
    let site = Site::new();
    let officer = Client::signed_in(site.router(), "information").await;
    for (period, said) in [
        ("2021-09-24", "not over yet"),
        ("2021-09", "not over yet"),
        ("yesterday", "2021-09-19 or a month as 2021-09"),
        ("", "2021-09-19 or a month as 2021-09"),
    ] {
        let answer = officer
            .get(&format!("/published/new?period={period}"))
            .await;
        assert!(answer.says(said), "{period}: {}", answer.body);
        assert!(answer.says("role=\"alert\""), "{period}");
    }
    for nothing in [
        "/published/nonsense",
        "/published/00000000-0000-0000-0000-000000000001",
    ] {
        assert_eq!(
            officer.get(nothing).await.status,
            StatusCode::NOT_FOUND,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn only_those_who_may_publish_do() {
    let site = Site::new();
    for login in ["clerk", "warehouse", "administrator"] {
        let client = Client::signed_in(site.router(), login).await;
        let draft = client
            .get(&format!("/published/new?period={YESTERDAY}"))
            .await;
        assert_eq!(draft.status, StatusCode::FORBIDDEN, "{login}");
        let posted = client
            .post("/published/new", &[("period", YESTERDAY)])
            .await;
        assert_eq!(posted.status, StatusCode::FORBIDDEN, "{login}");
        assert!(
            !client.get("/published").await.says("name=\"period\""),
            "{login}"
        );
    }
}

#[tokio::test]
async fn no_public_version_is_counted_for_whoever_asks() {
    let site = Site::new();
    let officer = Client::signed_in(site.router(), "information").await;
    let asked = "from=2021-09-20&to=2021-09-23&audience=public";
    for path in ["/report/file?format=json&", "/api/sitrep?"] {
        let answer = officer.get(&format!("{path}{asked}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = officer.get(&format!("/report?{asked}")).await;
    assert!(!page.says("Public version"), "{}", page.body);
}
