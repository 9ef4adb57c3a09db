//! Referrals, feedback and reports of misconduct, as each role meets them.

use axum::http::StatusCode;

use crate::client::{Client, between};
use crate::flow::{Landed, landed, meet};
use crate::number_hex;

/// A clerk, a coordinator, and somebody registered.
pub async fn somebody(Landed { site, movement }: &Landed) -> (Client, Client, String) {
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    clerk
        .post(&format!("{path}/register"), &[("given_names", "Demo-Ana")])
        .await;
    let page = clerk.get(&path).await;
    let person = between(&page.body, "href=\"/people/", "\"").to_owned();
    let person = person.trim_end_matches("/correct").to_owned();
    (clerk, coordinator, person)
}

pub async fn list(coordinator: &Client, name: &str, kind: &str) {
    let listed = coordinator
        .post(
            "/referrals/service",
            &[
                ("name", name),
                ("kind", kind),
                ("languages", "ht, fr"),
                ("place", "Demo street"),
                ("reach", "Demo desk"),
                ("active", "yes"),
            ],
        )
        .await;
    assert_eq!(listed.status, StatusCode::SEE_OTHER, "{}", listed.body);
}

/// The id of the option with this text.
pub fn option(body: &str, name: &str) -> String {
    let before = body.split(name).next().unwrap();
    before
        .rsplit("option value=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn nobody_is_referred_without_consent_and_protection_sees_its_own() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Kantin", "FSC").await;
    list(&coordinator, "Demo-Refuge", "PRO-GBV").await;
    let path = format!("/refer/{person}");
    let form = clerk.get(&path).await;
    assert!(
        form.says("Demo-Kantin") && !form.says("Demo-Refuge"),
        "{}",
        form.body
    );
    let food = option(&form.body, "Food security · Demo-Kantin");
    let without = clerk
        .post(
            &path,
            &[
                ("service", &food),
                ("consent", "nobody"),
                ("reason", "quick"),
            ],
        )
        .await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        without.says("The person has to agree first"),
        "{}",
        without.body
    );
    let made = clerk
        .post(
            &path,
            &[
                ("service", &food),
                ("consent", "person"),
                ("need", "Demo-Need"),
            ],
        )
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let again = clerk
        .post(&path, &[("service", &food), ("consent", "person")])
        .await;
    assert!(
        again.says("referred to this service already"),
        "{}",
        again.body
    );

    let protection = Client::signed_in(landed.site.router(), "protection").await;
    let form = protection.get(&path).await;
    let refuge = option(&form.body, "Gender-based violence · Demo-Refuge");
    let unsaid = protection
        .post(&path, &[("service", &refuge), ("consent", "nobody")])
        .await;
    assert_eq!(
        unsaid.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        unsaid.body
    );
    let danger = protection
        .post(
            &path,
            &[
                ("service", &refuge),
                ("consent", "nobody"),
                ("reason", "Demo-Danger tonight"),
            ],
        )
        .await;
    assert_eq!(danger.status, StatusCode::SEE_OTHER, "{}", danger.body);
    let seen = protection.get("/referrals").await;
    assert!(
        seen.says("Demo-Refuge") && seen.says("To be asked after (2)"),
        "{}",
        seen.body
    );
    let hidden = seen
        .body
        .split("href=\"/referrals/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect::<Vec<_>>();
    for client in [&clerk, &coordinator] {
        let due = client.get("/referrals").await;
        assert!(due.says("To be asked after (1)"), "{}", due.body);
        let opened = client.get(&path).await;
        assert!(!opened.says("Demo-Danger"), "{}", opened.body);
        let mut found = 0;
        for id in &hidden {
            found +=
                u32::from(client.get(&format!("/referrals/{id}")).await.status == StatusCode::OK);
        }
        assert_eq!(found, 1, "one of the two referrals opens");
    }
}

