//! Referrals to protection are for the protection role: no report counts them, no list of anybody
//! else shows them, and no page is different for them.

use axum::http::StatusCode;

use crate::cases::{list, option, plain, somebody};
use crate::client::Client;
use crate::flow::landed;

#[tokio::test]
async fn a_referral_to_protection_leaves_every_page_of_every_other_role_as_it_was() {
    let landed = landed(1).await;
    let (clerk, coordinator, person) = somebody(&landed).await;
    list(&coordinator, "Demo-Kantin", "FSC").await;
    let kinds = ["PRO", "PRO-CPN", "PRO-GBV", "PRO-HTS", "PRO-HLP"];
    for kind in kinds {
        list(&coordinator, &format!("Demo-Guarded {kind}"), kind).await;
    }
    let refer = format!("/refer/{person}");
    let form = clerk.get(&refer).await;
    let food = option(&form.body, "Food security · Demo-Kantin");
    let ordinary = [("service", food.as_str()), ("consent", "person")];
    let ordinary = clerk.post(&refer, &ordinary).await;
    assert_eq!(ordinary.status, StatusCode::SEE_OTHER, "{}", ordinary.body);

    let site = &landed.site;
    let pages = [
        "/".to_owned(),
        "/referrals".to_owned(),
        refer.clone(),
        format!("/people/{person}"),
        "/people".to_owned(),
        "/desk".to_owned(),
        "/feedback".to_owned(),
        "/settings".to_owned(),
        "/report".to_owned(),
        "/report?audience=public".to_owned(),
        "/api/sitrep?audience=public".to_owned(),
        "/api/sitrep".to_owned(),
    ];
    let others = [
        "clerk",
        "screener",
        "warehouse",
        "cash",
        "coordinator",
        "information",
        "administrator",
        "focal",
    ];
    let mut clients = Vec::new();
    for login in others {
        clients.push(Client::signed_in(site.router(), login).await);
    }
    let look = async || {
        let mut seen = Vec::new();
        for (client, login) in clients.iter().zip(others) {
            for page in &pages {
                seen.push((login, page, plain(&client.get(page).await.body)));
            }
        }
        seen
    };
    let before = look().await;
    let protection = Client::signed_in(site.router(), "protection").await;
    let form = protection.get(&refer).await;
    for kind in kinds {
        let service = option(&form.body, &format!("Demo-Guarded {kind}<"));
        let fields = [
            ("service", service.as_str()),
            ("consent", "person"),
            ("need", "Demo-Need"),
        ];
        let made = protection.post(&refer, &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{kind}: {}", made.body);
    }
    for (before, after) in before.iter().zip(look().await) {
        let ((login, page, before), (_, _, after)) = (before, after);
        let lines = before.split(['\n', '<']).zip(after.split(['\n', '<']));
        let differing: Vec<_> = lines.filter(|(before, after)| before != after).collect();
        assert!(
            *before == after,
            "{page} of {login} betrays a referral to protection: {differing:?}"
        );
    }
    let due = protection.get("/referrals").await;
    assert!(due.says("To be asked after (6)"), "{}", due.body);
    let report = coordinator.get("/api/sitrep").await;
    assert!(report.says("FSC") && !report.says("PRO"), "{}", report.body);
}
