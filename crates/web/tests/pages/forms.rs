//! Forms under bad conditions: sent twice, sent late, sent from two tabs, filled in wrong, filled in
//! with mischief. Each gets a clear answer, and nothing happens twice.

use axum::http::StatusCode;

use crate::client::{Answer, Client, between, fresh};
use crate::flow::{Landed, announce, entitlements, landed, meet};
use crate::site::{Site, manifest};

#[tokio::test]
async fn a_form_sent_twice_does_the_thing_once_and_says_so() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let request = fresh();
    let fields = [
        ("movement", movement.as_str()),
        ("people", "2"),
        ("priority", ""),
    ];
    let first = clerk.post_again("/desk/meet", &request, &fields).await;
    let second = clerk.post_again("/desk/meet", &request, &fields).await;
    assert!(
        first.location().ends_with("said=saved"),
        "{}",
        first.location()
    );
    assert!(
        second.location().ends_with("said=already"),
        "{}",
        second.location()
    );
    assert!(
        clerk
            .get(second.location())
            .await
            .says("This was done already")
    );
    assert!(clerk.get("/desk").await.says("Waiting (2)"));
}

#[tokio::test]
async fn giving_from_two_tabs_gives_once_and_tells_the_second() {
    let Landed { site, movement } = landed(1).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let path = format!("/arrivals/{arrival}");
    let meal = entitlements(&clerk.get(&path).await)[0].clone();
    let give = format!("{path}/give");
    let fields = [("entitlement", meal.as_str())];
    let (first, second) = tokio::join!(clerk.post(&give, &fields), clerk.post(&give, &fields));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed_and_the_reason() {
    let Landed { site, movement } = landed(1).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let answer = clerk
        .post(
            &format!("/arrivals/{arrival}/register"),
            &[("given_names", "Demo-Future"), ("birth_year", "2031")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.says("The date of birth is in the future"),
        "{}",
        answer.body
    );
    assert!(
        answer.says("value=\"Demo-Future\"") && answer.says("role=\"alert\""),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn names_are_shown_as_they_are_and_never_run() {
    let Landed { site, movement } = landed(1).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let name = "Demo-<script>alert(1)</script>\"'&";
    let answer = clerk
        .post(
            &format!("/arrivals/{arrival}/register"),
            &[("given_names", name)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = clerk.get(&format!("/arrivals/{arrival}")).await;
    assert!(
        page.says("Demo-&lt;script&gt;") && !page.says("<script>alert"),
        "{}",
        page.body
    );
    let found = clerk
        .post("/people", &[("text", "\"><script>alert(1)</script>")])
        .await;
    assert!(!found.says("<script>alert"), "{}", found.body);
}

#[tokio::test]
async fn a_card_with_one_wrong_character_is_told_from_an_unknown_card() {
    let Landed { site, movement } = landed(1).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrival = meet(&clerk, &movement, 1).await.remove(0);
    let page = clerk.get(&format!("/arrivals/{arrival}/card")).await;
    let code = between(&page.body, "class=\"code\">", "<").to_owned();
    let opened = clerk
        .get(&format!("/scan?code={}", code.to_lowercase()))
        .await;
    assert_eq!(opened.location(), format!("/arrivals/{arrival}"));
    let last = if code.ends_with('2') { '3' } else { '2' };
    let wrong = format!("{}{last}", &code[..code.len() - 1]);
    let refused = clerk.get(&format!("/scan?code={wrong}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.says("One character of the code is wrong"),
        "{}",
        refused.body
    );
    let number = clerk.get("/scan?code=A001").await;
    assert_eq!(
        number.location(),
        format!("/arrivals/{arrival}"),
        "a number in the queue opens too"
    );
}

#[tokio::test]
async fn a_file_that_is_no_manifest_is_refused_with_a_remedy() {
    let site = Site::new();
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let movement = announce(&site, &coordinator, "DR-1", 5).await;
    let path = format!("/movements/{movement}/manifest");
    let pdf = coordinator.upload(&path, "list.pdf", b"%PDF-1.7 ...").await;
    let page = coordinator.get(pdf.location()).await;
    assert!(page.says("The file is a PDF"), "{}", page.body);
    let empty = coordinator.upload(&path, "list.csv", b"").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let torn = coordinator
        .upload(&path, "list.xlsx", b"PK\x03\x04 torn")
        .await;
    let page = coordinator.get(torn.location()).await;
    assert!(page.says("This file cannot be read"), "{}", page.body);
}

#[tokio::test]
async fn the_same_manifest_again_changes_nothing_and_a_corrected_one_shows_what() {
    let Landed { site, movement } = landed(4).await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let path = format!("/movements/{movement}/manifest");
    let preview = |text: String| {
        let (coordinator, path) = (&coordinator, &path);
        async move {
            let draft = coordinator
                .upload(path, "again.csv", text.as_bytes())
                .await
                .location()
                .to_owned();
            let page = coordinator.get(&draft).await;
            if page.says("Day first, or month first?") {
                coordinator.post(&draft, &[("date_order", "day")]).await;
            }
            (coordinator.get(&draft).await, draft)
        }
    };
    let (same, _) = preview(manifest(4)).await;
    assert!(same.says("nothing changes"), "{}", same.body);
    let corrected = manifest(4).replace("Wilner", "Wilnè");
    let (changed, _) = preview(corrected).await;
    assert!(
        changed.says("Corrected") && changed.says("Wilnè"),
        "{}",
        changed.body
    );
}

#[tokio::test]
async fn a_list_whose_title_names_another_open_movement_is_noticed() {
    let site = Site::new();
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let movement = announce(&site, &coordinator, "DR-98", 3).await;
    announce(&site, &coordinator, "DR-99", 3).await;
    let path = format!("/movements/{movement}/manifest");
    let list = "Manifest of flight DR 99\n\nName,Sex,Date of birth\nDemo-Un Ana,F,1990-05-17\n";
    let draft = coordinator.upload(&path, "list.csv", list.as_bytes()).await;
    let draft = draft.location().to_owned();
    let taken = coordinator.post(&draft, &[("action", "take")]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.body);
    assert!(
        taken.says("DR-99") && taken.says("movement_confirmed"),
        "{}",
        taken.body
    );
    let confirmed = [("action", "take"), ("movement_confirmed", "yes")];
    let taken = coordinator.post(&draft, &confirmed).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn the_manifest_of_another_flight_is_noticed() {
    let Landed { site, .. } = landed(10).await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let other = announce(&site, &coordinator, "DR-99", 10).await;
    let path = format!("/movements/{other}/manifest");
    let draft = coordinator
        .upload(&path, "dr12.csv", manifest(10).as_bytes())
        .await
        .location()
        .to_owned();
    if coordinator
        .get(&draft)
        .await
        .says("Day first, or month first?")
    {
        coordinator.post(&draft, &[("date_order", "day")]).await;
    }
    let taken = coordinator.post(&draft, &[("action", "take")]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.body);
    assert!(
        taken.says("DR-12") && taken.says("elsewhere_confirmed"),
        "{}",
        taken.body
    );
    let answer = [("action", "take"), ("movement_confirmed", "yes")];
    let other = coordinator.post(&draft, &answer).await;
    assert_eq!(
        other.status,
        StatusCode::CONFLICT,
        "the flight is another question"
    );
    let confirmed = coordinator
        .post(
            &draft,
            &[("action", "take"), ("elsewhere_confirmed", "yes")],
        )
        .await;
    assert_eq!(
        confirmed.status,
        StatusCode::SEE_OTHER,
        "{}",
        confirmed.body
    );
}

#[tokio::test]
async fn a_document_of_somebody_else_is_asked_about_and_then_taken() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrivals = meet(&clerk, &movement, 2).await;
    let register = |arrival: String, shared: &'static str| {
        let clerk = &clerk;
        async move {
            clerk
                .post(
                    &format!("/arrivals/{arrival}/register"),
                    &[
                        ("given_names", "Demo-Ana"),
                        ("document_kind", "passport"),
                        ("document_number", "XX 123"),
                        ("document_shared", shared),
                    ],
                )
                .await
        }
    };
    assert_eq!(
        register(arrivals[0].clone(), "").await.status,
        StatusCode::SEE_OTHER
    );
    let held = register(arrivals[1].clone(), "").await;
    assert_eq!(held.status, StatusCode::CONFLICT);
    assert!(
        held.says("Other people on record with this document number: 1")
            && held.says("document_shared"),
        "{}",
        held.body
    );
    assert_eq!(
        register(arrivals[1].clone(), "yes").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_list_without_a_header_is_read_once_somebody_confirmed_what_its_columns_hold() {
    let site = Site::new();
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let movement = announce(&site, &coordinator, "DR-7", 3).await;
    let path = format!("/movements/{movement}/manifest");
    let bare = "DEMO-JEAN;Marie;F;14/03/1990\nDEMO-PAUL;Jean;M;15/03/1991\n";
    let draft = coordinator.upload(&path, "bare.csv", bare.as_bytes()).await;
    let draft = draft.location().to_owned();
    let asked = coordinator.get(&draft).await;
    assert!(asked.says("Does each column hold this?"), "{}", asked.body);
    assert!(asked.says("Marie · Jean") && !asked.says("New on the list"));
    let columns = [
        ("headerless", "yes"),
        ("header", ""),
        ("field", "family-name"),
        ("header", ""),
        ("field", "given-names"),
        ("header", ""),
        ("field", "sex"),
        ("header", ""),
        ("field", "birth-date"),
    ];
    coordinator.post(&draft, &columns).await;
    let preview = coordinator.get(&draft).await;
    assert!(preview.says("Marie DEMO-JEAN"), "{}", preview.body);
    let taken = coordinator.post(&draft, &[("action", "take")]).await;
    assert_eq!(
        taken.location(),
        format!("/movements/{movement}?said=saved")
    );
}

#[tokio::test]
async fn a_list_is_read_from_its_first_row_once_somebody_says_that_no_row_holds_titles() {
    let site = Site::new();
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let movement = announce(&site, &coordinator, "DR-8", 3).await;
    let path = format!("/movements/{movement}/manifest");
    let bare =
        "DEMO-UN;Rose;sexe;inconnu\nDEMO-JEAN;Marie;F;14/03/1990\nDEMO-PAUL;Jean;M;15/03/1991\n";
    let draft = coordinator.upload(&path, "bare.csv", bare.as_bytes()).await;
    let draft = draft.location().to_owned();
    let asked = coordinator.get(&draft).await;
    assert!(asked.says("No row holds titles"), "{}", asked.body);
    let untitled = coordinator.get(&format!("{draft}?header=0")).await;
    assert!(
        untitled.says("headerless") && untitled.says("Rose · Marie · Jean"),
        "{}",
        untitled.body
    );
}

/// A passenger list of one flight: the people's given names, and what the message is for.
fn message(flight: &str, day: &str, function: &str, given: &[&str]) -> String {
    let people: String = (1..).zip(given).fold(String::new(), |all, (n, given)| {
        format!("{all}NAD+FL+++DEMO PIERRE:{given}'DTM+329:9003{n:02}'DOC+P+DM90000{n}'")
    });
    let body = format!(
        "UNH+1+PAXLST:D:02B:UN:IATA+A+01:F'BGM+{function}'TDT+20+{flight}'LOC+125+MIA'DTM+189:{day}0900:201'{people}"
    );
    let segments = body.matches('\'').count() + 1;
    format!("UNB+UNOA:4+DM+HT+210919:0800+1'{body}UNT+{segments}+1'UNZ+1+1'")
}

#[tokio::test]
async fn a_passenger_list_message_is_taken_in_changed_and_checked_against_the_flight() {
    let site = Site::new();
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let movement = announce(&site, &coordinator, "DM 101", 3).await;
    let path = format!("/movements/{movement}/manifest");
    let day = "210924";
    let draft = async |text: String| {
        let answer = coordinator.upload(&path, "list.txt", text.as_bytes()).await;
        answer.location().to_owned()
    };
    let list = draft(message("DM0101", day, "745", &["ANA", "BEA"])).await;
    let preview = coordinator.get(&list).await;
    assert!(preview.says("ANA DEMO PIERRE"), "{}", preview.body);
    let taken = coordinator.post(&list, &[("action", "take")]).await;
    assert_eq!(
        taken.location(),
        format!("/movements/{movement}?said=saved")
    );

    let again = draft(message("DM0101", day, "745", &["ANA", "BEA"])).await;
    assert!(coordinator.get(&again).await.says("nothing changes"));

    let change = draft(message("DM0101", day, "745+CP", &["ANNE"])).await;
    let preview = coordinator.get(&change).await;
    assert!(preview.says("ANNE DEMO PIERRE") && !preview.says("No longer on the list"));
    coordinator.post(&change, &[("action", "take")]).await;

    let withdrawal = draft(message("DM0101", day, "745++3", &["ANNE"])).await;
    let preview = coordinator.get(&withdrawal).await;
    assert!(preview.says("No longer on the list"), "{}", preview.body);
    let taken = coordinator.post(&withdrawal, &[("action", "take")]).await;
    assert_eq!(
        taken.location(),
        format!("/movements/{movement}?said=saved")
    );

    // Somebody who was never on this list: it is said of whom, and where in the message.
    let stranger = message("DM0101", day, "745++3", &["ANNE", "ZOE"]);
    let stranger = draft(stranger.replace("DM900002", "DM900009")).await;
    let preview = coordinator.get(&stranger).await;
    assert!(preview.says("but not on this list"), "{}", preview.body);
    assert!(preview.says("ZOE DEMO PIERRE"), "{}", preview.body);
    assert!(preview.says("Segment 10"), "{}", preview.body);
    assert!(!preview.says("ANNE DEMO PIERRE"), "she came off before");

    let other = draft(message("DM0102", day, "745", &["ANA"])).await;
    assert!(
        coordinator
            .get(&other)
            .await
            .says("Is this the right movement?")
    );
    // The file is of another flight, and it takes the only one off the list: two questions.
    let asks = |page: &Answer, field: &str| page.says(&format!("name=\"{field}\""));
    for (answered, asked) in [
        (&[][..], "manifest-other-flight"),
        (&["movement_confirmed"][..], "manifest-replaces"),
        (&["replaces_confirmed"][..], "manifest-other-flight"),
    ] {
        let mut fields = vec![("action", "take")];
        fields.extend(answered.iter().map(|name| (*name, "yes")));
        let refused = coordinator.post(&other, &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(
            refused.says(&format!("data-refusal=\"{asked}\"")),
            "{asked}: {}",
            refused.body
        );
        assert!(asks(&refused, "movement_confirmed") && asks(&refused, "replaces_confirmed"));
        assert!(
            !asks(&refused, "elsewhere_confirmed"),
            "nobody is on another list"
        );
    }
    let confirmed = [
        ("action", "take"),
        ("movement_confirmed", "yes"),
        ("replaces_confirmed", "yes"),
    ];
    let taken = coordinator.post(&other, &confirmed).await;
    assert_eq!(
        taken.location(),
        format!("/movements/{movement}?said=saved")
    );

    let torn =
        draft(message("DM0101", day, "745", &["ANA"]).replace("DTM+329:900301", "DTM+329:900230"))
            .await;
    let preview = coordinator.get(&torn).await;
    assert!(preview.says("There is no such day"), "{}", preview.body);
    assert!(preview.says("at byte"), "{}", preview.body);
}

/// The zone of a passport.
fn passport(number: &str, family: &str, given: &str) -> Vec<String> {
    let written = formats::mrz::Written {
        form: formats::mrz::Form::Td3,
        code: "P",
        issuer: "HTI",
        family,
        given,
        number,
        nationality: "HTI",
        birth: Some(jiff::civil::date(1990, 3, 14)),
        sex: 'F',
        expiry: jiff::civil::date(2030, 1, 1),
        optional: "",
    };
    formats::mrz::write(&written).unwrap()
}

#[tokio::test]
async fn a_scanned_passport_finds_the_line_or_fills_the_form() {
    let Landed { site, movement } = landed(6).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrivals = meet(&clerk, &movement, 1).await;
    let find = format!("/arrivals/{}/find", arrivals[0]);
    let listed = passport("HD100003", "Demo-Pierre", "Peterson").concat();
    let page = clerk.post(&find, &[("find", &listed)]).await;
    assert!(page.says("Peterson Demo-Pierre"), "{}", page.body);
    assert!(page.says("its check digits are right"));

    let lines = passport("XX900001", "Demo-Nouvel", "Ana Rose");
    let page = clerk
        .post(&find, &[("find", &lines.concat().to_lowercase())])
        .await;
    assert!(
        page.says("value=\"ANA ROSE\"") && page.says("value=\"XX900001\""),
        "{}",
        page.body
    );
    assert!(page.says("value=\"1990\"") && page.says("This comes from the document"));

    // A scanner that ends each line with Enter sends the first alone.
    let page = clerk.post(&find, &[("find", &lines[0])]).await;
    assert!(page.says("Scan or type the next line"), "{}", page.body);
    let page = clerk
        .post(&find, &[("begun", &lines[0]), ("find", &lines[1])])
        .await;
    assert!(page.says("value=\"XX900001\""), "{}", page.body);

    let wrong = lines.concat().replace("XX900001", "XX9O0001");
    let page = clerk.post(&find, &[("find", &wrong)]).await;
    assert!(
        page.says("A check digit of this document is not right"),
        "{}",
        page.body
    );
    assert!(
        page.says("line 2, place 4: 0 in the place of O"),
        "{}",
        page.body
    );
    assert!(
        page.says("value=\"XX9O0001\""),
        "what stands there is kept until somebody says so"
    );

    let scanned = clerk
        .get(&format!("/scan?code={}", &lines[0].replace('<', "%3C")))
        .await;
    assert!(
        scanned.says("This is a document") && !scanned.says("NOUVEL"),
        "{}",
        scanned.body
    );
}

#[tokio::test]
async fn a_document_that_stands_on_two_people_is_pointed_out() {
    let Landed { site, movement } = landed(2).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let arrivals = meet(&clerk, &movement, 3).await;
    for (arrival, given, shared) in [(&arrivals[0], "Ana", ""), (&arrivals[1], "Bea", "yes")] {
        let fields = [
            ("given_names", given),
            ("family_name", "Demo-Deux"),
            ("document_number", "XX900002"),
            ("document_kind", "passport"),
            ("document_shared", shared),
            ("informed", "yes"),
        ];
        let path = format!("/arrivals/{arrival}/register");
        let answer = clerk.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let find = format!("/arrivals/{}/find", arrivals[2]);
    let zone = passport("XX900002", "Demo-Deux", "Ana").concat();
    let page = clerk.post(&find, &[("find", &zone)]).await;
    assert!(page.says("stands on 2 people on record"), "{}", page.body);
}
