//! Slips: a language changed in the middle of a search, an address fetched that only takes forms, a
//! number typed wrong, the next called too early. Each is met with a page that says what to do.

use axum::http::StatusCode;
use domain::{Command, MovementId};

use crate::browser::{Screen, Window, serve};
use crate::client::{Client, between};
use crate::flow::{Landed, arrivals, landed, meet};
use crate::site::Site;

#[tokio::test]
async fn an_address_that_only_takes_forms_leads_to_the_page_of_the_form() {
    let site = Site::new();
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let id = "00000000000000000000000000000001";
    for (address, page) in [
        ("/desk/meet".to_owned(), "/desk".to_owned()),
        (format!("/arrivals/{id}/find"), format!("/arrivals/{id}")),
        (
            format!("/arrivals/{id}/register"),
            format!("/arrivals/{id}"),
        ),
        (format!("/people/{id}/find"), format!("/people/{id}")),
        (format!("/movements/{id}/land"), format!("/movements/{id}")),
        ("/settings/admit".to_owned(), "/settings".to_owned()),
        ("/role-key".to_owned(), "/password".to_owned()),
        ("/sign-out".to_owned(), "/".to_owned()),
        ("/scan".to_owned(), "/desk".to_owned()),
    ] {
        let answer = clerk.get(&address).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
        assert_eq!(answer.location(), page, "{address}");
    }
    let warehouse = Client::signed_in(site.router(), "warehouse").await;
    let refused = warehouse.get("/stock/send").await;
    assert_eq!(refused.location(), "/stock", "{}", refused.body);
    let wrong_way = clerk.post("/report", &[]).await;
    assert_eq!(wrong_way.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        wrong_way.says("There is nothing here"),
        "{}",
        wrong_way.body
    );
}

#[tokio::test]
async fn a_search_outlives_a_change_of_language_and_its_address_holds_no_name() {
    let Landed { site, movement } = landed(6).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    for (search, field) in [
        (format!("/arrivals/{arrival}/find"), "find"),
        (format!("/movements/{movement}/find"), "search"),
        ("/people".to_owned(), "text"),
    ] {
        let found = clerk.post(&search, &[(field, "wilner")]).await;
        assert!(found.says("value=\"wilner\""), "{search}: {}", found.body);
        let to = between(&found.body, "name=\"to\" value=\"", "\"").to_owned();
        assert!(to.contains("?asked=") && !to.contains("wilner"), "{to}");
        let changed = clerk
            .post_raw("/language", &[("language", "fr"), ("to", &to)])
            .await;
        let again = clerk.get(changed.location()).await;
        assert_eq!(again.status, StatusCode::OK, "{search}");
        assert!(again.says("value=\"wilner\""), "{search}: {}", again.body);
        let other = Client::signed_in(site.router(), "coordinator").await;
        let other = other.get(&to).await;
        assert!(
            !other.says("value=\"wilner\""),
            "what somebody asked is theirs alone"
        );
    }
}

#[tokio::test]
async fn a_refused_form_says_where_back_and_a_change_of_language_lead() {
    let Landed { site, .. } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let refused = clerk.post("/desk/meet", &[("people", "many")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.says("data-again=\"/desk/meet\""),
        "{}",
        refused.body
    );
    let page = clerk.get("/desk?call=none&said=saved").await;
    assert!(!page.says("data-again"), "a page fetched stays as it is");
    assert!(page.says("name=\"to\" value=\"/desk?call=none\""));
}

#[tokio::test]
async fn more_cards_than_people_counted_are_asked_about_and_listed_for_a_decision() {
    // Four people were counted.
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    meet(&clerk, &movement, 3).await;
    let two = [("movement", movement.as_str()), ("people", "2")];
    let asked = clerk.post("/desk/meet", &two).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.body);
    assert!(asked.says("4 people were counted and 3 have a card"));
    assert!(asked.says("name=\"exceeds\""), "{}", asked.body);
    assert_eq!(arrivals(&clerk.get("/desk").await).len(), 3);

    let sure = [&two[..], &[("exceeds", "yes")]].concat();
    let request = crate::client::fresh();
    let met = clerk.post_again("/desk/meet", &request, &sure).await;
    assert_eq!(met.status, StatusCode::SEE_OTHER, "{}", met.body);
    let again = clerk.post_again("/desk/meet", &request, &two).await;
    assert!(
        again.location().ends_with("said=already"),
        "sent twice is not asked twice: {}",
        again.body
    );
    let board = clerk.get("/").await;
    assert!(
        board.says("4 people counted, 5 have a card: 1 too many"),
        "{}",
        board.body
    );
}

