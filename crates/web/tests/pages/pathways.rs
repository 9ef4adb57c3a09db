//! Pathways, the room of services and calls, as each role meets them.

use axum::http::StatusCode;
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::browser::{Screen, Window, serve};
use crate::cases::{list, option, somebody};
use crate::client::{Client, between};
use crate::flow::landed;

async fn saved(client: &Client, path: &str, fields: &[(&str, &str)]) {
    let answer = client.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// Somebody referred to a canteen four days before the site's clock, to be asked on a day.
async fn referred(
    clerk: &Client,
    coordinator: &Client,
    person: &str,
    (service, due): (&str, &str),
) -> String {
    list(coordinator, service, "FSC").await;
    let path = format!("/refer/{person}");
    let form = clerk.get(&path).await;
    let food = option(&form.body, &format!("Food security · {service}"));
    let fields = [
        ("service", food.as_str()),
        ("consent", "person"),
        ("occurred", "2021-09-20T09:00"),
        ("due", due),
    ];
    saved(clerk, &path, &fields).await;
    let before = clerk.get(&path).await;
    between(&before.body, "href=\"/referrals/", "\"").to_owned()
}

#[tokio::test]
async fn a_pathway_goes_from_being_told_to_being_granted_and_is_counted() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    let path = format!("/pathways/of/{person}");
    let kind = ("kind", "family_reunification");
    let told = [("by", "officials"), kind, ("on", "2021-09-20")];
    saved(&clerk, &format!("{path}/tell"), &told).await;
    let again = clerk.post(&format!("{path}/tell"), &told).await;
    assert!(again.says("is recorded already"), "{}", again.body);
    let opened = [kind, ("on", "2021-09-21")];
    saved(&clerk, &format!("{path}/open"), &opened).await;
    let page = clerk.get(&path).await;
    assert!(
        page.says("told on 20 September 2021 by officials") && page.says("Relative found"),
        "{}",
        page.body
    );
    let id = between(&page.body, "name=\"pathway\" value=\"", "\"").to_owned();
    let step = |stands, done, due| {
        let step = ("step", "relative_found");
        [
            ("pathway", id.as_str()),
            step,
            ("stands", stands),
            ("done", done),
            ("due", due),
        ]
    };
    let say = format!("{path}/step");
    for early in [
        step("done", "2021-09-20", ""),
        step("open", "", "2021-09-19"),
    ] {
        let refused = clerk.post(&say, &early).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.says("before the pathway was opened"),
            "{}",
            refused.body
        );
    }
    let ahead = clerk.post(&say, &step("done", "2021-12-24", "")).await;
    assert!(ahead.says("on a day to come"), "{}", ahead.body);
    saved(&clerk, &say, &step("open", "", "2021-09-23")).await;
    let list = clerk.get("/pathways").await;
    assert!(
        list.says("overdue since 23 September 2021") && list.says("next: Relative found"),
        "{}",
        list.body
    );
    saved(&clerk, &say, &step("done", "", "")).await;
    assert!(clerk.get(&path).await.says("done on 24 September 2021"));
    let closed = [
        ("pathway", id.as_str()),
        ("outcome", "granted"),
        ("on", "2021-09-23"),
    ];
    saved(&clerk, &format!("{path}/close"), &closed).await;
    let twice = clerk.post(&format!("{path}/close"), &closed).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let figures = coordinator.get("/pathways").await;
    assert!(figures.says("Of 1 told, 1 got one."), "{}", figures.body);
    assert!(figures.says("took 3 days or less"), "{}", figures.body);
    let later = coordinator
        .get("/pathways?from=2021-09-22&to=2021-09-24")
        .await;
    assert!(later.says("Of 0 told, 0 got one."), "{}", later.body);
    assert!(
        clerk
            .get(&format!("/people/{person}"))
            .await
            .says("Granted")
    );
}

