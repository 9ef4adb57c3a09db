//! Is this someone we know? At the desk, while the form is typed, and before somebody is registered twice.

use axum::http::StatusCode;

use crate::browser::{Screen, Window, serve};
use crate::client::{Client, fresh};
use crate::flow::{Landed, announce, landed, meet};

const WILNER: [(&str, &str); 7] = [
    ("given_names", "Demo-Wilner"),
    ("family_name", "Jean-Baptiste"),
    ("sex", "m"),
    ("birth_day", "12"),
    ("birth_month", "3"),
    ("birth_year", "1987"),
    ("mother_name", "Demo-Guerda Étienne"),
];

/// The same, as somebody else writes him down, with day and month exchanged.
const AGAIN: [(&str, &str); 7] = [
    ("given_names", "Demo Wilnè"),
    ("family_name", "Jn Baptiste"),
    ("sex", "m"),
    ("birth_day", "3"),
    ("birth_month", "12"),
    ("birth_year", "1987"),
    ("mother_name", "Demo Gèda Etyèn"),
];

/// A flight on which Wilner stands at the desk again, and others do; gives the arrivals not yet registered.
async fn desk() -> (Landed, Client, Vec<String>) {
    let landed = landed(6).await;
    let clerk = Client::signed_in(landed.site.router(), "clerk").await;
    let mut arrivals = meet(&clerk, &landed.movement, 5).await;
    let first = arrivals.remove(0);
    let registered = clerk
        .post(&format!("/arrivals/{first}/register"), &WILNER)
        .await;
    assert_eq!(
        registered.status,
        StatusCode::SEE_OTHER,
        "{}",
        registered.body
    );
    (landed, clerk, arrivals)
}

#[tokio::test]
async fn somebody_on_record_is_shown_with_the_reasons_while_the_form_is_typed() {
    let (_landed, clerk, arrivals) = desk().await;
    let path = format!("/arrivals/{}", arrivals[0]);
    let empty = clerk.get(&path).await;
    assert!(
        empty.says("whoever is on record already shows here"),
        "{}",
        empty.body
    );
    let seen = clerk.post(&format!("{path}/alike"), &AGAIN).await;
    assert_eq!(seen.status, StatusCode::OK);
    for words in [
        "Very likely the same",
        "Demo-Wilner Jean-Baptiste",
        "Family name: the same, or it sounds the same",
        "Birth: day and month exchanged",
        "Before anything is compared",
    ] {
        assert!(seen.says(words), "{words} in {}", seen.body);
    }
    assert!(
        !seen.body.contains("<html"),
        "a part of a page, for the page that asks"
    );
    // A date half typed is no reason to say nothing.
    let half = [
        ("given_names", "Demo Wilnè"),
        ("family_name", "Jn Baptiste"),
        ("birth_day", "3"),
    ];
    let half = clerk.post(&format!("{path}/alike"), &half).await;
    assert!(half.says("Demo-Wilner Jean-Baptiste"), "{}", half.body);
    let nobody = [("given_names", "Demo-Fabiola"), ("birth_year", "2001")];
    let nobody = clerk.post(&format!("{path}/alike"), &nobody).await;
    assert!(
        nobody.says("Nobody like this is on record"),
        "{}",
        nobody.body
    );
}

#[tokio::test]
async fn a_second_registration_is_warned_of_and_a_person_decides() {
    let (_landed, clerk, arrivals) = desk().await;
    let path = |arrival: &str| format!("/arrivals/{arrival}/register");
    let warned = clerk.post(&path(&arrivals[0]), &AGAIN).await;
    assert_eq!(warned.status, StatusCode::CONFLICT);
    assert!(
        warned.says("somebody who is on record already"),
        "{}",
        warned.body
    );
    assert!(warned.says("value=\"Demo Wilnè\"") && warned.says("Very likely the same"));
    let mut looked = AGAIN.to_vec();
    looked.push(("somebody_else", "yes"));
    let done = clerk.post(&path(&arrivals[0]), &looked).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // A namesake of whom nothing else is known is nobody's double.
    let namesake = [
        ("given_names", "Demo-Wilner"),
        ("family_name", "Jean-Baptiste"),
        ("birth_year", "1950"),
    ];
    let done = clerk.post(&path(&arrivals[1]), &namesake).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn a_registration_sent_twice_is_done_once_and_not_taken_for_a_second_person() {
    let (_landed, clerk, arrivals) = desk().await;
    let path = format!("/arrivals/{}/register", arrivals[0]);
    let form = [
        ("given_names", "Demo-Fabiola"),
        ("family_name", "Louis"),
        ("birth_day", "4"),
        ("birth_month", "5"),
        ("birth_year", "1990"),
        ("mother_name", "Demo-Nadège Louis"),
    ];
    let request = fresh();
    for _ in 0..2 {
        let done = clerk.post_again(&path, &request, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
}

#[tokio::test]
async fn who_may_not_see_people_learns_nothing_of_them() {
    let (landed, _clerk, arrivals) = desk().await;
    for login in ["warehouse", "screener"] {
        let other = Client::signed_in(landed.site.router(), login).await;
        let seen = other
            .post(&format!("/arrivals/{}/alike", arrivals[0]), &AGAIN)
            .await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{login}");
        assert!(!seen.says("Wilner Jean-Baptiste"), "{login}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_browser_the_list_fills_while_the_clerk_types() {
    let (landed, clerk, before) = desk().await;
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    let next = announce(&landed.site, &coordinator, "DR-13", 2).await;
    let land = [("people", "2")];
    let land = coordinator
        .post(&format!("/movements/{next}/land"), &land)
        .await;
    assert_eq!(land.status, StatusCode::SEE_OTHER, "{}", land.body);
    let mut arrivals = meet(&clerk, &next, 2).await;
    arrivals.retain(|arrival| !before.contains(arrival));
    let url = serve(&landed.site);
    for (screen, arrival) in Screen::BOTH.into_iter().zip(arrivals) {
        let Some(window) = Window::open(&url, screen).await else {
            return;
        };
        window.sign_in("clerk").await;
        window.go(&format!("/arrivals/{arrival}")).await;
        for (field, text) in AGAIN.into_iter().filter(|(field, _)| *field != "sex") {
            window.write(&format!("#{field}"), text).await;
        }
        window.find("#alike .tag.good").await;
        let jump = window.find("#alike .jump").await;
        assert_eq!(jump.is_displayed().await.unwrap(), screen == Screen::Phone);
        if screen == Screen::Phone {
            window.press("#alike .jump").await;
        }
        window.press("#alike .fall-of > summary").await;
        window.find("#alike .fall svg rect.for").await;
        let address = window.client.current_url().await.unwrap();
        assert!(
            !address.as_str().contains("Wiln"),
            "names stand in no address"
        );
        window.picture("alike").await;
        window.dark(true).await;
        window.picture("alike-dark").await;
        if screen == Screen::Desktop {
            window.press("#alike input[name='informed']").await;
            window.press("#alike form[action$='/known'] button").await;
            window.gone("#alike").await;
            assert!(window.text().await.contains("Demo-Wilner"));
        }
        window.close().await;
    }
}
