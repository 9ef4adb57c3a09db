//! What a visitor of the demo finds of the story: the camp that four sources counted, the people nobody
//! accounts for, advice with its receipt, danger, pathways, what runs short. Each by a page and by a
//! command, and of the pages only to those who may see them.

use serde_json::Value;

use crate::browser::Browser;
use crate::site::{Folder, json};

fn demo() -> Folder {
    Folder::with_demo("2021-09-23")
}

/// Where a site of this name stands in the answer of `akey sites`.
fn balance<'a>(sites: &'a Value, name: &str) -> &'a Value {
    let names = sites["names"].as_object().expect("names");
    let (id, _) = names
        .iter()
        .find(|(_, known)| *known == name)
        .expect("a site of this name");
    let all = sites["balances"]["sites"].as_array().expect("balances");
    let mut all = all.iter();
    all.find(|balance| balance["site"] == id.as_str())
        .expect("its balance")
}

#[test]
fn the_camp_has_the_counts_of_four_sources_and_people_whom_nobody_accounts_for() {
    let folder = demo();
    let sites = json(folder.akey(&["sites", "--json"]));
    let camp = balance(&sites, "Del Rio encampment");
    assert_eq!(camp["headcounts"].as_array().expect("a list").len(), 5);
    assert_eq!((&camp["came"], &camp["left"]), (&0.into(), &3_206.into()));
    // 14,872 counted, 3,206 taken away, nobody left on the 24th (DR05, DR04, DR13).
    assert_eq!(camp["unaccounted_said"], 11_666);
    let flows = sites["balances"]["flows"].as_array().expect("flows");
    let people: i64 = flows
        .iter()
        .filter(|flow| flow["legal_basis"] == "title_42_expulsion")
        .filter_map(|flow| flow["people"].as_i64())
        .sum();
    assert_eq!(people, 1_513 + 477);

    let serving = folder.serve();
    let browser = Browser::sign_in(&serving, "information");
    let page = browser.get("/sites").body;
    assert!(page.contains("<svg class=\"sankey\""), "{page}");
    assert!(
        page.contains("11,666"),
        "the gap is drawn and written: {page}"
    );
    let figures = browser.get("/figures").body;
    for code in ["DR05", "DR06", "DR13"] {
        assert!(figures.contains(code), "{code}");
    }
    let accounts = browser.get("/accounts").body;
    assert!(accounts.contains("Why the special envoy for Haiti left his post"));
}

#[test]
fn what_an_office_quotes_otherwise_than_it_was_written_is_flagged() {
    let folder = demo();
    let advice = json(folder.akey(&["recommendations", "--json"]));
    let statements = advice.as_array().expect("a list").iter();
    let statements = statements.flat_map(|one| one["statements"].as_array().expect("statements"));
    let altered: Vec<_> = statements
        .flat_map(|statement| statement["altered"].as_array().expect("a list"))
        .collect();
    assert_eq!(
        altered,
        ["a second reception desk at Port-au-Prince before the end of the month"]
    );
    let serving = folder.serve();
    let observer = Browser::sign_in(&serving, "observer");
    let list = observer.get("/recommendations").body;
    let page = list.split("href=\"/recommendations/").skip(1);
    let pages = page.filter_map(|rest| rest.split('"').next());
    let flagged = pages.filter(|id| {
        let page = observer.get(&format!("/recommendations/{id}")).body;
        page.contains("Altered: these are not the words")
            && page.contains("word for word from version")
    });
    assert_eq!(flagged.count(), 1);
}