#[tokio::test]
async fn who_may_not_know_of_asylum_learns_nothing_of_it_from_any_page() {
    let landed = landed(1).await;
    let (clerk, _, person) = somebody(&landed).await;
    let path = format!("/pathways/of/{person}");
    let told = [("by", "officials"), ("kind", "")];
    saved(&clerk, &format!("{path}/tell"), &told).await;
    let protection = Client::signed_in(landed.site.router(), "protection").await;
    let coordinator = Client::signed_in(landed.site.router(), "coordinator").await;
    let counted = "/pathways?from=2021-09-24&to=2021-09-24";
    let counted_before = crate::cases::plain(&coordinator.get(counted).await.body);
    let api_before = coordinator.get("/api/pathways").await.body;
    let pages = [
        path.clone(),
        "/pathways".into(),
        format!("/people/{person}"),
    ];
    let mut before = Vec::new();
    for page in &pages {
        before.push(crate::cases::plain(&clerk.get(page).await.body));
    }
    let asylum = [("kind", "asylum")];
    let refused = clerk.post(&format!("{path}/open"), &asylum).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    saved(&protection, &format!("{path}/open"), &asylum).await;
    assert!(protection.get(&path).await.says("Legal aid found"));
    let figures = protection.get("/pathways").await;
    assert!(figures.says("Of 1 told, 0 got one."), "{}", figures.body);
    for (page, before) in pages.iter().zip(before) {
        let after = clerk.get(page).await.body;
        assert_eq!(crate::cases::plain(&after), before, "{page} gives it away");
        assert!(
            !after.contains("Asylum") && !after.contains("told, 0 got"),
            "{page}"
        );
    }
    // Nor do totals, to who sees people's other pathways.
    let counted_after = crate::cases::plain(&coordinator.get(counted).await.body);
    assert_eq!(counted_after, counted_before);
    assert_eq!(coordinator.get("/api/pathways").await.body, api_before);
    assert!(
        counted_after.contains("Only pathways that you may know of"),
        "{counted_after}"
    );
    // Who sees nobody's sees the number of all.
    let information = Client::signed_in(landed.site.router(), "information").await;
    assert!(information.get("/pathways").await.says("Asylum"));
    assert_eq!(
        clerk.get("/api/pathways").await.status,
        StatusCode::NOT_FOUND
    );
    // After an erasure nothing is left that would say it had been hidden.
    let administrator = Client::signed_in(landed.site.router(), "administrator").await;
    let erased = administrator
        .post(
            &format!("/people/{person}/erase"),
            &[("reason", "asked"), ("sure", "yes")],
        )
        .await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    for page in [&path, "/pathways"] {
        let page = clerk.get(page).await;
        assert!(
            !page.says("Not readable here") && !page.says("not readable here"),
            "{}",
            page.body
        );
    }
    let warehouse = Client::signed_in(landed.site.router(), "warehouse").await;
    for page in [path.as_str(), "/pathways", "/calls"] {
        assert_eq!(
            warehouse.get(page).await.status,
            StatusCode::FORBIDDEN,
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_service_that_is_full_or_out_of_reach_is_warned_of_and_keeps_nobody_away() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Kay", "SHL").await;
    let directory = coordinator.get("/referrals").await;
    let service = between(&directory.body, "name=\"service\" value=\"", "\"").to_owned();
    let say = |places, reachable, until| {
        let service = ("service", service.as_str());
        [
            service,
            ("places", places),
            ("places_of", "total"),
            ("reachable", reachable),
            ("until", until),
        ]
    };
    let stated = "/referrals/stated";
    let unsaid = coordinator.post(stated, &say("1", "unreachable", "")).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.says("until when"), "{}", unsaid.body);
    assert_eq!(
        clerk.post(stated, &say("1", "reachable", "")).await.status,
        StatusCode::FORBIDDEN
    );
    saved(&coordinator, stated, &say("1", "reachable", "")).await;
    let refer = format!("/refer/{person}");
    let form = clerk.get(&refer).await;
    assert!(form.says("1 of 1 places free") && !form.says("You can refer all the same"));
    let shelter = option(&form.body, "Demo-Kay");
    let fields = [("service", shelter.as_str()), ("consent", "person")];
    saved(&clerk, &refer, &fields).await;
    let full = clerk.get(&refer).await;
    assert!(full.says("full: 0 of 1 places free"), "{}", full.body);
    assert!(full.says("You can refer all the same"), "{}", full.body);
    saved(
        &coordinator,
        stated,
        &say("5", "unreachable", "2021-12-01T08:00"),
    )
    .await;
    let away = clerk.get(&refer).await;
    assert!(
        away.says("5 of 5 places free") && away.says("cannot be reached"),
        "{}",
        away.body
    );
}

#[tokio::test]
async fn places_that_go_tell_nobody_of_referrals_they_may_not_know_of() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Klinik", "HEA").await;
    let directory = coordinator.get("/referrals").await;
    let service = between(&directory.body, "name=\"service\" value=\"", "\"").to_owned();
    let room = [
        ("service", service.as_str()),
        ("places", "5"),
        ("places_of", "total"),
        ("reachable", "reachable"),
        ("until", ""),
    ];
    saved(&coordinator, "/referrals/stated", &room).await;
    let before = clerk.get("/referrals").await;
    assert!(
        before.says("Demo-Klinik") && !before.says("5 of 5"),
        "{}",
        before.body
    );
    let screener = Client::signed_in(landed.site.router(), "screener").await;
    let path = format!("/refer/{person}");
    let clinic = option(&screener.get(&path).await.body, "Demo-Klinik");
    let fields = [("service", clinic.as_str()), ("consent", "person")];
    saved(&screener, &path, &fields).await;
    let after = clerk.get("/referrals").await;
    let plain = crate::cases::plain;
    assert_eq!(plain(&after.body), plain(&before.body));
    assert!(coordinator.get("/referrals").await.says("4 of 5"));
}

