//! What has to be taken back: a card given by mistake, somebody on the list who wants to be forgotten;
//! and the languages an operation chose.

use axum::http::StatusCode;
use domain::{Command, Known, LanguageCode, LineId, LineState, MovementId};

use crate::client::Client;
use crate::flow::{Landed, entitlements, landed, meet};
use crate::site::{Site, manifest};

#[tokio::test]
async fn a_card_given_by_mistake_is_withdrawn_by_the_coordinator_once_nothing_is_given_on_it() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    clerk
        .post(
            &format!("{path}/register"),
            &[("given_names", "Demo-Twice")],
        )
        .await;
    let meal = entitlements(&clerk.get(&path).await).remove(0);
    clerk
        .post(&format!("{path}/give"), &[("entitlement", &meal)])
        .await;

    let withdraw = format!("{path}/withdraw");
    let reason = [("reason", "registered twice")];
    assert!(!clerk.get(&path).await.says(&withdraw));
    let refused = clerk.post(&withdraw, &reason).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(coordinator.get(&path).await.says(&withdraw));
    let given = coordinator.post(&withdraw, &reason).await;
    assert_eq!(given.status, StatusCode::CONFLICT);
    assert!(given.says("Void it first"), "{}", given.body);

    let void = [("entitlement", meal.as_str()), ("void_reason", "not_given")];
    let voided = coordinator.post(&format!("{path}/void"), &void).await;
    assert_eq!(voided.status, StatusCode::SEE_OTHER, "{}", voided.body);
    let done = coordinator.post(&withdraw, &reason).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = clerk.get(&path).await;
    assert!(page.says("withdrawn: it was a mistake"), "{}", page.body);
    assert!(
        !page.says("/register\""),
        "nothing is done with it any more"
    );
    let movement = MovementId(movement.parse().unwrap());
    let balance = site
        .node
        .read::<_, node::NodeError>(|register| Ok(register.balance(movement)?))
        .unwrap();
    assert!(balance.adds_up());
    assert_eq!(
        (balance.met, balance.registered, balance.unlisted),
        (0, 0, 0)
    );
}

fn lines(site: &Site, movement: MovementId) -> Vec<domain::Line> {
    let found = site
        .node
        .read::<_, node::NodeError>(|register| Ok(register.lines(movement)?));
    found.unwrap()
}

#[tokio::test]
async fn who_did_not_come_is_erased_by_an_administrator_and_a_longer_list_asks_first() {
    let Landed { site, movement } = landed(3).await;
    let id = MovementId(movement.parse().unwrap());
    let line: LineId = lines(&site, id)[0].id;
    site.must(Command::MarkNoShow { line });
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let administrator = Client::signed_in(site.router(), "administrator").await;

    let path = format!("/lines/{line}");
    assert!(
        coordinator
            .get(&format!("/movements/{movement}"))
            .await
            .says(&path)
    );
    assert!(coordinator.get(&path).await.says("Only an administrator"));
    let sure = [("sure", "yes")];
    let refused = coordinator.post(&path, &sure).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let page = administrator.get(&path).await;
    assert!(
        page.says("Erase for good") && !page.says("Demo-Baptiste"),
        "{}",
        page.body
    );
    let unsure = administrator.post(&path, &[]).await;
    assert!(unsure.says("Tick the box"), "{}", unsure.body);
    let erased = administrator.post(&path, &sure).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    let after = lines(&site, id);
    let after = after.iter().find(|after| after.id == line).unwrap();
    assert!(after.erased && after.particulars.is_none());
    assert_eq!(after.state(), LineState::NoShow);

    let draft = coordinator
        .upload(
            &format!("/movements/{movement}/manifest"),
            "longer.csv",
            manifest(5).as_bytes(),
        )
        .await;
    let mut path = draft.location().to_owned();
    let preview = coordinator.get(&path).await;
    if preview.says("Day first, or month first?") {
        let answered = coordinator.post(&path, &[("date_order", "day")]).await;
        answered.location().clone_into(&mut path);
    }
    let preview = coordinator.get(&path).await;
    assert!(preview.says("erased on request"), "{}", preview.body);
    let hasty = coordinator.post(&path, &[("action", "take")]).await;
    assert_eq!(hasty.status, StatusCode::CONFLICT, "{}", hasty.body);
    assert_eq!(lines(&site, id).len(), 3, "nobody was brought back");
    let looked = [("action", "take"), ("erased_confirmed", "yes")];
    let taken = coordinator.post(&path, &looked).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn pages_offer_the_languages_of_the_operation_and_no_others() {
    let site = Site::speaking(&[LanguageCode::SPANISH, LanguageCode::KREYOL]);
    let client = Client::new(site.router());
    let page = client.get("/sign-in").await;
    assert!(page.says("<html lang=\"es\""), "{}", page.body);
    assert!(page.says("value=\"ht\"") && !page.says("value=\"en\""));
    let chosen = client.post_raw("/language", &[("language", "ht")]).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    let other = client.post_raw("/language", &[("language", "fr")]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}
