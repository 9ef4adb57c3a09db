//! Paper for the hours without power, and what is printed to be signed.

use axum::http::StatusCode;

use crate::cases::option;
use crate::client::{Client, between};
use crate::flow::{Landed, landed, meet};

#[tokio::test]
async fn paper_is_entered_with_its_own_time_and_every_card_is_accounted_for() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let made = clerk.post("/paper/booklet", &[("cards", "3")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let paper = clerk.get("/paper").await;
    let booklet = between(&paper.body, "/paper/booklets/", "?").to_owned();
    let mut codes = Vec::new();
    for layout in ["a4", "label", "thermal", "list"] {
        let printed = clerk
            .get(&format!("/paper/booklets/{booklet}?layout={layout}"))
            .await;
        assert_eq!(printed.status, StatusCode::OK, "{}", printed.body);
        if layout == "a4" {
            let cards = printed.body.split("<p class=\"code\">").skip(1);
            codes = cards
                .map(|rest| rest.split('<').next().unwrap().to_owned())
                .collect();
            assert_eq!(
                printed.body.matches("<svg").count(),
                4,
                "a QR code a card, and the mark"
            );
        }
    }
    assert_eq!(codes.len(), 3);
    let enter = clerk.get("/paper/enter").await;
    let writer = option(&enter.body, "Demo-screener");
    let entry = |card: String, occurred: &'static str, precision: &'static str| {
        [
            ("card", card),
            ("movement", movement.clone()),
            ("written_by", writer.clone()),
            ("occurred", occurred.to_owned()),
            ("precision", precision.to_owned()),
            ("given_names", "Demo-Paper".to_owned()),
            ("given", "hot_meal".to_owned()),
        ]
    };
    let post = async |fields: [(&str, String); 7]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        clerk.post("/paper/enter", &fields).await
    };
    let early = post(entry(codes[0].clone(), "2021-09-24T06:00", "minute")).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    let entered = post(entry(codes[0].clone(), "2021-09-24T06:00", "day")).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    let arrival = clerk.get(entered.location()).await;
    assert!(
        arrival.says("Demo-Paper") && arrival.says("item done"),
        "{}",
        arrival.body
    );
    let twice = post(entry(codes[0].clone(), "2021-09-24T06:00", "day")).await;
    assert!(
        twice.says("entered with this card already"),
        "{}",
        twice.body
    );

    let fields = [("booklet", booklet.as_str()), ("torn_out", "2")];
    clerk.post("/paper/return", &fields).await;
    let paper = clerk.get("/paper").await;
    for count in ["entered: 1", "void: 0", "missing: 1", "blank: 1"] {
        assert!(paper.says(count), "{count}: {}", paper.body);
    }
    let void = [
        ("booklet", booklet.as_str()),
        ("card", codes[1].as_str()),
        ("void_reason", "lost"),
    ];
    clerk.post("/paper/void", &void).await;
    let paper = clerk.get("/paper").await;
    assert!(
        paper.says("void: 1") && paper.says("missing: 0"),
        "{}",
        paper.body
    );
    let list = clerk.get(&format!("/paper/distribution/{movement}")).await;
    assert!(
        list.says("Every line agrees with the ledger"),
        "{}",
        list.body
    );
    for form in ["registration", "screening", "distribution"] {
        assert_eq!(
            clerk.get(&format!("/paper/forms/{form}")).await.status,
            StatusCode::OK
        );
    }
}

