//! Whoever told us something may ask for it to be erased: an administrator does it without reading it,
//! and of a report of misconduct the focal point alone.

use axum::http::StatusCode;

use crate::client::{Client, between};
use crate::flow::{Landed, landed};

#[tokio::test]
async fn feedback_is_erased_by_its_reference_and_stays_counted() {
    let Landed { site, .. } = landed(1).await;
    let coordinator = Client::signed_in(site.router(), "coordinator").await;
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let said = [
        ("kind", "complaint"),
        ("channel", "box"),
        ("text", "Demo-Told"),
        ("contact", "Demo-Contact"),
    ];
    coordinator.post("/feedback/record", &said).await;
    let list = coordinator.get("/feedback").await;
    let reference = between(&list.body, "Reference ", "<").trim().to_owned();
    let id = between(&list.body, "name=\"feedback\" value=\"", "\"").to_owned();
    assert!(!list.says("/feedback/erase"), "a coordinator asks for it");
    let settings = administrator.get("/settings").await;
    assert!(settings.says("/settings/erase-feedback"));
    assert!(!administrator.get("/feedback").await.says("Demo-Told"));

    for (code, says) in [
        (reference.as_str(), "Tick the box to confirm"),
        ("F-00000000", "This feedback is not known here"),
        ("Demo", "This feedback is not known here"),
    ] {
        let unsure = [("code", code)];
        let refused = administrator
            .post("/settings/erase-feedback", &unsure)
            .await;
        assert!(refused.status.is_client_error());
        assert!(refused.says(says), "{code}: {}", refused.body);
        assert!(refused.says(&format!("value=\"{code}\"")), "{code}");
    }
    let sure = [("code", reference.as_str()), ("sure", "yes")];
    let refused = coordinator.post("/settings/erase-feedback", &sure).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let by_id = [("feedback", id.as_str()), ("sure", "yes")];
    let refused = coordinator.post("/feedback/erase", &by_id).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(coordinator.get("/feedback").await.says("Demo-Told"));

    let lower = reference.to_lowercase();
    let sure = [("code", lower.as_str()), ("sure", "yes")];
    let erased = administrator.post("/settings/erase-feedback", &sure).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    let again = administrator.post("/settings/erase-feedback", &sure).await;
    assert!(again.says("This was erased already"), "{}", again.body);
    let list = coordinator.get("/feedback").await;
    assert!(
        list.says("Recorded (1)") && list.says("erased"),
        "{}",
        list.body
    );
    assert!(!list.says("Demo-Told") && !list.says("Demo-Contact"));
    assert!(!list.says("/feedback/answer"), "there is nothing to answer");
}

#[tokio::test]
async fn a_report_is_erased_by_the_focal_point_and_nobody_else_learns_of_it() {
    let Landed { site, .. } = landed(1).await;
    let focal = Client::signed_in(site.router(), "focal").await;
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let report = [
        ("kind", "other_breach"),
        ("channel", "box"),
        ("text", "Demo-Said"),
    ];
    clerk.post("/speak-up/report", &report).await;
    let page = focal.get("/speak-up").await;
    let id = between(&page.body, "name=\"feedback\" value=\"", "\"").to_owned();
    let code = id.replace('-', "")[..8].to_owned();
    let sure = [("code", code.as_str()), ("sure", "yes")];
    let by_code = administrator.post("/settings/erase-feedback", &sure).await;
    assert!(
        by_code.says("This feedback is not known here"),
        "{}",
        by_code.body
    );
    for (client, status) in [
        (&administrator, StatusCode::CONFLICT),
        (&clerk, StatusCode::FORBIDDEN),
    ] {
        let sure = [("feedback", id.as_str()), ("sure", "yes")];
        let refused = client.post("/feedback/erase", &sure).await;
        assert_eq!(refused.status, status, "{}", refused.body);
        let refused = client.post("/speak-up/erase", &sure).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    }
    let unsure = [("feedback", id.as_str())];
    let unsure = focal.post("/speak-up/erase", &unsure).await;
    assert!(unsure.says("Tick the box to confirm"), "{}", unsure.body);
    assert_eq!(
        unsure.body.matches("<details class=\"more\" open").count(),
        1
    );
    let sure = [("feedback", id.as_str()), ("sure", "yes")];
    let erased = focal.post("/speak-up/erase", &sure).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    let page = focal.get("/speak-up").await;
    assert!(
        page.says("Reports (1)") && !page.says("Demo-Said"),
        "{}",
        page.body
    );
}