#[tokio::test]
async fn cards_made_by_mistake_are_withdrawn_together_but_those_in_use_stay() {
    let Landed { site, movement } = landed(6).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let five = [("movement", movement.as_str()), ("people", "5")];
    let request = crate::client::fresh();
    let met = clerk.post_again("/desk/meet", &request, &five).await;
    let cards = met.location().to_owned();
    let used = arrivals(&clerk.get("/desk").await).remove(0);
    let registered = clerk
        .post(
            &format!("/arrivals/{used}/register"),
            &[("given_names", "Demo-Used")],
        )
        .await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER);

    let page = clerk.get(&cards).await;
    assert!(page.says("A coordinator takes unused cards back") && !page.says("/desk/withdraw"));
    let batch = between(&cards, "met=", "&").to_owned();
    let back = [
        ("met", batch.as_str()),
        ("people", "5"),
        ("reason", "typed 5 for 1"),
    ];
    let refused = clerk.post("/desk/withdraw", &back).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        coordinator
            .get(&cards)
            .await
            .says("Withdraw 4 unused cards")
    );
    let why = coordinator.post("/desk/withdraw", &back[..2]).await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", why.body);
    let done = coordinator.post("/desk/withdraw", &back).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let left = coordinator.get(done.location()).await;
    assert_eq!(left.body.matches("class=\"handout\"").count(), 1);
    assert!(!left.says("/desk/withdraw"), "nothing is left to withdraw");
    let movement = MovementId(movement.parse().unwrap());
    let met = site
        .node
        .read::<_, node::NodeError>(|register| Ok(register.balance(movement)?.met));
    assert_eq!(met.unwrap(), 1);
}

#[tokio::test]
async fn the_next_waits_until_the_one_called_is_registered_or_put_aside() {
    let Landed { site, movement } = landed(4).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let waiting = meet(&clerk, &movement, 2).await;
    let path = |arrival: &str| format!("/arrivals/{arrival}");
    let first = clerk.post("/desk/next", &[]).await;
    assert_eq!(first.location(), path(&waiting[0]));
    let still = clerk.post("/desk/next", &[]).await;
    assert_eq!(still.location(), path(&waiting[0]) + "?call=still");
    let page = clerk.get(still.location()).await;
    assert!(page.says("is not registered yet"), "{}", page.body);
    assert!(page.says("Put aside and call the next"));

    let aside = [("aside", waiting[0].as_str())];
    let second = clerk.post("/desk/next", &aside).await;
    assert_eq!(second.location(), path(&waiting[1]));
    assert!(clerk.get("/desk").await.says("put aside"));
    let registered = clerk
        .post(
            &(path(&waiting[1]) + "/register"),
            &[("given_names", "Demo-Second")],
        )
        .await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER);
    let recalled = clerk.post("/desk/next", &[]).await;
    assert_eq!(
        recalled.location(),
        path(&waiting[0]),
        "whoever was put aside kept the place"
    );
    let nobody = clerk.post("/desk/next", &aside).await;
    assert_eq!(nobody.location(), "/desk?call=none");
    assert!(
        clerk
            .get("/desk?call=none")
            .await
            .says("Nobody else to call")
    );
}

#[tokio::test]
async fn whoever_erases_finds_the_person_by_the_card_and_sees_no_more_than_the_card() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let met = meet(&clerk, &movement, 2).await;
    clerk
        .post(
            &format!("/arrivals/{}/register", met[0]),
            &[("given_names", "Demo-Gone")],
        )
        .await;
    let card = async |arrival: &str| {
        let page = clerk.get(&format!("/arrivals/{arrival}/card")).await;
        between(&page.body, "class=\"code\">", "<").to_owned()
    };
    let (known, unknown) = (card(&met[0]).await, card(&met[1]).await);
    assert!(administrator.get("/settings").await.says("/settings/erase"));
    let found = administrator
        .post("/settings/erase", &[("code", &known)])
        .await;
    assert!(found.location().starts_with("/people/"), "{}", found.body);
    let page = administrator.get(found.location()).await;
    assert!(page.says("Erase for good") && page.says(&known));
    assert!(!page.says("Demo-Gone") && !page.says("href=\"/arrivals/"));
    let nobody = administrator
        .post("/settings/erase", &[("code", &unknown)])
        .await;
    assert!(nobody.says("nothing personal is kept"), "{}", nobody.body);
    let number = administrator
        .post("/settings/erase", &[("code", "A001")])
        .await;
    assert_eq!(number.location(), found.location(), "{}", number.body);
    let refused = coordinator
        .post("/settings/erase", &[("code", &known)])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let told = coordinator.get(found.location()).await;
    assert!(
        told.says("An administrator erases") && told.says(&format!("card: {known}")),
        "{}",
        told.body
    );
}

