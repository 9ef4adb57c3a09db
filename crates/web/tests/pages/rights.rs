//! A flight's items go to another site: released on a page of one node, accepted on a page of another;
//! the desk sees why it cannot give, and what nodes apart gave twice is on a list.

use axum::http::StatusCode;

use crate::browser::{Screen, Window, serve};
use crate::client::{Client, between};
use crate::flow::{landed, meet};
use crate::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_releases_a_flight_to_another_site_which_then_gives() {
    let landed = landed(4).await;
    let clerk = Client::signed_in(landed.site.router(), "clerk").await;
    let arrivals = meet(&clerk, &landed.movement, 2).await;
    let arrival = format!("/arrivals/{}", arrivals[0]);
    let cap = landed.site.joined("Cap-Haïtien airport");
    let before = clerk.get(&arrival).await;
    assert!(
        before.body.contains("class=\"primary\">Give"),
        "{}",
        before.body
    );

    let Some(window) = Window::open(&serve(&landed.site), Screen::Phone).await else {
        return;
    };
    window.sign_in("coordinator").await;
    window.go(&format!("/movements/{}", landed.movement)).await;
    window.press("a.button[href='/rights']").await;
    window
        .press("details:has(form[action='/rights/release']) > summary")
        .await;
    window.press("form[action='/rights/release'] button").await;
    let page = window.text().await;
    assert!(page.contains("On its way to another node"), "{page}");
    assert!(page.contains("Cap-Haïtien airport"), "{page}");
    window.picture("rights").await;
    window.sign_in("clerk").await;
    window.go(&arrival).await;
    let page = window.text().await;
    assert!(page.contains("on its way to Cap-Haïtien airport"), "{page}");
    window.close().await;

    cap.meets(&landed.site);
    let there = Client::signed_in(cap.router(), "coordinator").await;
    let board = there.get("/").await;
    assert!(
        board.says("Released to this node: 4 items for 2 people"),
        "{}",
        board.body
    );
    let rights = there.get("/rights").await;
    let transfer = between(&rights.body, "action=\"/rights/", "/accept");
    let taken = there.post(&format!("/rights/{transfer}/accept"), &[]).await;
    assert_eq!(taken.location(), "/rights?said=saved", "{}", taken.body);
    let again = there
        .post(&format!("/rights/{transfer}/decline"), &[])
        .await;
    assert!(again.says("it was answered already"), "{}", again.body);
    let supply = [
        ("number", "WB-CAP"),
        ("quantity_hot_meal", "5"),
        ("quantity_water", "5"),
    ];
    there.post("/stock/supply", &supply).await;
    let card = there.get(&arrival).await;
    let item = between(&card.body, "name=\"entitlement\" value=\"", "\"").to_owned();
    let given = there
        .post(&format!("{arrival}/give"), &[("entitlement", &item)])
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    cap.meets(&landed.site);
    let card = clerk.get(&arrival).await;
    assert!(card.says("✓"), "{}", card.body);
}

#[tokio::test]
async fn a_loss_is_announced_by_one_and_not_confirmed_by_the_same_or_too_early() {
    let landed = landed(2).await;
    let laptop = landed.site.joined("Cap-Haïtien airport");
    laptop.meets(&landed.site);
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    let page = coordinator.get("/rights").await;
    assert!(
        page.says("people can receive things twice"),
        "{}",
        page.body
    );
    let (lost, heir) = (
        laptop.node.key().to_string(),
        landed.site.node.key().to_string(),
    );
    let fields = |days| {
        [
            ("node", lost.as_str()),
            ("heir", &heir),
            ("why", "stolen"),
            ("days", days),
        ]
    };
    let short = coordinator.post("/rights/lost", &fields("2")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.says("between 7 and 90 days"), "{}", short.body);
    let said = coordinator.post("/rights/lost", &fields("7")).await;
    assert_eq!(said.location(), "/rights?said=saved", "{}", said.body);
    let page = coordinator.get("/rights").await;
    assert!(page.says("To be confirmed from"), "{}", page.body);
    let recovery = between(&page.body, "action=\"/rights/", "/call-off").to_owned();
    assert!(!page.says(&format!("/rights/{recovery}/recover")));
    let chief = Client::signed_in(landed.site.router(), "chief").await;
    let early = chief
        .post(&format!("/rights/{recovery}/recover"), &[])
        .await;
    assert!(
        early.says("The waiting period runs until"),
        "{}",
        early.body
    );
    // The node hears that it is said to be lost, and is not.
    laptop.meets(&landed.site);
    laptop.meets(&landed.site);
    assert!(coordinator.get("/rights").await.says("called off"));
}

#[tokio::test]
async fn who_may_not_sees_neither_rights_nor_the_list_of_overlaps() {
    let site = Site::new();
    for login in ["screener", "observer", "focal"] {
        let somebody = Client::signed_in(site.router(), login).await;
        for path in ["/rights", "/overlaps", "/api/overlaps"] {
            let status = somebody.get(path).await.status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{login} {path}");
        }
    }
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let list = coordinator.get("/overlaps").await;
    assert!(list.says("Nothing was given more often"), "{}", list.body);
    assert_eq!(coordinator.get("/api/overlaps").await.body, "[]");
}
