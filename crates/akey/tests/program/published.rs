//! The demo plays real days; the situation reports it leaves behind must count the figures that were
//! published about them, out of the events and nothing else.

use std::path::Path;

use report::published::{self, StatedFigure};
use serde_json::Value;

use crate::site::Folder;

/// The published figures, as they were stated.
fn stated() -> Vec<StatedFigure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("figures/haiti-2021.csv");
    published::read(&std::fs::read(file).expect("the figures are in the repository"))
        .expect("the figures can be read")
}

fn figure(id: &str) -> i64 {
    let figures = stated();
    let figure = figures.iter().find(|figure| figure.figure_id == id);
    figure
        .unwrap_or_else(|| panic!("{id} is not in the figures"))
        .value_low
}

fn total(sitrep: &Value, measure: &str) -> i64 {
    number(&sitrep["totals"][measure])
}

fn number(figure: &Value) -> i64 {
    figure["value"]
        .as_i64()
        .unwrap_or_else(|| panic!("no number: {figure}"))
}

/// A row of a breakdown of everybody who was assisted.
fn assisted(sitrep: &Value, by: &str, row: &str) -> i64 {
    let breakdowns = sitrep["breakdowns"].as_array().expect("breakdowns");
    let breakdown = breakdowns
        .iter()
        .find(|breakdown| breakdown["by"] == by && breakdown["of"] == "assisted")
        .unwrap_or_else(|| panic!("assisted by {by}: {breakdowns:?}"));
    let rows = breakdown["rows"].as_array().expect("rows");
    number(rows.iter().find(|found| found["code"] == row).expect(row))
}

#[test]
fn the_first_five_days_count_the_published_1401_people_on_12_flights() {
    let folder = Folder::with_demo("2021-09-23");
    let sitrep = folder.sitrep("2021-09-19", "2021-09-23");
    assert_eq!(total(&sitrep, "returned"), figure("DR02"));
    assert_eq!(total(&sitrep, "movements"), figure("DR03"));
    for measure in ["met", "registered", "assisted", "left"] {
        assert_eq!(total(&sitrep, measure), figure("DR02"), "{measure}");
    }
    let movements = sitrep["movements"].as_array().expect("movements");
    assert!(
        movements
            .iter()
            .all(|movement| movement["stage"] == "closed")
    );
    assert!(
        movements
            .iter()
            .all(|movement| movement["legal_basis"] == "title_42_expulsion")
    );

    // On 24 September a flight has landed, a dozen people are met and the rest are the visitor's.
    let today = folder.sitrep("2021-09-24", "2021-09-24");
    assert_eq!(total(&today, "movements"), 1);
    assert_eq!(total(&today, "met"), 12);
    assert_eq!(total(&today, "registered"), 0);
}

#[test]
fn the_month_counts_the_published_10831_people_men_women_boys_and_girls() {
    let folder = Folder::with_demo("2021-10-19");
    let sitrep = folder.sitrep("2021-09-19", "2021-10-19");
    assert_eq!(total(&sitrep, "assisted"), figure("IO05"));
    assert_eq!(total(&sitrep, "registered"), figure("IO05"));
    let groups = ["men", "women", "boys", "girls", "unknown"];
    let counted = groups.map(|group| assisted(&sitrep, "age_group", group));
    assert_eq!(counted, [6_586, 2_456, 920, 869, 0], "IO05");

    let by_24 = folder.sitrep("2021-09-19", "2021-09-24");
    assert_eq!(total(&by_24, "movements"), figure("DR12"));
    assert!(
        (total(&by_24, "returned") - figure("DR11")).abs() <= 50,
        "about 2,000"
    );

    // At least 7,000 from the United States by 6 October.
    let by_6 = folder.sitrep("2021-09-19", "2021-10-06");
    let from_usa: i64 = by_6["movements"]
        .as_array()
        .expect("movements")
        .iter()
        .filter(|movement| movement["from_country"] == "USA")
        .map(|movement| number(&movement["counts"]["returned"]))
        .sum();
    assert!(from_usa >= figure("IO04"), "{from_usa}");
    folder.verified();
}
