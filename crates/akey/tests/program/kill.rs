//! `kill -9` at the worst moment: what was acknowledged is there, nothing is there twice, and the
//! same thing asked again does no harm.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::browser::{Browser, Form, arrivals};
use crate::site::{Folder, done, json, manifest, text};

/// The flight on which the demo leaves a dozen people met when nothing else was played.
const FLIGHT: &str = "DEMO 101";
/// A flight that is announced and has no manifest yet.
const LATER_FLIGHT: &str = "DEMO 103";

#[test]
fn a_manifest_is_taken_in_whole_or_not_at_all() {
    let folder = Folder::with_demo("2021-09-18");
    let people = 1_500;
    let file = manifest(&folder, "large.csv", people);
    let import = [
        "import",
        "manifest",
        text(&file),
        "--movement",
        LATER_FLIGHT,
        "--json",
    ];

    // Killed at several moments between the question and the answer.
    for wait_ms in [5, 60, 250] {
        let serving = folder.serve();
        let mut importing = folder
            .akey(&import)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait_ms));
        serving.kill();
        importing
            .wait()
            .expect("it ends when nobody answers any more");
        folder.verified();
    }

    let again = json(folder.akey(&import));
    let (listed, same) = (again["listed"].as_u64(), again["same"].as_u64());
    let read = Some(u64::from(people));
    assert!(
        (listed, same) == (read, Some(0)) || (listed, same) == (Some(0), read),
        "all of it or nothing: {again}"
    );
    let twice = json(folder.akey(&import));
    assert_eq!(
        twice["same"], people,
        "importing twice changes nothing: {twice}"
    );
    folder.verified();
}

#[test]
fn what_was_given_is_given_once_however_the_power_goes() {
    let folder = Folder::with_demo("2021-09-18");
    let serving = folder.serve();
    let clerk = Browser::sign_in(&serving, "clerk");
    let arrivals = arrivals(&clerk.get("/desk").body);
    let forms: Vec<Form> = arrivals
        .iter()
        .flat_map(|id| clerk.forms(&format!("/arrivals/{id}"), "/give"))
        .collect();
    assert!(
        forms.len() >= 20,
        "a dozen people wait for food and water: {} forms",
        forms.len()
    );

    let acknowledged = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let desks: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(form) = forms.get(next.fetch_add(1, Ordering::SeqCst)) {
                        match clerk.send(form) {
                            Some(answer) if answer.status == 303 => {
                                acknowledged.lock().expect("whole").push(form.clone());
                            }
                            _ => return,
                        }
                    }
                })
            })
            .collect();
        // In the middle of it, the power goes.
        while acknowledged.lock().expect("whole").len() < 8 {
            assert!(
                !desks.iter().all(std::thread::ScopedJoinHandle::is_finished),
                "nothing is given"
            );
            std::thread::yield_now();
        }
        serving.kill();
    });
    let acknowledged = acknowledged.into_inner().expect("whole");
    folder.verified();

    // Everything that was acknowledged is recorded: its button is gone.
    let serving = folder.serve();
    let clerk = Browser::sign_in(&serving, "clerk");
    let open: BTreeSet<String> = arrivals
        .iter()
        .flat_map(|id| clerk.forms(&format!("/arrivals/{id}"), "/give"))
        .map(|form| entitlement(&form))
        .collect();
    for form in &acknowledged {
        assert!(!open.contains(&entitlement(form)), "acknowledged and lost");
    }

    // The same forms, sent again as they were: the same requests, with the new session's secret.
    for form in &forms {
        let fresh = clerk.forms("/desk", "/sign-out");
        let csrf = fresh
            .first()
            .and_then(|form| field(form, "csrf"))
            .expect("signed in");
        let mut again = form.clone();
        for (name, value) in &mut again.fields {
            if name == "csrf" {
                value.clone_from(&csrf);
            }
        }
        assert_eq!(clerk.send(&again).map(|answer| answer.status), Some(303));
    }
    drop(serving);
    let sitrep = folder.sitrep("2021-09-19", "2021-09-19");
    let given: i64 = sitrep["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["people"]["value"].as_i64())
        .sum();
    assert_eq!(
        given,
        i64::try_from(forms.len()).expect("few"),
        "each once: {}",
        sitrep["items"]
    );
    folder.verified();
}

#[test]
fn a_site_that_was_killed_starts_again_and_answers() {
    let folder = Folder::with_demo("2021-09-18");
    folder.serve().kill();
    let serving = folder.serve();
    let clerk = Browser::sign_in(&serving, "clerk");
    assert!(clerk.get("/desk").body.contains(FLIGHT));
    done(folder.akey(&["verify"]));
}

fn entitlement(form: &Form) -> String {
    field(form, "entitlement").expect("a form to give names what it gives")
}

fn field(form: &Form, name: &str) -> Option<String> {
    form.fields
        .iter()
        .find(|(field, _)| field == name)
        .map(|(_, value)| value.clone())
}
