//! Every page against the WCAG 2.2 rules that a program can check (axe-core, Deque Systems, MPL-2.0),
//! in light and dark. axe-core is fetched once with npm into the build's folder; where that is not
//! possible the test says so and passes.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::browser::{Screen, Window, serve};
use crate::flow::{Landed, landed};

/// What is checked: WCAG 2.0, 2.1 and 2.2, levels A and AA.
const RULES: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
       .then((result) => done(result.violations.map((v) => v.id + ': ' + v.help + ' ' +
            v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join('; '))));";

fn axe() -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let script = folder.join("package/axe.min.js");
    if !script.exists() {
        std::fs::create_dir_all(&folder).ok()?;
        let packed = Command::new("npm")
            .args(["pack", "axe-core@4"])
            .current_dir(&folder)
            .output()
            .ok()?;
        let name = String::from_utf8_lossy(&packed.stdout)
            .lines()
            .last()?
            .trim()
            .to_owned();
        Command::new("tar")
            .args(["xzf", &name])
            .current_dir(&folder)
            .status()
            .ok()?;
    }
    std::fs::read_to_string(script).ok()
}

/// Each page with the role that uses it.
fn pages(movement: &str, arrival: &str) -> Vec<(&'static str, String, &'static str)> {
    vec![
        ("coordinator", "/".into(), "board-coordinator"),
        ("coordinator", "/movements".into(), "movements"),
        ("coordinator", "/movements/new".into(), "announce"),
        ("coordinator", format!("/movements/{movement}"), "movement"),
        (
            "coordinator",
            format!("/movements/{movement}/manifest"),
            "manifest",
        ),
        (
            "coordinator",
            format!("/arrivals/{arrival}"),
            "arrival-coordinator",
        ),
        ("coordinator", "/stock".into(), "stock"),
        (
            "coordinator",
            "/outlook?desks=3&minutes=4".into(),
            "outlook",
        ),
        ("coordinator", "/stock/hot_meal".into(), "journal"),
        ("clerk", format!("/arrivals/{arrival}"), "arrival-clerk"),
        ("clerk", "/desk".into(), "desk-clerk"),
        ("clerk", "/people".into(), "people"),
        (
            "protection",
            format!("/arrivals/{arrival}"),
            "arrival-protection",
        ),
        ("cash", format!("/arrivals/{arrival}"), "arrival-cash"),
        ("coordinator", "/referrals".into(), "referrals"),
        ("coordinator", "/calls".into(), "calls"),
        ("coordinator", "/pathways".into(), "pathways"),
        ("coordinator", "/feedback".into(), "feedback"),
        ("coordinator", "/paper".into(), "paper"),
        ("coordinator", "/paper/enter".into(), "paper-enter"),
        ("coordinator", "/paper/count".into(), "paper-count"),
        (
            "coordinator",
            format!("/paper/distribution/{movement}"),
            "distribution",
        ),
        ("focal", "/speak-up".into(), "speak-up"),
        ("information", "/report".into(), "report"),
        ("information", "/published".into(), "published"),
        (
            "information",
            "/published/new?period=2021-09-23".into(),
            "published-draft",
        ),
        ("information", "/updates".into(), "updates"),
        ("information", "/notices/new".into(), "notice-new"),
        ("information", "/updates/subscribe".into(), "subscribe"),
        ("administrator", "/updates/office".into(), "updates-office"),
        ("coordinator", "/rights".into(), "rights-empty"),
        ("coordinator", "/overlaps".into(), "overlaps"),
        ("administrator", "/settings".into(), "settings"),
        ("administrator", "/peers".into(), "peers"),
        ("administrator", "/password".into(), "password"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_passes_the_rules_a_program_can_check() {
    let Landed { site, movement } = landed(24).await;
    let clerk = crate::client::Client::signed_in(site.router(), "clerk").await;
    let arrival = crate::flow::meet(&clerk, &movement, 6).await.remove(0);
    let register = [
        ("given_names", "Demo-Rosemène"),
        ("family_name", "Demo-Pierre"),
        ("sex", "f"),
        ("birth_year", "1992"),
        ("informed", "yes"),
    ];
    clerk
        .post(&format!("/arrivals/{arrival}/register"), &register)
        .await;
    let axe = axe();
    if axe.is_none() {
        eprintln!(
            "skipped in part: axe-core could not be fetched with npm; only pictures are taken"
        );
    }
    let url = serve(&site);
    let mut all = pages(&movement, &arrival);
    all.extend(crate::stated::one_of_each(&site).await);
    let mut wrong = Vec::new();
    for screen in Screen::BOTH {
        let Some(window) = Window::open(&url, screen).await else {
            return;
        };
        window.go("/sign-in").await;
        window.picture("sign-in").await;
        let mut signed_in = "";
        for (login, path, name) in all.clone() {
            if signed_in != login {
                window.sign_in(login).await;
                signed_in = login;
            }
            for dark in [false, true] {
                window.dark(dark).await;
                window.go(&path).await;
                let theme = if dark { "-dark" } else { "" };
                window.picture(&format!("{name}{theme}")).await;
                let Some(axe) = &axe else { continue };
                // Folded parts are part of the page.
                window.client.execute("document.querySelectorAll('details').forEach((d) => { if (!d.closest('.bar')) d.open = true; })", vec![]).await.unwrap();
                window.client.execute(axe, vec![]).await.unwrap();
                let Value::Array(found) = window.client.execute_async(RULES, vec![]).await.unwrap()
                else {
                    panic!("axe-core gave no list")
                };
                wrong.extend(found.iter().map(|violation| {
                    format!("{login} {path} {}{theme}: {violation}", screen.name())
                }));
                let wide = window
                    .client
                    .execute(
                        "return document.documentElement.scrollWidth > window.innerWidth",
                        vec![],
                    )
                    .await
                    .unwrap();
                if wide == Value::Bool(true) {
                    wrong.push(format!(
                        "{login} {path} {}: wider than the screen",
                        screen.name()
                    ));
                }
            }
        }
        window.close().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
