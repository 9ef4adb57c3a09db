//! An answer that is refused comes back in its own form as it was written, and in no other.

use axum::http::StatusCode;

use crate::cases::{list, option, somebody};
use crate::client::{Client, between};
use crate::flow::{Landed, landed};

/// One more character than a text may have.
fn too_long() -> String {
    "a".repeat(4_001)
}

/// How many details of a page are open.
fn opened(body: &str) -> usize {
    body.matches("<details class=\"more\" open").count()
}

/// What stands in the text area of this id.
fn written<'a>(body: &'a str, id: &str) -> &'a str {
    let area = between(body, &format!("<textarea id=\"{id}\""), "</textarea>");
    area.split_once('>').map_or("", |(_, text)| text)
}

#[tokio::test]
async fn a_refused_answer_to_a_referral_comes_back_as_it_was_written() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Kantin", "FSC").await;
    let path = format!("/refer/{person}");
    let form = clerk.get(&path).await;
    let food = option(&form.body, "Food security · Demo-Kantin");
    let unsaid = [
        ("service", food.as_str()),
        ("need", "Demo-Need"),
        ("due", "2021-10-09"),
    ];
    let unsaid = clerk.post(&path, &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "value=\"Demo-Need\"",
        "value=\"2021-10-09\"",
        &format!("<option value=\"{food}\" selected"),
        "data-refusal=\"no-consent\"",
    ] {
        assert!(unsaid.says(kept), "{kept}: {}", unsaid.body);
    }
    let fields = [("service", food.as_str()), ("consent", "person")];
    clerk.post(&path, &fields).await;
    let due = clerk.get("/referrals").await;
    let referral = between(&due.body, "href=\"/referrals/", "\"").to_owned();
    let step = format!("/referrals/{referral}");
    let why = [
        ("outcome", "declined"),
        ("due", "2021-10-05"),
        ("reason", ""),
    ];
    let why = clerk.post(&step, &why).await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", why.body);
    for kept in [
        "<option value=\"declined\" selected",
        "value=\"2021-10-05\"",
        "id=\"reason-error\"",
    ] {
        assert!(why.says(kept), "{kept}: {}", why.body);
    }
    let late = [
        ("outcome", "accepted"),
        ("due", "2031-10-05"),
        ("reason", "Demo-Said"),
    ];
    let late = clerk.post(&step, &late).await;
    for kept in [
        "<option value=\"accepted\" selected",
        "value=\"2031-10-05\"",
        "value=\"Demo-Said\"",
        "id=\"due-error\"",
    ] {
        assert!(late.says(kept), "{kept}: {}", late.body);
    }
}

#[tokio::test]
async fn a_service_that_cannot_change_its_kind_comes_back_in_its_own_form() {
    let landed = landed(1).await;
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    list(&coordinator, "Demo-Kantin", "FSC").await;
    list(&coordinator, "Demo-Refuge", "PRO-GBV").await;
    let page = coordinator.get("/referrals").await;
    let refuge = page
        .body
        .rsplit("name=\"service\" value=\"")
        .next()
        .unwrap();
    let refuge = refuge.split('"').next().unwrap();
    let change = [
        ("service", refuge),
        ("name", "Demo-Renamed"),
        ("kind", "FSC"),
        ("languages", "ht"),
        ("active", "yes"),
    ];
    let refused = coordinator.post("/referrals/service", &change).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.says("data-refusal=\"service-kind-stays\""));
    assert_eq!(opened(&refused.body), 1, "{}", refused.body);
    let own = format!("id=\"{refuge}-name\" name=\"name\"");
    let own = between(&refused.body, &own, ">");
    assert!(own.contains("value=\"Demo-Renamed\""), "{own}");
    assert_eq!(refused.body.matches("Demo-Renamed").count(), 1);
}

#[tokio::test]
async fn a_refused_answer_to_feedback_comes_back_in_the_form_of_that_feedback() {
    let Landed { site, .. } = landed(1).await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let unsaid = [
        ("kind", "complaint"),
        ("channel", "box"),
        ("text", " "),
        ("contact", "Demo-Contact"),
    ];
    let unsaid = coordinator.post("/feedback/record", &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "<option value=\"complaint\" selected",
        "<option value=\"box\" selected",
        "value=\"Demo-Contact\"",
        "id=\"text-error\"",
    ] {
        assert!(unsaid.says(kept), "{kept}: {}", unsaid.body);
    }
    for text in ["Demo-First", "Demo-Second"] {
        let fields = [("kind", "question"), ("channel", "box"), ("text", text)];
        coordinator.post("/feedback/record", &fields).await;
    }
    let page = coordinator.get("/feedback").await;
    let ids: Vec<_> = page
        .body
        .split("name=\"feedback\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 2);
    let long = too_long();
    for (own, other) in [(&ids[0], &ids[1]), (&ids[1], &ids[0])] {
        let answer = [("feedback", own.as_str()), ("text", long.as_str())];
        let refused = coordinator.post("/feedback/answer", &answer).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(opened(&refused.body), 1, "its own form is open");
        assert_eq!(written(&refused.body, &format!("{own}-text")), long);
        assert_eq!(written(&refused.body, &format!("{other}-text")), "");
        assert_eq!(written(&refused.body, "text"), "");
        assert_eq!(refused.body.matches("data-refusal=").count(), 1);
    }
}

#[tokio::test]
async fn a_refused_answer_to_a_report_comes_back_to_the_focal_point() {
    let Landed { site, .. } = landed(1).await;
    let focal = Client::signed_in(site.router(), "focal").await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let unsaid = [
        ("kind", "other_breach"),
        ("text", ""),
        ("contact", "Demo-C"),
    ];
    let unsaid = clerk.post("/speak-up/report", &unsaid).await;
    assert!(unsaid.says("value=\"Demo-C\""), "{}", unsaid.body);
    let report = [
        ("kind", "other_breach"),
        ("channel", "box"),
        ("text", "Demo-Said"),
    ];
    let sent = clerk.post("/speak-up/report", &report).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = focal.get("/speak-up").await;
    let id = between(&page.body, "name=\"feedback\" value=\"", "\"").to_owned();
    let long = too_long();
    let answer = [("feedback", id.as_str()), ("text", long.as_str())];
    let refused = focal.post("/speak-up/answer", &answer).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(written(&refused.body, &format!("{id}-text")), long);
    assert_eq!(written(&refused.body, "text"), "");
    assert_eq!(opened(&refused.body), 1);
}

#[tokio::test]
async fn whose_key_is_the_last_is_said_in_the_words_of_the_role() {
    let Landed { site, .. } = landed(1).await;
    for login in ["protection", "focal"] {
        Client::signed_in(site.router(), login).await;
    }
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let page = administrator.get("/settings").await;
    for (name, says) in [
        ("Demo-protection", "the key for protection notes"),
        ("Demo-focal", "the key for reports of misconduct"),
    ] {
        let row = page.body.split(&format!("<summary>{name}")).nth(1).unwrap();
        let user = between(row, "name=\"user\" value=\"", "\"");
        let fields = [("user", user), ("password", "another demo password")];
        let refused = administrator.post("/settings/password", &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.says(says), "{name}: {}", refused.body);
    }
}
