//! Danger as each role meets it: reported by anybody at the desk, said of roads by who runs the site, and
//! told to whoever is about to let somebody leave.

use axum::http::StatusCode;

use crate::client::{Client, between};
use crate::flow::{landed, meet};

async fn saved(client: &Client, path: &str, fields: &[(&str, &str)]) {
    let answer = client.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

const KIDNAPPING: [(&str, &str); 6] = [
    ("kind", "kidnapping"),
    ("area", "HT07"),
    ("harm", "kidnapped"),
    ("credibility", "probably_true"),
    ("source", "partner"),
    ("text", "Demo: two people were taken at the bridge."),
];

#[tokio::test]
async fn an_incident_keeps_people_from_travelling_there_until_it_is_doubted_or_over() {
    let landed = landed(2).await;
    let clerk = Client::signed_in(landed.site.router(), "clerk").await;
    let arrivals = meet(&clerk, &landed.movement, 2).await;
    for (arrival, to) in arrivals.iter().zip(["HT07", "HT03"]) {
        let who = [("given_names", "Demo-Ana"), ("destination", to)];
        saved(&clerk, &format!("/arrivals/{arrival}/register"), &who).await;
    }
    let desk = format!("/arrivals/{}", arrivals[0]);
    assert!(!clerk.get(&desk).await.says("give them a night here"));
    saved(&clerk, "/danger/report", &KIDNAPPING).await;
    let page = clerk.get("/danger").await;
    assert!(
        page.says("two people were taken at the bridge"),
        "{}",
        page.body
    );
    let warned = clerk.get(&desk).await;
    assert!(
        warned.says("Nobody travels to Sud tonight: give them a night here."),
        "{}",
        warned.body
    );
    let elsewhere = clerk.get(&format!("/arrivals/{}", arrivals[1])).await;
    assert!(!elsewhere.says("tonight: give them"), "{}", elsewhere.body);
    assert!(clerk.get("/").await.says("Nobody travels tonight to: Sud"));
    let incident = between(&page.body, "name=\"incident\" value=\"", "\"").to_owned();
    let doubted = [
        ("incident", incident.as_str()),
        ("harm", "kidnapped"),
        ("credibility", "doubtful"),
        ("text", ""),
    ];
    saved(&clerk, "/danger/update", &doubted).await;
    assert!(clerk.get(&desk).await.says("To Sud only with care"));
    saved(&clerk, "/danger/close", &[("incident", &incident)]).await;
    assert!(!clerk.get(&desk).await.says("only with care"));
    // Who has left is warned of nothing.
    saved(&clerk, "/danger/report", &KIDNAPPING).await;
    saved(&clerk, &format!("{desk}/leave"), &[]).await;
    assert!(!clerk.get(&desk).await.says("give them a night here"));
}

#[tokio::test]
async fn a_road_is_said_to_be_shut_by_who_runs_the_site_and_that_runs_out() {
    let landed = landed(1).await;
    let clerk = Client::signed_in(landed.site.router(), "clerk").await;
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    let road = |until| {
        [
            ("road", "Demo road, at the bridge"),
            ("site", ""),
            ("area", "HT05"),
            ("status", "closed"),
            ("until", until),
        ]
    };
    let path = "/danger/access";
    let refused = clerk.post(path, &road("2021-09-25T08:00")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let never = coordinator.post(path, &road("soon")).await;
    assert_eq!(never.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        never.says("Demo road, at the bridge"),
        "what was typed is kept"
    );
    saved(&coordinator, path, &road("2021-09-25T08:00")).await;
    let page = clerk.get("/danger").await;
    assert!(
        page.says("Artibonite") && page.says("not tonight"),
        "{}",
        page.body
    );
    let team = [
        ("people", "3"),
        ("area", "HT01"),
        ("site", ""),
        ("text", "Demo-Ekip 2"),
    ];
    let refused = clerk.post("/danger/confine", &team).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    saved(&coordinator, "/danger/confine", &team).await;
    let page = clerk.get("/danger").await;
    assert!(page.says("Demo-Ekip 2"), "{}", page.body);
    let team = between(
        &coordinator.get("/danger").await.body,
        "name=\"team\" value=\"",
        "\"",
    )
    .to_owned();
    saved(&coordinator, "/danger/free", &[("team", &team)]).await;
    assert!(!clerk.get("/danger").await.says("Demo-Ekip 2"));
}

#[tokio::test]
async fn the_report_of_the_operation_counts_incidents_and_says_nothing_of_what_happened() {
    let landed = landed(1).await;
    let clerk = Client::signed_in(landed.site.router(), "clerk").await;
    saved(&clerk, "/danger/report", &KIDNAPPING).await;
    let information = Client::signed_in(landed.site.router(), "information").await;
    let report = information.get("/report").await;
    assert!(report.says("Sud · kidnapping"), "{}", report.body);
    let json = information.get("/api/sitrep").await;
    let sitrep: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(
        sitrep["incidents"],
        serde_json::json!([{ "area": "HT07", "kind": "kidnapping", "reported": 1, "harmed": 1, "doubted": 0, "over": 0 }])
    );
    assert!(!json.says("bridge") && !report.says("bridge"));
    let focal = Client::signed_in(landed.site.router(), "focal").await;
    assert_eq!(focal.get("/danger").await.status, StatusCode::FORBIDDEN);
}