#[tokio::test]
async fn the_card_of_an_entry_that_was_withdrawn_is_entered_again_for_somebody_else() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    clerk.post("/paper/booklet", &[("cards", "2")]).await;
    let paper = clerk.get("/paper").await;
    let booklet = between(&paper.body, "/paper/booklets/", "?").to_owned();
    let sheet = clerk
        .get(&format!("/paper/booklets/{booklet}?layout=a4"))
        .await;
    let code = between(&sheet.body, "<p class=\"code\">", "<").to_owned();
    let form = clerk.get("/paper/enter").await;
    let writer = option(&form.body, "Demo-screener");
    let enter = async |name: &str| {
        let fields = [
            ("card", code.as_str()),
            ("movement", movement.as_str()),
            ("written_by", writer.as_str()),
            ("occurred", "2021-09-24T06:00"),
            ("precision", "day"),
            ("given_names", name),
        ];
        clerk.post("/paper/enter", &fields).await
    };
    let path = |location: &str| location.split('?').next().unwrap().to_owned();
    let first = path(enter("Demo-Mistaken").await.location());
    assert!(first.starts_with("/arrivals/"), "{first}");
    let taken = enter("Demo-Right").await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.body);
    let back = [("reason", "entered for somebody else")];
    let back = coordinator.post(&format!("{first}/withdraw"), &back).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    assert!(clerk.get("/paper").await.says("entered: 0"));

    let second = enter("Demo-Right").await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
    let second = path(second.location());
    assert_ne!(first, second);
    assert!(clerk.get(&second).await.says("Demo-Right"));
    let scanned = clerk.get(&format!("/scan?code={code}")).await;
    assert_eq!(
        path(scanned.location()),
        second,
        "the card opens who holds it now"
    );
    let paper = clerk.get("/paper").await;
    assert!(
        paper.says("entered: 1") && paper.says("blank: 1"),
        "{}",
        paper.body
    );
}

#[tokio::test]
async fn nothing_is_owed_on_a_card_that_was_withdrawn() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let arrivals = meet(&clerk, &movement, 2).await;
    let mut cards = Vec::new();
    for arrival in &arrivals {
        let page = clerk.get(&format!("/arrivals/{arrival}/card")).await;
        cards.push(between(&page.body, "class=\"code\">", "<").to_owned());
    }
    let open = format!("/paper/distribution/{movement}?open=yes");
    let listed = async |card: &str| {
        let list = clerk.get(&open).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.body);
        list.says(card)
    };
    for card in &cards {
        assert!(listed(card).await, "{card} is owed a meal");
    }
    let path = format!("/arrivals/{}/withdraw", arrivals[0]);
    let reason = [("reason", "met twice")];
    let withdrawn = coordinator.post(&path, &reason).await;
    assert_eq!(
        withdrawn.status,
        StatusCode::SEE_OTHER,
        "{}",
        withdrawn.body
    );
    assert!(!listed(&cards[0]).await, "a mistake is owed nothing");
    assert!(listed(&cards[1]).await);
}

#[tokio::test]
async fn a_wait_of_which_only_the_day_is_known_is_reported_as_not_known() {
    let Landed { site, movement } = landed(3).await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let waited = async || {
        let report = coordinator.get("/api/sitrep").await;
        let report: serde_json::Value = serde_json::from_str(&report.body).unwrap();
        let breakdowns = report["breakdowns"].as_array().unwrap().clone();
        let registered = breakdowns
            .into_iter()
            .find(|breakdown| breakdown["by"] == "waited" && breakdown["of"] == "registered");
        let rows = registered.unwrap()["rows"].as_array().unwrap().clone();
        let known = |row: &serde_json::Value| row["code"] != "unknown";
        let people = |row: &serde_json::Value| row["value"].as_i64().unwrap();
        let known: i64 = rows.iter().filter(|row| known(row)).map(people).sum();
        let unknown = rows.last().unwrap();
        assert_eq!(unknown["code"], "unknown");
        (known, people(unknown), unknown["trace"].clone())
    };
    clerk.post("/paper/booklet", &[("cards", "2")]).await;
    let paper = clerk.get("/paper").await;
    let booklet = between(&paper.body, "/paper/booklets/", "?").to_owned();
    let sheet = clerk
        .get(&format!("/paper/booklets/{booklet}?layout=a4"))
        .await;
    let codes: Vec<_> = sheet.body.split("<p class=\"code\">").skip(1).collect();
    let form = clerk.get("/paper/enter").await;
    let writer = option(&form.body, "Demo-screener");
    for (code, precision, expected) in [(codes[0], "day", (0, 1)), (codes[1], "hour", (1, 1))] {
        let fields = [
            ("card", code.split('<').next().unwrap()),
            ("movement", movement.as_str()),
            ("written_by", writer.as_str()),
            ("occurred", "2021-09-24T13:00"),
            ("precision", precision),
            ("given_names", "Demo-Paper"),
        ];
        let entered = clerk.post("/paper/enter", &fields).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let (known, unknown, trace) = waited().await;
        assert_eq!((known, unknown), expected, "{precision}");
        let trace = trace.as_str().unwrap();
        let opened = coordinator.get(&format!("/trace/{trace}")).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
        assert!(opened.says("<p class=\"big\">1</p>"), "{}", opened.body);
    }
}