#[tokio::test]
async fn a_report_that_does_not_exist_is_not_another_report() {
    let site = Site::new();
    let officer = Client::signed_in(site.router(), "information").await;
    for asked in ["from=x&to=y", "sites=zzz", "audience=everybody"] {
        let page = officer.get(&format!("/report?{asked}")).await;
        assert!(
            page.says("something no report has") && !page.says("sitrep-head"),
            "{asked}: {}",
            page.body
        );
        for other in ["/report/file?format=json&", "/api/sitrep?"] {
            let file = officer.get(&format!("{other}{asked}")).await;
            assert_eq!(file.status, StatusCode::NOT_FOUND, "{other}{asked}");
        }
    }
    let event = officer.get("/event/x/y").await;
    assert_eq!(event.status, StatusCode::NOT_FOUND);
    assert!(event.says("There is nothing here"), "{}", event.body);
}

#[tokio::test]
async fn a_wrong_quantity_names_the_item_it_stands_beside() {
    let site = Site::new();
    let warehouse = Client::signed_in(site.router(), "warehouse").await;
    for wrong in ["-3", "99999999999", "10000001", "a few"] {
        let paper = [
            ("number", "WB-9"),
            ("quantity_water", "5"),
            ("quantity_hot_meal", wrong),
        ];
        let answer = warehouse.post("/stock/supply", &paper).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            answer.says("Hot meal: write a whole number"),
            "{wrong}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn the_desk_offers_the_movement_whose_people_were_met_last() {
    let Landed { site, movement } = landed(4).await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let newer = crate::flow::announce(&site, &coordinator, "DR-13", 4).await;
    site.must(Command::LandMovement {
        movement: MovementId(newer.parse().unwrap()),
        headcount: 4,
    });
    let clerk = Client::signed_in(site.router(), "clerk").await;
    meet(&clerk, &movement, 1).await;
    let chosen = |page: &str, movement: &str| {
        let id = MovementId(movement.parse().unwrap());
        page.contains(&format!("<option value=\"{id}\" selected"))
    };
    let desk = clerk.get("/desk").await;
    assert!(chosen(&desk.body, &movement), "{}", desk.body);
    let asked = clerk.get(&format!("/desk?movement={newer}")).await;
    assert!(chosen(&asked.body, &newer), "{}", asked.body);
}

#[tokio::test]
async fn what_was_just_done_is_not_printed_before_the_cards() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let one = [("movement", movement.as_str()), ("people", "1")];
    let met = clerk.post("/desk/meet", &one).await;
    let cards = clerk.get(met.location()).await;
    assert!(
        cards.says("<div class=\"no-print\"><div class=\"notice good\" role=\"status\">Saved."),
        "{}",
        cards.body
    );
}

#[tokio::test]
async fn numbers_of_a_movement_keep_their_names_where_the_head_of_the_table_is_hidden() {
    let Landed { site, .. } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let page = clerk.get("/movements").await;
    for (name, number) in [("Announced", 2), ("Counted", 4), ("Registered", 0)] {
        let labelled = format!("data-label=\"{name}\">{number}<");
        assert!(page.says(&labelled), "{name}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn back_leads_to_a_page_after_a_refused_form_and_after_a_search() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    meet(&clerk, &movement, 1).await;
    let Some(window) = Window::open(&serve(&site), Screen::Desktop).await else {
        return;
    };
    window.sign_in("clerk").await;
    window.go(&format!("/desk?movement={movement}")).await;
    window.write("#people", "9").await;
    window
        .press("form[action='/desk/meet'] button.primary")
        .await;
    window.find("[data-refusal='met-exceeds']").await;
    window.press(".bar nav a[href='/movements']").await;
    window.client.back().await.unwrap();
    window.find("form[action='/desk/next']").await;
    window.press("form[action='/desk/next'] button").await;
    window.write("#find", "wiln").await;
    window.press("form[action$='/find'] button").await;
    window.find("#who a.button").await;
    window.press(".bar nav a[href='/movements']").await;
    window.client.back().await.unwrap();
    window.find("#who a.button").await;
    window.close().await;
}
