//! What guards every page: who is signed in, where a form comes from, what other sites may do.

use axum::http::{StatusCode, header};

use crate::client::Client;
use crate::site::{PASSWORD, Site};

#[tokio::test]
async fn nobody_sees_a_page_without_signing_in() {
    let site = Site::new();
    let client = Client::new(site.router());
    for path in [
        "/",
        "/desk",
        "/people",
        "/movements",
        "/stock",
        "/report",
        "/report/file?format=pdf",
        "/settings",
        "/api/board",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/sign-in"), "{path}");
    }
    assert_eq!(client.get("/sign-in").await.status, StatusCode::OK);
    assert_eq!(client.get("/healthz").await.body, "ok\n");
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike_and_wait_alike() {
    let site = Site::new();
    let client = Client::new(site.router());
    let mut pages = Vec::new();
    for login in ["clerk", "nobody-of-this-name"] {
        let wrong = client
            .post_raw("/sign-in", &[("login", login), ("password", "wrong")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        pages.push(wrong.body.replace(login, ""));
        for _ in 0..4 {
            client
                .post_raw("/sign-in", &[("login", login), ("password", "wrong")])
                .await;
        }
        let waits = client
            .post_raw("/sign-in", &[("login", login), ("password", PASSWORD)])
            .await;
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "{login}");
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let site = Site::new();
    let client = Client::new(site.router());
    let answer = client
        .post_raw("/sign-in", &[("login", "clerk"), ("password", PASSWORD)])
        .await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(
        !cookie.contains(PASSWORD) && !cookie.contains("clerk"),
        "{cookie}"
    );
    let secure = akey_web::router(
        site.node.clone(),
        akey_web::Settings {
            secure: true,
            ..akey_web::Settings::default()
        },
    );
    let answer = Client::new(secure)
        .post_raw("/sign-in", &[("login", "clerk"), ("password", PASSWORD)])
        .await;
    assert!(
        answer.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("; Secure")
    );
}

#[tokio::test]
async fn a_form_that_did_not_come_from_our_pages_does_nothing() {
    let site = Site::new();
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let id = crate::client::fresh();
    let without = clerk.post_raw("/desk/next", &[("request", &id)]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    let wrong = clerk
        .post_raw("/desk/next", &[("request", &id), ("csrf", "0")])
        .await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("origin", "https://evil.example"), ("host", "127.0.0.1")],
    ] {
        let cross = clerk
            .post_with(
                "/sign-in",
                &[("login", "clerk"), ("password", PASSWORD)],
                headers,
            )
            .await;
        assert_eq!(cross.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test]
async fn every_page_carries_the_headers_that_keep_it_ours() {
    let site = Site::new();
    let clerk = Client::signed_in(site.router(), "clerk").await;
    for path in ["/", "/desk", "/nothing-here", "/sign-in"] {
        let answer = clerk.get(path).await;
        let header = |name: &str| {
            answer
                .headers
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
                .to_owned()
        };
        let policy = header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert!(!answer.says("style=\""), "{path} has a style of its own");
    }
}

#[tokio::test]
async fn a_revoked_user_is_refused_from_then_on() {
    let site = Site::new();
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let user = domain::UserId(uuid::Uuid::from_u128(1_001));
    assert_eq!(clerk.get("/desk").await.status, StatusCode::OK);
    site.must(domain::Command::ChangeUser {
        user,
        roles: vec![domain::Role::Clerk],
        active: false,
    });
    assert_eq!(clerk.get("/desk").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let site = Site::new();
    let clerk = Client::signed_in(site.router(), "clerk").await;
    let out = clerk.post("/sign-out", &[]).await;
    assert!(
        out.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    assert_eq!(
        clerk.get("/desk").await.status,
        StatusCode::SEE_OTHER,
        "the old cookie opens nothing"
    );
}

#[tokio::test]
async fn addresses_that_lead_nowhere_say_so_in_the_readers_language() {
    let site = Site::new();
    let clerk = Client::signed_in(site.router(), "clerk").await;
    for path in [
        "/arrivals/not-an-id",
        "/arrivals/00000000000000000000000000000001",
        "/people/x",
        "/nothing",
    ] {
        let answer = clerk.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.says("There is nothing here"),
            "{path}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn a_device_fetches_the_sites_certificate_before_anybody_signs_in() {
    use akey_web::certificate::{Names, fingerprint, make_authority};
    let site = Site::new();
    let names = Names {
        hosts: vec!["akey.local".into()],
        addresses: Vec::new(),
    };
    let authority = make_authority("Demo", &names, jiff::Timestamp::now()).unwrap();
    let pem = authority.certificate_pem;
    let settings = akey_web::Settings {
        authority_pem: Some(pem.clone()),
        ..akey_web::Settings::default()
    };
    let client = Client::new(akey_web::router(site.node.clone(), settings));
    let page = client.get("/install").await;
    assert!(page.says(&fingerprint(&pem).unwrap()), "{}", page.body);
    let certificate = client.get("/install/akey-site.crt").await;
    assert_eq!(certificate.body, pem);
    assert!(!certificate.says("PRIVATE"), "the key never leaves");
    let without = Client::new(site.router());
    assert_eq!(without.get("/install").await.status, StatusCode::NOT_FOUND);
}
