//! Two people correct the same person without seeing each other's: both values are shown with their
//! authors, the board says that something waits, and one of them chooses.

use axum::http::StatusCode;
use domain::{
    ArrivalId, Command, Item, ItemCode, Limit, MovementId, Particulars, PersonId, Registering,
    Whose,
};
use uuid::Uuid;

use crate::browser::{Screen, Window, serve};
use crate::client::{Client, between};
use crate::flow::{Landed, landed};
use crate::site::Site;

/// Somebody on record, and the address of their page.
fn registered(site: &Site, movement: &str) -> String {
    let person = PersonId(Uuid::from_u128(4_242));
    let particulars = Particulars {
        given_names: "Wilnè".into(),
        family_name: "Demo-Mapou".into(),
        ..Particulars::default()
    };
    site.must(Command::Register(Box::new(Registering {
        arrival: ArrivalId(Uuid::from_u128(4_243)),
        movement: MovementId(movement.parse().unwrap()),
        whose: Whose::New {
            person,
            particulars: Box::new(particulars),
        },
        line: None,
        informed: true,
        document_shared: false,
    })));
    format!("/people/{person}")
}

/// Every value of a hidden field on a page.
fn hidden<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let before = format!("name=\"{name}\" value=\"");
    let found = page.split(before.as_str()).skip(1);
    found.filter_map(|rest| rest.split('"').next()).collect()
}

/// Sends the form of a correction as it was drawn.
async fn correct(client: &Client, person: &str, form: &str, phone: &str) {
    let mut fields = vec![
        ("given_names", "Wilnè"),
        ("family_name", "Demo-Mapou"),
        ("phone", phone),
        ("reason", "said so"),
    ];
    fields.extend(hidden(form, "seen").into_iter().map(|seen| ("seen", seen)));
    let answer = client.post(&format!("{person}/correct"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn two_forms_drawn_before_either_was_sent_show_both_values_until_somebody_chooses() {
    let Landed { site, movement } = landed(2).await;
    let person = registered(&site, &movement);
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let form = format!("{person}/correct");
    let (one, other) = (clerk.get(&form).await, coordinator.get(&form).await);
    correct(&clerk, &person, &one.body, "555 0100").await;
    correct(&coordinator, &person, &other.body, "555 0199").await;

    let page = clerk.get(&person).await;
    for shown in [
        "Written differently",
        "555 0100",
        "555 0199",
        "Demo-clerk",
        "Demo-coordinator",
    ] {
        assert!(page.says(shown), "{shown}: {}", page.body);
    }
    assert!(clerk.get("/").await.says("/conflicts"));
    // Who sees nobody's particulars sees no conflict of them either.
    let warehouse = Client::signed_in(site.router(), "warehouse").await;
    assert!(!warehouse.get("/").await.says("href=\"/conflicts\""));
    let theirs = warehouse.get("/conflicts").await;
    assert!(!theirs.says("555 0100") && !theirs.says("Demo-Mapou"));

    let list = clerk.get("/conflicts").await;
    let choice = between(&list.body, "name=\"chosen\" value=\"", "\"").to_owned();
    let seen: Vec<_> = hidden(&list.body, "seen").into_iter().take(2).collect();
    let about = between(&list.body, "name=\"about\" value=\"", "\"").to_owned();
    let fields = [
        ("about", about.as_str()),
        ("field", "person.phone"),
        ("chosen", choice.as_str()),
        ("seen", seen[0]),
        ("seen", seen[1]),
    ];
    // Somebody who saw only one of the two cannot choose.
    let half = clerk.post("/conflicts", &fields[..4]).await;
    assert_eq!(half.status, StatusCode::CONFLICT, "{}", half.body);
    let chosen = clerk.post("/conflicts", &fields).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    let again = coordinator.post("/conflicts", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(!clerk.get(&person).await.says("Written differently"));
    let api = clerk.get("/api/conflicts").await;
    assert!(api.says("{\"conflicts\":[]}"), "{}", api.body);
    // A choice of nonsense leads nowhere.
    let nonsense = [("about", "x"), ("field", "person.phone"), ("chosen", "1-2")];
    let lost = clerk.post("/conflicts", &nonsense).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_that_lists_things_says_that_some_of_them_wait_to_be_chosen() {
    let Landed { site, .. } = landed(2).await;
    let cap = site.joined("Cap-Haïtien airport");
    for (node, times) in [(&site, 2), (&cap, 3)] {
        let days = 90;
        let item = Item {
            code: ItemCode::BLANKET,
            stocked: true,
            money: None,
            limit: Some(Limit { times, days }),
        };
        node.must(Command::DefineItem { item });
    }
    let chief = Client::signed_in(site.router(), "chief").await;
    let waits = "One thing was written differently at two places";
    for page in ["/settings", "/stock"] {
        assert!(!chief.get(page).await.says(waits), "{page}");
    }
    site.meets(&cap);
    for page in ["/settings", "/stock"] {
        let shown = chief.get(page).await;
        assert!(shown.says(waits), "{page}: {}", shown.body);
    }
    assert!(!chief.get("/danger").await.says(waits));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_browser_a_clerk_sees_both_values_and_chooses() {
    let Landed { site, movement } = landed(2).await;
    let person = registered(&site, &movement);
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let form = format!("{person}/correct");
    let url = serve(&site);
    for (screen, phones) in Screen::BOTH.into_iter().zip([["10", "11"], ["12", "13"]]) {
        let Some(window) = Window::open(&url, screen).await else {
            return;
        };
        window.sign_in("clerk").await;
        window.go(&form).await;
        window.find("input[name='phone']").await;
        // Meanwhile somebody else corrects the same.
        let other = coordinator.get(&form).await;
        correct(
            &coordinator,
            &person,
            &other.body,
            &format!("555 01{}", phones[0]),
        )
        .await;
        window
            .write("input[name='phone']", &format!("555 01{}", phones[1]))
            .await;
        window.write("[name='reason']", "said so").await;
        window
            .press(&format!("form[action='{form}'] button.primary"))
            .await;
        window.find("form[action='/conflicts']").await;
        let text = window.text().await;
        assert!(text.contains(&format!("555 01{}", phones[0])), "{text}");
        assert!(text.contains(&format!("555 01{}", phones[1])), "{text}");
        window.picture("conflict-on-a-person").await;
        window.go("/").await;
        window.press("a[href='/conflicts']").await;
        window.find("form[action='/conflicts']").await;
        window.picture("conflicts").await;
        window.go(&person).await;
        window.press("form[action='/conflicts'] button").await;
        window.gone("form[action='/conflicts']").await;
        assert_eq!(window.path().await, person);
        window.close().await;
    }
}
