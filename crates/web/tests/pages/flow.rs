//! The main job, end to end, as forms and pages: a flight is announced, its manifest taken in,
//! people are met, registered, screened and given what is theirs, and the report counts them.

use axum::http::{StatusCode, header};

use crate::client::{Answer, Client, between};
use crate::site::{Site, manifest};

pub struct Landed {
    pub site: Site,
    pub movement: String,
}

/// A flight on the ground with a manifest of so many people.
pub async fn landed(people: usize) -> Landed {
    let site = Site::new();
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let movement = announce(&site, &coordinator, "DR-12", people).await;
    let draft = coordinator
        .upload(
            &format!("/movements/{movement}/manifest"),
            "dr12.csv",
            manifest(people).as_bytes(),
        )
        .await;
    assert_eq!(draft.status, StatusCode::SEE_OTHER, "{}", draft.body);
    let mut path = draft.location().to_owned();
    let preview = coordinator.get(&path).await;
    assert_eq!(preview.status, StatusCode::OK);
    if preview.says("Day first, or month first?") {
        let answered = coordinator.post(&path, &[("date_order", "day")]).await;
        answered.location().clone_into(&mut path);
    }
    let preview = coordinator.get(&path).await;
    assert!(preview.says("New on the list"), "{}", preview.body);
    let taken = coordinator.post(&path, &[("action", "take")]).await;
    assert_eq!(
        taken.location(),
        format!("/movements/{movement}?said=saved"),
        "{}",
        taken.body
    );
    let headcount = (people + 2).to_string();
    let land = coordinator
        .post(
            &format!("/movements/{movement}/land"),
            &[("people", &headcount)],
        )
        .await;
    assert_eq!(land.status, StatusCode::SEE_OTHER, "{}", land.body);
    Landed { site, movement }
}

