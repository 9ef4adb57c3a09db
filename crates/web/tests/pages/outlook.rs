//! The outlook as each role meets it.

use axum::http::StatusCode;

use crate::client::Client;
use crate::flow::{announce, landed, meet};

#[tokio::test]
async fn what_runs_short_stands_on_the_board_before_it_does() {
    let landed = landed(2).await;
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    assert!(
        coordinator
            .get("/")
            .await
            .says("Nothing is seen to run short")
    );
    announce(&landed.site, &coordinator, "DR-99", 700).await;
    let board = coordinator.get("/").await;
    // 704 people eat, and there are 640 meals.
    assert!(
        board.says("Hot meal at Port-au-Prince airport: short from Friday 24 September 2021 on"),
        "{}",
        board.body
    );
    let page = coordinator.get("/outlook").await;
    assert!(page.says("not through today"), "{}", page.body);
    assert!(page.says("what is left, day by day"), "{}", page.body);
    assert!(page.says("Too few registrations so far"), "{}", page.body);
    let api = coordinator.get("/api/outlook").await;
    let seen: serde_json::Value = serde_json::from_str(&api.body).unwrap();
    assert_eq!(seen["moves"], serde_json::json!([]));
    assert_eq!(seen["desks"][0]["waiting"], 4, "counted and not registered");
    let stock = coordinator.get("/stock").await;
    assert!(stock.says("href=\"/outlook\""), "{}", stock.body);
    for login in ["clerk", "screener", "focal"] {
        let somebody = Client::signed_in(landed.site.router(), login).await;
        let status = somebody.get("/outlook").await.status;
        assert_eq!(status, StatusCode::FORBIDDEN, "{login}");
        assert!(!somebody.get("/").await.says("short from"), "{login}");
    }
}

#[tokio::test]
async fn the_queue_is_told_from_what_is_typed_and_nonsense_is_answered() {
    let landed = landed(58).await;
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    // Sixty people, two desks, six minutes each, at 13:40: three hours.
    let page = coordinator.get("/outlook?desks=2&minutes=6&by=18:00").await;
    assert!(
        page.says("The last person is served at about 16:40, between 16:40 and 16:40."),
        "{}",
        page.body
    );
    assert!(
        page.says("2 desks from now on, and nobody waits at 18:00"),
        "{}",
        page.body
    );
    let soon = coordinator
        .get("/outlook?desks=2&minutes=4,5&extra=20&by=14:40")
        .await;
    assert!(soon.says("6 desks from now on"), "{}", soon.body);
    for nonsense in [
        "desks=2&minutes=0",
        "desks=x&minutes=5",
        "desks=2&minutes=5&by=late",
        "minutes=5&extra=-1",
    ] {
        let page = coordinator.get(&format!("/outlook?{nonsense}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("Correct the number"), "{nonsense}: {}", page.body);
    }
}

#[tokio::test]
async fn how_long_a_registration_takes_is_taken_from_those_made() {
    let landed = landed(12).await;
    let clerk = Client::signed_in(landed.site.router(), "clerk").await;
    for arrival in meet(&clerk, &landed.movement, 6).await {
        let who = [("given_names", "Demo-Ana")];
        clerk
            .post(&format!("/arrivals/{arrival}/register"), &who)
            .await;
    }
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    let page = coordinator.get("/outlook").await;
    assert!(page.says("out of 5 registrations"), "{}", page.body);
    assert!(page.says("within the last hour: 1"), "{}", page.body);
    assert!(
        page.says("The last person is served at about"),
        "{}",
        page.body
    );
}
