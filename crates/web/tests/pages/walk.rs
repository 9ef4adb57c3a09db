//! The clerk's walk through a day, in a real browser, as a clerk would: phone and desktop, with
//! scripts and without, with a double click, with the back button.

use crate::browser::{Screen, Window, serve};
use crate::flow::{Landed, landed};

async fn walk(window: &Window, movement: &str, pictures: bool) {
    let picture = async |name: &str| {
        if pictures {
            window.picture(name).await;
        }
    };
    window.sign_in("clerk").await;
    picture("board").await;
    window.press(".bar nav a[href='/desk']").await;
    window.write("#people", "3").await;
    picture("desk-empty").await;
    window
        .press("form[action='/desk/meet'] button.primary")
        .await;
    window.find(".handout").await;
    picture("cards").await;
    window.go("/desk").await;
    picture("desk").await;
    window.press("form[action='/desk/next'] button").await;
    window.write("#find", "wiln").await;
    window.press("form[action$='/find'] button").await;
    window.find("#who a.button").await;
    picture("find").await;
    window.press("#who a.button").await;
    window
        .press("form[action$='/register'] input[name=informed]")
        .await;
    picture("register").await;
    window
        .press("form[action$='/register'] button.primary")
        .await;
    window.find(".notice.good").await;
    assert!(window.text().await.contains("Wilner Demo-Baptiste"));
    picture("registered").await;

    let items = window
        .client
        .find_all(fantoccini::Locator::Css(".item.done"))
        .await
        .unwrap()
        .len();
    assert_eq!(items, 0);
    let meal = window
        .find("form[action$='/give'] input[name=entitlement]")
        .await;
    let meal = meal.attr("value").await.unwrap().unwrap();
    window.press("form[action$='/give'] button").await;
    window.find(".item.done").await;
    picture("given").await;
    // Back to the page before: it may be shown as it was, and the same button pressed again.
    window.client.back().await.unwrap();
    window.find("#give").await;
    let button = format!("form:has(input[value='{meal}']) button.primary");
    if let Ok(button) = window.client.find(fantoccini::Locator::Css(&button)).await {
        button.click().await.unwrap();
    }
    let done = window.count(".item.done").await;
    assert_eq!(done, 1, "given once, whatever the back button does");
    window.press("form[action$='/leave'] button").await;
    // The page before may have had a notice too: only the form tells that the next one is there.
    window.gone("form[action$='/leave']").await;
    window.find(".notice.good").await;
    window.go(&format!("/movements/{movement}")).await;
    assert!(window.text().await.contains("Both sides are equal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_serves_somebody_on_a_phone_and_at_a_desk() {
    for screen in Screen::BOTH {
        let Landed { site, movement } = landed(24).await;
        let Some(window) = Window::open(&serve(&site), screen).await else {
            return;
        };
        walk(&window, &movement, true).await;
        window.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_without_any_script() {
    let Landed { site, movement } = landed(6).await;
    let Some(window) = Window::open(&serve(&site), Screen::Phone).await else {
        return;
    };
    window.without_scripts().await;
    walk(&window, &movement, false).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_types_the_code_and_presses_enter() {
    let Landed { site, movement } = landed(3).await;
    let Some(window) = Window::open(&serve(&site), Screen::Desktop).await else {
        return;
    };
    window.sign_in("clerk").await;
    window.go(&format!("/desk?movement={movement}")).await;
    window
        .press("form[action='/desk/meet'] button.primary")
        .await;
    let code = window.find(".handout .code").await.text().await.unwrap();
    window.go("/desk").await;
    // The scan field has the focus: nobody has to press anything first.
    let focused = window.client.active_element().await.unwrap();
    focused.send_keys(&format!("{code}\u{e007}")).await.unwrap();
    window.find("#who").await;
    assert!(window.path().await.starts_with("/arrivals/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_from_two_windows_at_once_gives_once() {
    let Landed { site, movement } = landed(3).await;
    let url = serve(&site);
    let Some(first) = Window::open(&url, Screen::Desktop).await else {
        return;
    };
    let Some(second) = Window::open(&url, Screen::Desktop).await else {
        return;
    };
    first.sign_in("clerk").await;
    first.go(&format!("/desk?movement={movement}")).await;
    first
        .press("form[action='/desk/meet'] button.primary")
        .await;
    first.find(".handout").await;
    first.go("/desk").await;
    first.press("form[action='/desk/next'] button").await;
    first.find("#who").await;
    let path = first.path().await;
    second.sign_in("coordinator").await;
    second.go(&path).await;
    let (one, two) = (
        first.find("form[action$='/give'] button").await,
        second.find("form[action$='/give'] button").await,
    );
    let (one, two) = tokio::join!(one.click(), two.click());
    one.unwrap();
    two.unwrap();
    first.find(".item.done").await;
    second.find(".item.done").await;
    let told = first.text().await + &second.text().await;
    assert_eq!(told.matches("Saved.").count(), 1, "{told}");
    assert_eq!(told.matches("This was given already").count(), 1, "{told}");
}