pub async fn announce(site: &Site, coordinator: &Client, name: &str, people: usize) -> String {
    let (origin, destination) = (site.origin.to_string(), site.airport.to_string());
    let people = people.to_string();
    let answer = coordinator
        .post(
            "/movements/new",
            &[
                ("kind", "flight"),
                ("designator", name),
                ("origin", &origin),
                ("destination", &destination),
                ("expected", "2021-09-24T13:30"),
                ("people", &people),
                ("legal_basis", "title_42_expulsion"),
                ("screened_before", "not_offered"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    between(answer.location(), "/movements/", "?").to_owned()
}

/// Meets people and gives their arrivals, in the order of their numbers.
pub async fn meet(clerk: &Client, movement: &str, people: u32) -> Vec<String> {
    let count = people.to_string();
    let met = clerk
        .post(
            "/desk/meet",
            &[("movement", movement), ("people", &count), ("priority", "")],
        )
        .await;
    assert_eq!(met.status, StatusCode::SEE_OTHER, "{}", met.body);
    let cards = clerk.get(met.location()).await;
    assert_eq!(
        cards.body.matches("class=\"handout\"").count(),
        people as usize,
        "{}",
        cards.body
    );
    let desk = clerk.get("/desk").await;
    arrivals(&desk)
}

pub fn arrivals(page: &Answer) -> Vec<String> {
    page.body
        .split("href=\"/arrivals/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

pub fn entitlements(page: &Answer) -> Vec<String> {
    page.body
        .split("name=\"entitlement\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_flight_is_received_from_announcement_to_report() {
    let Landed { site, movement } = landed(12).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrivals = meet(&clerk, &movement, 3).await;
    let path = format!("/arrivals/{}", arrivals[0]);

    let found = clerk
        .post(&format!("{path}/find"), &[("find", "wilner")])
        .await;
    assert!(found.says("Wilner Demo-Baptiste"), "{}", found.body);
    let line = between(&found.body, "?line=", "#form").to_owned();
    let form = clerk.get(&format!("{path}?line={line}")).await;
    assert!(
        form.says("value=\"Demo-Baptiste\""),
        "the form is filled in from the manifest"
    );
    let registered = clerk
        .post(
            &format!("{path}/register"),
            &[
                ("line", &line),
                ("given_names", "Wilner"),
                ("family_name", "Demo-Baptiste"),
                ("sex", "m"),
                ("birth_year", "1985"),
                ("informed", "yes"),
            ],
        )
        .await;
    assert_eq!(
        registered.status,
        StatusCode::SEE_OTHER,
        "{}",
        registered.body
    );

    let desk = clerk.get(&path).await;
    let meal = entitlements(&desk)[0].clone();
    let given = clerk
        .post(&format!("{path}/give"), &[("entitlement", &meal)])
        .await;
    assert_eq!(
        given.location(),
        format!("{path}?said=saved"),
        "{}",
        given.body
    );
    let again = clerk
        .post(&format!("{path}/give"), &[("entitlement", &meal)])
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.says("This was given already"), "{}", again.body);

    let screener = Client::signed_in(site.router(), "screener").await;
    let screened = screener
        .post(
            &format!("{path}/screen"),
            &[("vulnerability", "no_place_to_stay"), ("concern", "yes")],
        )
        .await;
    assert_eq!(screened.status, StatusCode::SEE_OTHER, "{}", screened.body);
    let left = clerk.post(&format!("{path}/leave"), &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);

    let officer = Client::signed_in(site.router(), "information").await;
    let report = officer.get("/report").await;
    assert_eq!(report.status, StatusCode::OK);
    let trace = between(&report.body, "href=\"/trace/", "\"").to_owned();
    let opened = officer.get(&format!("/trace/{trace}")).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    assert!(
        !opened.says("Demo-Baptiste"),
        "an information officer sees no names"
    );
    let json = officer.get("/api/sitrep").await;
    assert!(json.says("akey-sitrep-1"), "{}", json.body);
    for (format, begins) in [
        ("pdf", "%PDF-1.7"),
        ("xlsx", "PK"),
        ("hxl", "date_start,date_end,"),
    ] {
        let offered = format!("/report/file?format={format}&amp;from=");
        assert!(report.says(&offered), "{}", report.body);
        let file = officer.get(&format!("/report/file?format={format}")).await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
        assert!(file.body.starts_with(begins), "{format}");
        assert!(
            !file.says("Demo-Baptiste"),
            "no file of a report holds a name"
        );
        let kept = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(kept.starts_with("attachment; filename=\"sitrep-"), "{kept}");
    }
    let unknown = officer.get("/report/file?format=docx").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_board_shows_how_far_a_flight_is() {
    let Landed { site, movement } = landed(5).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    meet(&clerk, &movement, 4).await;
    let board = clerk.get("/").await;
    assert!(
        board.says("DR-12") && board.says("<b>7</b>") && board.says("<b>4</b>"),
        "{}",
        board.body
    );
    assert!(
        board.says("7 people counted, 5 on the manifest"),
        "{}",
        board.body
    );
    let api = clerk.get("/api/board").await;
    assert!(api.says("\"met\":4"), "{}", api.body);
}

#[tokio::test]
async fn somebody_who_prefers_not_to_say_is_received_all_the_same() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let declined = clerk
        .post(&format!("/arrivals/{arrival}/decline"), &[])
        .await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.body);
    let page = clerk.get(&format!("/arrivals/{arrival}")).await;
    assert!(page.says("prefers not to say"));
    let meal = entitlements(&page)[0].clone();
    let given = clerk
        .post(
            &format!("/arrivals/{arrival}/give"),
            &[("entitlement", &meal)],
        )
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
}

#[tokio::test]
async fn a_family_is_kept_together() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrivals = meet(&clerk, &movement, 2).await;
    for (arrival, name) in arrivals.iter().zip(["Demo-Ana", "Demo-Bea"]) {
        let answer = clerk
            .post(
                &format!("/arrivals/{arrival}/register"),
                &[("given_names", name)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let path = format!("/arrivals/{}", arrivals[1]);
    let found = clerk
        .post(&format!("{path}/find"), &[("family", "demo ana")])
        .await;
    let with = between(&found.body, "name=\"with\" value=\"", "\"").to_owned();
    assert!(!with.is_empty(), "{}", found.body);
    let joined = clerk
        .post(
            &format!("{path}/join"),
            &[("with", &with), ("relation", "child")],
        )
        .await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let page = clerk.get(&path).await;
    assert!(
        page.says("Demo-Ana") && page.says("Son or daughter"),
        "{}",
        page.body
    );
}
