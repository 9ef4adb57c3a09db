//! The page: in every language, escaped, without anything a strict policy forbids, and nothing in
//! the public one that leads to a person.

use std::collections::BTreeSet;

use akey_report::html::{Traces, fragment, page};
use akey_report::{Audience, MESSAGE_IDS, RecoveredRow};
use domain::ItemCode;

use crate::sample::{public, sitrep};
use crate::speaker::{LANGUAGES, Speaker, catalogue, ids};

#[test]
fn every_language_says_every_message_once_and_no_other() {
    let known: BTreeSet<_> = MESSAGE_IDS.iter().copied().collect();
    for tag in LANGUAGES {
        let source = catalogue(tag, "sitrep.ftl");
        let ids = ids(&source);
        assert_eq!(ids.len(), known.len(), "{tag}");
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), known, "{tag}");
    }
}

#[test]
fn every_message_is_said_somewhere() {
    let speaker = Speaker::of("en");
    let mut quiet = sitrep();
    quiet.days.truncate(1);
    quiet.from = quiet.to;
    quiet.recovered.push(RecoveredRow {
        item: ItemCode::BLANKET,
        times: 2,
        pieces: 2,
    });
    quiet.movements[0].from_site = None;
    quiet.movements[0].screened_before = domain::Screened::NotKnown;
    quiet.movements[1].screened_before = domain::Screened::Done;
    for sitrep in [sitrep(), public(), quiet] {
        fragment(&sitrep, &speaker, Traces::None);
        sitrep.to_xlsx(&speaker).unwrap();
    }
    let mut hidden = public();
    hidden.days.clear();
    fragment(&hidden, &speaker, Traces::None);
    let said = speaker.said.borrow();
    let unsaid: Vec<_> = MESSAGE_IDS
        .iter()
        .filter(|id| !said.contains(**id))
        .collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

#[test]
fn the_page_stands_in_every_language_with_its_numbers() {
    for tag in LANGUAGES {
        let html = page(&sitrep(), &Speaker::of(tag), Traces::None).into_string();
        let returned = if tag == "en" { "1,401" } else { "1\u{202f}401" };
        assert!(html.contains(returned), "{tag}");
        assert!(html.contains(&format!("<html lang=\"{tag}\"")), "{tag}");
    }
}

#[test]
fn what_people_typed_is_escaped() {
    let html = page(&sitrep(), &Speaker::of("en"), Traces::None).into_string();
    assert!(html.contains("&lt;Demo &amp; Co&gt;") && !html.contains("<Demo"));
}

#[test]
fn the_markup_needs_no_script_no_style_attribute_and_nothing_from_outside() {
    let html = fragment(&sitrep(), &Speaker::of("fr"), Traces::At("/trace/")).into_string();
    for forbidden in ["<script", " style=", " onclick", "http:", "https:", "src="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_table_has_a_caption_and_every_heading_a_scope() {
    let html = fragment(&sitrep(), &Speaker::of("es"), Traces::None).into_string();
    assert_eq!(
        html.matches("<table").count(),
        html.matches("<caption").count()
    );
    let headings = html.matches("<th ").count() + html.matches("<th>").count();
    assert_eq!(headings, html.matches("scope=").count());
    assert!(headings > 50);
}

#[test]
fn a_number_leads_to_its_trace_and_to_nothing_in_the_public_version() {
    let speaker = Speaker::of("en");
    let html = fragment(&sitrep(), &speaker, Traces::At("/trace/")).into_string();
    assert!(html.contains("href=\"/trace/1.returned.20210919.20210923."));
    let html = fragment(&public(), &speaker, Traces::At("/trace/")).into_string();
    assert!(!html.contains("/trace/"));
}

#[test]
fn the_public_version_shows_no_number_of_people_from_one_to_four() {
    let sitrep = public();
    assert_eq!(sitrep.audience, Audience::Public);
    let json: serde_json::Value = serde_json::from_str(&sitrep.to_json()).unwrap();
    let mut seen = 0;
    check(&json, "", &mut seen);
    assert!(seen > 100, "{seen}");
    assert!(json["stock"].as_array().unwrap().is_empty());
    assert!(json["reconciliation"].is_null());
    assert!(!sitrep.to_json().contains("\"trace\""));
}

/// Every `value` below a measure of people is none, or none of one to four.
fn check(json: &serde_json::Value, key: &str, seen: &mut usize) {
    match json {
        serde_json::Value::Object(map) => {
            for (name, inner) in map {
                if name == "value" && key != "movements" {
                    *seen += 1;
                    let small = inner.as_i64().is_some_and(|value| (1..5).contains(&value));
                    assert!(!small, "{key}: {inner}");
                }
                check(inner, name, seen);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| check(inner, key, seen)),
        _ => {}
    }
}

/// The names of all fields, wherever they stand.
fn names(json: &serde_json::Value, found: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::Object(map) => {
            for (name, inner) in map {
                found.insert(name.clone());
                names(inner, found);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|inner| names(inner, found)),
        _ => {}
    }
}

#[test]
fn every_field_of_the_json_is_described() {
    let described = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let described = std::fs::read_to_string(described.join("sitrep-json.md")).unwrap();
    let mut found = BTreeSet::new();
    for sitrep in [sitrep(), public()] {
        names(
            &serde_json::from_str(&sitrep.to_json()).unwrap(),
            &mut found,
        );
    }
    let missing: Vec<_> = found
        .iter()
        .filter(|name| !described.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(found.len() > 50, "{}", found.len());
}

#[test]
fn the_order_of_the_fields_stays() {
    let json = sitrep().to_json();
    let places: Vec<_> = [
        "schema",
        "audience",
        "operation",
        "log_end",
        "computed_at",
        "computed_by",
        "from",
        "to",
        "cut_off",
        "sites",
        "totals",
        "days",
        "movements",
        "landed",
        "apart",
        "reconciliation",
        "breakdowns",
        "items",
        "stock",
        "waybills",
        "expected",
    ]
    .iter()
    .map(|name| {
        json.find(&format!("\n  \"{name}\": "))
            .unwrap_or_else(|| panic!("{name}"))
    })
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}
