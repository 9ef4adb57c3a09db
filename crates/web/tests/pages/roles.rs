//! Each role sees and does its part, and is refused the rest.

use axum::http::StatusCode;

use crate::client::Client;
use crate::flow::{Landed, entitlements, landed, meet};

#[tokio::test]
async fn each_role_opens_its_own_pages_and_no_others() {
    let Landed { site, movement } = landed(2).await;
    let movement = format!("/movements/{movement}");
    let pages = [
        "/desk",
        &movement,
        "/people",
        "/stock",
        "/report",
        "/report/file?format=xlsx",
        "/settings",
    ];
    let may = [
        ("clerk", [true, true, true, false, false, false, false]),
        ("screener", [true, true, true, false, false, false, false]),
        ("protection", [true, true, true, false, false, false, false]),
        ("warehouse", [true, false, false, true, false, false, false]),
        ("cash", [true, false, false, true, false, false, false]),
        ("coordinator", [true, true, true, true, true, true, false]),
        ("information", [false, true, false, true, true, true, false]),
        (
            "administrator",
            [false, false, false, true, false, false, true],
        ),
    ];
    for (login, allowed) in may {
        let client = Client::signed_in(site.router(), login).await;
        for (path, allowed) in pages.iter().zip(allowed) {
            let expected = if allowed {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(client.get(path).await.status, expected, "{login} {path}");
        }
    }
}

#[tokio::test]
async fn those_who_may_not_see_people_see_no_names() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    clerk
        .post(
            &format!("{path}/register"),
            &[("given_names", "Demo-Secret")],
        )
        .await;
    assert!(clerk.get(&path).await.says("Demo-Secret"));
    for login in ["warehouse", "cash"] {
        let client = Client::signed_in(site.router(), login).await;
        let page = client.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{login}");
        assert!(!page.says("Demo-Secret"), "{login} sees a name");
        assert!(
            !client.get("/desk").await.says("Demo-Secret"),
            "{login} sees a name"
        );
    }
    let officer = Client::signed_in(site.router(), "information").await;
    assert!(
        !officer
            .get(&format!("/movements/{movement}"))
            .await
            .says("Demo-Baptiste"),
        "names on the manifest"
    );
}

#[tokio::test]
async fn money_is_given_by_the_cash_role_alone() {
    let Landed { site, movement } = landed(1).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    clerk
        .post(
            &format!("{path}/register"),
            &[("given_names", "Demo-Ana"), ("birth_year", "1990")],
        )
        .await;
    assert!(clerk.get(&path).await.says("At the cash desk"));
    let cash = Client::signed_in(site.router(), "cash").await;
    let page = cash.get(&path).await;
    let money = entitlements(&page);
    assert_eq!(
        money.len(),
        1,
        "the cash desk has a button for money and nothing else: {}",
        page.body
    );
    let refused = clerk
        .post(&format!("{path}/give"), &[("entitlement", &money[0])])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let given = cash
        .post(&format!("{path}/give"), &[("entitlement", &money[0])])
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
}

#[tokio::test]
async fn protection_notes_open_for_the_protection_role_alone() {
    let Landed { site, movement } = landed(1).await;
    let protection = Client::signed_in(site.router(), "protection").await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    clerk
        .post(&format!("{path}/register"), &[("given_names", "Demo-Ana")])
        .await;
    let screener = Client::signed_in(site.router(), "screener").await;
    let screened = screener
        .post(
            &format!("{path}/screen"),
            &[("concern", "yes"), ("note", "Demo-Note that is sealed")],
        )
        .await;
    assert_eq!(screened.status, StatusCode::SEE_OTHER, "{}", screened.body);
    assert!(protection.get(&path).await.says("Demo-Note that is sealed"));
    for login in ["screener", "clerk", "coordinator"] {
        let client = Client::signed_in(site.router(), login).await;
        assert!(
            !client.get(&path).await.says("Demo-Note"),
            "{login} reads a sealed note"
        );
    }
    assert!(
        screener
            .get(&path)
            .await
            .says("Protection notes: 1 (sealed)")
    );
    assert!(
        !clerk.get(&path).await.says("protection concern"),
        "clerks do not see screening answers"
    );
}

#[tokio::test]
async fn only_an_administrator_admits_users_and_erases() {
    let Landed { site, movement } = landed(1).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let admit = [
        ("login", "new.one"),
        ("name", "Demo-New"),
        ("password", "another demo password"),
        ("role", "clerk"),
    ];
    assert_eq!(
        clerk.post("/settings/admit", &admit).await.status,
        StatusCode::FORBIDDEN
    );
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let admitted = administrator.post("/settings/admit", &admit).await;
    assert_eq!(admitted.status, StatusCode::SEE_OTHER, "{}", admitted.body);
    let taken = administrator.post("/settings/admit", &admit).await;
    assert!(
        taken.says("Somebody signs in with this name already"),
        "{}",
        taken.body
    );

    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    clerk
        .post(
            &format!("{path}/register"),
            &[("given_names", "Demo-Erased")],
        )
        .await;
    let page = clerk.get(&path).await;
    let person = crate::client::between(&page.body, "href=\"/people/", "\"")
        .trim_end_matches("/correct")
        .to_owned();
    let erase = format!("/people/{person}/erase");
    assert_eq!(
        clerk.post(&erase, &[("sure", "yes")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        !administrator
            .get(&format!("/people/{person}"))
            .await
            .says("Demo-Erased")
    );
    let unsure = administrator.post(&erase, &[]).await;
    assert!(unsure.says("Tick the box to confirm"), "{}", unsure.body);
    let erased = administrator.post(&erase, &[("sure", "yes")]).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    assert!(
        !clerk
            .get(&format!("/people/{person}"))
            .await
            .says("Demo-Erased")
    );
}