#[test]
fn danger_is_told_to_the_operation_and_to_nobody_else() {
    let folder = demo();
    let danger = json(folder.akey(&["incidents", "--json"]));
    let onward = danger["onward"].as_array().expect("a list");
    let stay: Vec<_> = onward
        .iter()
        .filter(|one| one["onward"] == "stay")
        .collect();
    assert_eq!(stay.len(), 1, "{danger}");
    assert_eq!(stay[0]["area"], "HT07");
    assert_eq!(danger["confined"], Value::Array(Vec::new()));
    let said = danger.to_string();
    assert!(
        !said.contains("two people were taken"),
        "no text of an incident: {said}"
    );

    let serving = folder.serve();
    let clerk = Browser::sign_in(&serving, "clerk");
    assert!(clerk.get("/danger").body.contains("two people were taken"));
    assert_eq!(
        Browser::sign_in(&serving, "focal").get("/danger").status,
        403
    );
    let stranger = Browser::stranger(&serving);
    assert_eq!(stranger.get("/danger").status, 303);
    // Below a department nothing is public, in no file that everybody can read.
    let list = stranger.get("/updates").body;
    let mut open = vec![
        "/updates".to_owned(),
        "/updates/feed.atom".into(),
        "/updates/feed.json".into(),
    ];
    for kind in ["/reports/", "/notices/", "/published/", "/figures/"] {
        let links = list.split("href=\"").skip(1);
        let links = links.filter_map(|rest| rest.split('"').next());
        open.extend(
            links
                .filter(|link| link.starts_with(kind))
                .map(str::to_owned),
        );
    }
    for format in ["csv", "json", "hxl"] {
        let editions: Vec<_> = open
            .iter()
            .filter(|path| path.starts_with("/published/"))
            .map(|path| format!("{path}/file?format={format}"))
            .collect();
        open.extend(editions);
    }
    assert!(open.len() > 6, "{open:?}");
    for path in open {
        let body = stranger.get(&path).body;
        for place in [
            "Martissant",
            "RN2",
            "Demo-Ekip",
            "two people were taken",
            "Tabarre",
        ] {
            assert!(!body.contains(place), "{place} stands on {path}");
        }
    }
}

#[test]
fn what_runs_short_is_said_before_it_does_and_what_could_be_moved() {
    let folder = demo();
    let seen = json(folder.akey(&["outlook", "--json"]));
    let rows = seen["rows"].as_array().expect("rows");
    let mut short = rows.iter().filter(|row| row["short_likely"].is_string());
    let meals = short.next().expect("something runs short");
    assert_eq!(short.count(), 0);
    assert_eq!(meals["item"], "hot_meal");
    assert_eq!(
        (&meals["short_likely"], &meals["lasts"]["likely"]),
        (&"2021-09-25".into(), &1.into())
    );
    assert_eq!(seen["moves"][0]["from_name"], "Tabarre warehouse");
    assert_eq!(seen["places"][0]["short_likely"], "2021-09-25");
    assert!(seen["desks"][0]["days"][0]["desks"]["likely"].as_u64() > Some(0));
    let one = json(folder.akey(&["outlook", "--site", "Demo-Kay shelter", "--json"]));
    assert_eq!(one["rows"], Value::Array(Vec::new()));

    let serving = folder.serve();
    let board = Browser::sign_in(&serving, "coordinator").get("/").body;
    assert!(
        board.contains("short from Saturday 25 September 2021"),
        "{board}"
    );
    assert!(
        board.contains("Tabarre warehouse → Port-au-Prince airport"),
        "{board}"
    );
}

#[test]
fn of_those_told_of_pathways_it_is_said_how_many_got_one() {
    let folder = demo();
    let pathways = json(folder.akey(&["pathways", "--json"]));
    let all = &pathways["all"];
    assert_eq!(
        (&all["told"], &all["told_and_got"]),
        (&12.into(), &1.into())
    );
    let early = [
        "pathways",
        "--from",
        "2021-09-19",
        "--to",
        "2021-09-19",
        "--json",
    ];
    assert_eq!(json(folder.akey(&early))["all"]["told"], 0);
    let backwards = ["pathways", "--from", "2021-09-22", "--to", "2021-09-21"];
    let said = crate::site::refused(folder.akey(&backwards), 1);
    assert!(said.contains("--from is later than --to"), "{said}");

    let serving = folder.serve();
    let information = Browser::sign_in(&serving, "information");
    let page = information.get("/pathways").body;
    assert!(page.contains("Of 12 told, 1 got one."), "{page}");
    assert!(
        !page.contains("/pathways/of/"),
        "and whose they are only to those who help: {page}"
    );
    let clerk = Browser::sign_in(&serving, "clerk");
    assert!(clerk.get("/calls").body.contains("to call today"));
}

#[test]
fn a_site_that_worked_alone_has_nothing_to_choose_between() {
    let folder = demo();
    let conflicts = json(folder.akey(&["conflicts", "--json"]));
    assert_eq!(conflicts, Value::Array(Vec::new()));
}