#[tokio::test]
async fn a_referral_is_accepted_completed_and_then_over() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Kantin", "FSC").await;
    let path = format!("/refer/{person}");
    let form = clerk.get(&path).await;
    let food = option(&form.body, "Food security · Demo-Kantin");
    let fields = [("service", food.as_str()), ("consent", "person")];
    let made = clerk.post(&path, &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let due = clerk.get("/referrals").await;
    let referral = between(&due.body, "href=\"/referrals/", "\"").to_owned();
    let step = format!("/referrals/{referral}");
    let early = clerk.post(&step, &[("outcome", "completed")]).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    let next_week = [("outcome", "accepted"), ("due", "2021-10-01")];
    assert_eq!(
        clerk.post(&step, &next_week).await.status,
        StatusCode::SEE_OTHER
    );
    let done = clerk.post(&step, &[("outcome", "completed")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let late = clerk.post(&step, &[("outcome", "lost")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    let report = coordinator.get("/report").await;
    assert!(report.says("Referrals"), "{}", report.body);
}

#[tokio::test]
async fn the_day_to_ask_next_is_proposed_by_how_long_ago_the_referral_was() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Kantin", "FSC").await;
    let path = format!("/refer/{person}");
    let form = clerk.get(&path).await;
    let food = option(&form.body, "Food security · Demo-Kantin");
    // Four days before the site's clock: the call after a week counts as made, a month is next.
    let on_paper = [
        ("service", food.as_str()),
        ("consent", "person"),
        ("occurred", "2021-09-20T09:00"),
    ];
    let made = clerk.post(&path, &on_paper).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let due = clerk.get("/referrals").await;
    let referral = between(&due.body, "href=\"/referrals/", "\"").to_owned();
    let opened = clerk.get(&format!("/referrals/{referral}")).await;
    assert!(opened.says("value=\"2021-10-20\""), "{}", opened.body);
}

#[tokio::test]
async fn what_is_said_about_staff_is_seen_by_the_focal_point_alone() {
    let Landed { site, .. } = landed(1).await;
    let focal = Client::signed_in(site.router(), "focal").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let ordinary = [
        ("kind", "question"),
        ("channel", "box"),
        ("text", "Demo-Question"),
    ];
    coordinator.post("/feedback/record", &ordinary).await;
    let others = [
        "coordinator",
        "clerk",
        "administrator",
        "information",
        "protection",
    ];
    let pages = [
        "/feedback",
        "/speak-up",
        "/report",
        "/api/sitrep?from=2021-09-24&to=2021-09-24",
        "/referrals",
        "/settings",
    ];
    let mut before = Vec::new();
    let mut clients = Vec::new();
    for login in others {
        let client = Client::signed_in(site.router(), login).await;
        for path in pages {
            before.push(plain(&client.get(path).await.body));
        }
        clients.push(client);
    }
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let report = [
        ("kind", "fraud_or_corruption"),
        ("channel", "in_person"),
        ("text", "Demo-Money asked for a place in the queue"),
        ("anonymous", "yes"),
        ("contact", "Demo-Contact"),
    ];
    let sent = clerk.post("/speak-up/report", &report).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let heard = focal.get("/speak-up").await;
    assert!(
        heard.says("Demo-Money") && heard.says("Reports (1)"),
        "{}",
        heard.body
    );
    assert!(
        !heard.says("Demo-Contact"),
        "who stays unknown is not written down"
    );
    let id = between(&heard.body, "name=\"feedback\" value=\"", "\"").to_owned();

    let mut after = Vec::new();
    for client in &clients {
        for path in pages {
            after.push(plain(&client.get(path).await.body));
        }
        for action in ["/speak-up/answer", "/feedback/answer"] {
            let answered = client
                .post(action, &[("feedback", &id), ("text", "seen")])
                .await;
            assert!(answered.status.is_client_error(), "{}", answered.status);
            assert!(!answered.says("closed already"), "{}", answered.body);
        }
    }
    assert_eq!(before, after, "a page betrays that something was reported");

    // Nor by walking through the log, one position after the other.
    let end = site.node.log_end().unwrap().position;
    let node = number_hex(&site.node.key().0);
    for position in 1..=end + 1 {
        for client in &clients {
            let event = client.get(&format!("/event/{node}/{position}")).await;
            assert!(!event.says("feedback."), "position {position} shows it");
        }
    }
    let answered = focal
        .post(
            "/speak-up/answer",
            &[("feedback", &id), ("text", "Demo-Passed on")],
        )
        .await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert!(focal.get("/speak-up").await.says("Demo-Passed on"));
    let closed = focal.post("/speak-up/close", &[("feedback", &id)]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
}

/// A page without what differs at every drawing: request ids, secrets, the end of the log, times.
/// Small numbers stay: they may be counts.
pub fn plain(body: &str) -> String {
    let in_id = |c: char| c.is_ascii_hexdigit() || c == '-' || c == ':';
    let mut text = String::new();
    let mut run = String::new();
    for c in body.chars().chain(['\n']) {
        if in_id(c) {
            run.push(c);
            continue;
        }
        if run.len() < 8 && !run.contains(':') {
            text.push_str(&run);
        }
        run.clear();
        text.push(c);
    }
    text
}

#[tokio::test]
async fn a_coordinator_cannot_be_the_focal_point_too() {
    let Landed { site, .. } = landed(1).await;
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let both = administrator
        .post(
            "/settings/admit",
            &[
                ("login", "new.one"),
                ("name", "Demo-New"),
                ("password", "another demo password"),
                ("role", "coordinator"),
                ("role", "focal_point"),
            ],
        )
        .await;
    assert_eq!(
        both.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        both.body
    );
}

#[tokio::test]
async fn a_count_needs_the_hand_of_a_second_person() {
    let Landed { site, .. } = landed(1).await;
    let warehouse = Client::signed_in(site.router(), "warehouse").await;
    let count = async |login: &str, password: &str| {
        let fields = [
            ("quantity_cash_grant", "300"),
            ("second_login", login),
            ("second_password", password),
        ];
        warehouse.post("/paper/count", &fields).await
    };
    let wrong = count("cash", "not it").await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.body
    );
    let alone = count("warehouse", crate::site::PASSWORD).await;
    assert!(alone.says("somebody else has to confirm"), "{}", alone.body);
    let both = count("cash", crate::site::PASSWORD).await;
    assert_eq!(both.status, StatusCode::SEE_OTHER, "{}", both.body);
    let page = warehouse.get("/paper/count").await;
    assert!(page.says("Demo-warehouse · Demo-cash"), "{}", page.body);
}