#[tokio::test]
async fn a_call_is_recorded_with_one_click_and_who_asked_is_not_called_again() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    let correct = [
        ("given_names", "Demo-Ana"),
        ("phone", "+509 0000 4711"),
        ("reason", "told us"),
    ];
    saved(&clerk, &format!("/people/{person}/correct"), &correct).await;
    let referral = referred(&clerk, &coordinator, &person, ("Demo-Kantin", "2021-09-22")).await;
    let calls = "/calls";
    let act = format!("{calls}/{referral}");
    let due = clerk.get(calls).await;
    assert!(due.says("1 to call today"), "{}", due.body);
    assert!(
        due.says("+509 0000 4711") && due.says("tel:+50900004711"),
        "{}",
        due.body
    );
    assert!(due.says("overdue since 22 September 2021"), "{}", due.body);
    saved(&clerk, &act, &[("reached", "no_answer")]).await;
    // Tomorrow again; somebody was sent there on the 20th, so the next of the three is after a month.
    assert!(clerk.get(calls).await.says("Nobody is to be called today"));
    let went = [("reached", "reached"), ("reason", "Demo-Eats there")];
    saved(&clerk, &act, &went).await;
    let opened = clerk.get(&format!("/referrals/{referral}")).await;
    assert!(opened.says("20 October 2021"), "{}", opened.body);
    saved(&clerk, &act, &[("reached", "no_calls")]).await;
    let refused = clerk.post(&act, &[("reached", "reached")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says("asked not to be called"), "{}", refused.body);
    let opened = clerk.get(&format!("/referrals/{referral}")).await;
    assert!(opened.says("asked not to be called"), "{}", opened.body);
    // It is said of the person: another referral says so too, and takes it back for all.
    referred(&clerk, &coordinator, &person, ("Demo-Soup", "2021-09-22")).await;
    let both = clerk.get(&format!("/refer/{person}")).await.body;
    let both = both.split("href=\"/referrals/").skip(1);
    let mut others = both
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| *id != referral);
    let other = others.next().unwrap().to_owned();
    let opened = clerk.get(&format!("/referrals/{other}")).await;
    assert!(opened.says("asked not to be called"), "{}", opened.body);
    saved(
        &clerk,
        &format!("{calls}/{other}"),
        &[("reached", "calls_again")],
    )
    .await;
    let opened = clerk.get(&format!("/referrals/{referral}")).await;
    assert!(!opened.says("asked not to be called"), "{}", opened.body);
    saved(&clerk, &act, &[("reached", "reached")]).await;
    let unknown = clerk.post(&act, &[("reached", "sold")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The second one is due; nobody calls somebody who was erased.
    assert!(clerk.get(calls).await.says("1 to call today"));
    let administrator = Client::signed_in(landed.site.router(), "administrator").await;
    let sure = [("reason", "asked"), ("sure", "yes")];
    saved(&administrator, &format!("/people/{person}/erase"), &sure).await;
    assert!(clerk.get(calls).await.says("Nobody is to be called today"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_recorded_by_keyboard_on_a_telephone() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    referred(&clerk, &coordinator, &person, ("Demo-Kantin", "2021-09-22")).await;
    let url = serve(&landed.site);
    let Some(window) = Window::open(&url, Screen::Phone).await else {
        return;
    };
    window.sign_in("clerk").await;
    window.go("/calls").await;
    window.picture("calls").await;
    let field = window.client.find(Locator::Css("[name=reason]")).await;
    field.unwrap().send_keys("Demo-Eats there").await.unwrap();
    // Enter means that somebody was reached.
    let field = window.client.find(Locator::Css("[name=reason]")).await;
    field
        .unwrap()
        .send_keys(&char::from(Key::Enter).to_string())
        .await
        .unwrap();
    let said = window
        .client
        .wait()
        .for_element(Locator::Css(".notice.good"))
        .await;
    assert!(said.is_ok(), "it is said that it was saved");
    let address = window.client.current_url().await.unwrap();
    assert_eq!(address.path(), "/calls");
    assert!(!address.as_str().contains("509"), "no number in an address");
}
